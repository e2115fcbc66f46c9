"""What is to be counted, as it follows from projects, services and frameworks. Nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from rohnamo.core.errors import WrongData
from rohnamo.core.periods import MONTHS, Period, calendar_period
from rohnamo.places.models import Place
from rohnamo.projects.models import Identity, Project, Service, ThematicArea
from rohnamo.results.models import Count, Indicator, IndicatorVersion

PERCENT = "percent"
PARTS = ("numerator", "denominator")


@dataclass(frozen=True)
class Line:
    """The columns of a TallyRule; see there."""

    service_id: int
    project_id: int | None
    district_id: int | None = None
    sex: str = ""
    age_min: int | None = None
    age_max: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Plan:
    """A tally as it should be. rows_of: key of the tally whose rows it reads. part: as in `Tally`."""

    key: str
    count: Count
    is_cumulative: bool
    period_kind: str
    lines: frozenset[Line] = frozenset()
    rows_of: str = ""
    part: str = ""
    indicator_id: int | None = None
    project_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class Measured:
    """A version with the measure of the part that is planned."""

    version: IndicatorVersion
    measure: Mapping[str, Any]


@dataclass
class Codes:
    """Services and places by their codes, read once."""

    services: Mapping[str, Service] = field(
        default_factory=lambda: {service.code: service for service in Service.objects.all()}
    )
    places: Mapping[str, Place] = field(
        default_factory=lambda: {place.code: place for place in Place.objects.all()}
    )

    @property
    def countable(self) -> list[Service]:
        """All services but those of the vault: on this side nothing of them is counted."""
        return [service for service in self.services.values() if service.identity != Identity.VAULT]

    @cached_property
    def parts(self) -> Mapping[int, list[int]]:
        """Place → the places right below it."""
        parts: dict[int, list[int]] = {}
        for place in self.places.values():
            if place.parent_id is not None:
                parts.setdefault(place.parent_id, []).append(place.pk)
        return parts

    def within(self, code: str) -> set[int]:
        """A place and all below it, so that a region means its districts too. Raises KeyError."""
        found: set[int] = set()
        open_places = [self.places[code].pk]
        while open_places:
            place = open_places.pop()
            found.add(place)
            open_places.extend(self.parts.get(place, ()))
        return found


def all_plans() -> list[Plan]:
    """Every tally of the mission. Raises WrongData for a measure that cannot be counted."""
    codes = Codes()
    return [*_of_mission(codes), *_of_areas(codes), *_of_projects(codes), *_of_indicators(codes)]


def kind_of_periods(periods: Iterable[Period]) -> str:
    """The coarsest calendar kind that the given periods are made of.

    The first of them may begin and the last may end inside a calendar period: nothing is counted outside. Half-years
    beside a whole year give "half"; none at all give "half". Raises ValueError when not even months fit.
    """
    given = list(periods)
    if not given:
        return "half"
    first, last = min(period.start for period in given), max(period.end for period in given)
    starts = {period.start for period in given} - {first}
    ends = {period.end for period in given} - {last}
    for kind in MONTHS:
        if all(calendar_period(day, kind).start == day for day in starts) and all(
            calendar_period(day, kind).end == day for day in ends
        ):
            return kind
    raise ValueError("A period begins or ends inside a month, and is neither the first nor the last.")


def _of_mission(codes: Codes) -> Iterator[Plan]:
    lines = frozenset(Line(service.pk, None) for service in codes.countable)
    yield from _reached_and_delivered("mission", lines, period_kind="year", is_cumulative=False)


def _of_areas(codes: Codes) -> Iterator[Plan]:
    """An area's people are those of its projects: so a project never shows more than its area."""
    for area in ThematicArea.objects.prefetch_related("projects"):
        lines = frozenset(
            Line(service.pk, project.pk) for project in area.projects.all() for service in codes.countable
        )
        yield from _reached_and_delivered(
            f"area.{area.code}", lines, period_kind="year", is_cumulative=False, area_id=area.pk
        )


def _of_projects(codes: Codes) -> Iterator[Plan]:
    for project in Project.objects.all():
        lines = frozenset(Line(service.pk, project.pk) for service in codes.countable)
        yield from _reached_and_delivered(
            project.code, lines, period_kind="half", is_cumulative=True, project_id=project.pk
        )


def _reached_and_delivered(
    prefix: str,
    lines: frozenset[Line],
    *,
    period_kind: str,
    is_cumulative: bool,
    project_id: int | None = None,
    area_id: int | None = None,
) -> Iterator[Plan]:
    """Persons, and contacts on the same rows. Groups without names have contacts only."""
    for key, count, rows_of in (
        (f"{prefix}.reached", Count.PERSONS, ""),
        (f"{prefix}.delivered", Count.CONTACTS, f"{prefix}.reached"),
    ):
        yield Plan(
            key=key,
            count=count,
            is_cumulative=is_cumulative,
            period_kind=period_kind,
            lines=frozenset() if rows_of else lines,
            rows_of=rows_of,
            project_id=project_id,
            area_id=area_id,
        )


