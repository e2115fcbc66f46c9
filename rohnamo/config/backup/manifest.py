"""The manifest: written last, so that a folder with a manifest is a whole backup, and sealed with the match key."""

import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from rohnamo.config.backup.parts import Part, settle
from rohnamo.core import keys
from rohnamo.core.errors import Refused, WrongData

FORMAT = 1
NAME = "manifest.json"
PURPOSE = "backup.manifest"


@dataclass(frozen=True)
class KeptDatabase:
    """What was in a database: rows by table, and the migrations that had been done."""

    name: str
    kind: str
    archive: str
    rows: dict[str, int]
    migrations: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """version: of Rohnamo. taken_at: the moment that the databases show. day: the same in the mission's time zone.

    keys: key file → mark. damaged: stored files that were damaged in the home already. opened: ring → how many
    sealed values were opened in the restored copy. seal: keyed hash of all the rest.
    """

    mission: str
    version: str
    taken_at: str
    day: str
    databases: tuple[KeptDatabase, ...]
    parts: tuple[Part, ...]
    files: int
    keys: dict[str, str]
    opened: dict[str, int] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    format: int = FORMAT
    seal: str = ""

    @property
    def on(self) -> date:
        """The day of the backup."""
        return date.fromisoformat(self.day)

    def rows(self, table: str) -> int:
        """How many rows a table has, in whichever database it is."""
        return sum(one.rows.get(table, 0) for one in self.databases)


def write(folder: Path, manifest: Manifest) -> None:
    """Seal and write a manifest, whole or not at all."""
    sealed = replace(manifest, seal=_seal(manifest))
    draft = folder / f".{NAME}.{secrets.token_hex(4)}"
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as handle:
        json.dump(asdict(sealed), handle, ensure_ascii=False, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    draft.rename(folder / NAME)
    settle(folder)


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises Refused where there is none, WrongData where it cannot be read."""
    path = folder / NAME
    if not path.is_file():
        raise Refused(_nothing_there(folder))
    try:
        return _from(json.loads(path.read_bytes()))
    except (ValueError, TypeError, KeyError) as problem:
        raise WrongData(f"{path} cannot be read: {problem}. Take another backup.") from None


def require_unchanged(manifest: Manifest) -> None:
    """Raises WrongData when the manifest is not what was written. Call it where the backup's own keys lie."""
    if not hmac.compare_digest(_seal(manifest), manifest.seal):
        raise WrongData(
            f"{NAME} was changed since it was written: its seal does not fit. Take another backup."
        )


def backups(folder: Path, *, mission: str | None = None) -> Iterator[tuple[Path, Manifest]]:
    """Whole backups of a folder (of one mission), oldest first."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(".") or not (path / NAME).is_file():
            continue
        manifest = read(path)
        if mission in (None, manifest.mission):
            found.append((path, manifest))
    yield from sorted(found, key=lambda one: one[1].taken_at)


def day_of(taken_at: str) -> str:
    """The day of a moment where the mission works."""
    return timezone.localdate(datetime.fromisoformat(taken_at)).isoformat()


def _seal(manifest: Manifest) -> str:
    plain = json.dumps(asdict(replace(manifest, seal="")), sort_keys=True, ensure_ascii=False)
    return keys.keyed_hash(plain, purpose=PURPOSE).hex()


def _from(read_in: dict[str, Any]) -> Manifest:
    if read_in["format"] != FORMAT:
        raise Refused(
            f"This backup is of format {read_in['format']}; this Rohnamo reads {FORMAT}. Use the one that made it."
        )
    databases = tuple(
        KeptDatabase(**{**one, "migrations": tuple(one["migrations"])}) for one in read_in["databases"]
    )
    parts = tuple(Part(**one) for one in read_in["parts"])
    rest = {"databases": databases, "parts": parts, "damaged": tuple(read_in["damaged"])}
    return Manifest(**{**read_in, **rest})


def _nothing_there(folder: Path) -> str:
    if folder.name.startswith("."):
        return f"{folder} is a backup that was never finished. Nothing was restored."
    whole = [path.name for path, _manifest in backups(folder)]
    if whole:
        return f"{folder} holds {len(whole)} backups. Name one of them; the newest is {folder / whole[-1]}"
    return f"There is no whole backup at {folder}: it has no {NAME}. Nothing was restored."
