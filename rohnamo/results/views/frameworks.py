"""The framework of a project as a tree, and its outcomes, outputs and periods."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.errors import RohnamoError
from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.projects.models import Project
from rohnamo.results import actions, rules
from rohnamo.results.forms.frameworks import DaysForm, ResultForm
from rohnamo.results.models import Indicator, Result
from rohnamo.results.queries import ResultNode, framework, people_reached, periods_of
from rohnamo.results.views.pieces import editor, project_of, row, trail_to
from rohnamo.staff.door import action, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import words


@staff_page("GET", may=rules.may_see_frameworks)
def tree(request: HttpRequest, code: str) -> HttpResponse:
    """Outcomes, outputs and indicators with baseline, target, actual and state, in the period of the address."""
    user = reader(request)
    project = project_of(user, code)
    known = periods_of(project)
    period = _asked(request.GET.get("period", ""), known)
    found = framework(project, periods=[period] if period else ())
    may_edit = rules.may_edit_framework(user, project)
    context = {
        "page_title": _("Results framework"),
        "trail": [*trail_to(project)[:-1], {"href": "", "text": _("Results framework")}],
        "lead": f"{project.code} · {in_language(project.titles)}",
        "actions": _actions(project, period, may_edit=may_edit),
        "fields": [_choice(known, period)] if period else [],
        "outcomes": [_node(node, code, user, may_edit=may_edit) for node in found.outcomes],
        "is_counting": found.is_counting,
        "people": people_reached(Days(min(project.starts_on, period.end), period.end), project=project)
        if period
        else None,
        "may_edit": may_edit,
        "code": code,
    }
    return render(request, "results/framework.html", context)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def result(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Make or change an outcome or output."""
    user, project = editor(request, code)
    found = get_object_or_404(Result, pk=pk, project=project) if pk else None
    outcomes = list(Result.objects.filter(project=project, parent=None).exclude(pk=pk or 0).order_by("order"))
    initial = ResultForm.initial_of(found) if found else {"parent": request.GET.get("outcome", "")}
    form = ResultForm(request.POST or None, outcomes=outcomes, initial=initial)
    is_ready = request.method == "POST" and form.is_valid()
    if is_ready and _done(form, lambda: actions.save_result(project, form.given(), by=user, result=found)):
        return redirect("results:framework", code)
    title = _("Change a result") if found else _("Add an outcome or output")
    context = _form_page(project, title, form) | {
        "remove_href": reverse("results:remove_result", args=[code, found.pk]) if found else "",
        "remove": _("Delete this result with its indicators"),
    }
    return render(request, "results/form.html", context)


@staff_page("POST", may=rules.may_see_frameworks)
def remove_result(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take an outcome or output away."""
    user, project = editor(request, code)
    found = get_object_or_404(Result, pk=pk, project=project)
    if said(request, lambda: actions.remove_result(found, by=user), _("The result was deleted.")):
        return redirect("results:framework", code)
    return redirect("results:result", code, pk)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def new_period(request: HttpRequest, code: str) -> HttpResponse:
    """A reporting period more, for all indicators or for some."""
    user, project = editor(request, code)
    ours = list(Indicator.objects.filter(result__project=project).order_by("result__order", "order"))
    form = DaysForm(request.POST or None, indicators=ours)
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in ours if str(one.pk) in form.cleaned_data["indicators"]]
        if _done(form, lambda: actions.add_period(chosen, form.days(), by=user)):
            return redirect(f"{reverse('results:framework', args=[code])}?period={form.days().label}")
    return render(request, "results/form.html", _form_page(project, _("Add a reporting period"), form))


def said(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        do()
    except RohnamoError as why:
        messages.error(request, str(why))
        return False
    messages.success(request, done)
    return True


def _done(form: Form, do: Callable[[], object]) -> bool:
    """Do it, or let the form say why not."""
    try:
        do()
    except RohnamoError as why:
        form.add_error(None, str(why))
        return False
    return True


def _form_page(project: Project, title: str, form: Form) -> dict[str, Any]:
    return {
        "page_title": title,
        "trail": trail_to(project, ("", title)),
        "form": form,
        "back": reverse("results:framework", args=[project.code]),
    }


def _asked(label: str, known: list[Days]) -> Days | None:
    """The period of the address, else that of today, else the last that ended; None where there is none at all."""
    if label:
        try:
            return parse_period(label)
        except ValueError as wrong:
            raise Http404 from wrong
    today = timezone.localdate()
    running = [one for one in known if today in one]
    ended = [one for one in known if one.end < today]
    return next(iter([*running, *reversed(ended), *known]), None)


def _choice(known: list[Days], chosen: Days | None) -> dict[str, Any]:
    return {
        "name": "period",
        "label": _("Reporting period"),
        "options": [
            {"value": one.label, "text": words.period(one), "is_chosen": one == chosen} for one in known
        ],
    }


def _actions(project: Project, period: Days | None, *, may_edit: bool) -> list[dict[str, Any]]:
    label = f"&period={period.label}" if period else ""
    board = f"{reverse('results:board')}?project={project.code}&state={label}"
    found = [action(board, _("Submit and approve"), is_main=True)]
    if may_edit:
        found = [
            action(reverse("results:new_result", args=[project.code]), _("Add an outcome or output")),
            action(reverse("results:new_period", args=[project.code]), _("Add a reporting period")),
            *found,
        ]
    return found


def _node(node: ResultNode, code: str, user: User, *, may_edit: bool) -> dict[str, Any]:
    pk = node.result.pk
    return {
        "title": f"{node.result.code} {in_language(node.result.titles)}",
        "kind": pgettext("kind of result", "Outcome") if node.result.parent_id is None else pgettext("kind of result", "Output"),
        "rows": [row(line, by=user) for one in node.indicators for line in one.lines],
        "bare": [
            {"title": f"{one.indicator.code} {in_language(one.indicator.titles)}",
             "href": reverse("results:indicator", args=[code, one.indicator.pk])}
            for one in node.indicators if not one.lines
        ],
        "edit_href": reverse("results:result", args=[code, pk]) if may_edit else "",
        "add_href": reverse("results:new_indicator", args=[code, pk]) if may_edit else "",
        "outputs": [_node(output, code, user, may_edit=may_edit) for output in node.outputs],
    }  # fmt: skip
