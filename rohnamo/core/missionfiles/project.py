"""A project as it stands in its file: money, places, results, indicators, cascades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """An agreement. `amount` in its own currency is worth `amount_usd` at the rate of the day of signing.

    The five types are IATI codes; empty means what is usual for a project paid by a grant.
    """

    donor: str
    agreement: str
    amount_usd: Decimal
    amount: Decimal
    currency: str
    signed_on: date
    first_on: date
    last_on: date
    donor_activity: str = ""
    collaboration_type: str = ""
    flow_type: str = ""
    finance_type: str = ""
    aid_type: str = ""
    tied_status: str = ""
    line: int = field(default=0, compare=False)


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
    is_indicative: bool = False
    is_revised: bool = False
    line: int = field(default=0, compare=False)


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
class Country:
    """A country (ISO 3166-1) and its share of the project in percent."""

    code: str
    share: Decimal


@dataclass(frozen=True)
class OtherIdentifier:
    """type: IATI OtherIdentifierType; A3 an earlier identifier of the activity, B1 of the organisation."""

    ref: str
    type: str


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
    """`budget` may be empty: the funding is then spread over the days of the project, by calendar year.

    `countries` is empty where all of it is in the mission's own country. `scope` is IATI ActivityScope.
    """

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
    parent: str = ""
    objectives: Words = field(default_factory=dict)
    target_groups: Words = field(default_factory=dict)
    scope: str = "4"
    countries: tuple[Country, ...] = ()
    other_identifiers: tuple[OtherIdentifier, ...] = ()

    @property
    def budget_usd(self) -> Decimal:
        return sum((year.amount_usd for year in self.budget), Decimal(0))
