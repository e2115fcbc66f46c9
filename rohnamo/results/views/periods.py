"""One reporting period of an indicator: what was promised, what is reported, what was decided and why it moved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.errors import Refused, RohnamoError
from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import Project
from rohnamo.results import actions, rules
from rohnamo.results.forms.approval import StepForm
from rohnamo.results.forms.frameworks import PromiseForm, ToldForm, ValueForm, texts_of
from rohnamo.results.models import Period, PeriodState
from rohnamo.results.queries import Difference, Line, differences, lines, wording
from rohnamo.results.queries.board import steps_of
from rohnamo.results.queries.lines import TOLD, TYPED, indicators, way_of
from rohnamo.results.views.frameworks import said
from rohnamo.results.views.pieces import editor, list_href, period_of, project_of, trail_to
from rohnamo.staff.door import allow, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import words

OPEN = frozenset({PeriodState.DRAFT.value, PeriodState.RETURNED.value})


@staff_page("GET", may=rules.may_see_frameworks)
def period(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A period at a glance, its steps, and what this reader may do with it."""
    user = reader(request)
    project = project_of(user, code)
    found = period_of(project, pk)
    line = _line(found)
    context = {
        **head(project, found),
        "facts": _facts(line, user),
        "told": _told(line, found),
        "causes": [difference(one) for one in differences(found) if one.causes or not one.was_kept],
        "steps": [_step(step) for step in steps_of([found])],
        "decisions": _decisions(found, user, project),
        "edits": _edits(found, line, user, project),
        "remove_href": _remove_href(found, user, project),
        "step_href": reverse("results:step", args=[code, pk]),
    }
    return render(request, "results/period.html", context)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def promise(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Baseline and targets of a period."""
    user, project, found = _for_editor(request, code, pk)
    places = Place.objects.filter(pk__in=project.places.values("place"), level=Level.DISTRICT).order_by(
        "code"
    )
    form = PromiseForm(
        request.POST or None,
        initial=PromiseForm.initial_of(found),
        places=places,
        has_categories=way_of(found.indicator) == "counted",
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.promise(found, form.given(), by=user, reason=form.cleaned_data["reason"])
        except RohnamoError as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Baseline and targets are kept."))
            return redirect("results:period", code, pk)
    return _form(request, project, found, _("Baseline and targets"), form)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What the project reports of an indicator that is not counted: a number, or words."""
    user, project, found = _for_editor(request, code, pk)
    way = way_of(found.indicator)
    if way not in {TYPED, TOLD}:
        raise Http404
    form: Any = (
        ValueForm(request.POST or None, initial={"value": found.typed_value})
        if way == TYPED
        else ToldForm(request.POST or None, initial=texts_of("told", found.told))
    )
    if request.method == "POST" and form.is_valid():
        try:
            if way == TYPED:
                actions.write_value(found, form.cleaned_data["value"], by=user)
            else:
                actions.tell(found, form.texts("told"), by=user)
        except RohnamoError as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("It is kept as a draft. Submit it when it is ready."))
            return redirect("results:period", code, pk)
    return _form(request, project, found, _("Report"), form)


@staff_page("POST", may=rules.may_see_frameworks)
def step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Submit, approve, return or reopen one period."""
    user = reader(request)
    project = project_of(user, code)
    found = period_of(project, pk)
    allow(may=rules.may_submit(user, project) or rules.may_approve(user, project))
    form = StepForm({**request.POST.dict(), "periods": [pk]}, listed=[pk])
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return redirect("results:period", code, pk)
    try:
        take_step(form.cleaned_data["step"], [found], by=user, reason=form.cleaned_data["reason"])
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, step_words(form.cleaned_data["step"], 1))
    return redirect("results:period", code, pk)


@staff_page("POST", may=rules.may_see_frameworks)
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a reporting period away."""
    user, project, found = _for_editor(request, code, pk)
    indicator = found.indicator_id
    if said(request, lambda: actions.remove_period(found, by=user), _("The period was deleted.")):
        return redirect("results:indicator", project.code, indicator)
    return redirect("results:period", code, pk)


def take_step(step: str, periods: list[Period], *, by: User, reason: str) -> None:
    """One step for all of these periods, or CouldNot."""
    if step == "submit":
        actions.submit_many(periods, by=by)
    elif step == "approve":
        actions.approve_many(periods, by=by)
    elif step == "return":
        actions.give_back_many(periods, by=by, reason=reason)
    else:
        actions.reopen_many(periods, by=by, reason=reason)


def step_words(step: str, count: int) -> str:
    told = {
        "submit": ngettext("%(count)s value was submitted.", "%(count)s values were submitted.", count),
        "approve": ngettext(
            "%(count)s value was approved. Later changes of records will not move it.",
            "%(count)s values were approved. Later changes of records will not move them.",
            count,
        ),
        "return": ngettext("%(count)s value was returned.", "%(count)s values were returned.", count),
        "reopen": ngettext("%(count)s value was reopened.", "%(count)s values were reopened.", count),
    }[step]
    return told % {"count": count}


