"""The databases of a home as data, and what a kind of database must be able to do to be kept."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from django.conf import settings

from rohnamo.config.backup.asking import Ask
from rohnamo.config.backup.facts import Facts
from rohnamo.config.backup.parts import Part
from rohnamo.config.backup.postgresql import PostgreSQL
from rohnamo.config.backup.progress import Show
from rohnamo.config.backup.sqlite import SQLite


@dataclass(frozen=True)
class Kept:
    """name: in the backup. alias: in the settings. variable: names its PostgreSQL in the environment."""

    name: str
    alias: str
    variable: str


# A second database is a second line here.
DATABASES = (Kept("main", "default", "DATABASE_URL"),)
# What a full disk, a lost server or a foreign file raises, in both kinds.
WRITING_FAILS = (OSError, EOFError, zlib.error, sqlite3.Error, psycopg.Error)


class Kind(Protocol):
    """A kind of database. A place is where one lies: the path of a file, or a name on the server."""

    name: str
    archive: str

    def live(self, home: Path) -> str:
        """The place of the database that a home works with."""

    def beside(self, folder: Path, word: str) -> str:
        """A place for a copy that nobody works with yet."""

    def exists(self, place: str) -> bool:
        """Whether somebody has put tables there."""

    def users(self, place: str) -> int:
        """How many have it open at this moment, as far as can be told."""

    def snapshot(self, home: Path, archive: Path, show: Show) -> tuple[Part, Facts]:
        """Write the database as it is at one moment, while others go on writing to it."""

    def restore(self, archive: Path, place: str, show: Show) -> None:
        """Fill a new place from an archive."""

    def opened(self, place: str) -> AbstractContextManager[tuple[Ask, list[str]]]:
        """Something to ask, and the tables that are there."""

    def damage(self, place: str) -> list[str]:
        """What the database itself finds wrong with a place."""

    def swap(self, place: str, home: Path, *, aside: str) -> str | None:
        """Put a place where the home looks for it. Returns where the one of before lies now, if there was one."""

    def remove(self, place: str) -> None:
        """Forget a place, if it is there."""


def kinds() -> Iterator[tuple[Kept, Kind]]:
    """Every database of this house with what can keep it."""
    for kept in DATABASES:
        setting = settings.DATABASES[kept.alias]
        is_sqlite = setting["ENGINE"].endswith("sqlite3")
        yield kept, SQLite(kept.name, setting) if is_sqlite else PostgreSQL(kept.name, setting)
