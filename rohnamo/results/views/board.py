"""The board on which many values are submitted, approved, returned or reopened in one go; and what is overdue."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.projects.models import Project
from rohnamo.projects.queries import visible_to
from rohnamo.projects.rules import EDITORS
from rohnamo.results import rules
from rohnamo.results.actions import CouldNot
from rohnamo.results.forms.approval import StepForm
from rohnamo.results.models import PeriodState
from rohnamo.results.queries import Line, Overdue, overdue, wording
from rohnamo.results.queries.board import Asked, board, lines_of, spans
from rohnamo.results.views.periods import step_words, take_step
from rohnamo.results.views.pieces import list_href
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.door import reader, staff_page, trail
from rohnamo.staff.models import Role, User
from rohnamo.ui import words

# A work list: a hundred indicators of a project are decided about in one go, so that they must stand on one page.
PAGE = 200


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def decide(request: HttpRequest) -> HttpResponse:
    """Values by state, project and period; those that are ticked take one step together, or none does."""
    user = reader(request)
    asked = _asked(request, usual=_usual_state(user))
    listed = board(user, asked)
    periods = list(listed[:PAGE])
    form, problems = None, []
    if request.method == "POST":
        form = StepForm(request.POST, listed=list(listed.values_list("pk", flat=True)))
        if form.is_valid():
            problems = _step(request, form, user)
            if not problems:
                return redirect(f"{request.path}?{request.GET.urlencode()}")
    ticked = set(form.cleaned_data.get("periods", [])) if form else set()
    count = listed.count()
    context = {
        "page_title": _("Submit and approve"),
        "trail": _trail(user, asked),
        "lead": ngettext(
            "%(count)s value of a period that has ended.",
            "%(count)s values of periods that have ended.",
            count,
        )
        % {"count": wording.number(count)},
        "fields": _fields(user, asked),
        "form": form,
        "problems": problems,
        "rows": [_row(line, user, ticked) for line in lines_of(periods)],
        "count": count,
        "is_cut": count > PAGE,
        "steps": _steps(user, asked.state),
        "here": f"{request.path}?{request.GET.urlencode()}",
        "wants_reason": asked.state in {PeriodState.SUBMITTED, PeriodState.APPROVED, ""},
    }
    return render(request, "results/board.html", context)


@staff_page("GET", may=rules.may_see_frameworks)
def late(request: HttpRequest) -> HttpResponse:
    """What should have happened with results and did not, the longest overdue first."""
    user, today = reader(request), timezone.localdate()
    found = overdue(user, today)
    context = {
        "page_title": _("Overdue"),
        "trail": trail((reverse("workspace:projects"), pgettext("page", "Projects")), ("", _("Overdue"))),
        "lead": ngettext("%(count)s thing is late.", "%(count)s things are late.", len(found))
        % {"count": len(found)},
        "columns": [{"name": _("What")}, {"name": _("Project")}, {"name": _("Since")}],
        "rows": [_late(one) for one in found],
    }
    return render(request, "results/overdue.html", context)


def _usual_state(user: User) -> str:
    """What waits for this reader: decisions for those who decide, drafts for those who write."""
    decides = staff_rules.may_approve_results(user)
    return PeriodState.SUBMITTED.value if decides else PeriodState.DRAFT.value


def _asked(request: HttpRequest, *, usual: str) -> Asked:
    state = request.GET.get("state", usual)
    if state not in {"", *PeriodState.values}:
        raise Http404
    label = request.GET.get("period", "")
    try:
        period = parse_period(label) if label else None
    except ValueError as wrong:
        raise Http404 from wrong
    return Asked(state, request.GET.get("project", ""), period)


def _step(request: HttpRequest, form: StepForm, user: User) -> list[dict[str, str]]:
    """What stood against the step, one line for each value; nothing when it was taken."""
    given = form.cleaned_data
    chosen = list(board(user, Asked(state="")).filter(pk__in=form.chosen()))
    try:
        take_step(given["step"], chosen, by=user, reason=given["reason"])
    except CouldNot as why:
        related = {one.pk: one for one in board(user, Asked(state="")).select_related("indicator__result__project").filter(
            pk__in=[period.pk for period, _sentence in why.problems])}  # fmt: skip
        return [
            {
                "title": f"{related[period.pk].indicator.result.project.code}.{related[period.pk].indicator.code}",
                "href": reverse(
                    "results:period", args=[related[period.pk].indicator.result.project.code, period.pk]
                ),
                "text": sentence,
            }
            for period, sentence in why.problems
        ]
    messages.success(request, step_words(given["step"], len(chosen)))
    return []


def _trail(user: User, asked: Asked) -> list[dict[str, str]]:
    steps = [(reverse("workspace:projects"), pgettext("page", "Projects"))]
    if (
        asked.project
        and Project.objects.filter(pk__in=visible_to(user).values("pk"), code=asked.project).exists()
    ):
        steps.append((reverse("results:framework", args=[asked.project]), asked.project))
    return trail(*steps, ("", _("Submit and approve")))


def _fields(user: User, asked: Asked) -> list[dict[str, Any]]:
    projects = [
        (one.code, f"{one.code} {in_language(one.titles)}") for one in visible_to(user).order_by("code")
    ]
    periods = [(one.label, words.period(one)) for one in spans(user)]
    label = asked.period.label if asked.period else ""
    return [
        _choice("state", _("State"), asked.state, [(one.value, str(one.label)) for one in PeriodState], pgettext("states", "all")),
        _choice("project", _("Project"), asked.project, projects, pgettext("projects", "all")),
        _choice("period", _("Period"), label, periods, pgettext("periods", "all")),
    ]  # fmt: skip


def _choice(
    name: str, label: str, chosen: str, options: list[tuple[str, str]], everything: str
) -> dict[str, Any]:
    listed = [("", everything), *options]
    return {
        "name": name,
        "label": label,
        "options": [{"value": value, "text": text, "is_chosen": value == chosen} for value, text in listed],
    }


def _row(line: Line, user: User, ticked: set[int]) -> dict[str, Any]:
    project, period = line.indicator.result.project, line.period
    number = period.pk if period else 0
    return {
        "pk": number,
        "is_ticked": number in ticked,
        "title": f"{project.code}.{line.indicator.code} {in_language(line.indicator.titles)}",
        "href": reverse("results:period", args=[project.code, number]),
        "period": wording.days(line),
        "target": wording.value(line, line.target) or "–",
        "actual": wording.actual(line) or "–",
        "actual_href": list_href(line, by=user),
        "state": wording.state(line.state),
        "moved": _("counted now: %(number)s") % {"number": wording.value(line, line.counted)}
        if line.has_moved
        else "",
    }


def _steps(user: User, state: str) -> list[dict[str, Any]]:
    """Buttons for the steps that the state of the list allows and the role of the reader may take."""
    decides = staff_rules.may_approve_results(user)
    writes = user.role in EDITORS or user.role == Role.CHIEF_OF_MISSION
    all_steps = [
        ("submit", _("Submit"), writes and state in {"", "draft", "returned"}),
        ("approve", pgettext("a value", "Approve"), decides and state in {"", "submitted"}),
        ("return", _("Return for correction"), decides and state in {"", "submitted"}),
        ("reopen", _("Reopen"), decides and state in {"", "approved"}),
    ]
    return [{"step": step, "text": text} for step, text, may in all_steps if may]


def _late(one: Overdue) -> list[dict[str, Any]]:
    return [
        {"text": _what(one), "href": _where(one)},
        {"text": f"{one.project.code} {in_language(one.project.titles)}", "is_quiet": True},
        {"text": words.day(one.since) if one.since else "–"},
    ]


def _what(one: Overdue) -> str:
    if one.kind == "no_actual" and one.period:
        told = ngettext(
            "%(count)s indicator without an approved value for %(period)s (%(state)s)",
            "%(count)s indicators without an approved value for %(period)s (%(state)s)",
            one.count,
        )
        return told % {
            "count": one.count,
            "period": words.period(one.period),
            "state": wording.state(one.state),
        }
    return {
        "not_finished": _("The project has ended, and is still under way by its status"),
        "untouched": _("Nothing was recorded, reported or planned for six months"),
        "deadline": _("The donor waits: %(title)s") % {"title": one.title},
    }[one.kind]


def _where(one: Overdue) -> str:
    if one.kind == "no_actual" and isinstance(one.period, Days):
        asked = {"state": one.state, "project": one.project.code, "period": one.period.label}
        return f"{reverse('results:board')}?{urlencode(asked)}"
    return reverse("workspace:project", args=[one.project.code])
