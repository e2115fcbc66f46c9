"""A project as it stands in its file: money, places, results, indicators, cascades."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import (
    Counted,
    Direction,
    IndicatorKind,
    PartnerRole,
    ProjectStatus,
    ResultKind,
    UniqueWithin,
    Way,
)
from .words import Words


@dataclass(frozen=True)
class Funding:
    donor: str
    agreement: str
    amount_usd: Decimal


@dataclass(frozen=True)
class ProjectPartner:
    partner: str
    role: PartnerRole


@dataclass(frozen=True)
class BudgetYear:
    year: int
    amount_usd: Decimal
    spent_usd: Decimal | None
    spent_until: date | None


@dataclass(frozen=True)
class Sector:
    vocabulary: str
    code: str
    share: Decimal
    name: Words


@dataclass(frozen=True)
class Marker:
    vocabulary: str
    code: str
    significance: str


@dataclass(frozen=True)
class ProjectPeriod:
    code: str
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Result:
    code: str
    kind: ResultKind
    parent: str
    title: Words


@dataclass(frozen=True)
class Filter:
    """Only deliveries to such people count. Ages are completed years on the day, both ends included."""

    sex: str
    age_min: int | None
    age_max: int | None
    places: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    count: Counted
    services: tuple[str, ...]
    unique_within: UniqueWithin
    only: Filter


@dataclass(frozen=True)
class Indicator:
    """`measure` is None unless `way` is counted. `targets` maps a period's code to the value to reach by its end
    (cumulative) or in it (per period)."""

    code: str
    result: str
    title: Words
    unit: str
    direction: Direction
    kind: IndicatorKind
    way: Way
    measure: Measure | None
    baseline: Decimal | None
    baseline_year: int | None
    targets: Mapping[str, Decimal]
    note: Words


@dataclass(frozen=True)
class CascadeStep:
    service: str
    title: Words


@dataclass(frozen=True)
class Cascade:
    """Each step is a part of the one before: never summed."""

    code: str
    title: Words
    steps: tuple[CascadeStep, ...]


@dataclass(frozen=True)
class Project:
    code: str
    area: str
    status: ProjectStatus
    title: Words
    summary: Words
    history: Words
    modelled_on: Words
    modelled_on_source: str
    first_on: date
    last_on: date
    is_humanitarian: bool
    default_service: str
    iom_type: str
    places: tuple[str, ...]
    sdg_targets: tuple[str, ...]
    compact_objectives: tuple[int, ...]
    funding: tuple[Funding, ...]
    partners: tuple[ProjectPartner, ...]
    budget: tuple[BudgetYear, ...]
    sectors: tuple[Sector, ...]
    markers: tuple[Marker, ...]
    periods: tuple[ProjectPeriod, ...]
    results: tuple[Result, ...]
    indicators: tuple[Indicator, ...]
    cascades: tuple[Cascade, ...]

    @property
    def budget_usd(self) -> Decimal:
        return sum((year.amount_usd for year in self.budget), Decimal(0))
