"""Money, deadlines, documents as they stand in a mission's files."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .codes import Anchor, MoveKind
from .words import Words


@dataclass(frozen=True)
class Rate:
    """usd_per_unit: US dollars for one unit of the currency on that day."""

    currency: str
    day: date
    usd_per_unit: Decimal
    source: str


@dataclass(frozen=True)
class Move:
    """A movement of money. `value` is negative only where it takes back an earlier one, `reverses`."""

    code: str
    project: str
    agreement: str
    kind: MoveKind
    day: date
    value: Decimal
    currency: str
    provider: str
    receiver: str
    reverses: str
    is_humanitarian: bool
    description: Words
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Payment:
    """An instalment still to come, in one stretch of days."""

    code: str
    project: str
    agreement: str
    first_on: date
    last_on: date
    value: Decimal
    currency: str
    provider: str
    receiver: str
    is_revised: bool


@dataclass(frozen=True)
class Document:
    code: str
    project: str
    url: str
    format: str
    category: str
    title: Words
    description: Words
    languages: tuple[str, ...]
    published_on: date | None


@dataclass(frozen=True)
class DonorRule:
    """What a donor wants `months` after an anchor. `agreement` is empty where the rule holds for all of them."""

    donor: str
    agreement: str
    code: str
    title: Words
    anchor: Anchor
    months: int
    opens_months: int | None
    every_months: int | None


@dataclass(frozen=True)
class Done:
    """That what a donor wanted by a day was done. `code` is that of the rule."""

    project: str
    agreement: str
    code: str
    due_on: date
    done_on: date
    line: int = field(default=0, compare=False)
