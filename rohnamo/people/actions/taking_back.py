"""Taking back what a register wrote: whom nobody else touched is emptied, of all others only what it said goes.

A record is never deleted: the ledger is append-only and points to it. It is emptied and marked as erased; its number is
all that stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.db.models import ForeignObjectRel, Q
from django.utils import timezone

from rohnamo.core import audit, changes
from rohnamo.core import keys as key_folder
from rohnamo.core.locks import one_at_a_time
from rohnamo.engines.names import hashed, name_key, stored_keys
from rohnamo.people.actions.judge import withdraw
from rohnamo.people.actions.register import (
    NewPerson,
    _complete,
    _described,
    document_number,
)
from rohnamo.people.models import (
    Access,
    CallBack,
    CodedPerson,
    Document,
    Judgement,
    NameKey,
    Official,
    OfficialKey,
    Person,
    PersonName,
    Phone,
    Precision,
    Sex,
    Verdict,
)
from rohnamo.people.queries.candidates import name_of

_EXACT = frozenset({Precision.DAY.value, Precision.YEAR.value})
# What is looked at by name, and what a judgement says: a record joined to another was judged.
_LOOKED_AT = frozenset(
    {
        "people.person",
        "people.personname",
        "people.namekey",
        "people.phone",
        "people.document",
        "people.access",
        "people.judgement",
        "people.officialkey",
        "people.callback",
    }
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


def lock_register() -> None:
    """Wait until nobody registers or judges anybody, and keep them waiting until the transaction ends."""
    for what in ("people.register", "people.judge", "people.register_officials", "people.register_coded"):
        one_at_a_time(what)


def untouched_persons(theirs: SaidBy, *, answers: Collection[int], above: Collection[str]) -> set[int]:
    """Records that nothing but these rows has touched; each must have been made by one of them.

    answers: numbers of judgements that came in with the rows. above: models of higher floors whose rows the caller has
    looked at. Any other row that points to a record, of whatever floor, is a touch; so is every later edit.
    """
    records = list(theirs)
    people = {one.pk: one for one in Person.objects.filter(pk__in=records, erased_at=None)}
    touched = {
        *_written_otherwise(theirs),
        *_judged(records, answers),
        *_pointed_at(Person, records, above),
    }
    return {
        number
        for number, person in people.items()
        if number not in touched and _described(person) == described_by(_was(theirs[number]))
    }


def untouched_officials(officials: Collection[int], *, above: Collection[str]) -> set[int]:
    """Those of these officials to whom nothing points but what the caller has looked at."""
    return set(officials) - _pointed_at(Official, officials, above)


def untouched_coded(coded: Collection[int], *, since: datetime, above: Collection[str]) -> set[int]:
    """Codes made since then, to which nothing points but what the caller has looked at."""
    made = CodedPerson.objects.filter(pk__in=coded, registered_at__gte=since).values_list("pk", flat=True)
    return set(made) - _pointed_at(CodedPerson, coded, above)


@transaction.atomic
def empty_persons(records: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these records nothing but their number."""
    if not records:
        return
    _withdraw_judgements(records, by)
    for model in (PersonName, NameKey, Phone, Document, Access):
        model._default_manager.filter(person__in=records).delete()
    Person.objects.filter(pk__in=records).update(
        sex=Sex.UNKNOWN,
        birth_year=None,
        birth_md=None,
        birth_precision=Precision.NONE,
        district=None,
        erased_at=timezone.now(),
    )
    _note(by, "people.person", len(records), reason)


