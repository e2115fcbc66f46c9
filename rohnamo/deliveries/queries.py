"""How the ledger is read."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from rohnamo.core import keys
from rohnamo.deliveries.models import Delivery
from rohnamo.people.rules import access_of
from rohnamo.projects.models import Source
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import User

CHUNK = 500


def counting() -> QuerySet[Delivery]:
    """Lines that count: neither reversals nor what they took back."""
    return Delivery.objects.filter(reverses=None, reversed_by=None)


def visible_to(user: User) -> QuerySet[Delivery]:
    """Lines of the user's own projects; of persons only those whom they may see, by any of their records."""
    if not staff_rules.may_see_people(user):
        return Delivery.objects.none()
    mine = Delivery.objects.filter(project__in=user.memberships.values("project"))
    # A set that is built once: as a question asked of each line it took seconds on SQLite.
    return mine.filter(Q(person=None) | Q(person__root__in=access_of(user).values("person__root")))


def recorded_under(source: Source, source_keys: Sequence[bytes]) -> dict[bytes, int]:
    """Source keys that stand in the ledger, with the number of their line. One that was taken back stands no more."""
    return {key: line for key, (_free, line) in standing(source, source_keys).items() if line is not None}


def standing(source: Source, source_keys: Sequence[bytes]) -> dict[bytes, tuple[bytes, int | None]]:
    """For each source key the key to write under, and the line that stands (none: it may be written).

    A line that was taken back keeps its key for ever, because the ledger is never changed; the same row recorded again
    is written under a key that is made from the reversal.
    """
    found: dict[bytes, tuple[bytes, int | None]] = {key: (key, None) for key in source_keys}
    asked = {key: key for key in source_keys}
    while asked:
        taken_back: dict[bytes, bytes] = {}
        for key, line, reversal in _lines_under(source, list(asked)):
            if reversal is None:
                found[asked[key]] = (key, line)
            else:
                again = keys.keyed_hash(f"again\x1f{reversal}", purpose="delivery", ring="rows")
                found[asked[key]] = (again, None)
                taken_back[again] = asked[key]
        asked = taken_back
    return found


def _lines_under(source: Source, source_keys: list[bytes]) -> Iterator[tuple[bytes, int, int | None]]:
    for start in range(0, len(source_keys), CHUNK):
        rows = Delivery.objects.filter(source=source, source_key__in=source_keys[start : start + CHUNK])
        for key, line, reversal in rows.values_list("source_key", "pk", "reversed_by__pk"):
            yield bytes(key), line, reversal


def totals() -> dict[str, int]:
    """How many lines there are, how many count, how many were taken back."""
    reversed_lines = Delivery.objects.exclude(reverses=None).count()
    lines = Delivery.objects.count()
    return {"lines": lines, "counting": lines - 2 * reversed_lines, "reversed": reversed_lines}
