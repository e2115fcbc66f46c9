"""One indicator: its periods, versions and history; its words, and how it is measured."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.core.errors import RohnamoError
from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Project
from rohnamo.results import actions, rules
from rohnamo.results.forms.frameworks import IndicatorForm
from rohnamo.results.forms.measures import WAYS, MeasureForm, initial_of, way_words
from rohnamo.results.models import Indicator, IndicatorVersion, Period, PlanStep, Result
from rohnamo.results.queries import Line, lines, wording
from rohnamo.results.queries.board import plan_steps_of, steps_of
from rohnamo.results.queries.lines import indicators
from rohnamo.results.queries.measures import lost_services
from rohnamo.results.views.frameworks import said
from rohnamo.results.views.pieces import editor, indicator_of, list_href, project_of, trail_to
from rohnamo.staff.door import action, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import words


@staff_page("GET", may=rules.may_see_frameworks)
def indicator(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Everything about an indicator: periods, how it is measured and was measured, who did what."""
    user = reader(request)
    project = project_of(user, code)
    found = get_object_or_404(indicators(), pk=pk, result__project=project)
    periods = sorted(found.periods.all(), key=lambda period: (period.start, period.end))
    listed = lines([(found, Days(period.start, period.end), period) for period in periods])
    may_edit = rules.may_edit_framework(user, project)
    versions = sorted(found.versions.all(), key=lambda version: -version.number)
    context = {
        "page_title": f"{found.code} {in_language(found.titles)}",
        "trail": trail_to(project, ("", found.code)),
        "lead": " · ".join(filter(None, (in_language(found.result.titles), in_language(found.notes)))),
        "actions": _actions(project, found) if may_edit else [],
        "lost": _lost(versions[0]) if versions else "",
        "columns": _columns(),
        "rows": [_period_row(line, user) for line in listed],
        "versions": [_version(version) for version in versions],
        "history": _history(found, periods),
        "remove_href": reverse("results:remove_indicator", args=[code, pk]) if may_edit else "",
    }
    return render(request, "results/indicator.html", context)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def words_of_it(
    request: HttpRequest, code: str, pk: int | None = None, result: int | None = None
) -> HttpResponse:
    """Make an indicator below a result, or change its words."""
    user, project = editor(request, code)
    found = indicator_of(project, pk) if pk else None
    of = found.result if found else get_object_or_404(Result, pk=result, project=project)
    initial = IndicatorForm.initial_of(found) if found else {"direction": "up", "grows": "yes"}
    form = IndicatorForm(request.POST or None, initial=initial, wants_reason=bool(found))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            saved = actions.save_indicator(of, form.given(), by=user, indicator=found, reason=reason)
        except RohnamoError as why:
            form.add_error(None, str(why))
        else:
            return redirect("results:indicator" if found else "results:measure", code, saved.pk)
    title = _("Change an indicator") if found else _("Add an indicator")
    context = {
        "page_title": title,
        "trail": trail_to(project, ("", title)),
        "lead": f"{of.code} {in_language(of.titles)}",
        "form": form,
        "back": reverse("results:indicator", args=[code, pk])
        if pk
        else reverse("results:framework", args=[code]),
    }
    return render(request, "results/form.html", context)


