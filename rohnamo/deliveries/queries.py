"""How the ledger is read."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Access
from rohnamo.projects.models import Source
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import User

CHUNK = 500


def counting() -> QuerySet[Delivery]:
    """Lines that count: neither reversals nor what they took back."""
    return Delivery.objects.filter(reverses=None, reversed_by=None)


def visible_to(user: User) -> QuerySet[Delivery]:
    """Lines of the user's own projects; of persons only those whom one of these projects knows, by any of their records."""
    if not staff_rules.may_see_people(user):
        return Delivery.objects.none()
    mine = user.memberships.values("project")
    # A set that is built once: as a question asked of each line it took seconds on SQLite.
    known = Access.objects.filter(project__in=mine).values("person__root")
    return Delivery.objects.filter(project__in=mine).filter(Q(person=None) | Q(person__root__in=known))


def recorded_under(source: Source, source_keys: Sequence[bytes]) -> dict[bytes, int]:
    """Source keys that are in the ledger already, with the number of their line."""
    found: dict[bytes, int] = {}
    for start in range(0, len(source_keys), CHUNK):
        rows = Delivery.objects.filter(source=source, source_key__in=source_keys[start : start + CHUNK])
        found.update((bytes(key), number) for key, number in rows.values_list("source_key", "pk"))
    return found


def totals() -> dict[str, int]:
    """How many lines there are, how many count, how many were taken back."""
    reversed_lines = Delivery.objects.exclude(reverses=None).count()
    lines = Delivery.objects.count()
    return {"lines": lines, "counting": lines - 2 * reversed_lines, "reversed": reversed_lines}
