"""What a project promised beside what came of it: one row for each indicator, under its outcome or output."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.figures.queries import Figure
from rohnamo.portal import queries
from rohnamo.portal.pages import wording
from rohnamo.portal.pages.frame import path
from rohnamo.ui.drawing import result_bar
from rohnamo.ui.templatetags.furniture import day, number

OUTPUT = "output"


def groups(figures: Iterable[Figure]) -> list[Mapping[str, object]]:
    """Indicators under the result they belong to, all in the order of the framework."""
    found: dict[str, list[Figure]] = {}
    for figure in sorted(figures, key=lambda one: one.order):
        if figure.group:
            found.setdefault(figure.group, []).append(figure)
    return [{"title": _title(alike[0]), "rows": [_row(one) for one in alike]} for alike in found.values()]


def unit_and_days(figure: Figure) -> str:
    """What is counted, and over which days."""
    unit = wording.unit_words(figure.key, figure.unit, figure.unit_names)
    if figure.release is None:
        return unit
    when = wording.when_words(figure.release, is_cumulative=figure.is_cumulative)
    return _("%(unit)s, %(when)s") % {"unit": unit, "when": when}


def distance_words(figure: Figure) -> str:
    """How far it is to the final target, in words; where less is better, how far it has come."""
    target = _target(figure)
    if figure.number is None:
        return wording.unreleased_words(is_withheld=figure.is_withheld)
    if target is None:
        return ""
    is_reached = figure.number >= target if figure.is_rising_good else figure.number <= target
    if is_reached:
        return _("final target reached")
    if not figure.is_rising_good and figure.baseline is not None and figure.number < figure.baseline:
        return _("better by %(number)s") % {"number": number(figure.baseline - figure.number)}
    missing = {"number": number(abs(target - figure.number)), "day": day(figure.final_on)}
    if figure.final_on is None:
        return _("%(number)s to go") % missing
    return _("%(number)s to go to the final target, by %(day)s") % missing


def _title(figure: Figure) -> str:
    named = {"code": figure.group, "title": in_language(figure.group_titles)}
    if figure.group_kind == OUTPUT:
        return _("Output %(code)s. %(title)s") % named if named["title"] else _("Output %(code)s") % named
    return _("Outcome %(code)s. %(title)s") % named if named["title"] else _("Outcome %(code)s") % named


def _row(figure: Figure) -> Mapping[str, object]:
    target = _target(figure)
    return {
        "title": in_language(figure.what),
        "href": path(f"figures/{queries.slug_of(figure.key)}/"),
        "unit": _unit_and_milestone(figure),
        "baseline": figure.baseline,
        "target": target,
        "actual": figure.number,
        "bar": result_bar(
            baseline=float(figure.baseline or 0), target=_float(target), actual=_float(figure.number)
        ),
        "rest": distance_words(figure),
    }


def _target(figure: Figure) -> Decimal | None:
    """What the project as a whole promised: the last target, to which everything before it is a step."""
    return figure.target if figure.final_target is None else figure.final_target


def _unit_and_milestone(figure: Figure) -> str:
    """Beside the final target also the one of the released days, because only that could be reached by now."""
    said = unit_and_days(figure)
    if figure.number is None or figure.target is None or figure.target == _target(figure):
        return said
    return _("%(unit_and_days)s; target for these days: %(target)s") % {
        "unit_and_days": said,
        "target": number(figure.target),
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
