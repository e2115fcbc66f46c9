"""Documents of projects that anybody may read."""

from collections.abc import Iterable

from django.db import transaction

from rohnamo.core.missionfiles import money as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import Project, ProjectDocument


@transaction.atomic
def load_documents(documents: Iterable[files.Document]) -> Loaded:
    """Documents. Those that are no longer in the files stay: a step of advice may point at them."""
    ids = dict(Project.objects.values_list("code", "pk"))
    rows = [
        ProjectDocument(
            code=document.code,
            project_id=ids[document.project],
            url=document.url,
            format=document.format,
            category=document.category,
            titles=dict(document.title),
            descriptions=dict(document.description),
            languages=list(document.languages),
            published_on=document.published_on,
        )
        for document in documents
    ]
    return leave_news("documents", bring_in_line(ProjectDocument.objects.all(), rows, key=["code"]))
