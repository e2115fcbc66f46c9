"""What taking a register back would do, and what it may not touch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from rohnamo.deliveries.models import Delivery
from rohnamo.intake.models import DoubtfulRow, Entry, Import
from rohnamo.people.actions.taking_back import (
    Said,
    SaidBy,
    untouched_coded,
    untouched_officials,
    untouched_persons,
)
from rohnamo.results.models import Period

CHUNK = 500
# Models of our floor and the one below whose rows are looked at here, by number.
ABOVE = frozenset({"deliveries.delivery", "intake.entry", "intake.doubtfulrow"})
SUBJECTS = ("person", "official", "coded")
# Entries of rows that wrote a line, or to which it was left.
WROTE = Q(is_repeat=False) | Q(heir_to__isnull=False)


@dataclass(frozen=True)
class UndoPlan:
    """What will happen, in numbers.

    lines: of the ledger that are taken back. kept: lines that another register brought too. before: lines that were
    taken back one by one before. groups: lines of people without names, among `lines`. removed, stay: records of people
    by kind. approved: periods of the project that were approved and stay as they are.
    """

    lines: int
    kept: int
    before: int
    groups: int
    removed: dict[str, int]
    stay: dict[str, int]
    approved: int


def family_of(register: Import) -> list[int]:
    """The register, and runs of it that were killed before it: what they wrote is repeats in this one."""
    runs = Import.objects.filter(
        source=register.source_id, project=register.project_id, digest=register.digest, undone_at=None
    )
    killed = runs.filter(finished_at=None, pk__lt=register.pk).values_list("pk", flat=True)
    return [*killed, register.pk]


def open_entries(family: Collection[int]) -> QuerySet[Entry]:
    """What of these registers is not taken back yet."""
    return Entry.objects.filter(register__in=family, is_taken_back=False)


def vouching(family: Collection[int], project: int) -> QuerySet[Entry]:
    """Entries of registers that stand, for the same project: they speak for a line of their own."""
    return Entry.objects.filter(register__undo_since=None, register__project=project).exclude(
        register__in=family
    )


def is_ours(family: Collection[int]) -> Q:
    """Entries of these registers and of all that were taken back before."""
    return Q(register__in=family) | Q(register__undo_since__isnull=False)


def lines_without_entries(register: Import) -> QuerySet[Delivery]:
    """Lines of a register that was taken in before rows were noted: known by source, hand and hour. None for others."""
    if register.finished_at is None or register.entries.exists():
        return Delivery.objects.none()
    return Delivery.objects.filter(
        ~Exists(Entry.objects.filter(delivery=OuterRef("pk"))),
        source=register.source_id,
        project=register.project_id,
        recorded_by=register.started_by,
        recorded_at__range=(register.started_at, register.finished_at),
        reverses=None,
    )


def plan_of(register: Import) -> UndoPlan:
    """What taking this register back will do. It only reads."""
    if not register.entries.exists():
        return _plan_without_entries(register)
    family = family_of(register)
    lines = Delivery.objects.filter(Exists(open_entries(family).filter(delivery=OuterRef("pk"))))
    others = Exists(vouching(family, register.project_id).filter(delivery=OuterRef("pk")))
    written = Exists(Entry.objects.filter(is_ours(family), WROTE, delivery=OuterRef("pk")))
    before = lines.filter(reversed_by__isnull=False)
    going = lines.filter(written, ~others, reversed_by=None)
    removed, stay = _people(family, lines)
    return UndoPlan(
        lines=going.count(),
        kept=lines.filter(reversed_by=None).count() - going.count(),
        before=before.count(),
        groups=going.filter(group_count__isnull=False).count(),
        removed=removed,
        stay=stay,
        approved=approved_periods(register),
    )


def _plan_without_entries(register: Import) -> UndoPlan:
    """Of an old register only the lines are known: they go, and everybody stays."""
    lines = lines_without_entries(register)
    going = lines.filter(reversed_by=None)
    return UndoPlan(
        lines=going.count(),
        kept=0,
        before=lines.filter(reversed_by__isnull=False).count(),
        groups=going.filter(group_count__isnull=False).count(),
        removed=dict.fromkeys(SUBJECTS, 0),
        stay={kind: lines.exclude(**{kind: None}).values(kind).distinct().count() for kind in SUBJECTS},
        approved=approved_periods(register),
    )


def approved_periods(register: Import) -> int:
    """Approved periods of the project on which the register's days fall."""
    if register.first_day is None or register.last_day is None:
        return 0
    periods = Period.objects.filter(indicator__result__project=register.project_id, approved_at__isnull=False)
    return periods.filter(start__lte=register.last_day, end__gte=register.first_day).count()


