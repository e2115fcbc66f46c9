"""Advice: the list, asking for it, one piece with its history and its next step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.errors import RohnamoError
from rohnamo.core.languages import in_language
from rohnamo.projects import actions, forms, queries, rules
from rohnamo.projects.models import Advice, AdviceSubject, Project, Step
from rohnamo.projects.queries import support_words as shown
from rohnamo.projects.views.page import anybody, form_page, head, project_for
from rohnamo.staff.door import action, reader, staff_page


@staff_page("GET", may=anybody)
def advice_list(request: HttpRequest, code: str) -> HttpResponse:
    """Every piece of advice and how far it has come, the one that moved last first."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_advice)
    may_record = rules.may_record_advice(user, project)
    asking = action(reverse("projects:ask_advice", args=[code]), _("Advice was asked for"), is_main=True)
    context = {
        **head(project, _title()),
        "lead": _("What was asked of us, what we gave, and what came into force."),
        "actions": [asking] if may_record else [],
        "columns": shown.advice_columns(),
        "rows": [shown.advice_row(state, code) for state in queries.advice_of(project)],
    }
    return render(request, "projects/advice_list.html", context)


@staff_page("GET", "POST", may=anybody)
def ask_advice(request: HttpRequest, code: str) -> HttpResponse:
    """Write down that advice was asked for."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_advice)
    form = forms.AdviceForm(request.POST or None, project=project)

    def save(given: dict[str, Any]) -> str:
        actions.ask_advice(
            project,
            asked_by=given["asked_by"],
            subject=AdviceSubject(given["subject"]),
            titles=given["title"],
            day=given["day"],
            code=given["code"],
            by=user,
        )
        return _("The wish was written down.")

    context = {
        **head(project, _("Advice was asked for"), _step(project)),
        "submit": pgettext("advice", "Write down"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def advice(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One piece of advice: its next step, and its history."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_advice)
    found = get_object_or_404(_with_history(project), pk=pk)
    state = queries.state_of(found)
    may_record = rules.may_record_advice(user, project)
    if request.method == "POST" and not may_record:
        raise Http404
    form = forms.StepForm(request.POST or None, project=project, steps=state.next_steps)
    if request.method == "POST" and form.is_valid() and _recorded(form, found, user):
        return redirect("projects:advice", code=code, pk=pk)
    context = {
        **head(project, in_language(found.titles), _step(project)),
        "advice": found,
        "asked_by": in_language(found.asked_by.names),
        "step": state.step.label if state.step else "",
        "form": form if may_record and state.next_steps else None,
        "history": shown.history(state),
        "strike_href": reverse("projects:strike", args=[code, pk]) if may_record and state.steps else "",
    }
    return render(request, "projects/advice.html", context, status=422 if form.errors else 200)


@staff_page("GET", "POST", may=anybody)
def strike(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Strike out the last step, if it was a mistake."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_advice)
    found = get_object_or_404(_with_history(project), pk=pk)
    steps = queries.state_of(found).steps
    if not steps:
        raise Http404
    form = forms.StrikeForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        actions.strike_step(steps[-1], reason=given["reason"], by=user)
        return _("The step was struck out. It stays to be read.")

    here = reverse("projects:advice", args=[code, pk])
    context = {
        **head(project, _("Strike out the last step"), _step(project), (here, in_language(found.titles))),
        "lead": str(steps[-1].get_step_display()),
        "submit": pgettext("a step", "Strike out"),
    }
    return form_page(request, form, context, save=save, back=here)


def _recorded(form: forms.StepForm, found: Advice, user: Any) -> bool:
    given = form.cleaned_data
    try:
        actions.record_step(
            found,
            step=Step(given["step"]),
            day=given["day"],
            document=given["document"],
            notes=given["note"],
            by=user,
        )
    except RohnamoError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _with_history(project: Project) -> Any:
    found = Advice.objects.filter(project=project).select_related("asked_by", "project")
    return found.prefetch_related("steps__document", "steps__recorded_by", "steps__struck_by")


def _title() -> str:
    return pgettext("page", "Advice")


def _page(project: Project) -> str:
    return reverse("projects:advice_list", args=[project.code])


def _step(project: Project) -> tuple[str, str]:
    return _page(project), _title()
