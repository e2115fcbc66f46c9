"""Putting a restored home in the place of another one, in one step that nothing can cut in two."""

import ctypes
import errno
import os
import secrets
from pathlib import Path

from rohnamo.config.backup.parts import settle
from rohnamo.core.errors import Refused

AT_WORKING_FOLDER = -100
EXCHANGE = 2
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV})


def require_movable(home: Path) -> None:
    """Raises Refused for a home that is a file system of its own: it cannot be exchanged for a folder beside it."""
    if home.stat().st_dev != home.parent.stat().st_dev:
        raise Refused(
            f"{home} is a disk or volume of its own, and a restored home cannot take its place in one step. "
            "Restore with --into a folder on it, and set ROHNAMO_HOME to that."
        )
    if not os.access(home.parent, os.W_OK):
        raise Refused(f"A home is restored beside the present one: {home.parent} must be writable.")


def exchange(new: Path, present: Path, aside: Path) -> None:
    """`new` becomes `present`, and what was `present` becomes `aside`. Whoever looks finds one of the two, whole."""
    if not _in_one_step(new, present):
        # A file system without the exchange: between these two lines there is no home for a moment.
        between = present.with_name(f"{aside.name}.{secrets.token_hex(4)}")
        present.rename(between)
        new.rename(present)
        between.rename(new)
    settle(present.parent)
    new.rename(aside)
    settle(present.parent)


def _in_one_step(one: Path, other: Path) -> bool:
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(AT_WORKING_FOLDER, os.fsencode(one), AT_WORKING_FOLDER, os.fsencode(other), EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
