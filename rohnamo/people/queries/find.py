"""Finding one person by name, in any script, among those the reader may see."""

from dataclasses import dataclass

from django.db.models import Count

from rohnamo.core import keys as key_folder
from rohnamo.engines.names import Name, compare, hashed, lookup_keys, parse
from rohnamo.people.models import Person, PersonName
from rohnamo.people.queries.candidates import name_of
from rohnamo.people.queries.registry import spellings_for, visible_to
from rohnamo.people.rules import may_search
from rohnamo.places.models import Place
from rohnamo.staff.models import User

MOST_LOOKED_AT = 500
WORTH_SHOWING = 0.5


@dataclass(frozen=True)
class Hit:
    """One person found. It shows what tells namesakes apart, never a service, a project or an area.

    score: how near the names are, 0 to 1.
    """

    person: Person
    name: PersonName
    district: Place | None
    score: float


def find(written: str, *, by: User, limit: int = 10) -> list[Hit]:
    """People whose name is near to what was written, nearest first; nobody for a single word.

    A spelling is compared only when it was written for one of the reader's projects.
    """
    asked = parse(written)
    if not may_search(by) or len(asked.parts) < 2:
        return []
    asked_keys = hashed(lookup_keys(asked, None, is_year_exact=False), key_folder.match_key())
    nearest = (
        visible_to(by)
        .filter(name_keys__key__in=asked_keys)
        .annotate(shared=Count("name_keys"))
        .select_related("district")
        .order_by("-shared", "pk")
    )
    known: dict[int, Person] = {person.pk: person for person in nearest[:MOST_LOOKED_AT]}
    hits = [_hit(asked, known[name.person_id], name) for name in _own_spellings(known, by)]
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.person.pk)):
        best.setdefault(hit.person.root_id or hit.person.pk, hit)
    return [hit for hit in best.values() if hit.score >= WORTH_SHOWING][:limit]


def _own_spellings(people: dict[int, Person], by: User) -> list[PersonName]:
    return list(spellings_for(by).filter(person__in=people))


def _hit(asked: Name, person: Person, spelling: PersonName) -> Hit:
    return Hit(person, spelling, person.district, compare(asked, name_of(spelling)).score)
