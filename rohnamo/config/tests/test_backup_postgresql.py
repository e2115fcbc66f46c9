"""The same on PostgreSQL: runs when the tests do, on databases of its own beside the one of the tests."""

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
import psycopg
import pytest
from django.conf import settings

from rohnamo.config.backup import manifest
from rohnamo.config.backup.make import make
from rohnamo.config.backup.restore import restore
from rohnamo.config.tests.conftest import FILL
from rohnamo.core import keys
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.home import REPOSITORY

URL = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not URL.startswith("postgres"), reason="The tests do not run on PostgreSQL.")
WRITE = "INSERT INTO core_clockround (work, done_at) SELECT 'w' || clock_timestamp(), now() FROM generate_series(1, 1)"


@dataclass(frozen=True)
class Mission:
    """A home whose database is on the server."""

    home: Path
    name: str

    def ask(self, statement: str, database: str = "") -> list[tuple[object, ...]]:
        with psycopg.connect(url_of(database or self.name), autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def databases(self) -> list[str]:
        found = self.ask(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.name}%' ORDER BY 1")
        return [str(name) for (name,) in found]


def url_of(database: str) -> str:
    return urlunsplit(urlsplit(URL)._replace(path=f"/{database}"))


def drop_all(like: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        names = server.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{like}%"]
        ).fetchall()
        for (name,) in names:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mission]:
    mission = Mission(tmp_path_factory.mktemp("filled-pg") / "home", f"backup_{secrets.token_hex(4)}")
    mission.home.mkdir(mode=0o700)
    mission.ask(f'CREATE DATABASE "{mission.name}"', "postgres")
    environment = os.environ | {"ROHNAMO_HOME": str(mission.home), "DATABASE_URL": url_of(mission.name)}
    subprocess.run([sys.executable, "-c", FILL], env=environment, cwd=REPOSITORY, check=True)
    yield mission
    drop_all(mission.name)


@pytest.fixture
def mission(filled: Mission, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mission]:
    monkeypatch.setenv("ROHNAMO_HOME", str(filled.home))
    monkeypatch.setenv("DATABASE_URL", url_of(filled.name))
    monkeypatch.setitem(settings.DATABASES, "default", dict(dj_database_url.parse(url_of(filled.name))))
    monkeypatch.setattr(settings, "MIGRATION_MODULES", {})  # pytest --nomigrations hides them
    keys.forget_cached()
    yield filled
    keys.forget_cached()


def test_given_a_home_on_postgresql_when_it_is_backed_up_and_restored_then_the_new_database_has_the_old_name(
    mission: Mission, tmp_path: Path
) -> None:
    path, made = make(mission.home, tmp_path / "backups")
    left = mission.databases()
    mission.ask("DELETE FROM people_phone")

    done = restore(path, mission.home, keys_from=None, over=True)

    assert [(one.kind, one.archive) for one in made.databases] == [("postgresql", "main.pgdump")]
    assert (made.rows("people_person"), made.rows("deliveries_delivery"), made.files) == (20, 20, 2)
    assert set(made.opened) == {"data", "callback"}
    assert left == [mission.name]
    assert mission.ask("SELECT count(*) FROM people_phone") == [(20,)]
    [before] = [name for name in mission.databases() if name != mission.name]
    assert mission.ask("SELECT count(*) FROM people_phone", before) == [(0,)]
    assert done.aside[-1] == f"the database {before}"
    assert mission.ask("SELECT count(*) FROM core_auditentry WHERE verb = 'house.restore'") == [(1,)]
    mission.ask(f'DROP DATABASE "{before}"', "postgres")


def test_given_others_who_write_when_a_backup_is_made_then_counts_and_dump_are_of_one_moment(
    mission: Mission, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        with psycopg.connect(url_of(mission.name), autocommit=True) as connection:
            while not stop.is_set():
                connection.execute(WRITE)  # type: ignore[arg-type]

    writer = threading.Thread(target=write)
    writer.start()

    rows = [make(mission.home, tmp_path / f"backups-{n}")[1].rows("core_clockround") for n in range(3)]
    stop.set()
    writer.join()

    assert rows == sorted(rows)
    assert rows[0] < rows[-1] <= mission.ask("SELECT count(*) FROM core_clockround")[0][0]  # type: ignore[operator]


def test_given_a_database_that_others_use_when_a_backup_is_restored_then_it_is_refused_and_stays(
    mission: Mission, tmp_path: Path
) -> None:
    path, _made = make(mission.home, tmp_path / "backups")

    with (
        psycopg.connect(url_of(mission.name)),
        pytest.raises(Refused, match="The main database is open elsewhere"),
    ):
        restore(path, mission.home, keys_from=None, over=True)

    assert mission.databases() == [mission.name]


def test_given_a_dump_with_one_byte_changed_or_a_backup_of_sqlite_when_it_is_restored_then_it_is_refused(
    mission: Mission, tmp_path: Path
) -> None:
    path, _made = make(mission.home, tmp_path / "backups")
    dump = path / "main.pgdump"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)

    with pytest.raises(WrongData, match=r"main\.pgdump was changed"):
        restore(path, mission.home, keys_from=None, over=True)
    text = (path / manifest.NAME).read_text()
    (path / manifest.NAME).write_text(text.replace('"postgresql"', '"sqlite"'))
    with pytest.raises(
        Refused, match="This backup is of SQLite, and this installation works with PostgreSQL"
    ):
        restore(path, mission.home, keys_from=None, over=True)

    assert mission.databases() == [mission.name]


def test_given_a_client_that_is_missing_or_older_when_a_backup_is_made_then_the_sentence_says_which_is_needed(
    mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rohnamo.config.backup.postgresql.DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        Refused, match=r"There is no pg_dump here\. On Debian: apt install postgresql-client-"
    ):
        make(mission.home, tmp_path / "backups")
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o700)

    with pytest.raises(Refused, match=r"must not be older\. The newest here is 9\."):
        make(mission.home, tmp_path / "backups")

    assert list((tmp_path / "backups").iterdir()) == []
