"""People as a list and as what a search found. Lists sort by the day of last contact: names are found, not browsed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.deliveries import queries as deliveries
from rohnamo.deliveries.models import Delivery
from rohnamo.people import queries as people
from rohnamo.people.models import Person
from rohnamo.people.queries.registry import members_of
from rohnamo.projects.models import Project
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.workspace.queries.names import Shown, names_of_roots, own_spellings

Cells = list[dict[str, Any]]


@dataclass(frozen=True)
class Contact:
    """A person, by root, and the day of the last contact that the reader may know of."""

    root: int
    last: date | None


def contacts(user: User, project: Project | None = None) -> QuerySet[Delivery, Any]:
    """Everybody whom the reader's projects met, one row a person, newest contact first: {"person__root", "last"}."""
    met = deliveries.visible_to(user).filter(
        person__isnull=False, person__root__erased_at=None, reverses=None, reversed_by=None
    )
    if project:
        met = met.filter(project=project)
    return met.values("person__root").annotate(last=Max("day")).order_by("-last", "-person__root")


def columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of a person", "Name, as written")},
        {"name": _("Father's name")},
        {"name": _("Year of birth")},
        {"name": _("District")},
        {"name": _("Last contact")},
    ]


def rows(found: Iterable[Contact], *, by: User) -> list[Cells]:
    """Cells of rows.html. Three queries, however many people there are."""
    listed = list(found)
    persons = Person.objects.select_related("district").in_bulk([one.root for one in listed])
    names = names_of_roots([one.root for one in listed], by=by)
    return [_row(persons[one.root], names.get(one.root), one.last) for one in listed if one.root in persons]


def found_by_name(written: str, *, by: User) -> list[Contact]:
    """People whose name is near to what was written, nearest first, with the month of last contact in own projects.

    A hit by a spelling that the reader's sources did not write is no hit: it would tell that one person has both names.
    """
    hits = people.find(written, by=by)
    own = {spelling.pk for spelling in own_spellings({hit.person.pk for hit in hits}, by=by)}
    roots = [hit.person.root_id or hit.person.pk for hit in hits if hit.name.pk in own]
    last = dict(
        deliveries.visible_to(by)
        .filter(person__root__in=roots)
        .values_list("person__root")
        .annotate(last=Max("day"))
    )
    return [Contact(root, last.get(root)) for root in roots]


def records_of(person: Person) -> list[int]:
    """All records judged to be this person."""
    root = person.root_id or person.pk
    return members_of([root]).get(root, [person.pk])


def _row(person: Person, name: Shown | None, last: date | None) -> Cells:
    href = reverse("workspace:person", args=[person.pk])
    return [
        {"text": name.name if name else nameless(person), "href": href},
        {"text": name.father if name else ""},
        {"text": str(person.birth_year or "")},
        {"text": in_language(person.district.names) if person.district else ""},
        {"text": words.month(last), "is_quiet": True},
    ]


def nameless(person: Person) -> str:
    """How a person is called whose name none of the reader's sources wrote."""
    return _("Record %(number)s") % {"number": person.pk}
