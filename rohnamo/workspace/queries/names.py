"""Names, phones and documents as a reader may see them: only what was written for the reader's own projects."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet

from rohnamo.engines.names import parse
from rohnamo.engines.names.parts import Role
from rohnamo.people.models import Document, PersonName, Phone
from rohnamo.people.queries.registry import members_of, spellings_for
from rohnamo.staff.models import User

Given = TypeVar("Given", Phone, Document)


@dataclass(frozen=True)
class Shown:
    """A name for the eye. name: family and given name, as written; father: the father's name, where it is told apart."""

    name: str
    father: str = ""


def own(kept: type[Given], *, by: User) -> QuerySet[Given]:
    """Phones or documents that were given to one of the reader's projects."""
    return kept.objects.filter(project__in=by.memberships.values("project"))


def own_spellings(records: Iterable[int], *, by: User) -> list[PersonName]:
    """Spellings of these records that were written for one of the reader's projects, the oldest first."""
    return list(spellings_for(by).filter(person__in=list(records)).select_related("source").order_by("pk"))


def names_of_roots(roots: Iterable[int], *, by: User) -> dict[int, Shown]:
    """One name for each person (by root), from any record judged to be the same. Two queries."""
    members = members_of(roots)
    root_of = {record: root for root, records in members.items() for record in records}
    chosen: dict[int, Shown] = {}
    for spelling in own_spellings(root_of, by=by):
        chosen.setdefault(root_of[spelling.person_id], shown(spelling))
    return chosen


def spellings_by_record(records: Iterable[int], *, by: User) -> dict[int, list[PersonName]]:
    found: dict[int, list[PersonName]] = defaultdict(list)
    for spelling in own_spellings(records, by=by):
        found[spelling.person_id].append(spelling)
    return found


def shown(spelling: PersonName) -> Shown:
    """A stored spelling, never corrected; of a name in one column the father's name is cut off where it tells itself."""
    if not spelling.full_name:
        return Shown(" ".join(filter(None, (spelling.family, spelling.given))), spelling.patronymic)
    words, parts = spelling.full_name.split(), parse(spelling.full_name).parts
    if len(words) != len(parts) or parts[-1].role is not Role.FATHER:
        return Shown(spelling.full_name)
    return Shown(" ".join(words[:-1]), words[-1])
