"""Making a backup, in the order that makes it one: databases, files, the check, and last the manifest."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from django.utils import timezone

from rohnamo.config.backup import check, journal, keyring, locks, manifest, stored
from rohnamo.config.backup.asking import moment
from rohnamo.config.backup.databases import WRITING_FAILS, kinds
from rohnamo.config.backup.facts import Facts, stored_files
from rohnamo.config.backup.manifest import KeptDatabase, Manifest
from rohnamo.config.backup.parts import Part, settle
from rohnamo.config.backup.progress import steps
from rohnamo.config.backup.thinning import HALF
from rohnamo.core.errors import Refused

# A file may be deleted between the moment of the databases and its turn; then both are read anew.
MOST_ATTEMPTS = 5


def make(home: Path, target: Path) -> tuple[Path, Manifest]:
    """Make a backup of a home into a folder of its own below `target`; it bears a name only once it was restored.

    Raises Refused when it cannot be written and WrongData when its check fails; nothing is left of it then.
    """
    with (
        locks.held(home, locks.BACKUP, otherwise="A backup or a restore of this home is under way already."),
        _half(home, target) as half,
    ):
        sweep(home, target)
        half.mkdir(mode=0o700)
        made, deeds = _written(home, half)
        manifest.write(half, made)
        journal.add(target, deeds)
        name = f"{made.mission or 'home'}-{timezone.localtime():%Y-%m-%d-%H%M%S}"
        half.rename(target / name)
        settle(target)
    return target / name, made


def sweep(home: Path, target: Path) -> None:
    """Remove what earlier runs that were killed have left. Call it under the lock of the home."""
    for path in target.glob(f"{HALF}{_mark(home)}*"):
        shutil.rmtree(path)
    for _kept, kind in kinds():
        kind.remove(kind.beside(target / f"{HALF}{_mark(home)}", "check"))


@contextmanager
def _half(home: Path, target: Path) -> Iterator[Path]:
    half = target / f"{HALF}{_mark(home)}"
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield half
    except WRITING_FAILS as problem:
        raise Refused(
            f"The backup could not be finished: {problem}. Nothing of it is left; earlier ones are untouched."
        ) from problem
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _written(home: Path, half: Path) -> tuple[Manifest, list[journal.Line]]:
    for _attempt in range(MOST_ATTEMPTS):
        taken_at = moment(timezone.now())
        databases, parts, facts = _databases(home, half)
        wanted = {digest: size for one in facts for digest, size in one.files.items()}
        files, missing = stored.pack(home, wanted, half / stored.ARCHIVE, steps("stored files"))
        if not _deleted_meanwhile(home, missing):
            break
        for part in (*parts, files):
            (half / part.name).unlink()
    else:
        raise Refused(
            "Files were deleted each time while the backup was made. Make it when less is going on."
        )
    made = Manifest(
        mission=next((one.mission for one in facts if one.mission), ""), version=version("rohnamo"), taken_at=taken_at,
        day=manifest.day_of(taken_at), databases=databases, parts=(*parts, files), files=len(wanted),
        keys=keyring.marks(home / "keys"),
    )  # fmt: skip
    return _checked(made, half, wanted), [line for one in facts for line in one.deeds]


def _databases(home: Path, half: Path) -> tuple[tuple[KeptDatabase, ...], list[Part], list[Facts]]:
    databases, parts, facts = [], [], []
    for kept, kind in kinds():
        part, fact = kind.snapshot(home, half / kind.archive, steps(f"{kept.name} database"))
        databases.append(KeptDatabase(kept.name, kind.name, kind.archive, fact.rows, fact.migrations))
        parts.append(part)
        facts.append(fact)
    return tuple(databases), parts, facts


def _deleted_meanwhile(home: Path, missing: list[str]) -> bool:
    """Whether a file is not there because its row is gone too. A row without its file is damage, and found by the check."""
    if not missing:
        return False
    known: set[str] = set()
    for _kept, kind in kinds():
        with kind.opened(kind.live(home)) as (ask, tables):
            known.update(stored_files(ask) if "core_storedfile" in tables else ())
    return not known.issuperset(missing)


def _checked(made: Manifest, half: Path, wanted: dict[str, int]) -> Manifest:
    """Restore every database beside the backup and compare. The home's own keys open it; they are not copied here."""
    check.require_whole(half, made.parts)
    scratch, copies = half / "scratch", []
    with ExitStack() as afterwards:
        afterwards.callback(shutil.rmtree, scratch, ignore_errors=True)
        for (kept, kind), database in zip(kinds(), made.databases, strict=True):
            place = kind.beside(scratch, "check")
            afterwards.callback(kind.remove, place)
            kind.restore(
                half / database.archive, place, steps(f"{kept.name} database, restored to be checked")
            )
            copies.append(check.require_same(database, kind, place))
        damaged = check.damage_in(stored.packed(half / stored.ARCHIVE), wanted, copies)
    return replace(made, opened=check.opened_by_ring(copies), damaged=damaged)


def _mark(home: Path) -> str:
    """Several homes may keep their backups in one folder."""
    return hashlib.sha256(str(home).encode()).hexdigest()[:8]
