"""What figures do when a value was approved or reopened: its project is released anew, not only at the next day."""

from rohnamo.core import audit, changes
from rohnamo.projects.models import Project
from rohnamo.results.models.approval import APPROVED_TOPIC
from rohnamo.results.published.publishing import publish_project


def follow_approvals(lines: list[tuple[str, str]]) -> None:
    """Release the projects of these indicators; the keys of "result.approved" are numbers of indicators."""
    numbers = [int(key) for topic, key in lines if topic == APPROVED_TOPIC]
    for project in Project.objects.filter(results__indicators__in=numbers).select_related("area").distinct():
        publish_project(project, by=audit.SYSTEM)


READER = changes.Reader("results.published", frozenset({APPROVED_TOPIC}), follow_approvals)
