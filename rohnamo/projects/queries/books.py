"""What the ledger says of every project, in US dollars: read once, asked many times."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rohnamo.engines.finance import OLDEST_RATE_DAYS, RateMissing, Rates
from rohnamo.projects.models import (
    BudgetYear,
    ExchangeRate,
    Grant,
    MissionProfile,
    MoneyMove,
    MoveKind,
    Project,
)

SPENT = frozenset({MoveKind.DISBURSEMENT.value, MoveKind.EXPENDITURE.value})
RECEIVED = frozenset({MoveKind.INCOMING_FUNDS.value})
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class MissingRate:
    """No rate for a currency on the day of a movement. last_on: the day of the last one, None if there is none."""

    currency: str
    day: date
    last_on: date | None
    move: str


@dataclass(frozen=True)
class Sums:
    """US dollars. agreed: what agreements say; received, spent: by movements. None: a rate is missing."""

    agreed_usd: Decimal = ZERO
    received_usd: Decimal | None = ZERO
    spent_usd: Decimal | None = ZERO

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.agreed_usd + other.agreed_usd,
            _plus(self.received_usd, other.received_usd),
            _plus(self.spent_usd, other.spent_usd),
        )


@dataclass(frozen=True)
class Entry:
    """A movement as it counts. worth: US dollars, None where the rate is missing."""

    kind: str
    day: date
    grant_id: int | None
    worth: Decimal | None


def rates(*, oldest_days: int | None = None) -> Rates:
    """Every rate there is. oldest_days: how old a rate may be used; as the mission's profile says if not given."""
    if oldest_days is None:
        said = MissionProfile.objects.values_list("oldest_rate_days", flat=True).first()
        oldest_days = said or OLDEST_RATE_DAYS
    found = ExchangeRate.objects.values_list("currency", "day", "usd_per_unit")
    return Rates(found, oldest_days=oldest_days)


class Books:
    """The money of all projects up to a day. Six queries, whatever is asked afterwards.

    A movement that names no agreement belongs to the only one of its project, if there is only one. Where no
    spending was ever recorded, what was reported by year stands for it.
    """

    def __init__(self, on: date) -> None:
        self.on = on
        self.parents: dict[int, int] = {}
        self.codes: dict[int, str] = {}
        self.areas: dict[int, str] = {}
        self.grants: dict[int, list[Grant]] = defaultdict(list)
        self.entries: dict[int, list[Entry]] = defaultdict(list)
        self.budgets: dict[int, list[BudgetYear]] = defaultdict(list)
        self.missing: dict[int, list[MissingRate]] = defaultdict(list)
        self._read_families()
        self._read_agreements()
        self._read_moves()
        self._stand_in_for_moves()

    def has_money(self, pk: int) -> bool:
        return bool(self.grants[pk] or self.entries[pk] or self.budgets[pk])

    def sums(self, pk: int) -> Sums:
        return sum((self.of_grant(grant) for grant in self.grants[pk]), self.untied(pk))

    def of_grant(self, grant: Grant) -> Sums:
        agreed = grant.amount_usd if grant.signed_on <= self.on else ZERO
        return Sums(agreed) + _sums(
            entry for entry in self.entries[grant.project_id] if entry.grant_id == grant.pk
        )

    def untied(self, pk: int) -> Sums:
        """What belongs to no one agreement."""
        return _sums(entry for entry in self.entries[pk] if entry.grant_id is None)

    def of_year(self, pk: int, year: int) -> Sums:
        return _sums(entry for entry in self.entries[pk] if entry.day.year == year)

    def reported_until(self, pk: int) -> date | None:
        """The last day for which spending is known."""
        return max((entry.day for entry in self.entries[pk] if entry.kind in SPENT), default=None)

    def _read_families(self) -> None:
        for pk, parent_id, code, area in Project.objects.values_list("pk", "parent_id", "code", "area__code"):
            self.codes[pk], self.areas[pk] = code, area
            if parent_id is not None:
                self.parents[pk] = parent_id

    def _read_agreements(self) -> None:
        for grant in Grant.objects.select_related("donor").order_by("signed_on", "reference"):
            self.grants[grant.project_id].append(grant)
        for year in BudgetYear.objects.order_by("year"):
            self.budgets[year.project_id].append(year)

    def _read_moves(self) -> None:
        known = rates()
        moves = MoneyMove.objects.filter(kind__in=SPENT | RECEIVED, day__lte=self.on).order_by("day", "code")
        for move in moves.only("code", "project_id", "grant_id", "kind", "day", "value", "currency"):
            tied_to = move.grant_id or self._only_grant(move.project_id)
            entry = Entry(move.kind, move.day, tied_to, self._worth(move, known))
            self.entries[move.project_id].append(entry)

    def _worth(self, move: MoneyMove, known: Rates) -> Decimal | None:
        try:
            return known.in_usd(move.value, move.currency, move.day)
        except RateMissing as error:
            missing = MissingRate(error.currency, error.day, error.last_on, move.code)
            self.missing[move.project_id].append(missing)
            return None

    def _stand_in_for_moves(self) -> None:
        for pk, years in self.budgets.items():
            if self.reported_until(pk) is None:
                self.entries[pk].extend(self._reported(pk, years))

    def _reported(self, pk: int, years: Iterable[BudgetYear]) -> Iterator[Entry]:
        for year in years:
            if year.spent_usd is not None and year.spent_until and year.spent_until <= self.on:
                kind = MoveKind.EXPENDITURE.value
                yield Entry(kind, year.spent_until, self._only_grant(pk), year.spent_usd)

    def _only_grant(self, pk: int) -> int | None:
        grants = self.grants[pk]
        return grants[0].pk if len(grants) == 1 else None


def _sums(entries: Iterable[Entry]) -> Sums:
    entries = list(entries)
    return Sums(
        ZERO,
        _total(entry.worth for entry in entries if entry.kind in RECEIVED),
        _total(entry.worth for entry in entries if entry.kind in SPENT),
    )


def _total(parts: Iterable[Decimal | None]) -> Decimal | None:
    total: Decimal | None = ZERO
    for part in parts:
        total = _plus(total, part)
    return total


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
