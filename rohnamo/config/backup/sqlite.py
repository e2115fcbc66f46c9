"""SQLite: its own online copy, while the house writes."""

import gzip
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

from rohnamo.config.backup.asking import Ask
from rohnamo.config.backup.facts import Facts, read_facts
from rohnamo.config.backup.parts import Measured, Part, chunks
from rohnamo.config.backup.progress import Show
from rohnamo.core.errors import Refused

PAGES_AT_ONCE = 2_048
TIMEOUT_SECONDS = 60
# Most of a page is ciphertext and hashes: higher levels take three times as long and save a twentieth.
LEVEL = 2
SIDES = ("-wal", "-shm", "-journal")


class SQLite:
    """A place is the path of a file."""

    name = "sqlite"

    def __init__(self, kept: str, setting: Mapping[str, Any]) -> None:
        self.archive = f"{kept}.sqlite3.gz"
        self._file = Path(str(setting["NAME"])).name

    def live(self, home: Path) -> str:
        return str(home / "data" / self._file)

    def beside(self, folder: Path, word: str) -> str:  # noqa: ARG002 -- a folder tells copies apart already
        return str(folder / "data" / self._file)

    def exists(self, place: str) -> bool:
        if not Path(place).exists():
            return False
        try:
            with self.opened(place) as (_ask, tables):
                return bool(tables)
        except sqlite3.DatabaseError:
            return True  # damaged, but somebody's

    def users(self, place: str) -> int:
        """1 when anybody has it open: leaving write-ahead mode takes the file for oneself alone, or fails."""
        with closing(sqlite3.connect(place, timeout=2, isolation_level=None)) as database:
            try:
                return int(database.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete")
            except sqlite3.OperationalError:
                return 1
            except sqlite3.DatabaseError:
                return 0  # so damaged that nobody can work with it

    def snapshot(self, home: Path, archive: Path, show: Show) -> tuple[Part, Facts]:
        copy = archive.with_suffix("")
        _copy(self.live(home), copy, show)
        with self.opened(str(copy)) as (ask, tables):
            facts = read_facts(ask, tables)
        with (
            Measured(archive) as target,
            copy.open("rb") as plain,
            gzip.GzipFile("", "wb", LEVEL, cast(Any, target), 0) as packed,
        ):
            for chunk in chunks(plain):
                packed.write(chunk)
        self.remove(str(copy))
        return target.part, facts

    def restore(self, archive: Path, place: str, show: Show) -> None:
        whole = archive.stat().st_size
        Path(place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            archive.open("rb") as packed,
            gzip.GzipFile(fileobj=packed) as plain,
            Measured(Path(place)) as target,
        ):
            for chunk in chunks(plain):
                target.write(chunk)
                show(packed.tell(), whole)

    @contextmanager
    def opened(self, place: str) -> Iterator[tuple[Ask, list[str]]]:
        with closing(sqlite3.connect(f"file:{place}?mode=rw", uri=True, timeout=TIMEOUT_SECONDS)) as database:
            names = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
            )
            yield database.execute, [name for (name,) in names]

    def damage(self, place: str) -> list[str]:
        with closing(sqlite3.connect(f"file:{place}?mode=rw", uri=True, timeout=TIMEOUT_SECONDS)) as database:
            said = [str(line) for (line,) in database.execute("PRAGMA integrity_check(20)")]
            loose = [str(row[0]) for row in database.execute("PRAGMA foreign_key_check").fetchmany(20)]
        return [line for line in said if line != "ok"] + [
            f"A row of {table} points to one that is not there." for table in sorted(set(loose))
        ]

    def swap(self, place: str, home: Path, *, aside: str) -> str | None:  # noqa: ARG002
        return None  # the file lies in the home's folder and moves with it

    def remove(self, place: str) -> None:
        for ending in ("", *SIDES):
            Path(place + ending).unlink(missing_ok=True)


def _copy(live: str, copy: Path, show: Show) -> None:
    if not Path(live).exists():
        raise Refused(f"There is no database at {live}. Is ROHNAMO_HOME the right folder?")
    with (
        closing(sqlite3.connect(f"file:{live}?mode=rw", uri=True, timeout=TIMEOUT_SECONDS)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        copy.chmod(0o600)
        source.isolation_level = None
        # A reader of its own holds this moment still: without it the copy would begin anew after each write of others.
        # In write-ahead mode a reader keeps no writer waiting.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(
            target,
            pages=PAGES_AT_ONCE,
            progress=lambda _status, left, whole: show(whole - left, whole),
            sleep=0,
        )
        target.execute("PRAGMA journal_mode=DELETE")
