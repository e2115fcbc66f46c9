"""Opening a register: the sheet as sent, or the reduced lines that were sealed for a preview."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import timezone

from rohnamo.core import audit, files, keys
from rohnamo.core.models import StoredFile
from rohnamo.engines.registers import Field, Gazetteer, Register, read_register
from rohnamo.engines.registers.periods import Period
from rohnamo.intake.queries.lines import REFUSED, Line, Setting, Why, lines_of, setting_of
from rohnamo.intake.queries.titles import ColumnAsRead, columns_of, memory_of
from rohnamo.places.queries import gazetteer_rows
from rohnamo.projects.models import Project, Source


@dataclass(frozen=True)
class Opened:
    """A register ready to be taken in. lines: reduced to what may be kept. digest: a keyed hash of the file as sent.

    notes: what is to be said of the sheet as a whole. questions: letters of columns with titles that this source has
    not written before. reading: where services and days were found, as `_reading` says it.
    """

    lines: Iterable[Line]
    digest: str
    label: str
    columns: tuple[ColumnAsRead, ...]
    rows: int | None = None
    notes: tuple[Why, ...] = ()
    questions: tuple[str, ...] = ()
    reading: Mapping[str, str] = field(default_factory=dict)


class _Lines:
    """The lines of a register, made while they are asked for; they may be gone through again."""

    def __init__(self, register: Register, setting: Setting) -> None:
        self._register, self._setting = register, setting

    def __iter__(self) -> Iterator[Line]:
        return lines_of(self._register.rows, self._setting)


def open_register(
    content: bytes,
    filename: str,
    *,
    source: Source,
    project: Project,
    mapping: Mapping[str, str] | None = None,
    period: Period | None = None,
) -> Opened:
    """Read a sheet. Raises RegisterError with one clear sentence when it cannot be read.

    The lines are made while they are asked for; a register of any length costs little memory. What the titles of this
    source meant before goes before what they seem to mean; mapping goes before both. period: said by hand, for rows
    without a day; it goes before titles and file name.
    """
    memory = memory_of(source)
    register = read_register(
        content,
        Path(filename).name,
        Gazetteer(gazetteer_rows()),
        mapping=memory.mapping_with(mapping or {}),
        today=timezone.localdate(),
        period=period,
    )
    setting = setting_of(source, project, register.context)
    return Opened(
        lines=_Lines(register, setting),
        digest=_digest(content),
        label=Path(filename).name,
        columns=columns_of(register),
        notes=_notes(register),
        questions=memory.questions_about(register.columns),
        reading=_reading(register, setting),
    )


def open_stored(
    stored: StoredFile, *, by: audit.Actor, label: str, columns: Iterable[ColumnAsRead]
) -> Opened:
    """The reduced lines of a preview, as they were sealed. The file as sent is nowhere any more."""
    plain = json.loads(files.read(stored, by=by, reason="intake"))
    lines = [returned(Line.from_json(line), plain.get("returned", {})) for line in plain["lines"]]
    return Opened(lines=lines, digest=plain["digest"], label=label, columns=tuple(columns), rows=len(lines))


def returned(line: Line, rows: Mapping[str, str]) -> Line:
    """The line, refused where somebody sent it back. rows: number -> sentence."""
    words = rows.get(str(line.row))
    if words is None:
        return line
    return Line(line.row, REFUSED, reasons=(Why("sent_back", {"words": words}),))


def _digest(content: bytes) -> str:
    # A plain hash would let whoever steals the database guess a name of a row that keeps none, and confirm it.
    return keys.keyed_hash(hashlib.sha256(content).hexdigest(), purpose="register").hex()


def _notes(register: Register) -> tuple[Why, ...]:
    """What the sender must be told of the sheet as a whole."""
    return tuple(Why(note.code, dict(note.params)) for note in register.notes)


def _reading(register: Register, setting: Setting) -> dict[str, str]:
    """services: column, title, file_name or project, where the service of a row was found; empty for nowhere. first,
    last: of the period for rows without a day; period: title, file_name, none or said. days, hours: the letters of
    those columns."""
    context = setting.context
    first, last = context.period or (None, None)
    return {
        "services": _services_from(register, setting),
        "first": _iso(first),
        "last": _iso(last),
        "period": str(context.period_source),
        "days": _letter(register, Field.DAY),
        "hours": _letter(register, Field.HOURS),
    }


def _services_from(register: Register, setting: Setting) -> str:
    if _letter(register, Field.SERVICE) or _letter(register, Field.COURSE):
        return "column"
    if setting.service_called(setting.context.title):
        return "title"
    if setting.service_called(setting.context.file_title):
        return "file_name"
    return "project" if setting.project.default_service else ""


def _letter(register: Register, wanted: Field) -> str:
    return next((column.letter for column in register.columns if column.field == wanted), "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
