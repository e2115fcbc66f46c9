"""PostgreSQL: its own pg_dump and pg_restore, on a snapshot that the counts are read from too."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from rohnamo.config.backup.asking import Ask
from rohnamo.config.backup.facts import Facts, read_facts
from rohnamo.config.backup.parts import Part, measured
from rohnamo.config.backup.progress import Show
from rohnamo.core.errors import Refused

DEBIAN = Path("/usr/lib/postgresql")
MAINTENANCE = "postgres"
LONGEST_NAME = 63
TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
)


class PostgreSQL:
    """A place is the name of a database on the server of the settings."""

    name = "postgresql"

    def __init__(self, kept: str, setting: Mapping[str, Any]) -> None:
        self.archive = f"{kept}.pgdump"
        self._database = str(setting["NAME"])
        self._password = str(setting.get("PASSWORD") or "")
        names = {"USER": "user", "HOST": "host", "PORT": "port"}
        options = {
            name: value for name, value in setting.get("OPTIONS", {}).items() if isinstance(value, str)
        }
        self._where = {
            ours: str(setting[name]) for name, ours in names.items() if setting.get(name)
        } | options

    def live(self, home: Path) -> str:  # noqa: ARG002 -- it lies on the server
        return self._database

    def beside(self, folder: Path, word: str) -> str:  # noqa: ARG002 -- as above
        return f"{self._database[: LONGEST_NAME - len(word) - 1]}_{word}"

    def exists(self, place: str) -> bool:
        if not self._is_there(place):
            return False
        with self.opened(place) as (_ask, tables):
            return bool(tables)

    def users(self, place: str) -> int:
        with self._connected(MAINTENANCE) as server:
            found = server.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
                [place],
            ).fetchone()
        return int(found[0]) if found else 0

    def snapshot(self, home: Path, archive: Path, show: Show) -> tuple[Part, Facts]:  # noqa: ARG002
        with self._connected(self._database, autocommit=False) as database:
            database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            dump = self._client(database, "pg_dump")
            row = database.execute("SELECT pg_export_snapshot()").fetchone()
            facts = read_facts(_asking(database), _tables(database))
            self._run(
                [dump, "--format=custom", f"--snapshot={row[0] if row else ''}", f"--file={archive}"],
                database=self._database, show=lambda: show(_size(archive), 0),
            )  # fmt: skip
        archive.chmod(0o600)
        return measured(archive), facts

    def restore(self, archive: Path, place: str, show: Show) -> None:
        self.remove(place)
        with self._connected(MAINTENANCE) as server:
            client = self._client(server, "pg_restore")
            self._create(server, place)
        arguments = [client, "--no-owner", "--no-acl", "--exit-on-error", "--jobs=2", str(archive)]
        self._run(arguments, database=place, show=lambda: show(0, 0))

    @contextmanager
    def opened(self, place: str) -> Iterator[tuple[Ask, list[str]]]:
        with self._connected(place) as database:
            yield _asking(database), _tables(database)

    def damage(self, place: str) -> list[str]:  # noqa: ARG002
        return []  # pg_restore has just built every index and checked every constraint anew

    def swap(self, place: str, home: Path, *, aside: str) -> str | None:  # noqa: ARG002
        before = self.beside(Path(), aside)
        rename = "ALTER DATABASE {} RENAME TO {}"
        with self._connected(MAINTENANCE, autocommit=False) as server:
            # Both in one transaction: there is no moment without a database of that name.
            is_there = self._is_there(self._database)
            if is_there:
                server.execute(_named(rename, self._database, before))
            server.execute(_named(rename, place, self._database))
            server.commit()
        return before if is_there else None

    def remove(self, place: str) -> None:
        with self._connected(MAINTENANCE) as server:
            server.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", place))

    def _is_there(self, place: str) -> bool:
        with self._connected(MAINTENANCE) as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [place])
            return found.fetchone() is not None

    def _create(self, server: psycopg.Connection[Any], place: str) -> None:
        try:
            server.execute(_named("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", place))
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                "A backup is called good only after it was restored, and the database role may not create a database "
                "to restore it into. Say once, as the server's administrator: ALTER ROLE … CREATEDB."
            ) from None

    def _connected(self, place: str, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(
                make_conninfo(dbname=place, **self._where),
                password=self._password or None,
                autocommit=autocommit,
            )
        except psycopg.OperationalError as problem:
            raise Refused(f"PostgreSQL does not answer. {' '.join(str(problem).split())}") from None

    def _client(self, server: psycopg.Connection[Any], program: str) -> str:
        needed = server.info.server_version // 10_000
        found = {version: path for path in _programs(program) if (version := _version(path))}
        fitting = [version for version in found if version >= needed]
        if fitting:
            return found[min(fitting)]
        present = f"The newest here is {max(found)}." if found else f"There is no {program} here."
        raise Refused(
            f"The server is PostgreSQL {needed}, and {program} must not be older. {present} "
            f"On Debian: apt install postgresql-client-{needed}"
        )

    def _run(self, arguments: list[str], *, database: str, show: Any) -> None:
        # The password goes by the environment: arguments are seen by everybody on the machine.
        environment = os.environ | ({"PGPASSWORD": self._password} if self._password else {})
        target = f"--dbname={make_conninfo(dbname=database, **self._where)}"
        with subprocess.Popen(
            [arguments[0], target, *arguments[1:]], env=environment, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                while process.poll() is None:
                    time.sleep(0.05)
                    show()
            except BaseException:
                process.kill()
                raise
            said = process.stderr.read().strip() if process.stderr else ""
        if process.returncode:
            raise OSError(f"{Path(arguments[0]).name} ended with {process.returncode}. {said[-600:]}")


def _asking(database: psycopg.Connection[Any]) -> Ask:
    return lambda query: database.execute(query).fetchall()


def _tables(database: psycopg.Connection[Any]) -> list[str]:
    return [name for (name,) in database.execute(TABLES).fetchall()]


def _named(statement: LiteralString, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*(sql.Identifier(name) for name in names))


def _programs(program: str) -> list[str]:
    on_path = [
        str(Path(folder) / program) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder
    ]
    return [
        path for path in [*on_path, *map(str, DEBIAN.glob(f"*/bin/{program}"))] if os.access(path, os.X_OK)
    ]


def _version(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", said)
    return int(found.group(1)) if found else 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
