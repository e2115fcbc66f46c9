"""Numbers, states, causes and measures in the reader's words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.places.models import Place
from rohnamo.projects.models import Service
from rohnamo.results.models import Count, Direction, PeriodState
from rohnamo.results.queries.lines import SHARE, TOLD, Line
from rohnamo.results.queries.measures import parts_of
from rohnamo.results.queries.sums import Number
from rohnamo.ui import spelling, words
from rohnamo.ui.drawing import result_bar


def number(value: Number | None) -> str:
    return "" if value is None else spelling.number(value, words.language())


def value(line: Line, of: Number | None) -> str:
    """A number of a line in its unit; empty for none."""
    if of is None:
        return ""
    return spelling.percent(of, words.language()) if line.way == SHARE else number(of)


def actual(line: Line) -> str:
    """What stands, or why nothing does."""
    if line.actual is not None:
        return value(line, line.actual)
    return {
        "denominator_zero": _("no value: a share of nobody"),
        "told": _("told in words"),
        "not_approved": _("reported %(value)s") % {"value": number(line.typed)},
        "not_reported": _("not reported"),
        "not_released": _("not released yet"),
    }.get(line.why_empty, "")


def state(code: str) -> str:
    return str(PeriodState(code).label) if code else ""


def rest(line: Line) -> str:
    """What stands beside a number: since when it counts, how far it is, and what became of it."""
    return ". ".join(filter(None, (_since(line), _of_share(line), _distance(line), _standing(line))))


def bar(line: Line) -> str:
    """The thin bar beside a number: from the baseline to what stands, and the target."""
    target, actual = (None if value is None else float(value) for value in (line.target, line.actual))
    return result_bar(baseline=float(line.baseline or 0), target=target, actual=actual)


def cause(code: str) -> str:
    return {
        "late": _("written down after the approval"),
        "reversed": _("taken back"),
        "merged": _("found to be the same person, or not; or moved to another household"),
        "erased": _("erased: nothing is left of them in the register"),
        "replanned": _("what is counted was re-planned"),
        "corrected": _("sex, birth or district corrected"),
    }[code]


def step(kind: str) -> str:
    return {
        "submitted": pgettext("step of a period", "submitted"),
        "returned": pgettext("step of a period", "returned"),
        "approved": pgettext("step of a period", "approved"),
        "reopened": pgettext("step of a period", "reopened"),
    }[kind]


def unit(count: str) -> str:
    return {
        Count.PERSONS: _("People, each once"),
        Count.HOUSEHOLDS: _("Households, each once"),
        Count.CONTACTS: _("Contacts: every time somebody was served"),
        Count.EVENTS: _("Events"),
        Count.QUANTITY: _("The quantity written down"),
    }[Count(count)]


def measure(of: Mapping[str, Any]) -> list[str]:
    """What a measure counts, one line for each number of it."""
    way = of.get("way", "")
    if way == "typed":
        return [_("A number that the project reports")]
    if way == "words":
        return [_("Told in words")]
    services = {one.code: in_language(one.names) for one in Service.objects.all()}
    told = [_part(part, services) for part in parts_of(of)]
    if way == SHARE and len(told) == 2:
        return [
            _("Of them: %(question)s") % {"question": told[0]},
            _("The whole: %(question)s") % {"question": told[1]},
        ]
    return told


def _part(of: Mapping[str, Any], services: Mapping[str, str]) -> str:
    only = of.get("filter") or {}
    names = ", ".join(services.get(code, code) for code in of["services"])
    return " · ".join(filter(None, (unit(of["count"]), names, *_filters(only), _within(of))))


def _filters(only: Mapping[str, Any]) -> list[str]:
    places = Place.objects.filter(code__in=only.get("places") or [])
    low, high = only.get("age_min"), only.get("age_max")
    ages = ""
    if low is not None or high is not None:
        ages = _("aged %(low)s to %(high)s") % {"low": low or 0, "high": "…" if high is None else high}
    return [
        words.sex(only["sex"]) if only.get("sex") else "",
        ages,
        ", ".join(sorted(in_language(place.names) for place in places)),
    ]


def _within(of: Mapping[str, Any]) -> str:
    return _("in all projects of the mission") if of.get("unique_within") == "mission" else ""


def _since(line: Line) -> str:
    if line.actual is None or not line.indicator.is_cumulative or line.period is None:
        return ""
    return _("Since the start, up to %(day)s") % {"day": words.day(line.period.end)}


def _of_share(line: Line) -> str:
    if line.way != SHARE or line.denominator is None:
        return ""
    return _("%(part)s of %(whole)s") % {"part": number(line.numerator), "whole": number(line.denominator)}


def _distance(line: Line) -> str:
    if line.target is None or line.actual is None:
        return ""
    missing = Decimal(line.target) - Decimal(line.actual)
    missing = -missing if line.indicator.direction == Direction.DOWN else missing
    if missing <= 0:
        return _("Target reached")
    return _("%(number)s to go in this period") % {"number": value(line, missing)}


def _standing(line: Line) -> str:
    if line.has_moved:
        return _("Approved; counted now: %(number)s") % {"number": value(line, line.counted) or "–"}
    return "" if line.way == TOLD and not line.state else state(line.state).capitalize()


def days(line: Line) -> str:
    return words.period(Days(line.period.start, line.period.end)) if line.period else ""
