"""Keys: copied apart from the data, told by a mark that gives nothing away, looked for where a restore is told to."""

import hashlib
import hmac
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rohnamo.config.backup.parts import settle
from rohnamo.core import keys
from rohnamo.core.errors import KeyMissing, Refused

MARK_OF = b"rohnamo backup: which key is this"
PREFIX = "keys-"
OTHERS_MAY = 0o077


def marks(folder: Path) -> dict[str, str]:
    """Key file → mark: a keyed hash of a fixed sentence. It tells two keys apart and says nothing of either."""
    return {
        path.name: hmac.digest(path.read_bytes(), MARK_OF, hashlib.sha256)[:8].hex()
        for path in sorted(folder.glob("*.key"))
        if _ring(path.name) in keys.RINGS
    }


def keep(live: Path, target: Path) -> Path:
    """Copy the keys of a home into a folder of their own below `target`. The same keys are kept once."""
    _require_private(target)
    known = "".join(marks(live).values())
    if not known:
        raise KeyMissing(f"There are no keys in {live}. Nothing was copied.")
    kept = target / f"{PREFIX}{hashlib.sha256(known.encode()).hexdigest()[:12]}"
    if kept.is_dir() and marks(kept) == marks(live):
        return kept
    draft = target / f".{kept.name}.{secrets.token_hex(4)}"
    copy(live, draft)
    shutil.rmtree(kept, ignore_errors=True)
    draft.rename(kept)
    settle(target)
    return kept


def copy(source: Path, target: Path) -> None:
    """Every key, readable by its owner only."""
    target.mkdir(mode=0o700, parents=True)
    for path in sorted(source.glob("*.key")):
        handle = os.open(target / path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(path.read_bytes())
            written.flush()
            os.fsync(written.fileno())
    settle(target)


def fitting(folder: Path, wanted: Mapping[str, str]) -> Path:
    """The folder, at `folder` or one below it, whose keys are those that a backup was made with.

    Raises KeyMissing and names each key that is missing or another one, in the folder that comes closest.
    """
    places = [path for path in [folder, *sorted(folder.glob(f"{PREFIX}*"))] if marks(path)]
    if not places:
        raise KeyMissing(f"There are no keys in {folder}. Without its keys a backup is not readable.")
    wrong = {path: _wrong(marks(path), wanted) for path in places}
    best = min(places, key=lambda path: len(wrong[path]))
    if wrong[best]:
        raise KeyMissing(
            f"The keys in {best} are not those that this backup was made with: {', '.join(wrong[best])}. "
            "Name the folder of the right ones with --keys-from."
        )
    return best


@contextmanager
def home_at(path: Path) -> Iterator[None]:
    """Let core look for its home, and the keys in it, somewhere else for a while. For a command that does one thing."""
    before = os.environ.get("ROHNAMO_HOME")
    os.environ["ROHNAMO_HOME"] = str(path)
    keys.forget_cached()
    try:
        yield
    finally:
        keys.forget_cached()
        os.environ.pop("ROHNAMO_HOME")
        if before is not None:
            os.environ["ROHNAMO_HOME"] = before


def _ring(name: str) -> str:
    return name.rsplit("-", 1)[0]


def _wrong(present: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    return [
        f"{name} is {'another key' if name in present else 'missing'}"
        for name, mark in sorted(wanted.items())
        if present.get(name) != mark
    ]


def _require_private(target: Path) -> None:
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.stat().st_mode & OTHERS_MAY:
        raise Refused(
            f"Others on this machine may look into {target}. Keys are written only where nobody else may: "
            f"chmod 700 {target}"
        )
