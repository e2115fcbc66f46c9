"""Columns mended by hand: the file is read again by what somebody says of its titles."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from rohnamo.core import audit, files
from rohnamo.core.errors import Refused
from rohnamo.engines.registers.periods import Period
from rohnamo.intake.actions.holding import locked, require_undecided
from rohnamo.intake.actions.looking import days_of, looked
from rohnamo.intake.actions.sealing import open_raw, seal_lines
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.opening import open_register
from rohnamo.staff.models import User


def mend(
    waiting: Upload, said: Mapping[str, str], *, key: bytes, by: User, period: Period | None = None
) -> Upload:
    """Read the register again. said: title -> field. period: for rows without a day, none for what titles and file name
    say. Verdicts are made anew; answers to doubtful rows are dropped, and so is what was confirmed by hand.

    Raises Refused, in the reader's words, when the file is not at hand in this browser, or was decided about before;
    RegisterError when it cannot be read so.
    """
    content = open_raw(waiting, key, by=by)
    if content is None:
        raise Refused(
            _("The file is not at hand in this browser any more. Send it again and mend the columns then.")
        )
    opened = open_register(
        content, waiting.label, source=waiting.source, project=waiting.project, mapping=said, period=period
    )
    sealed, lines = looked(opened, source=waiting.source, project=waiting.project, by=by)
    with transaction.atomic():
        held = require_undecided(waiting)
        before, kept_until = held.stored, held.stored.kept_until if held.stored else None
        held.stored = seal_lines(sealed, kept_until=kept_until)
        held.columns, held.questions, held.rows = list(opened.columns), [], len(lines)
        held.first_day, held.last_day = days_of(lines)
        held.ticked = []
        held.save()
        audit.record(by, "intake.mend_columns", held, fields=[f"{len(said)} titles"])
        if before:
            files.delete(before)
    return held


def confirm(waiting: Upload, *, by: User) -> None:
    """Say that the columns are right as they were read. Raises Refused, in the reader's words, once it is decided."""
    with transaction.atomic():
        require_undecided(waiting)
        held = locked(waiting)
        held.questions = []
        held.save(update_fields=["questions"])
        audit.record(by, "intake.confirm_columns", held)
