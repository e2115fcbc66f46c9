"""Of records that stay, removing what only a register said of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import transaction

from rohnamo.core import audit, changes
from rohnamo.core import keys as key_folder
from rohnamo.engines.names import hashed, stored_keys
from rohnamo.people.actions.register import (
    _described,
)
from rohnamo.people.actions.taking_back.said import Said, SaidBy, all_said, as_it_was, described_by
from rohnamo.people.models import (
    Access,
    CallBack,
    CodedPerson,
    Document,
    NameKey,
    Official,
    Person,
    PersonName,
    Phone,
    Precision,
)
from rohnamo.people.queries.candidates import name_of

_EXACT = frozenset({Precision.DAY.value, Precision.YEAR.value})


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
    changed = [one for one in Official.objects.filter(pk__in=sexes) if one.sex != sexes[one.pk]]
    for official in changed:
        official.sex = sexes[official.pk]
    Official.objects.bulk_update(changed, ["sex"])
    changes.leave("official.corrected", [one.pk for one in changed])


@transaction.atomic
def describe_coded(said: Mapping[int, tuple[str, int | None]]) -> None:
    """Codes that stay, with the sex and district that the oldest register which still stands gave them."""
    codes = CodedPerson.objects.filter(pk__in=said)
    changed = [one for one in codes if (one.sex, one.district_id) != said[one.pk]]
    for coded in changed:
        coded.sex, coded.district_id = said[coded.pk]
    CodedPerson.objects.bulk_update(changed, ["sex", "district"])
    changes.leave("coded.corrected", [one.pk for one in changed])


def forget_call_backs(coded: Collection[int]) -> None:
    """Drop names and phones of codes whose yes went with a register: nobody else brought one."""
    CallBack.objects.filter(coded__in=coded).delete()


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
    for one in all_said(taken):
        name = names.get((one.person_id, one.source_id, one.project_id, one.spelling))
        if name is not None:
            found[one.person_id].update(_keys(name, one.birth_year, one.birth_precision))
    return found


def _keys_of_spellings(taken: SaidBy, kept: SaidBy) -> dict[int, set[int]]:
    """The keys of all spellings that are left: with the births that rows gave with them, else with the record's own."""
    births: dict[tuple[Any, ...], list[tuple[int | None, str]]] = defaultdict(list)
    for one in all_said(kept):
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
        if not still or before != described_by(as_it_was([*taken[person.pk], *still])):
            continue
        fresh = described_by(one for one in still if one.is_written)
        if fresh != before:
            person.sex, person.birth_year, person.birth_md, person.birth_precision, person.district_id = fresh  # type: ignore[assignment]
            changed.append(person)
    Person.objects.bulk_update(changed, ["sex", "birth_year", "birth_md", "birth_precision", "district"])
    changes.leave("person.corrected", [person.pk for person in changed])
    return len(changed)
