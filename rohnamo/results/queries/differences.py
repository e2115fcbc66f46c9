"""Why a number that was approved is another one today: each cause with what it makes out.

Compared are the rows that were approved and the rows of today. Everybody who is in one of the two only has exactly one
cause, so the causes add up to the difference, whatever happened. In words:

* late: first met by a delivery that was written down after the approval;
* reversed: the delivery that was counted was taken back;
* merged: two records were judged to be one person, or a judgement was withdrawn, or somebody changed household;
* erased: nothing is left of the person;
* replanned: what is counted was changed (`PeriodStep.rules` is another one now);
* corrected: anything else: sex, birth or district were corrected.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import HouseholdMember, Judgement, Person
from rohnamo.results.models import ApprovedRow, Count, Period, PeriodStep, Reach, SubjectKind, Tally
from rohnamo.results.queries.approved import ERASED, approvals_of, column_of
from rohnamo.results.queries.fingerprints import fingerprint
from rohnamo.results.queries.sums import UNIQUE, Number, period_number, reached, reached_rows, reading

LATE, REVERSED, MERGED, ERASED_CAUSE, REPLANNED, CORRECTED = (
    "late",
    "reversed",
    "merged",
    "erased",
    "replanned",
    "corrected",
)
CAUSES = (LATE, REVERSED, MERGED, ERASED_CAUSE, REPLANNED, CORRECTED)
_CHUNK = 5_000


@dataclass(frozen=True)
class Cause:
    """code: one of CAUSES. number: by how much it raises (or lowers) the number of today."""

    code: str
    number: Number


@dataclass(frozen=True)
class Difference:
    """What was approved, what is counted now, and why. causes: those that are not zero; they add up.

    part: empty, or "denominator" of a share. was_kept: whether rows were kept with the approval, so that it can be told.
    """

    part: str
    approved: Number
    counted: Number
    causes: tuple[Cause, ...]
    was_kept: bool


class _Row(NamedTuple):
    """weight: what the row adds to the number."""

    first_contact: int
    weight: Number


Key = tuple[int, int]
"""Subject and counted period; 0 for the period where everybody is counted once over all of them."""


def differences(period: Period) -> list[Difference]:
    """The number of an approved period, of a share both its numbers; nothing for what is not counted or not approved."""
    approval = PeriodStep.objects.filter(pk__in=approvals_of([period.pk]).values()).first()
    if approval is None or period.approved_at is None:
        return []
    tallies = Tally.objects.filter(indicator=period.indicator_id).prefetch_related("rules").order_by("-part")
    asked = list(tallies)
    is_replanned = approval.rules != fingerprint(asked)
    return [_difference(period, approval, tally, is_replanned=is_replanned) for tally in asked]


def _difference(period: Period, approval: PeriodStep, tally: Tally, *, is_replanned: bool) -> Difference:
    part = "" if tally.part == "numerator" else tally.part
    was, erased = _approved_rows(approval, part, tally)
    now = _rows_of_today(tally, period)
    frozen = sum((row.weight for row in was.values()), erased)
    counted = sum((row.weight for row in now.values()), 0)
    judge = _Judge(approval.at, tally, period, is_replanned=is_replanned)
    causes: dict[str, Number] = defaultdict(int)
    causes[ERASED_CAUSE] -= erased
    for code, number in judge.causes(was, now):
        causes[code] += number
    was_kept = bool(was or erased) or not frozen
    return Difference(
        part,
        approved=_whole(frozen) if was_kept else _whole(approval.value or 0),
        counted=_whole(counted),
        causes=tuple(Cause(code, _whole(causes[code])) for code in CAUSES if causes[code]),
        was_kept=was_kept,
    )


def _approved_rows(approval: PeriodStep, part: str, tally: Tally) -> tuple[dict[Key, _Row], Number]:
    """Rows by their key, and what the rows of erased people come to."""
    column, is_unique = column_of(tally.count), tally.count in UNIQUE
    rows: dict[Key, _Row] = {}
    erased: Number = 0
    found = ApprovedRow.objects.filter(approval=approval, part=part)
    for subject, counted_in, contact, weight in found.values_list(
        "subject", "counted_in", "first_contact", column
    ).iterator(_CHUNK):
        if subject == ERASED:
            erased += weight
        else:
            rows[subject, 0 if is_unique else counted_in] = _Row(contact, weight)
    return rows, erased


def _rows_of_today(tally: Tally, period: Period) -> dict[Key, _Row]:
    is_unique = tally.count in UNIQUE
    rows: QuerySet[Reach] = reached(tally, period) if is_unique else reached_rows(tally, period)
    column = column_of(tally.count)
    return {
        (subject, 0 if is_unique else counted_in): _Row(contact, weight)
        for subject, counted_in, contact, weight in rows.values_list(
            "subject", "period", "first_contact_id", column
        ).iterator(_CHUNK)
    }


class _Judge:
    """Finds the cause of each row that differs, from what is known about its subject and its deliveries."""

    def __init__(self, at: datetime, tally: Tally, period: Period, *, is_replanned: bool) -> None:
        self.at, self.tally, self.period, self.is_replanned = at, tally, period, is_replanned
        self.is_unique = tally.count in UNIQUE

    def causes(self, was: dict[Key, _Row], now: dict[Key, _Row]) -> Iterator[tuple[str, Number]]:
        changed = {key for key in was.keys() | now.keys() if _weight(was, key) != _weight(now, key)}
        contacts = {row.first_contact for key in changed for row in (was.get(key), now.get(key)) if row}
        self.late, self.reversed = _recorded_after(contacts, self.at), _reversed(contacts)
        self.moved = self._moved({key[0] for key in changed}, contacts)
        if self.is_unique:
            yield from (self._of_somebody(key, was, now) for key in sorted(changed))
        else:
            yield from self._of_sums(changed, was, now)

    def _of_somebody(self, key: Key, was: dict[Key, _Row], now: dict[Key, _Row]) -> tuple[str, Number]:
        """Somebody is in the approved list or in that of today, never in both."""
        row = now.get(key) or was[key]
        if key in now and row.first_contact in self.late:
            return LATE, row.weight
        if key in was and row.first_contact in self.reversed:
            return REVERSED, -row.weight
        return self._other(key), row.weight if key in now else -row.weight

    def _of_sums(
        self, changed: set[Key], was: dict[Key, _Row], now: dict[Key, _Row]
    ) -> Iterator[tuple[str, Number]]:
        """Contacts and quantities: what came late and what was taken back is added up, the rest has another cause."""
        late, gone = self._weights(changed)
        for key in sorted(changed):
            before, after = _weight(was, key), _weight(now, key)
            came = min(late.get(key, 0), max(after, 0))
            left = min(gone.get(key, 0), before)
            yield LATE, came
            yield REVERSED, -left
            yield self._other(key), after - before - came + left

    def _other(self, key: Key) -> str:
        if key[0] in self.moved:
            return MERGED
        return REPLANNED if self.is_replanned else CORRECTED

    def _weights(self, changed: set[Key]) -> tuple[dict[Key, Number], dict[Key, Number]]:
        """What came late, and what was taken back after the approval, by subject and counted period."""
        late: dict[Key, Number] = defaultdict(int)
        gone: dict[Key, Number] = defaultdict(int)
        for delivery in _deliveries_of({key[0] for key in changed}, self.tally, self.period):
            key = (delivery.subject, _counted_in(delivery, self.tally))
            weight = self._weight_of(delivery)
            if delivery.reversal_at is None and delivery.recorded_at > self.at:
                late[key] += weight
            elif (
                delivery.reversal_at is not None
                and delivery.recorded_at <= self.at
                and delivery.reversal_at > self.at
            ):
                gone[key] += weight
        return late, gone

    def _weight_of(self, delivery: "_Delivered") -> Number:
        if self.tally.count == Count.QUANTITY:
            return delivery.quantity or Decimal(0)
        return 1 if self.tally.count == Count.EVENTS else delivery.group_count or 1

    def _moved(self, subjects: set[int], contacts: set[int]) -> set[int]:
        """Subjects that are somebody else now, by a judgement or a change of household."""
        people = {subject // 8 for subject in subjects if subject % 8 == SubjectKind.PERSON}
        moved = {SubjectKind.PERSON.subject(person) for person in _judged(people, self.at)}
        if self.tally.count != Count.HOUSEHOLDS:
            return moved
        # A household has no history: who is counted elsewhere than their first contact says has moved.
        homes = _homes_of(contacts)
        return moved | {subject for subject in subjects if subject not in homes or not self.is_replanned}


@dataclass(frozen=True)
class _Delivered:
    """A delivery of somebody, taken back or not."""

    subject: int
    day: date
    recorded_at: datetime
    reversal_at: datetime | None
    group_count: int | None
    quantity: Decimal | None


def _recorded_after(contacts: Iterable[int], at: datetime) -> set[int]:
    return {
        number
        for chunk in _chunks(contacts)
        for number in Delivery.objects.filter(pk__in=chunk, recorded_at__gt=at).values_list("pk", flat=True)
    }


def _reversed(contacts: Iterable[int]) -> set[int]:
    return {
        number
        for chunk in _chunks(contacts)
        for number in Delivery.objects.filter(reverses__in=chunk).values_list("reverses_id", flat=True)
        if number is not None
    }


def _judged(people: Iterable[int], at: datetime) -> Iterator[int]:
    """Of these persons those who were joined to another, or of whose group a judgement was made or withdrawn since."""
    since = Q(judged_at__gt=at) | Q(superseded_at__gt=at)
    for chunk in _chunks(people):
        members = dict(Person.objects.filter(root__in=chunk).values_list("pk", "root_id"))
        own = Person.objects.filter(pk__in=chunk).exclude(root=F("pk")).exclude(root=None)
        yield from own.values_list("pk", flat=True)
        for group in _chunks([*members, *chunk]):
            pairs = Judgement.objects.filter(
                since, Q(left__in=group) | Q(right__in=group), verdict="positive"
            )
            for pair in pairs.values_list("left_id", "right_id"):
                yield from (members.get(one) or one for one in pair)


def _homes_of(contacts: Iterable[int]) -> set[int]:
    """The subjects that these contacts of persons count for today, in a tally of households."""
    found: set[int] = set()
    for chunk in _chunks(contacts):
        people = Delivery.objects.filter(pk__in=chunk, person__isnull=False)
        roots = set(people.values_list(Coalesce("person__root_id", "person_id"), flat=True))
        homes = dict(
            HouseholdMember.objects.filter(person__in=roots).values_list("person_id", "household_id")
        )
        found |= {
            SubjectKind.HOUSEHOLD.subject(homes[root]) if root in homes else SubjectKind.PERSON.subject(root)
            for root in roots
        }
    return found


def _deliveries_of(subjects: Iterable[int], tally: Tally, period: Period) -> Iterator[_Delivered]:
    """Everything that was done for these subjects and that the tally asks for, reversals and their originals too."""
    how = reading(tally, period)
    fitting = _fitting(tally)
    for column, kind in _COLUMNS.items():
        numbers = {subject // 8 for subject in subjects if subject % 8 == kind}
        for chunk in _chunks(numbers):
            rows = Delivery.objects.filter(fitting, reverses=None, **{f"{column}__in": chunk})
            for row in rows.values_list(
                column, "day", "recorded_at", "reversed_by__recorded_at", "group_count", "quantity"
            ):
                if how.first <= period_number(row[1], tally.period_kind) <= how.last:
                    yield _Delivered(kind.subject(row[0]), *row[1:])


_COLUMNS = {
    "person__root": SubjectKind.PERSON,
    "coded": SubjectKind.CODED,
    "official": SubjectKind.OFFICIAL,
    "pk": SubjectKind.GROUP,
}


def _fitting(tally: Tally) -> Q:
    """The condition that the lines of a tally put on a delivery itself; sex and age are the subject's."""
    asked = Q(pk__in=[])
    source = tally.rows_of or tally
    for rule in source.rules.all():
        line = Q(service=rule.service_id)
        for name, value in (
            ("project", rule.project_id),
            ("district", rule.district_id),
            ("day__gte", rule.valid_from),
            ("day__lte", rule.valid_to),
        ):
            if value is not None:
                line &= Q(**{name: value})
        asked |= line
    return asked


def _counted_in(delivery: _Delivered, tally: Tally) -> int:
    return period_number(delivery.day, tally.period_kind)


def _weight(rows: dict[Key, _Row], key: Key) -> Number:
    return rows[key].weight if key in rows else 0


def _whole(number: Number) -> Number:
    return int(number) if number == int(number) else number


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), _CHUNK):
        yield wanted[start : start + _CHUNK]
