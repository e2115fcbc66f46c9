"""Opening a register: the sheet as sent, or the reduced lines that were sealed for a preview."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from rohnamo.core import audit, files, keys
from rohnamo.core.models import StoredFile
from rohnamo.engines.registers import Gazetteer, Register, read_register
from rohnamo.intake.queries.lines import Line, lines_of, setting_of
from rohnamo.places.queries import gazetteer_rows
from rohnamo.projects.models import Project, Source


@dataclass(frozen=True)
class Opened:
    """A register ready to be taken in. lines: reduced to what may be kept. digest: a keyed hash of the file as sent."""

    lines: Iterable[Line]
    digest: str
    label: str
    columns: tuple[dict[str, str], ...]
    rows: int | None = None


def open_register(
    content: bytes,
    filename: str,
    *,
    source: Source,
    project: Project,
    mapping: Mapping[str, str] | None = None,
) -> Opened:
    """Read a sheet. Raises RegisterError with one clear sentence when it cannot be read.

    The lines are made while they are asked for; a register of any length costs little memory.
    """
    register = read_register(
        content, Path(filename).name, Gazetteer(gazetteer_rows()), mapping=mapping, today=timezone.localdate()
    )
    setting = setting_of(source, project, register.context)
    return Opened(
        lines=lines_of(register.rows, setting),
        digest=_digest(content),
        label=Path(filename).name,
        columns=_columns(register),
    )


def open_stored(
    stored: StoredFile, *, by: audit.Actor, label: str, columns: Iterable[dict[str, str]]
) -> Opened:
    """The reduced lines of a preview, as they were sealed. The file as sent is nowhere any more."""
    plain = json.loads(files.read(stored, by=by, reason="intake"))
    lines = [Line.from_json(line) for line in plain["lines"]]
    return Opened(lines=lines, digest=plain["digest"], label=label, columns=tuple(columns), rows=len(lines))


def _digest(content: bytes) -> str:
    # A plain hash would let whoever steals the database guess a name of a row that keeps none, and confirm it.
    return keys.keyed_hash(hashlib.sha256(content).hexdigest(), purpose="register").hex()


def _columns(register: Register) -> tuple[dict[str, str], ...]:
    """Titles that were recognised; of others the letter only, because a cell of the title row may be anything."""
    return tuple(
        {
            "title": column.title if column.field else "",
            "letter": column.letter,
            "field": str(column.field or ""),
        }
        for column in register.columns
    )
