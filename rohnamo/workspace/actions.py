"""What the staff door itself writes: that somebody looked; and decisions made of two deeds of people."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.people import actions as people
from rohnamo.people.models import Person, Verdict
from rohnamo.staff.models import User
from rohnamo.workspace import rules
from rohnamo.workspace.models import BriefingNote
from rohnamo.workspace.queries.briefing import Subject
from rohnamo.workspace.queries.pairs import reasons_about

MOST_SIGNS = 600


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


@transaction.atomic
def note_for_briefing(asked: Subject, words: str, *, is_restricted: bool, by: User) -> BriefingNote:
    """Keep a sentence for whoever goes there next. The audit log says that, not what.

    Raises Refused for an empty sentence, for one that is endless, and for a restricted one of somebody who may not
    read it.
    """
    said = words.strip()
    if not said or len(said) > MOST_SIGNS:
        raise Refused(_("Write one to %(count)d signs.") % {"count": MOST_SIGNS})
    if is_restricted and not rules.may_read_restricted(by):
        raise Refused(_("You may not write what only few may read."))
    note = BriefingNote.objects.create(
        about=asked.about, code=asked.code, words=said, is_restricted=is_restricted, written_by=str(by.pk)
    )
    audit.record(by, "workspace.note", note)
    return note


@transaction.atomic
def strike_note(note: BriefingNote, *, by: User) -> None:
    """Take a sentence back. It stays in the table, struck."""
    BriefingNote.objects.filter(pk=note.pk, struck_at=None).update(struck_at=timezone.now())
    audit.record(by, "workspace.strike_note", note)
