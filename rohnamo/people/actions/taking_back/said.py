"""What rows of registers said of people, as far as the register of people keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter

from rohnamo.core import keys as key_folder
from rohnamo.engines.names import name_key
from rohnamo.people.actions.register import (
    NewPerson,
    _complete,
    _described,
    document_number,
)
from rohnamo.people.models import (
    Person,
)


@dataclass(frozen=True)
class Said:
    """What one row of a register said of a person, as far as the register of people keeps it.

    step: rows of one step were registered together; steps are in the order of time. spelling, phone, document: keyed
    hashes (see `traces_of`), empty where the row had none. was_written: the row was written when it came; one that had
    come before was not. is_written: it counts as written from now on, because the one that came before is taken back.
    """

    person_id: int
    source_id: int
    project_id: int
    step: tuple[int, int]
    row: int
    sex: str
    birth_year: int | None
    birth_md: int | None
    birth_precision: str
    district_id: int | None
    spelling: bytes
    phone: bytes
    document: bytes
    was_written: bool = True
    is_written: bool = True


SaidBy = Mapping[int, Sequence[Said]]
"""record → what rows said of it"""


def traces_of(new: NewPerson) -> tuple[bytes, bytes, bytes]:
    """Keyed hashes of name, phone and document as the register of people keeps them."""
    name, document = new.name, document_number(new.document)
    return (
        key_folder.keyed_hash(name_key(name), purpose="spelling") if name.parts else b"",
        key_folder.keyed_hash(new.phone, purpose="phone") if new.phone else b"",
        key_folder.keyed_hash(document, purpose="document") if document else b"",
    )


def described_by(said: Iterable[Said]) -> tuple[object, ...]:
    """Sex, birth and district as `register_many` would know them from these rows alone: the first makes the record, of
    each step the last one fills in what is not known yet."""
    person: Person | None = None
    for _step, rows in groupby(sorted(said, key=attrgetter("step", "row")), key=attrgetter("step")):
        of_step = list(rows)
        if person is None:
            person = _as_person(of_step.pop(0))
        if of_step:
            _complete(person, _as_person(of_step[-1]))
    return _described(person or Person())


def all_said(said: SaidBy) -> Iterable[Said]:
    return chain.from_iterable(said.values())


def as_it_was(said: Iterable[Said]) -> list[Said]:
    return [one for one in said if one.was_written]


def _as_person(said: Said) -> Person:
    return Person(
        sex=said.sex,
        birth_year=said.birth_year,
        birth_md=said.birth_md,
        birth_precision=said.birth_precision,
        district_id=said.district_id,
    )
