"""What the staff door itself writes: that somebody looked; and decisions made of two deeds of people."""

from django.db import transaction

from rohnamo.core import audit
from rohnamo.people import actions as people
from rohnamo.people.models import Person, Verdict
from rohnamo.staff.models import User
from rohnamo.workspace.queries.pairs import reasons_about


def note_read(person: Person, *, by: User) -> None:
    """A person's record was opened. Every opening is written down."""
    audit.record(by, "people.read", person)


def note_find(found: int, *, by: User) -> None:
    """People were looked for by name. The name is not written down, nor who was found."""
    audit.record(by, "people.find", "people.person", fields=[f"{found} found"])


@transaction.atomic
def take_back(left: Person, right: Person, *, by: User) -> None:
    """Undo what was decided about a pair, and let it wait for a decision again.

    Raises Refused when nothing stands about it.
    """
    reasons = reasons_about(left, right)
    people.withdraw(left, right, by=by)
    people.judge(left, right, Verdict.UNSURE, by=by, reasons=reasons)
