"""The parts of a mission as they stand in its files. All are frozen; lists are tuples.

`Words` is a text in the mission's languages: `{"tg": …, "ru": …, "en": …}`. Codes point from one part to another
(an area's code in a project, a place's code in a crossing); `read_mission` has checked that they exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import (
    Audience,
    CrossingState,
    FigureKind,
    Identity,
    NameKind,
    PartnerKind,
    Publishing,
    Quality,
)
from .money import Document, Done, DonorRule, Move, Payment, Rate
from .project import Project
from .report_files import ReportForm
from .support import Advice, Alert, Assessment, Support
from .words import Span, Words


@dataclass(frozen=True)
class Hotline:
    number: Words
    tested_on: date


@dataclass(frozen=True)
class Contact:
    address: Words
    email: str
    phone: Words


@dataclass(frozen=True)
class SmallCells:
    """Below `least` people a cell is hidden; `places` holds the stricter limits, for a place and all below it."""

    least: int
    places: Mapping[str, int]

    def least_in(self, place_code: str) -> int:
        stricter = [n for code, n in self.places.items() if f"{place_code}-".startswith(f"{code}-")]
        return max([self.least, *stricter])


@dataclass(frozen=True)
class Fact:
    """A sentence-sized number about the mission itself, e.g. "30+" staff. `value` is text: "30+" is not 30."""

    code: str
    value: str
    title: Words
    source: str


@dataclass(frozen=True)
class Profile:
    code: str
    name: Words
    is_example: bool
    country: str
    languages: tuple[str, ...]
    time_zone: str
    currencies: tuple[str, ...]
    iati_prefix: str
    motto: Words
    aim: Words
    member_state_since: date | None
    member_state_source: str
    privileges: Words
    hotline: Hotline | None
    contact: Contact | None
    small_cells: SmallCells
    age_bands: tuple[str, ...]
    facts: tuple[Fact, ...]
    publisher: "Publisher | None" = None
    oldest_rate_days: int = 35


@dataclass(frozen=True)
class Publisher:
    """The organisation whose IATI reference is the profile's `iati_prefix`; type: IATI OrganisationType."""

    name: Words
    type: str
    publishing: Publishing


@dataclass(frozen=True)
class TourSentence:
    """One thing the mission says it does. `address` is without the language; `wing` is the app that does it.

    `figure` is the slug of its live number. Both are empty until the wing is built.
    """

    code: str
    says: Words
    shows: Words
    area: str
    wing: str
    is_built: bool
    address: str
    figure: str


@dataclass(frozen=True)
class Unit:
    code: str
    name: Words


@dataclass(frozen=True)
class Post:
    code: str
    title: Words
    area: str
    duty_station: str


@dataclass(frozen=True)
class AreaName:
    name: Words
    valid: Span
    source: str


@dataclass(frozen=True)
class PublicFigure:
    """A number others published. `value` is text ("700+"); `kind` keeps targets apart from results."""

    value: str
    unit: Words
    period: Words
    place: Words
    kind: FigureKind
    source: str


@dataclass(frozen=True)
class Area:
    code: str
    order: int
    name: Words
    description: Words
    iom_area: str
    confidence: str
    names: tuple[AreaName, ...]
    figure: PublicFigure | None


@dataclass(frozen=True)
class Partner:
    code: str
    kind: PartnerKind
    iati_type: str
    name: Words
    is_invented: bool
    identifier: str = ""
    is_security_service: bool = False


@dataclass(frozen=True)
class Source:
    """Who sends us data. Without an agreement (`agreement` empty) only counts may go in."""

    code: str
    name: Words
    partner: str
    project: str
    services: tuple[str, ...]
    agreement: str
    valid: Span
    purposes: tuple[str, ...]
    fields: tuple[str, ...]
    consent: Words

    def may_send_names(self, day: date) -> bool:
        return bool(self.agreement) and "name" in self.fields and self.valid.holds(day)


@dataclass(frozen=True)
class Service:
    """`words` are the ways registers write it, by language, as found: matching folds case itself."""

    code: str
    area: str
    unit: str
    identity: Identity
    audience: Audience
    name: Words
    words: Mapping[str, tuple[str, ...]]
    projects: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    code: str
    level: int
    kind: str
    parent: str
    name: Words
    russian_basis: str
    lat: Decimal | None
    lon: Decimal | None
    point_basis: str
    pcode: str
    outside_id: str
    note: str


@dataclass(frozen=True)
class PlaceName:
    place: str
    language: str
    name: str
    kind: NameKind
    valid: Span
    basis: str


@dataclass(frozen=True)
class CrossingStatus:
    """`reported_year`: when somebody last said so. Nothing is known of the years after it."""

    crossing: str
    valid: Span
    state: CrossingState
    reported_year: int
    note: str
    source: str


@dataclass(frozen=True)
class Crossing:
    """`is_exact` false: the point is the nearest town, never to be drawn as the crossing itself."""

    code: str
    name: Words
    name_basis: str
    neighbour: str
    mode: str
    opposite: str
    place: str
    lat: Decimal | None
    lon: Decimal | None
    is_exact: bool
    point_basis: str
    source: str
    statuses: tuple[CrossingStatus, ...]


@dataclass(frozen=True)
class Observation:
    """One year. `value` None: nobody published it; the year stays empty in a chart and is never joined."""

    year: int
    value: Decimal | None
    quality: Quality | None
    parts: Mapping[str, Decimal]
    note: str
    source: str


@dataclass(frozen=True)
class Series:
    """`breaks`: first years after a change of method, where no line may be drawn across."""

    code: str
    title: Words
    unit: Words
    definition: Words
    source: Words
    licence: Words
    indicator: str
    parts: Mapping[str, Words]
    breaks: tuple[int, ...]
    lines: tuple[Decimal, ...]
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class Mission:
    profile: Profile
    areas: tuple[Area, ...]
    welcome: Words
    tour: tuple[TourSentence, ...]
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    partners: tuple[Partner, ...]
    sources: tuple[Source, ...]
    services: tuple[Service, ...]
    projects: tuple[Project, ...]
    places: tuple[Place, ...]
    place_names: tuple[PlaceName, ...]
    crossings: tuple[Crossing, ...]
    series: tuple[Series, ...]
    rates: tuple[Rate, ...] = ()
    moves: tuple[Move, ...] = ()
    payments: tuple[Payment, ...] = ()
    documents: tuple[Document, ...] = ()
    donor_rules: tuple[DonorRule, ...] = ()
    deadlines_done: tuple[Done, ...] = ()
    report_forms: tuple[ReportForm, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    alerts: tuple[Alert, ...] = ()
    supports: tuple[Support, ...] = ()
    advice: tuple[Advice, ...] = ()
