"""Saying when registers are due into a project."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.intake import actions, forms, rules
from rohnamo.intake.models import Every
from rohnamo.intake.queries import due, owing
from rohnamo.intake.queries.uploads import upload_choices
from rohnamo.intake.views.page import trail
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.staff.door import allow, reader, staff_page


@staff_page("GET", "POST", may=rules.may_see_registers)
def rhythm(request: HttpRequest, code: str) -> HttpResponse:
    """Every period of the project's senders, and a form that says when their registers are due."""
    user = reader(request)
    project = get_object_or_404(visible_projects(user), code=code)
    allow(may=rules.may_set_rhythm(user, project))
    form = forms.RhythmForm(request.POST or None, sources=upload_choices(user)[1])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.set_rhythm(
            given["source"],
            project,
            every=Every(given["every"]),
            due_day=given["due_day"],
            since=given["since"],
            by=user,
        )
        messages.success(request, _("It is remembered when these registers are due."))
        return redirect("intake:due", code=code)
    periods = [one for one in due.due_for(user, timezone.localdate()) if one.rhythm.project_id == project.pk]
    context = {
        "page_title": _("When registers are due"),
        "trail": trail(("", project.code)),
        "form": form,
        "columns": owing.columns(with_sender=True),
        "rows": owing.rows(periods, with_sender=True),
    }
    return render(request, "intake/due.html", context)
