"""Sending back to its sender: a whole register with a sentence, or rows of it."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.intake.actions.holding import require_undecided, require_waiting
from rohnamo.intake.actions.sealing import drop_sealed, seal_anew
from rohnamo.intake.models import Upload
from rohnamo.staff.models import User

SHORTEST = 3


def send_back(waiting: Upload, words: str, *, by: User) -> None:
    """Give the whole register back: its lines are deleted, the sentence is kept for its sender.

    Raises Refused, in the reader's words, without a sentence, or when it was decided about before.
    """
    _require_words(words)
    with transaction.atomic():
        held = require_undecided(waiting)
        held.decided_at = held.sent_back_at = timezone.now()
        held.sent_back_words = words.strip()
        held.save(update_fields=["decided_at", "sent_back_at", "sent_back_words"])
        audit.record(by, "intake.send_back", held)
        drop_sealed(held)


def return_rows(waiting: Upload, rows: Collection[int], words: str, *, by: User) -> int:
    """Give rows back: they are refused with the sentence, all others can be accepted. Returns how many.

    Raises Refused, in the reader's words, without a sentence, for a row that is not there, or when it was decided
    about before.
    """
    _require_words(words)
    with transaction.atomic():
        held = require_undecided(waiting)
        stored, sealed = require_waiting(held, by=by)
        strange = sorted(set(rows) - {line["row"] for line in sealed["lines"]})
        if strange or not rows:
            raise Refused(_("Write the numbers of rows of this register, as in 4, 7, 9–12."))
        sealed.setdefault("returned", {}).update({str(row): words.strip() for row in rows})
        seal_anew(held, stored, sealed)
        audit.record(by, "intake.return_rows", held, fields=[f"{len(set(rows))} rows"])
    return len(set(rows))


def _require_words(words: str) -> None:
    if len(words.strip()) < SHORTEST:
        raise Refused(_("Say in a sentence what is to be corrected."))