def _of_indicators(codes: Codes) -> Iterator[Plan]:
    seen: set[str] = set()
    indicators = Indicator.objects.select_related("result__project").prefetch_related("versions", "periods")
    for indicator in indicators.order_by("pk"):
        for plan in plans_of(indicator, codes):
            if plan.key in seen:
                raise WrongData(f"Two indicators are called {plan.key}. Give one of them another code.")
            seen.add(plan.key)
            yield plan


def plans_of(indicator: Indicator, codes: Codes) -> list[Plan]:
    """The tallies of an indicator: none when it is typed or told in words, two when it is a share."""
    versions = list(indicator.versions.all())
    counted = [Measured(version, version.measure) for version in versions if version.measure.get("services")]
    shares = [version for version in versions if version.measure.get("way") == PERCENT]
    if counted and shares:
        raise WrongData(
            f"Indicator {_key(indicator)} was a number and is a share now. Make another indicator for the share."
        )
    parts = {"": counted} if counted else _parts(shares)
    return [_of_part(indicator, part, measured, codes) for part, measured in parts.items()]


def _parts(shares: list[IndicatorVersion]) -> dict[str, list["Measured"]]:
    if not shares:
        return {}
    return {part: [Measured(version, version.measure[part]) for version in shares] for part in PARTS}


def _of_part(indicator: Indicator, part: str, measured: list["Measured"], codes: Codes) -> Plan:
    key = f"{_key(indicator)}.{part}" if part else _key(indicator)
    units = {one.measure["count"] for one in measured}
    if len(units) != 1 or not units <= set(Count.values):
        raise WrongData(
            f"Indicator {key} counts {', '.join(sorted(units))}. Its versions must count one known unit."
        )
    periods = [Period(period.start, period.end) for period in indicator.periods.all()]
    try:
        kind = kind_of_periods(periods)
    except ValueError as error:
        raise WrongData(
            f"The periods of indicator {key} are not made of whole months. Correct them."
        ) from error
    lines: set[Line] = set()
    for one, span in zip(measured, _spans([one.version for one in measured], periods), strict=True):
        lines |= _lines_of(one.measure, span, codes, key=key, project=indicator.result.project)
    return Plan(
        key=key,
        count=Count(units.pop()),
        is_cumulative=indicator.is_cumulative,
        period_kind=kind,
        lines=frozenset(lines),
        part=part,
        indicator_id=indicator.pk,
        project_id=indicator.result.project_id,
    )


def _key(indicator: Indicator) -> str:
    return f"{indicator.result.project.code}.{indicator.code}"


Span = tuple[date | None, date | None]


def _spans(versions: list[IndicatorVersion], periods: list[Period]) -> Iterator[Span]:
    """From when to when each version counts: from the first reporting period to the last, without a gap."""
    first = min((period.start for period in periods), default=None)
    last = max((period.end for period in periods), default=None)
    for place, version in enumerate(versions):
        is_last = place == len(versions) - 1
        start = first if place == 0 else version.valid_from
        yield start, last if is_last else versions[place + 1].valid_from - timedelta(days=1)


def _lines_of(
    measure: Mapping[str, Any], span: Span, codes: Codes, *, key: str, project: Project
) -> set[Line]:
    only = measure.get("filter") or {}
    is_mission_wide = measure.get("unique_within") == "mission"
    services = [_service(code, codes, key=key, count=measure["count"]) for code in set(measure["services"])]
    return {
        Line(
            service_id=service.pk,
            project_id=None if is_mission_wide else project.pk,
            district_id=district,
            sex=only.get("sex") or "",
            age_min=only.get("age_min"),
            age_max=only.get("age_max"),
            valid_from=span[0],
            valid_to=span[1],
        )
        for service in services
        for district in _districts(only.get("places") or [], codes, key=key)
    }


def _service(code: str, codes: Codes, *, key: str, count: str) -> Service:
    service = codes.services.get(code)
    if service is None or service.identity == Identity.VAULT:
        raise WrongData(
            f"Indicator {key} counts service {code}, which is not one of this side. Correct its measure."
        )
    if count in {Count.PERSONS, Count.HOUSEHOLDS} and service.identity == Identity.COUNTED:
        raise WrongData(
            f"Indicator {key} counts {count}, but nobody is known in service {code}, so nobody can be counted once."
            " Count contacts instead."
        )
    return service


def _districts(places: Iterable[str], codes: Codes, *, key: str) -> set[int | None]:
    wanted: set[int | None] = set()
    for code in places:
        if code not in codes.places:
            raise WrongData(
                f"Indicator {key} counts in place {code}, which does not exist. Correct its measure."
            )
        wanted |= codes.within(code)
    return wanted or {None}
