"""Restoring: everything is built and checked beside the home, and only then takes its place."""

import filecmp
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from rohnamo.config.backup import check, journal, keyring, locks, manifest, stored, swap
from rohnamo.config.backup.databases import WRITING_FAILS, Kept, Kind, kinds
from rohnamo.config.backup.manifest import KeptDatabase, Manifest
from rohnamo.config.backup.progress import steps
from rohnamo.core.errors import Refused, WrongData

MARK = "restoring.lock"
# What may stand in a home before a backup is put there: the keys, brought apart from it, and what marks who is at work.
_OF_A_NEW_HOME = {"keys", MARK, locks.BACKUP, locks.SERVING}
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

# Where each database was restored to.
Places = list[tuple[Kept, Kind, str]]


@dataclass(frozen=True)
class Restored:
    """aside: where what was there before lies now. done, by_hand: deeds since the backup. damaged: known before."""

    manifest: Manifest
    aside: tuple[str, ...] = ()
    done: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)


def restore(source: Path, home: Path, *, keys_from: Path | None, over: bool) -> Restored:
    """Put a backup in the place of a home. Until the last step nothing of the home is touched.

    Raises Refused or WrongData, in one sentence, for anything that is not as it must be.
    """
    wanted = manifest.read(source)
    _require_readable(wanted)
    check.require_whole(source, wanted.parts)
    keys = keyring.fitting(keys_from or home / "keys", wanted.keys)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    swap.require_movable(home)
    _require_free(home, over=over)
    with _alone(home), _beside(home) as beside:
        keyring.copy(keys, beside / "keys")
        with keyring.home_at(beside):
            places, known = _rebuilt(source, wanted, beside)
            deeds = _deeds_since(source, home, wanted, known=known)
        said = _reopened(beside, places, {"backup": source.name, "deeds": deeds})
        aside = _take_place(beside, home, places)
    return Restored(wanted, aside, said["done"], said["by_hand"])