@staff_page("POST", may=rules.may_see_frameworks)
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take an indicator away."""
    user, project = editor(request, code)
    found = indicator_of(project, pk)
    if said(request, lambda: actions.remove_indicator(found, by=user), _("The indicator was deleted.")):
        return redirect("results:framework", code)
    return redirect("results:indicator", code, pk)


@staff_page("GET", "POST", may=rules.may_see_frameworks)
def measure(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """How an indicator is measured. Before it is kept it says what it would count today."""
    user, project = editor(request, code)
    found = indicator_of(project, pk)
    latest = found.versions.order_by("number").last()
    replans = latest is not None and found.periods.exclude(approved_at=None).exists()
    replans = replans or (latest is not None and request.GET.get("replan") == "1")
    way = request.GET.get("way", "") or _way(latest)
    if way not in WAYS:
        raise Http404
    form = MeasureForm(
        request.POST or None, way=way, replans=replans, initial=initial_of(latest.measure) if latest else {}
    )
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            context["preview"] = _preview(found, form, user)
        elif _keep(request, found, form, user, context):
            return redirect("results:indicator", code, pk)
    context |= {
        "page_title": _("Re-plan the measure") if replans else _("How it is measured"),
        "trail": trail_to(
            project,
            (reverse("results:indicator", args=[code, pk]), found.code),
            ("", _("How it is measured")),
        ),
        "lead": in_language(found.titles),
        "ways": [{"text": way_words(one), "href": f"?way={one}", "is_chosen": one == way} for one in WAYS]
        if not replans
        else [],
        "lost": _lost(latest) if latest else "",
        "form": form,
        "back": reverse("results:indicator", args=[code, pk]),
        "replan_href": f"?replan=1&way={way}" if latest is not None and not replans else "",
    }
    return render(request, "results/measure.html", context)


def _way(latest: IndicatorVersion | None) -> str:
    if latest is None:
        return "counted"
    return latest.measure.get("way") or ("counted" if latest.measure.get("services") else "typed")


def _preview(found: Indicator, form: MeasureForm, user: User) -> str:
    try:
        told = actions.preview(found, form.measure(), valid_from=form.cleaned_data.get("valid_from"), by=user)
    except RohnamoError as why:
        form.add_error(None, str(why))
        return ""
    return counts_today(told)


def _keep(
    request: HttpRequest, found: Indicator, form: MeasureForm, user: User, context: dict[str, Any]
) -> bool:
    """Whether the measure was kept. One that counts nothing is kept when somebody says that it is meant."""
    given = form.cleaned_data
    although = request.POST.get("although") == "1"
    try:
        if form.replans:
            told = actions.replan(
                found,
                form.measure(),
                valid_from=given["valid_from"],
                reason=given["reason"],
                by=user,
                although_nothing=although,
            )
        else:
            told = actions.set_measure(
                found, form.measure(), by=user, reason=given["reason"], although_nothing=although
            )
    except actions.CountsNothing as why:
        context["nothing"] = str(why)
        return False
    except RohnamoError as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, " ".join(filter(None, (_("The measure is kept."), counts_today(told)))))
    return True


def counts_today(told: actions.Preview) -> str:
    """What a measure counts today, in a sentence; nothing for one that is not counted."""
    if not told.counts:
        return ""
    when = (
        words.period(Days(told.period.start, told.period.end))
        if told.period
        else f"{timezone.localdate().year}"
    )
    if told.denominator is not None:
        return _("For %(period)s it counts %(part)s of %(whole)s today.") % {
            "period": when,
            "part": wording.number(told.numerator),
            "whole": wording.number(told.denominator),
        }
    return _("For %(period)s it counts %(number)s today.") % {
        "period": when,
        "number": wording.number(told.value),
    }


def _lost(version: IndicatorVersion) -> str:
    """That a measure asks for services that are not there any more, with what may be meant."""
    lost = lost_services(version.measure)
    if not lost:
        return ""
    told = [_perhaps(code, other) if other else code for code, other in lost]
    return ngettext(
        "This measure asks for a service that is not there any more: %(services)s. Correct it.",
        "This measure asks for services that are not there any more: %(services)s. Correct it.",
        len(lost),
    ) % {"services": ", ".join(told)}


def _perhaps(code: str, other: str) -> str:
    return _("%(code)s (now perhaps %(other)s)") % {"code": code, "other": other}


def _actions(project: Project, found: Indicator) -> list[dict[str, Any]]:
    at = [project.code, found.pk]
    return [
        action(reverse("results:edit_indicator", args=at), _("Change the words")),
        action(reverse("results:measure", args=at), _("How it is measured")),
    ]


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Period")},
        {"name": _("Baseline"), "is_number": True},
        {"name": _("Target"), "is_number": True},
        {"name": _("Actual"), "is_number": True},
        {"name": _("State")},
        {"name": _("Counted now"), "is_number": True},
    ]


def _period_row(line: Line, user: User) -> list[dict[str, Any]]:
    project, period = line.indicator.result.project, line.period
    href = reverse("results:period", args=[project.code, period.pk]) if period else ""
    return [
        {"text": wording.days(line), "href": href},
        {"text": wording.value(line, line.baseline) or "–"},
        {"text": wording.value(line, line.target) or "–"},
        {"text": wording.actual(line) or "–", "href": list_href(line, by=user)},
        {"text": wording.state(line.state)},
        {"text": wording.value(line, line.counted) if line.has_moved else "", "is_quiet": True},
    ]


def _version(version: IndicatorVersion) -> dict[str, Any]:
    return {
        "title": _("Version %(number)s, from %(day)s")
        % {"number": version.number, "day": words.day(version.valid_from)},
        "measures": wording.measure(version.measure),
        "reason": version.reason,
        "made": words.day(timezone.localdate(version.made_at))
        if version.made_at
        else _("from the project's file"),
    }


def _history(found: Indicator, periods: list[Period]) -> list[dict[str, Any]]:
    """Steps and re-plannings in one list, the latest first."""
    listed: list[dict[str, Any]] = [
        {
            "at": step.at,
            "when": words.day(timezone.localdate(step.at)),
            "what": f"{wording.step(step.kind)} · {words.period(Days(step.period.start, step.period.end))}",
            "who": str(step.by or ""),
            "text": " · ".join(filter(None, (wording.number(step.value), step.reason))),
        }
        for step in steps_of(periods)
    ]
    listed += [
        {
            "at": step.at,
            "when": words.day(timezone.localdate(step.at)),
            "what": _planned(step),
            "who": str(step.by or ""),
            "text": step.reason,
        }
        for step in plan_steps_of(found.pk)
    ]
    return sorted(listed, key=lambda one: one["at"], reverse=True)


def _planned(step: PlanStep) -> str:
    when = words.period(Days(step.period.start, step.period.end)) if step.period else ""
    if step.what == "target":
        before, after = ((told or {}).get("target") or "–" for told in (step.before, step.after))
        return _("target %(before)s → %(after)s · %(period)s") % {
            "before": before,
            "after": after,
            "period": when,
        }
    return {
        "version": _("measure changed"),
        "period": _("period added or deleted"),
        "words": _("reading changed"),
    }.get(step.what, step.what)
