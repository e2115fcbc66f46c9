"""The register as its readers may see it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, QuerySet

from rohnamo.people.models import (
    CallBack,
    CodedPerson,
    Official,
    OfficialKey,
    Person,
    PersonName,
    Sex,
)
from rohnamo.people.rules import access_of
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import User


def visible_to(user: User) -> QuerySet[Person]:
    """People whom one of the user's projects knows, by any record judged to be the same person."""
    return Person.objects.filter(root__in=access_of(user).values("person__root"))


def spellings_for(user: User) -> QuerySet[PersonName]:
    """Names that were written for one of the user's projects."""
    if not staff_rules.may_see_people(user):
        return PersonName.objects.none()
    return PersonName.objects.filter(project__in=user.memberships.values("project"))


def names_of(people: Iterable[int], *, by: User) -> dict[int, PersonName]:
    """One name for each record, the oldest that the reader may see. Other spellings are not shown to them."""
    chosen: dict[int, PersonName] = {}
    for name in spellings_for(by).filter(person__in=list(people)).order_by("pk"):
        chosen.setdefault(name.person_id, name)
    return chosen


def counts() -> dict[str, int]:
    """People by register: persons (each once, however many records), records, officials, coded.

    Who was emptied when a register was taken back is no official and no code any more; a record keeps its number.
    """
    return {
        "persons": Person.objects.filter(pk=F("root"), erased_at=None).count(),
        "records": Person.objects.count(),
        "officials": _officials().count(),
        "coded": _coded().count(),
    }


def roots_of(people: Iterable[int]) -> dict[int, int]:
    """The person that each record was judged to be."""
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "root_id"))


def members_of(roots: Iterable[int]) -> dict[int, list[int]]:
    """All records of each person."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, root in Person.objects.filter(root__in=roots).order_by("pk").values_list("pk", "root_id"):
        members[root].append(number)
    return dict(members)


def _officials() -> QuerySet[Official]:
    """Whoever can still be found by a part of a name: an official is emptied of all of them at once."""
    return Official.objects.filter(Exists(OfficialKey.objects.filter(official=OuterRef("pk"))))


def _coded() -> QuerySet[CodedPerson]:
    """Codes of which anything is known."""
    is_known = Exists(CallBack.objects.filter(coded=OuterRef("pk")))
    nothing = {"sex": Sex.UNKNOWN, "birth_year": None, "district": None}
    return CodedPerson.objects.exclude(~is_known, **nothing)
