"""How the mission's measures are declared: titles, units, definitions, and what was promised of them."""

from collections.abc import Callable, Mapping
from typing import TypedDict

from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from rohnamo.core.languages import LANGUAGES
from rohnamo.figures.actions import Declaration, Promise
from rohnamo.figures.models import Unit
from rohnamo.projects.models import Project
from rohnamo.results.models import Count, Direction, Indicator, Tally


class _Said(TypedDict):
    """What a measure that is no indicator says in words of our own."""

    unit: Unit
    titles: dict[str, str]
    definitions: dict[str, str]
    unit_names: dict[str, str]


_TITLES: Mapping[str, LazyText] = {
    Count.PERSONS: _("People reached"),
    Count.CONTACTS: _("Services delivered"),
}
_UNITS: Mapping[str, LazyText] = {
    Count.PERSONS: _("people"),
    Count.HOUSEHOLDS: _("households"),
    Count.CONTACTS: _("contacts"),
    Count.EVENTS: _("events"),
    Count.QUANTITY: _("units"),
}
_DEFINITIONS: Mapping[str, LazyText] = {
    Count.PERSONS: _(
        "Everybody is counted once, with the sex, age and district of the first contact in the period. Where only the "
        "year of birth is known, the middle of that year is taken. People met in groups without names are not in it."
    ),
    Count.HOUSEHOLDS: _(
        "Every household is counted once, at the first contact with one of its members in the period. Somebody whose "
        "household is not known counts as a household of one."
    ),
    Count.CONTACTS: _(
        "Every service given to somebody is counted, and everybody in a group without names: the same person can be "
        "in it several times."
    ),
    Count.EVENTS: _("Every time a service was given is counted once, whatever the number of people."),
    Count.QUANTITY: _("The quantities written down with each service are added up."),
}
_OF_STEPS: Mapping[str, LazyText] = {
    Count.PERSONS: _(
        "Everybody who got this service in the project since its first day is counted once. It is one step of a way:"
        " steps are read one after the other and never added up."
    ),
    Count.CONTACTS: _(
        "Everybody is counted each time this service was given in the project since its first day, because no names are"
        " kept: the same person can be in it several times. It is one step of a way: steps are read one after the other"
        " and never added up."
    ),
}
_OF_TYPED = _(
    "It cannot be counted from the records of work done. The project reports it for each period, without names, and it"
    " is shown once it was approved."
)
_OF_SHARES = _(
    "Both numbers of the share are counted from the records of work done, each by its own rule, and the share is made of"
    " their sums: shares are never averaged. It is shown once it was approved, and not where it could point at somebody."
)
COUNTED_BY_US = _("Counted by the mission from its own records.")
REPORTED = _("Reported by the project, and approved by the mission.")


def words(text: LazyText) -> dict[str, str]:
    """A text of ours in every language."""
    return {language: _in_language(language, lambda: str(text)) for language in LANGUAGES}


def of_many(tally: Tally, *, is_example: bool) -> Declaration:
    """Of the mission or of an area."""
    area = tally.area.code if tally.area else ""
    return Declaration(
        key=tally.key,
        scope="area" if area else "mission",
        area=area,
        is_example=is_example,
        is_cumulative=tally.is_cumulative,
        **_said_of(tally),
    )


def of_project(tally: Tally, project: Project) -> Declaration:
    """Of a project as a whole."""
    return Declaration(
        key=tally.key,
        scope="project",
        area=project.area.code,
        project=project.code,
        is_example=project.is_example,
        is_cumulative=tally.is_cumulative,
        **_said_of(tally),
    )


def of_indicator(
    indicator: Indicator, tally: Tally | None, project: Project, *, order: int, is_share: bool = False
) -> Declaration:
    """Of an indicator with its place in the framework. tally: None for one that is typed, and for a share."""
    unit = Unit(tally.count) if tally else Unit.PERCENT if is_share else Unit.VALUE
    unit_names = dict(indicator.unit_names) or (words(_UNITS[tally.count]) if tally else {})
    untold = _OF_SHARES if is_share else _OF_TYPED
    return Declaration(
        key=tally.key if tally else f"{project.code}.{indicator.code}",
        scope="indicator",
        unit=unit,
        titles=dict(indicator.titles),
        definitions=words(_DEFINITIONS[tally.count] if tally else untold),
        unit_names=unit_names,
        area=project.area.code,
        project=project.code,
        is_cumulative=tally.is_cumulative if tally else indicator.is_cumulative,
        is_rising_good=indicator.direction == Direction.UP,
        is_example=project.is_example,
        group=indicator.result.code,
        group_kind=indicator.result.kind,
        group_titles=dict(indicator.result.titles),
        order=order,
    )


def of_step(key: str, titles: Mapping[str, str], count: Count, project: Project) -> Declaration:
    """Of one step of a cascade."""
    return Declaration(
        key=key,
        scope="cascade",
        unit=Unit(count),
        titles=dict(titles),
        definitions=words(_OF_STEPS[count]),
        unit_names=words(_UNITS[count]),
        area=project.area.code,
        project=project.code,
        is_cumulative=True,
        is_example=project.is_example,
    )


def promises(indicator: Indicator) -> list[Promise]:
    """Baseline and target of every reporting period."""
    return [
        Promise(period.start, period.end, baseline=period.baseline, target=period.target)
        for period in indicator.periods.all()
    ]


def _said_of(tally: Tally) -> _Said:
    return {
        "unit": Unit(tally.count),
        "titles": words(_TITLES.get(tally.count, _UNITS[tally.count])),
        "definitions": words(_DEFINITIONS[tally.count]),
        "unit_names": words(_UNITS[tally.count]),
    }


def _in_language(language: str, say: Callable[[], str]) -> str:
    with translation.override(language):
        return say()
