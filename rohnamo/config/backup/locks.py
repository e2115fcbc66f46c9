"""Who works in a home at the moment: a lock that ends with the process that holds it, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rohnamo.core.errors import Refused

SERVING = "serving.lock"
BACKUP = "backup.lock"


@contextmanager
def held(home: Path, name: str, *, otherwise: str, shared: bool = False) -> Iterator[None]:
    """Hold a lock of a home. Raises Refused with the sentence `otherwise` when others hold it."""
    handle = os.open(home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Refused(otherwise) from None
    try:
        yield
    finally:
        os.close(handle)


def serving(home: Path) -> AbstractContextManager[None]:
    """What a server holds as long as it runs; many may, but none during a restore."""
    return held(
        home,
        SERVING,
        shared=True,
        otherwise="A backup is being restored into this home. Wait until it is done.",
    )