@transaction.atomic
def empty_officials(officials: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these officials nothing but their number."""
    if not officials:
        return
    OfficialKey.objects.filter(official__in=officials).delete()
    for official in Official.objects.filter(pk__in=officials):
        official.full_name = official.family = official.given = official.patronymic = ""
        official.agency = official.post = ""
        official.sex = Sex.UNKNOWN
        official.save()
    _note(by, "people.official", len(officials), reason)


@transaction.atomic
def empty_coded(coded: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these codes nothing but the code."""
    if not coded:
        return
    CallBack.objects.filter(coded__in=coded).delete()
    CodedPerson.objects.filter(pk__in=coded).update(sex=Sex.UNKNOWN, birth_year=None, district=None)
    _note(by, "people.codedperson", len(coded), reason)


@transaction.atomic
def unsay(
    taken: SaidBy,
    kept: SaidBy,
    *,
    made: Collection[int],
    outside: Collection[tuple[int, int, int]],
    by: audit.Actor,
) -> int:
    """Of records that stay, remove what only these rows said. Returns how many are described otherwise now.

    kept: what rows of other registers say of them (`is_written` or `was_written`). made: records that a row of a register made. outside: (record,
    source, project) that something else than a register vouches for: what was written for them stays.
    """
    if not taken:
        return 0
    doomed = _keys_said(taken)
    written = {record: [one for one in said if one.is_written] for record, said in kept.items()}
    _unspell(taken, written, set(outside))
    still = _keys_of_spellings(taken, written)
    for record, keys in doomed.items():
        NameKey.objects.filter(person=record, key__in=keys - still.get(record, set())).delete()
    changed = _described_anew(taken, kept, made)
    audit.record(by, "people.unsay", "people.person", fields=[f"{len(taken)} records", f"{changed} changed"])
    return changed


@transaction.atomic
def describe_officials(sexes: Mapping[int, str]) -> None:
    """Officials who stay, with the sex that the oldest register which still stands gave them.

    Their name stays as it was first written: a register of trainings keeps one spelling.
    """
    for official, sex in sexes.items():
        Official.objects.filter(pk=official).update(sex=sex)


@transaction.atomic
def describe_coded(said: Mapping[int, tuple[str, int | None]]) -> None:
    """Codes that stay, with the sex and district that the oldest register which still stands gave them."""
    for coded, (sex, district) in said.items():
        CodedPerson.objects.filter(pk=coded).update(sex=sex, district=district)


def forget_call_backs(coded: Collection[int]) -> None:
    """Drop names and phones of codes whose yes went with a register: nobody else brought one."""
    CallBack.objects.filter(coded__in=coded).delete()


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


def _as_person(said: Said) -> Person:
    return Person(
        sex=said.sex,
        birth_year=said.birth_year,
        birth_md=said.birth_md,
        birth_precision=said.birth_precision,
        district_id=said.district_id,
    )


def _written_otherwise(theirs: SaidBy) -> set[int]:
    """Records with a name, phone, document or project that none of these rows wrote."""
    names = {(one.person_id, one.source_id, one.project_id, one.spelling) for one in _all(theirs)}
    phones = {(one.person_id, one.project_id, one.phone) for one in _all(theirs)}
    papers = {(one.person_id, one.project_id, one.document) for one in _all(theirs)}
    access = {(one.person_id, one.project_id, one.district_id) for one in _all(theirs)}
    records = list(theirs)
    return {
        *(
            row[0]
            for row in _rows(PersonName, records, "source_id", "project_id", "digest")
            if row not in names
        ),
        *(row[0] for row in _rows(Phone, records, "project_id", "digest") if row not in phones),
        *(row[0] for row in _rows(Document, records, "project_id", "digest") if row not in papers),
        *(row[0] for row in _rows(Access, records, "project_id", "district_id") if row not in access),
    }


def _rows(model: type[models.Model], records: list[int], *columns: str) -> list[tuple[Any, ...]]:
    found = model._default_manager.filter(person__in=records).values_list("person_id", *columns)
    return [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in found]


def _all(said: SaidBy) -> Iterable[Said]:
    return chain.from_iterable(said.values())


def _judged(records: list[int], answers: Collection[int]) -> set[int]:
    """Records about which somebody said something. What the machine was unsure of carries a score."""
    said = Judgement.objects.filter(Q(left__in=records) | Q(right__in=records), score=None)
    pairs = said.exclude(pk__in=answers).values_list("left_id", "right_id")
    return {number for pair in pairs for number in pair}


def _pointed_at(model: type[models.Model], numbers: Collection[int], above: Collection[str]) -> set[int]:
    """Asked of every relation that there is, so that an app built later need not be known here."""
    touched: set[int] = set()
    # Hidden ones too: most of our keys have no name to go back by.
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        label = relation.related_model._meta.label_lower
        if label in _LOOKED_AT or label in above:
            continue
        column = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{column}__in": list(numbers)})
        touched.update(rows.values_list(column, flat=True))
    return touched


def _withdraw_judgements(records: Collection[int], by: audit.Actor) -> None:
    of_these = Q(left__in=records) | Q(right__in=records)
    standing = Judgement.objects.filter(of_these, superseded_at=None)
    for judgement in standing.exclude(verdict=Verdict.UNSURE).select_related("left", "right"):
        withdraw(judgement.left, judgement.right, by=by)
    standing.update(superseded_at=timezone.now())


def _unspell(taken: SaidBy, kept: SaidBy, outside: set[tuple[int, int, int]]) -> None:
    projects = {(record, project) for record, _source, project in outside}
    for record, said in taken.items():
        others = kept.get(record, ())
        for one in said:
            if one.spelling and (record, one.source_id, one.project_id) not in outside:
                key = attrgetter("source_id", "project_id", "spelling")
                if key(one) not in map(key, others):
                    PersonName.objects.filter(
                        person=record, source=one.source_id, project=one.project_id, digest=one.spelling
                    ).delete()
            if (record, one.project_id) not in projects:
                _unlist(record, one, others)


def _unlist(record: int, one: Said, others: Sequence[Said]) -> None:
    """Phone, document and access of a project that only this row gave it."""
    same = [other for other in others if other.project_id == one.project_id]
    ours = {"person": record, "project": one.project_id}
    if one.phone and one.phone not in {other.phone for other in same}:
        Phone.objects.filter(**ours, digest=one.phone).delete()
    if one.document and one.document not in {other.document for other in same}:
        Document.objects.filter(**ours, digest=one.document).delete()
    if one.district_id not in {other.district_id for other in same}:
        Access.objects.filter(**ours, district=one.district_id).delete()


def _keys_said(taken: SaidBy) -> dict[int, set[int]]:
    """The keys under which these rows made a record findable."""
    names = _names(taken)
    found: dict[int, set[int]] = defaultdict(set)
    for one in _all(taken):
        name = names.get((one.person_id, one.source_id, one.project_id, one.spelling))
        if name is not None:
            found[one.person_id].update(_keys(name, one.birth_year, one.birth_precision))
    return found


def _keys_of_spellings(taken: SaidBy, kept: SaidBy) -> dict[int, set[int]]:
    """The keys of all spellings that are left: with the births that rows gave with them, else with the record's own."""
    births: dict[tuple[Any, ...], list[tuple[int | None, str]]] = defaultdict(list)
    for one in _all(kept):
        place = (one.person_id, one.source_id, one.project_id, one.spelling)
        births[place].append((one.birth_year, one.birth_precision))
    own = {
        number: (year, precision)
        for number, year, precision in Person.objects.filter(pk__in=list(taken)).values_list(
            "pk", "birth_year", "birth_precision"
        )
    }
    found: dict[int, set[int]] = defaultdict(set)
    for place, name in _names(taken).items():
        for birth in births.get(place) or [own[place[0]]]:
            found[place[0]].update(_keys(name, *birth))
    return found


def _names(taken: SaidBy) -> dict[tuple[int, int, int, bytes], PersonName]:
    names = PersonName.objects.filter(person__in=list(taken))
    return {(one.person_id, one.source_id, one.project_id, bytes(one.digest)): one for one in names}


def _keys(name: PersonName, year: int | None, precision: str) -> list[int]:
    plain = stored_keys(name_of(name), year, is_year_exact=precision in _EXACT)
    return list(hashed(plain, key_folder.match_key()))


def _described_anew(taken: SaidBy, kept: SaidBy, made: Collection[int]) -> int:
    """Sex, birth and district from what is still said, where all that is known came from registers. A record that
    anything else described, or somebody edited, stays as it is."""
    changed: list[Person] = []
    for person in Person.objects.filter(pk__in=[number for number in made if taken.get(number)]):
        before, still = _described(person), kept.get(person.pk, ())
        if not still or before != described_by(_was([*taken[person.pk], *still])):
            continue
        fresh = described_by(one for one in still if one.is_written)
        if fresh != before:
            person.sex, person.birth_year, person.birth_md, person.birth_precision, person.district_id = fresh  # type: ignore[assignment]
            changed.append(person)
    Person.objects.bulk_update(changed, ["sex", "birth_year", "birth_md", "birth_precision", "district"])
    changes.leave("person.corrected", [person.pk for person in changed])
    return len(changed)


def _was(said: Iterable[Said]) -> list[Said]:
    return [one for one in said if one.was_written]


def _note(by: audit.Actor, subject: str, number: int, reason: str) -> None:
    audit.record(by, "people.take_back", subject, fields=[f"{number} emptied"], reason=reason)
