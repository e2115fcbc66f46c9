"""What a database holds, and what a restored one is compared by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.apps import apps

from rohnamo.config.backup import journal
from rohnamo.config.backup.asking import Ask
from rohnamo.core import keys
from rohnamo.core.errors import KeyMissing
from rohnamo.core.fields import EncryptedText

SAMPLES = 3


@dataclass(frozen=True)
class Facts:
    """rows: table → number of rows. migrations: as in "people.0001_foundation". files: digest → size of the content.

    deeds: what the journal keeps of it.
    """

    rows: dict[str, int]
    migrations: tuple[str, ...]
    mission: str = ""
    files: dict[str, int] = field(default_factory=dict)
    deeds: tuple[journal.Line, ...] = ()


def read_facts(ask: Ask, tables: list[str]) -> Facts:
    """Everything that a restored database is compared by."""
    rows = {table: int(_single(ask, f'SELECT count(*) FROM "{table}"')) for table in sorted(tables)}  # noqa: S608
    done = ask("SELECT app, name FROM django_migrations") if "django_migrations" in rows else ()
    return Facts(
        rows=rows,
        migrations=tuple(sorted({f"{app}.{name}" for app, name in done})),
        mission=_mission(ask) if "projects_missionprofile" in rows else "",
        files=stored_files(ask) if "core_storedfile" in rows else {},
        deeds=journal.deeds(ask, rows),
    )


def open_samples(ask: Ask, tables: Iterable[str]) -> tuple[dict[str, int], list[str]]:
    """Open some values of every encrypted column. Returns how many of each ring opened, and a sentence for each that did not.

    The first and the last ones: they were written with the oldest and the newest key.
    """
    opened: dict[str, int] = {}
    sealed_shut = []
    for column in _encrypted(set(tables)):
        for row, value in _sample(ask, column):
            try:
                keys.decrypt(bytes(value), ring=column.ring, context=column.context)
            except KeyMissing as problem:
                sealed_shut.append(str(problem))
            # The cipher's own exception is the only news here: the value, the key, or both are others.
            except Exception:  # noqa: BLE001
                sealed_shut.append(f"{column.context}, row {row}, does not open with the {column.ring} key.")
            else:
                opened[column.ring] = opened.get(column.ring, 0) + 1
    return opened, sorted(set(sealed_shut))


def _encrypted(tables: set[str]) -> list[EncryptedText]:
    return [
        column
        for model in apps.get_models()
        for column in model._meta.local_fields
        if isinstance(column, EncryptedText) and model._meta.db_table in tables
    ]


def _sample(ask: Ask, column: EncryptedText) -> list[tuple[object, bytes]]:
    table = column.model._meta.db_table
    primary, name = column.model._meta.pk.column, column.column
    query = f'SELECT "{primary}", "{name}" FROM "{table}" WHERE length("{name}") > 0 ORDER BY "{primary}"'  # noqa: S608
    found = [*ask(f"{query} LIMIT {SAMPLES}"), *ask(f"{query} DESC LIMIT {SAMPLES}")]
    return list({row: (row, value) for row, value in found}.values())


def stored_files(ask: Ask) -> dict[str, int]:
    """Digest → size of the content, of every file that a database knows."""
    return {digest: int(size) for digest, size in ask("SELECT digest, size_bytes FROM core_storedfile")}


def _mission(ask: Ask) -> str:
    return next((str(code) for (code,) in ask("SELECT code FROM projects_missionprofile")), "")


def _single(ask: Ask, query: str) -> int:
    return cast(int, next(iter(ask(query)))[0])
