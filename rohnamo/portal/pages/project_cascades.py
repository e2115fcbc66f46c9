"""A project's cascades: steps of one way, as far as they were released."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.figures.models import Unit
from rohnamo.figures.queries import Figure, cascade_key
from rohnamo.portal.pages import wording
from rohnamo.portal.pages.frame import Context, current_language
from rohnamo.projects.models import Project
from rohnamo.ui.drawing import Caption, Layout, Step, cascade_bars
from rohnamo.ui.templatetags.furniture import day, number, percent

LAYOUTS: tuple[Layout, Layout] = ("phone", "wide")


@dataclass(frozen=True)
class Released:
    """One step that may be shown."""

    title: str
    figure: Figure
    value: Decimal


def drawn(project: Project, figures: Mapping[str, Figure]) -> list[Context]:
    """Those of which at least the first two steps were released. figures: by key."""
    return [
        _cascade(cascade, steps)
        for cascade in project.cascades
        if len(steps := _released(project.code, cascade, figures)) > 1
    ]


def share_words(before: Figure, figure: Figure) -> str:
    """Which part of the step before came this far; "" where that cannot be said.

    People are at most as many as contacts, so people beside contacts are at least that part of the people before.
    """
    if not before.number or figure.number is None or figure.number > before.number:
        return ""
    share = {"share": percent(figure.number / before.number * 100)}
    if figure.unit == before.unit:
        return _("%(share)s of the step before") % share
    if (before.unit, figure.unit) == (Unit.CONTACTS, Unit.PERSONS):
        return _("at least %(share)s of the step before") % share
    return ""


def _released(code: str, cascade: Mapping[str, object], figures: Mapping[str, Figure]) -> list[Released]:
    """The steps up to the first one that was not released: a share of what is not shown would show it."""
    found: list[Released] = []
    for step in cascade["steps"]:  # type: ignore[attr-defined]
        figure = figures.get(cascade_key(code, str(cascade["code"]), step["service"]))
        if figure is None or figure.number is None:
            break
        found.append(Released(in_language(step["titles"]), figure, figure.number))
    return found


def _cascade(cascade: Mapping[str, object], released: list[Released]) -> Context:
    title = in_language(cascade["titles"])  # type: ignore[arg-type]
    steps = _steps(released)
    phone, wide = (
        cascade_bars(
            steps,
            caption=Caption(
                f"{cascade['code']}-{layout}",
                _drawing_title(title, released),
                "; ".join(f"{step.name}: {number(step.count)}" for step in steps),
            ),
            layout=layout,
            language=current_language(),
        )
        for layout in LAYOUTS
    )
    return {
        "name": f"cascade-{cascade['code']}",
        "title": title,
        "lead": _lead(released),
        "phone": phone,
        "wide": wide,
        "columns": [
            pgettext("step of a cascade", "Step"),
            pgettext("column", "Number"),
            _("What is counted"),
            _("Part of the step before"),
        ],
        "rows": [
            [step.name, number(step.count), _unit(one.figure), step.share or "–"]
            for step, one in zip(steps, released, strict=True)
        ],
        "caption": title,
    }


def _steps(released: list[Released]) -> list[Step]:
    shares = [
        "",
        *(share_words(before.figure, one.figure) for before, one in pairwise(released)),
    ]
    return [Step(one.title, int(one.value), share) for one, share in zip(released, shares, strict=True)]


def _drawing_title(title: str, released: list[Released]) -> str:
    if _are_alike(released):
        return _("%(title)s, %(unit)s") % {"title": title, "unit": _unit(released[0].figure)}
    return title


def _lead(released: list[Released]) -> str:
    parts = [_days(released), _never_added_up(released)]
    if not _are_alike(released):
        named = [one.title for one in released if one.figure.unit == Unit.CONTACTS]
        again = _("Where nobody is named, somebody who came twice is counted twice: %(steps)s.")
        parts.append(again % {"steps": "; ".join(named)})
    return " ".join(part for part in parts if part)


def _never_added_up(released: list[Released]) -> str:
    """That a step is a part of the one before is said only where the numbers do not say otherwise."""
    if all(one.value <= before.value for before, one in pairwise(released)):
        return _("Each step is a part of the one before, so the numbers are never added up.")
    return _("The same people can stand in several steps, so the numbers are never added up.")


def _days(released: list[Released]) -> str:
    """From the first day of the project to the last one that was counted."""
    figure = released[0].figure
    if figure.start is None or figure.end is None or figure.as_of is None:
        return ""
    days = {"start": day(figure.start), "end": day(min(figure.end, figure.as_of))}
    if _are_alike(released) and figure.unit == Unit.PERSONS:
        return _("People, from %(start)s to %(end)s.") % days
    return _("From %(start)s to %(end)s.") % days


def _are_alike(released: list[Released]) -> bool:
    return len({one.figure.unit for one in released}) == 1


def _unit(figure: Figure) -> str:
    return wording.unit_words(figure.key, figure.unit, figure.unit_names)
