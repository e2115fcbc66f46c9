"""Donors' report forms, from the mission's file into the database."""

from collections.abc import Iterable

from django.db import transaction

from rohnamo.core.missionfiles import report_files as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.models import Partner
from rohnamo.results.models import ReportForm


@transaction.atomic
def load_report_forms(forms: Iterable[files.ReportForm]) -> Loaded:
    """Let the donors' forms say what the mission's file says. Frozen reports keep the form they were written in."""
    partners = dict(Partner.objects.values_list("code", "pk"))
    rows = [
        ReportForm(
            code=form.code,
            donor_id=partners[form.donor] if form.donor else None,
            titles=dict(form.title),
            questions=[
                {"code": one.code, "titles": dict(one.title), "most_words": one.most_words}
                for one in form.questions
            ],
            sections=list(form.sections),
        )
        for form in forms
    ]
    return bring_in_line(ReportForm.objects.all(), rows, key=["code"], may_remove=True)
