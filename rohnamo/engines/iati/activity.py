"""An activity as we publish one: plain data, in the words of the standard.

Texts are language → words; an empty one is not written. Codes are those of the IATI codelists of the same name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Words = Mapping[str, str]


@dataclass(frozen=True)
class Organisation:
    """ref: its IATI identifier, "" when it has none. kind: OrganisationType. activity: its own activity of this money."""

    names: Words
    ref: str = ""
    kind: str = ""
    activity: str = ""


@dataclass(frozen=True)
class Participant:
    """role: OrganisationRole."""

    role: str
    organisation: Organisation


@dataclass(frozen=True)
class OtherIdentifier:
    """type: OtherIdentifierType. owner: may be None."""

    ref: str
    type: str
    owner: Organisation | None = None


@dataclass(frozen=True)
class Contact:
    """A functional mailbox, never a person. type: ContactType."""

    organisation: Words
    email: str = ""
    address: Words = field(default_factory=dict)
    type: str = "1"


@dataclass(frozen=True)
class Share:
    """A country or region with its share in percent; None for the only one."""

    code: str
    percentage: Decimal | None = None


@dataclass(frozen=True)
class Location:
    """A place. ref: by which results point at it. level: administrative level, 1 or 2; 0 for none.

    gazetteer: (vocabulary, code) of a list of places, as ("G1", "1220253"). feature: LocationType.
    """

    ref: str
    names: Words
    latitude: float | None = None
    longitude: float | None = None
    administrative: tuple[tuple[str, str, int], ...] = ()
    gazetteer: tuple[tuple[str, str], ...] = ()
    feature: str = ""
    is_exact: bool = False


@dataclass(frozen=True)
class Sector:
    """vocabulary: SectorVocabulary; 98 and 99 are lists of the reporting organisation and need a name and an address."""

    vocabulary: str
    code: str
    percentage: Decimal | None = None
    names: Words = field(default_factory=dict)
    uri: str = ""


@dataclass(frozen=True)
class Tag:
    vocabulary: str
    code: str
    names: Words = field(default_factory=dict)
    uri: str = ""


@dataclass(frozen=True)
class Marker:
    vocabulary: str
    code: str
    significance: str = ""
    names: Words = field(default_factory=dict)
    uri: str = ""


@dataclass(frozen=True)
class Defaults:
    """Codes of CollaborationType, FlowType, FinanceType, AidType (OECD DAC) and TiedStatus."""

    collaboration: str = "4"
    flow: str = "10"
    finance: str = "110"
    aid: str = "C01"
    tied: str = "5"


@dataclass(frozen=True)
class Money:
    value: Decimal
    currency: str
    on: date


@dataclass(frozen=True)
class Budget:
    """Never longer than a year. type: BudgetType. status: BudgetStatus."""

    start: date
    end: date
    money: Money
    type: str = "1"
    status: str = "2"


@dataclass(frozen=True)
class PlannedDisbursement:
    start: date
    end: date
    money: Money
    type: str = "1"
    provider: Organisation | None = None
    receiver: Organisation | None = None


@dataclass(frozen=True)
class Transaction:
    """type: TransactionType. ref: of its own, never changes."""

    type: str
    on: date
    money: Money
    ref: str = ""
    descriptions: Words = field(default_factory=dict)
    provider: Organisation | None = None
    receiver: Organisation | None = None
    is_humanitarian: bool = False


@dataclass(frozen=True)
class Document:
    """format: media type. categories: DocumentCategory."""

    url: str
    format: str
    titles: Words
    categories: tuple[str, ...]
    descriptions: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Value:
    """A number of an indicator, of all or of some: dimensions are (name, code) pairs. location: ref of a Location."""

    value: Decimal | None
    dimensions: tuple[tuple[str, str], ...] = ()
    location: str = ""
    comment: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Period:
    """The value of everybody first, then one for each category."""

    start: date
    end: date
    targets: tuple[Value, ...] = ()
    actuals: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """measure: IndicatorMeasure."""

    titles: Words
    measure: str
    periods: tuple[Period, ...]
    descriptions: Words = field(default_factory=dict)
    baseline: Value | None = None
    baseline_on: date | None = None
    reference: tuple[str, str, str] | None = None
    is_rising_good: bool = True
    may_be_added_up: bool = False


@dataclass(frozen=True)
class Result:
    """type: ResultType."""

    type: str
    titles: Words
    indicators: tuple[Indicator, ...]
    may_be_added_up: bool = False


@dataclass(frozen=True)
class Activity:
    """descriptions: DescriptionType → words. days: ActivityDateType → day. related: (RelatedActivityType, identifier)."""

    identifier: str
    reporting: Organisation
    titles: Words
    descriptions: Mapping[str, Words]
    participants: tuple[Participant, ...]
    status: str
    days: Mapping[str, date]
    language: str
    currency: str
    updated_at: datetime
    is_secondary: bool = False
    is_humanitarian: bool = False
    other_identifiers: tuple[OtherIdentifier, ...] = ()
    contact: Contact | None = None
    scope: str = ""
    countries: tuple[Share, ...] = ()
    regions: tuple[Share, ...] = ()
    locations: tuple[Location, ...] = ()
    sectors: tuple[Sector, ...] = ()
    tags: tuple[Tag, ...] = ()
    markers: tuple[Marker, ...] = ()
    defaults: Defaults | None = field(default_factory=Defaults)
    budgets: tuple[Budget, ...] = ()
    planned: tuple[PlannedDisbursement, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    documents: tuple[Document, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    results: tuple[Result, ...] = ()
