"""Holding an upload while something is decided about it: two clicks at once never see half of each other."""

from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.core.models import StoredFile
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.opening import Opened, open_stored
from rohnamo.intake.queries.uploads import Sealed, unsealed
from rohnamo.staff.models import User


def locked(waiting: Upload) -> Upload:
    """The upload, kept from others until the transaction ends."""
    # Without joins: PostgreSQL would read the joined row as it was before it waited for the lock.
    return Upload.objects.select_for_update().get(pk=waiting.pk)


def require_undecided(waiting: Upload) -> Upload:
    """The upload, locked, while it may still be cancelled or sent back. Raises Refused, in the reader's words."""
    held = locked(waiting)
    if held.decided_at is not None:
        raise Refused(_("The register was accepted or cancelled before. Nothing was changed."))
    if held.taking_since:
        raise Refused(_("The register is being taken in and cannot be cancelled any more."))
    return held


def require_waiting(held: Upload, *, by: audit.Actor) -> tuple[StoredFile, Sealed]:
    """What is sealed with a register that waits. Raises Refused, in the reader's words."""
    sealed = unsealed(held.stored, by=by) if held.decided_at is None else None
    if held.stored is None or sealed is None:
        raise Refused(_("The register was accepted or cancelled before. Nothing was changed."))
    if sealed["reports"] is None:
        raise Refused(_("The register has not been looked through yet. Nothing was changed."))
    return held.stored, sealed


def opened_of(held: Upload, stored: StoredFile, *, by: User) -> Opened:
    """The lines that were sealed with an upload."""
    return open_stored(stored, by=by, label=held.label, columns=held.columns)
