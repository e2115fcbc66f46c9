"""What results gives to figures: totals as they are today, breakdowns of periods that have ended."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from rohnamo.core import audit
from rohnamo.core.languages import LANGUAGES
from rohnamo.core.periods import Period, calendar_period
from rohnamo.engines.disclosure import Cell
from rohnamo.figures.actions import Counted, Declaration, Promise, declare_measure, publish, set_targets
from rohnamo.figures.models import Measure, Unit
from rohnamo.places.models import Place
from rohnamo.projects import queries as projects
from rohnamo.projects.models import Project
from rohnamo.results.models import Count, Tally
from rohnamo.results.models import Period as Reported
from rohnamo.results.queries.sums import Key, Number, cells, margin, totals

METHOD = "first contact, 1"
UNKNOWN = "u"
# Sums of quantities are no persons: they have no breakdown that could be protected by counting heads.
_NO_BREAKDOWN = frozenset({Count.QUANTITY})
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
_SOURCE = _("Counted by the mission from its own records.")


def publish_all(*, by: audit.Actor) -> int:
    """Release everything that is counted. Returns how many measures there are."""
    published = publish_mission(by=by)
    for project in Project.objects.select_related("area"):
        published += publish_project(project, by=by)
    return published


@transaction.atomic
def publish_mission(*, by: audit.Actor) -> int:
    """Release the numbers of the mission and of each area, year by year. Returns how many measures there are."""
    tallies = list(Tally.objects.filter(project=None, indicator=None).select_related("area"))
    first = min(Project.objects.values_list("starts_on", flat=True), default=timezone.localdate())
    profile = projects.profile()
    is_example = profile.is_example if profile else False
    measures = {tally.pk: declare_measure(_of_many(tally, is_example=is_example)) for tally in tallies}
    _publish_by_kind(tallies, measures, first=first, by=by)
    return len(tallies)


@transaction.atomic
def publish_project(project: Project, *, by: audit.Actor) -> int:
    """Release the numbers of a project and of its indicators. Returns how many measures there are."""
    whole = list(Tally.objects.filter(project=project, indicator=None))
    measures = {tally.pk: declare_measure(_of_project(tally, project)) for tally in whole}
    _publish_by_kind(whole, measures, first=project.starts_on, by=by)
    of_indicators = _indicator_tallies(project)
    for tally in of_indicators:
        measures[tally.pk] = declare_measure(_of_indicator(tally, project))
        set_targets(measures[tally.pk], _promises(tally))
    _publish_reported(of_indicators, measures, by=by)
    return len(measures)


def _publish_by_kind(
    tallies: Iterable[Tally], measures: Mapping[int, Measure], *, first: date, by: audit.Actor
) -> None:
    """Calendar periods from the first day until today, those with nothing in them too."""
    for kind in {tally.period_kind for tally in tallies}:
        alike = [tally for tally in tallies if tally.period_kind == kind]
        for period in _periods(first, timezone.localdate(), kind):
            _publish_period(alike, measures, period, by=by)


def _publish_reported(tallies: Iterable[Tally], measures: Mapping[int, Measure], *, by: audit.Actor) -> None:
    """The reporting periods of each indicator; what was approved stands, with no breakdown if the ledger moved on."""
    by_days: dict[Period, list[tuple[Tally, Reported]]] = {}
    for tally in tallies:
        for reported in _reported(tally):
            by_days.setdefault(Period(reported.start, reported.end), []).append((tally, reported))
    for period, pairs in sorted(by_days.items()):
        approved = {tally.pk: reported.approved_value for tally, reported in pairs}
        values = {number: value for number, value in approved.items() if value is not None}
        _publish_period([tally for tally, _ in pairs], measures, period, by=by, approved=values)


def _publish_period(
    tallies: list[Tally],
    measures: Mapping[int, Measure],
    period: Period,
    *,
    by: audit.Actor,
    approved: Mapping[int, Number] | None = None,
) -> None:
    today = timezone.localdate()
    values = totals(tallies, period)
    by_cells = cells([tally for tally in tallies if tally.count not in _NO_BREAKDOWN], period)
    codes = dict(Place.objects.values_list("pk", "code"))
    for tally in tallies:
        value = (approved or {}).get(tally.pk, values[tally.pk])
        adds_up = value == values[tally.pk]
        counted = Counted(
            period=period,
            value=value,
            cells=_breakdowns(by_cells.get(tally.pk, {}), codes) if adds_up else {},
            source=_words(_SOURCE),
            method=METHOD,
        )
        publish(measures[tally.pk], counted, as_of=today, by=by)


def _breakdowns(of_cells: Mapping[Key, Number], codes: Mapping[int, str]) -> dict[Cell, int]:
    """By sex, by age, by district, and by sex and age; never closer."""
    found: dict[Cell, int] = {}
    for places in ((0,), (1,), (2,), (0, 1)):
        for categories, value in margin(of_cells, *places).items():
            named = {
                ("sex", "age", "district")[place]: _category(place, category, codes)
                for place, category in zip(places, categories, strict=True)
            }
            cell = Cell.of(**named)
            found[cell] = found.get(cell, 0) + int(value)
    return found


def _category(place: int, category: str | int, codes: Mapping[int, str]) -> str:
    return codes.get(int(category), UNKNOWN) if place == 2 else str(category)


def _of_many(tally: Tally, *, is_example: bool) -> Declaration:
    area = tally.area.code if tally.area else ""
    return _declaration(tally, scope="area" if area else "mission", area=area, is_example=is_example)


def _of_project(tally: Tally, project: Project) -> Declaration:
    return _declaration(
        tally, scope="project", area=project.area.code, project=project.code, is_example=project.is_example
    )


def _of_indicator(tally: Tally, project: Project) -> Declaration:
    indicator = tally.indicator
    assert indicator is not None  # noqa: S101 -- only tallies of indicators come here
    return _declaration(
        tally,
        scope="indicator",
        area=project.area.code,
        project=project.code,
        is_example=project.is_example,
        titles=indicator.titles,
        unit_names=indicator.unit_names,
        is_rising_good=indicator.direction == "up",
    )


def _declaration(
    tally: Tally,
    *,
    scope: str,
    area: str,
    is_example: bool,
    project: str = "",
    titles: Mapping[str, str] | None = None,
    unit_names: Mapping[str, str] | None = None,
    is_rising_good: bool = True,
) -> Declaration:
    return Declaration(
        key=tally.key,
        scope=scope,
        unit=Unit(tally.count),
        titles=dict(titles) if titles else _words(_TITLES.get(tally.count, _UNITS[tally.count])),
        definitions=_words(_DEFINITIONS[tally.count]),
        unit_names=dict(unit_names) if unit_names else _words(_UNITS[tally.count]),
        area=area,
        project=project,
        is_cumulative=tally.is_cumulative,
        is_rising_good=is_rising_good,
        is_example=is_example,
    )


def _words(text: LazyText) -> dict[str, str]:
    return {language: _in_language(language, lambda: str(text)) for language in LANGUAGES}


def _in_language(language: str, say: Callable[[], str]) -> str:
    with translation.override(language):
        return say()


def _indicator_tallies(project: Project) -> list[Tally]:
    tallies = Tally.objects.filter(project=project).exclude(indicator=None)
    return list(tallies.select_related("indicator").prefetch_related("indicator__periods"))


def _reported(tally: Tally) -> list[Reported]:
    today = timezone.localdate()
    return [period for period in _all_periods(tally) if period.start <= today]


def _promises(tally: Tally) -> list[Promise]:
    return [
        Promise(period.start, period.end, baseline=period.baseline, target=period.target)
        for period in _all_periods(tally)
    ]


def _all_periods(tally: Tally) -> list[Reported]:
    return list(tally.indicator.periods.all()) if tally.indicator else []


def _periods(first: date, last: date, kind: str) -> list[Period]:
    found, day = [], first
    while day <= last:
        period = calendar_period(day, kind)
        found.append(period)
        day = period.end + timedelta(days=1)
    return found
