"""Writing down what each row became, so that a whole register can be taken back months later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rohnamo.intake.actions.subjects import Desk, new_person
from rohnamo.intake.models import Entry, Import
from rohnamo.intake.queries.lines import PERSON, Line
from rohnamo.intake.queries.survey import trace_of
from rohnamo.people.actions.taking_back import traces_of

BATCH = 500


@dataclass(frozen=True)
class Written:
    """A row and the line of the ledger that stands for it. person_id: the record it was written to."""

    line: Line
    delivery_id: int
    person_id: int | None
    is_repeat: bool = False
    is_new: bool = False


def note_entries(register: Import, batch: int, written: Sequence[Written], desk: Desk) -> None:
    """One entry a line. Two rows of a register that stand for one line are one entry."""
    once = {one.delivery_id: one for one in reversed(written)}
    Entry.objects.bulk_create(
        [_entry(register, batch, one, desk) for one in sorted(once.values(), key=lambda one: one.line.row)],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def forget_what_was_said(persons: Collection[int]) -> None:
    """Empty what rows of registers said of these records: for the erasure of a person."""
    Entry.objects.filter(person__in=list(persons)).update(**NOTHING_SAID)


NOTHING_SAID: dict[str, Any] = {
    "sex": "u",
    "has_consent": False,
    "birth_year": None,
    "birth_md": None,
    "birth_precision": "none",
    "district": None,
    "spelling_digest": b"",
    "phone_digest": b"",
    "document_digest": b"",
    "trace": b"",
}


def _entry(register: Import, batch: int, one: Written, desk: Desk) -> Entry:
    line = one.line
    entry = Entry(
        register=register,
        sex=line.sex,
        has_consent=line.may_call_back,
        batch=batch,
        row=line.row,
        delivery_id=one.delivery_id,
        is_repeat=one.is_repeat,
        is_new=one.is_new,
        quantity=Decimal(str(line.hours)) if line.hours is not None else None,
        district_id=desk.districts.get(line.district),
        trace=trace_of(line),
    )
    if line.kind == PERSON and one.person_id is not None:
        _say(entry, one.person_id, line, desk)
    return entry


def _say(entry: Entry, person: int, line: Line, desk: Desk) -> None:
    year, month, day, precision = line.birth
    entry.person_id = person
    entry.birth_year = year
    entry.birth_md = month * 100 + day if month and day else None
    entry.birth_precision = precision
    traces = traces_of(new_person(line, desk))
    entry.spelling_digest, entry.phone_digest, entry.document_digest = traces
