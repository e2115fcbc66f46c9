"""Which records nothing but the rows of a register has touched."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import ForeignObjectRel, Q

from rohnamo.people.actions.register import (
    _described,
)
from rohnamo.people.actions.taking_back.said import SaidBy, all_said, as_it_was, described_by
from rohnamo.people.models import (
    Access,
    CodedPerson,
    Document,
    Judgement,
    Official,
    Person,
    PersonName,
    Phone,
)

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
        if number not in touched and _described(person) == described_by(as_it_was(theirs[number]))
    }


def untouched_officials(officials: Collection[int], *, above: Collection[str]) -> set[int]:
    """Those of these officials to whom nothing points but what the caller has looked at."""
    return set(officials) - _pointed_at(Official, officials, above)


def untouched_coded(coded: Collection[int], *, since: datetime, above: Collection[str]) -> set[int]:
    """Codes made since then, to which nothing points but what the caller has looked at."""
    made = CodedPerson.objects.filter(pk__in=coded, registered_at__gte=since).values_list("pk", flat=True)
    return set(made) - _pointed_at(CodedPerson, coded, above)


def _written_otherwise(theirs: SaidBy) -> set[int]:
    """Records with a name, phone, document or project that none of these rows wrote."""
    names = {(one.person_id, one.source_id, one.project_id, one.spelling) for one in all_said(theirs)}
    phones = {(one.person_id, one.project_id, one.phone) for one in all_said(theirs)}
    papers = {(one.person_id, one.project_id, one.document) for one in all_said(theirs)}
    access = {(one.person_id, one.project_id, one.district_id) for one in all_said(theirs)}
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