def _for_editor(request: HttpRequest, code: str, pk: int) -> tuple[User, Project, Period]:
    user, project = editor(request, code)
    return user, project, period_of(project, pk)


def head(project: Project, found: Period, *steps: tuple[str, str]) -> dict[str, Any]:
    indicator = found.indicator
    return {
        "page_title": f"{indicator.code} {in_language(indicator.titles)}",
        "trail": trail_to(
            project,
            (reverse("results:indicator", args=[project.code, indicator.pk]), indicator.code),
            *(steps or (("", days_of(found)),)),
        ),
        "lead": days_of(found),
        "state": wording.state("approved" if found.approved_at else found.state),
    }


def _form(request: HttpRequest, project: Project, found: Period, title: str, form: Any) -> HttpResponse:
    back = reverse("results:period", args=[project.code, found.pk])
    context = head(project, found, (back, days_of(found)), ("", title)) | {
        "page_title": title,
        "lead": f"{found.indicator.code} {in_language(found.indicator.titles)} · {days_of(found)}",
        "form": form,
        "back": back,
    }
    return render(request, "results/form.html", context)


def _line(found: Period) -> Line:
    indicator = indicators().get(pk=found.indicator_id)
    (line,) = lines([(indicator, Days(found.start, found.end), found)])
    return line


def days_of(found: Period) -> str:
    return words.period(Days(found.start, found.end))


def _facts(line: Line, user: User) -> list[dict[str, Any]]:
    facts = [
        (_("Baseline"), wording.value(line, line.baseline) or "–", ""),
        (_("Target"), wording.value(line, line.target) or "–", ""),
        *((_category(one), wording.number(one.target), "") for one in line.targets),
        (_("Actual"), wording.actual(line), list_href(line, by=user)),
    ]
    if line.way == "percent":
        facts += [
            (_("Of them"), wording.number(line.numerator), list_href(line, by=user)),
            (_("The whole"), wording.number(line.denominator), _denominator_href(line, user)),
        ]
    if line.has_moved:
        facts.append((_("Counted now"), wording.value(line, line.counted) or "–", ""))
    return [{"name": name, "text": text, "href": href} for name, text, href in facts]


def _denominator_href(line: Line, user: User) -> str:
    href = list_href(line, by=user, part="denominator")
    return f"{href}?part=denominator" if line.is_approved and href else href


def _category(one: Any) -> str:
    if one.sex:
        title = words.sex(one.sex)
    elif one.age:
        title = _("aged %(band)s") % {"band": words.age(one.age)}
    else:
        title = in_language(Place.objects.get(code=one.district).names)
    return _("Target: %(category)s") % {"category": title}


def _told(line: Line, found: Period) -> str:
    return in_language(line.told or found.told) if line.way == TOLD else ""


def difference(one: Difference) -> dict[str, Any]:
    title = {"": "", "denominator": _("The whole")}[one.part]
    return {
        "title": title,
        "words": _("Approved: %(approved)s. Counted now: %(counted)s.")
        % {"approved": wording.number(one.approved), "counted": wording.number(one.counted)},
        "was_kept": one.was_kept,
        "rows": [
            [
                wording.cause(cause.code),
                f"{'+' if cause.number > 0 else '−'}{wording.number(max(cause.number, -cause.number))}",
            ]
            for cause in one.causes
        ],
    }


def _step(step: Any) -> dict[str, Any]:
    return {
        "when": words.day(timezone.localdate(step.at)),
        "what": wording.step(step.kind),
        "who": str(step.by or ""),
        "text": " · ".join(filter(None, (wording.number(step.value), step.reason))),
    }


def _decisions(found: Period, user: User, project: Project) -> list[dict[str, Any]]:
    """The steps that this reader may take now."""
    is_over = found.end < timezone.localdate()
    can: list[tuple[str, str, bool]] = []
    if found.state in OPEN and is_over and rules.may_submit(user, project):
        can.append(("submit", _("Submit"), False))
    if rules.may_approve(user, project) and not rules.is_own(user, found):
        if found.state == PeriodState.SUBMITTED:
            can += [
                ("approve", pgettext("a value", "Approve"), False),
                ("return", _("Return for correction"), True),
            ]
        if found.state == PeriodState.APPROVED:
            can.append(("reopen", _("Reopen"), True))
    return [
        {"step": step, "text": text, "wants_reason": wants, "is_main": step in {"submit", "approve"}}
        for step, text, wants in can
    ]


def _edits(found: Period, line: Line, user: User, project: Project) -> list[dict[str, str]]:
    if found.state not in OPEN or not rules.may_edit_framework(user, project):
        return []
    links = [
        {"href": reverse("results:promise", args=[project.code, found.pk]), "text": _("Baseline and targets")}
    ]
    if line.way in {TYPED, TOLD}:
        links.append(
            {"href": reverse("results:report_period", args=[project.code, found.pk]), "text": _("Report")}
        )
    return links


def _remove_href(found: Period, user: User, project: Project) -> str:
    may = found.state in OPEN and rules.may_edit_framework(user, project)
    return reverse("results:remove_period", args=[project.code, found.pk]) if may else ""