def _require_readable(wanted: Manifest) -> None:
    """Of the kind of database that is set up here, and not from a newer Rohnamo than this one."""
    known = {".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    for (_kept, kind), database in zip(kinds(), wanted.databases, strict=True):
        if kind.name != database.kind:
            raise Refused(
                f"This backup is of {KINDS[database.kind]}, and this installation works with {KINDS[kind.name]}. "
                "One is not restored into the other: set or unset DATABASE_URL accordingly."
            )
        if strange := sorted(set(database.migrations) - known):
            raise Refused(
                f"This backup was made by Rohnamo {wanted.version}, which is newer: {strange[0]} is not known here. "
                "Install that version first."
            )


def _require_free(home: Path, *, over: bool) -> None:
    if not over and any(kind.exists(kind.live(home)) for _kept, kind in kinds()):
        raise Refused(
            f"A mission lives in {home}. To put the backup in its place, stop the server and add --over."
        )
    if not over and home.is_dir() and {path.name for path in home.iterdir()} - _OF_A_NEW_HOME:
        raise Refused(
            f"{home} is not empty. Name an empty folder, or add --over to have what is in it moved aside."
        )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    running = f"A server is running in {home}. Stop it first."
    other = "A backup or a restore of this home is under way already."
    with locks.held(home, locks.BACKUP, otherwise=other), locks.held(home, locks.SERVING, otherwise=running):
        connections.close_all()
        _require_unused(home)
        yield


def _require_unused(home: Path) -> None:
    for kept, kind in kinds():
        place = kind.live(home)
        if kind.exists(place) and (users := kind.users(place)):
            raise Refused(
                f"The {kept.name} database is open elsewhere ({users}). Stop whatever uses it first."
            )


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A folder beside the home to build in. What earlier runs that were killed have left goes first."""
    for left in home.parent.glob(f".{home.name}.restoring-*"):
        # Without the mark it is the home of before, from a run that was killed after the last step: that one is kept.
        if (left / MARK).exists():
            shutil.rmtree(left)
    beside = home.parent / f".{home.name}.restoring-{timezone.localtime():%Y%m%d%H%M%S}"
    try:
        beside.mkdir(mode=0o700)
        (beside / MARK).touch()
        yield beside
    except WRITING_FAILS as problem:
        raise Refused(f"The backup could not be restored: {problem}. {home} is as it was.") from problem
    finally:
        if (beside / MARK).exists():
            shutil.rmtree(beside, ignore_errors=True)
            for _kept, kind in kinds():
                kind.remove(kind.beside(beside, "restored"))


def _rebuilt(source: Path, wanted: Manifest, beside: Path) -> tuple[Places, list[journal.Line]]:
    """Build and check a home. Returns its databases and the deeds that they know of."""
    manifest.require_unchanged(wanted)
    places: Places = []
    copies = []
    for (kept, kind), database in zip(kinds(), wanted.databases, strict=True):
        places.append((kept, kind, kind.beside(beside, "restored")))
        copies.append(_restored_database(source, database, places[-1]))
    stored.unpack(source / stored.ARCHIVE, beside)
    files = {digest: size for copy in copies for digest, size in copy.facts.files.items()}
    news = sorted(set(check.damage_in(stored.unpacked(beside), files, copies)) - set(wanted.damaged))
    if news:
        raise WrongData(
            f"The restored home is damaged. {' '.join(news[: check.MOST_NAMED])} Nothing was changed."
        )
    return places, [line for copy in copies for line in copy.facts.deeds]


def _restored_database(source: Path, database: KeptDatabase, place: tuple[Kept, Kind, str]) -> check.Copy:
    kept, kind, where = place
    kind.restore(source / database.archive, where, steps(f"{kept.name} database"))
    return check.require_same(database, kind, where)


def _deeds_since(
    source: Path, home: Path, wanted: Manifest, *, known: list[journal.Line]
) -> list[journal.Line]:
    """From the journal beside the backups, and from the home that is to be replaced, as far as it can be read."""
    lines = journal.read(source.parent)
    for _kept, kind in kinds():
        if kind.exists(place := kind.live(home)):
            try:
                with kind.opened(place) as (ask, tables):
                    lines += journal.deeds(ask, tables)
            except sqlite3.DatabaseError:
                continue  # a damaged database is what a backup is restored for
    return journal.since(lines, wanted.taken_at, known=known)


def _reopened(beside: Path, places: Places, asked: dict[str, object]) -> dict[str, list[str]]:
    environment = os.environ | {"ROHNAMO_HOME": str(beside)}
    for kept, kind, place in places:
        if kind.name == "postgresql":
            url = urlsplit(os.environ[kept.variable])
            environment[kept.variable] = urlunsplit(url._replace(path=f"/{place}"))
    done = subprocess.run(
        [sys.executable, "-m", "rohnamo.config.backup.reopen"],
        env=environment, input=json.dumps(asked), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise Refused(f"The restored home could not be opened, and nothing was changed: {last}")
    said: dict[str, list[str]] = json.loads(done.stdout)
    return said


def _take_place(beside: Path, home: Path, places: Places) -> tuple[str, ...]:
    """The one step. A home of before is kept beside the new one, unless there was nothing in it that is not in the new."""
    _require_unused(home)
    stamp = f"{timezone.localtime():%Y%m%d%H%M%S}"
    aside = home.with_name(f"{home.name}.before-{stamp}")
    databases: list[tuple[Kind, str | None]] = []
    try:
        for _kept, kind, place in places:
            databases.append((kind, kind.swap(place, home, aside=f"before_{stamp}")))
        swap.exchange(beside, home, aside)
    except BaseException:
        # Databases on a server move by themselves: they must not stay behind alone.
        for kind, before in databases:
            if before:
                kind.swap(before, home, aside="restored")
        raise
    (home / MARK).unlink()
    kept = [f"the database {name}" for _kind, name in databases if name]
    if _is_in(aside, home):
        shutil.rmtree(aside)
        return tuple(kept)
    return (str(aside), *kept)


def _is_in(old: Path, new: Path) -> bool:
    # Locks and the web key are made by looking into a home; nothing is lost with them.
    made = ("*.lock", "web.key")
    present = [
        path.relative_to(old)
        for path in old.rglob("*")
        if path.is_file() and not any(path.match(name) for name in made)
    ]
    return all(
        (new / path).is_file() and filecmp.cmp(old / path, new / path, shallow=False) for path in present
    )