def removable(kind: str, numbers: Collection[int], family: Collection[int]) -> set[int]:
    """Records of a kind that nobody but these registers has touched: made by one of them, met by nobody else."""
    alone = _met_by_nobody_else(kind, numbers, family)
    if kind == "coded":
        return untouched_coded(alone, since=_began(family), above=ABOVE)
    made = alone & _made(kind, alone, is_ours(family))
    if kind == "official":
        return untouched_officials(made, above=ABOVE)
    return untouched_persons(
        said_of(made, Entry.objects.filter(register__in=family)), answers=_answers(family), above=ABOVE
    )


def made_by_registers(persons: Collection[int]) -> set[int]:
    """Records that a row of any register made."""
    return _made("person", persons, Q())


def said_of(persons: Iterable[int], entries: QuerySet[Entry], *, heirs_of: Import | None = None) -> SaidBy:
    """What rows of registers said of each record. heirs_of: the register being taken back, whose lines were left to
    some of the rows just now."""
    found: dict[int, list[Said]] = defaultdict(list)
    rows = entries.filter(person__in=list(persons)).select_related("register").order_by("pk")
    for one in rows:
        if one.person_id is not None:
            found[one.person_id].append(_said(one, one.person_id, heirs_of))
    return dict(found)


def outside_registers(persons: Collection[int]) -> set[tuple[int, int, int]]:
    """(record, source, project) of lines that no register is known to have brought."""
    known = Exists(Entry.objects.filter(delivery=OuterRef("pk")))
    lines = Delivery.objects.filter(~known, person__in=list(persons), reverses=None)
    return {
        (person, source, project)
        for person, source, project in lines.values_list("person_id", "source_id", "project_id").distinct()
        if person is not None
    }


def _people(family: list[int], lines: QuerySet[Delivery]) -> tuple[dict[str, int], dict[str, int]]:
    removed, stay = {}, {}
    for kind in SUBJECTS:
        numbers = sorted(
            lines.filter(**{f"{kind}__isnull": False}).values_list(f"{kind}_id", flat=True).distinct()
        )
        removed[kind] = sum(len(removable(kind, chunk, family)) for chunk in chunks(numbers))
        stay[kind] = len(numbers) - removed[kind]
    return removed, stay


def chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


def _met_by_nobody_else(kind: str, numbers: Collection[int], family: Collection[int]) -> set[int]:
    of_these = Entry.objects.filter(delivery=OuterRef("pk"))
    ours = Exists(of_these.filter(is_ours(family)))
    theirs = Exists(of_these.filter(register__undo_since=None).exclude(register__in=family))
    lines = Delivery.objects.filter(**{f"{kind}__in": list(numbers)}, reverses=None)
    others = lines.filter(~ours | theirs).values_list(f"{kind}_id", flat=True)
    return set(numbers) - set(others)


def _made(kind: str, numbers: Collection[int], by: Q) -> set[int]:
    column = f"delivery__{kind}"
    made = Entry.objects.filter(by, **{f"{column}__in": list(numbers)}, is_new=True)
    return set(made.values_list(column, flat=True))


def _began(family: Collection[int]) -> datetime:
    began: datetime = Import.objects.filter(is_of(family)).aggregate(first=Min("started_at"))["first"]
    return began


def is_of(family: Collection[int]) -> Q:
    return Q(pk__in=family) | Q(undo_since__isnull=False)


def _answers(family: Collection[int]) -> set[int]:
    """Judgements that were given at the preview of these registers."""
    rows = DoubtfulRow.objects.filter(register__in=family, judgement__isnull=False)
    return {number for number in rows.values_list("judgement_id", flat=True) if number is not None}


def _said(one: Entry, person: int, heirs_of: Import | None) -> Said:
    is_heir = one.heir_to_id is not None
    return Said(
        person_id=person,
        source_id=one.register.source_id,
        project_id=one.register.project_id,
        step=(one.register_id, one.batch),
        row=one.row,
        sex=one.sex,
        birth_year=one.birth_year,
        birth_md=one.birth_md,
        birth_precision=one.birth_precision,
        district_id=one.district_id,
        spelling=bytes(one.spelling_digest),
        phone=bytes(one.phone_digest),
        document=bytes(one.document_digest),
        was_written=not one.is_repeat or (is_heir and one.heir_to_id != (heirs_of and heirs_of.pk)),
        is_written=not one.is_repeat or is_heir,
    )
