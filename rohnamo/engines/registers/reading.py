"""A partner's register in, typed rows out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from rohnamo.engines.registers.context import Context, context_of, with_period
from rohnamo.engines.registers.delimited import DelimitedTable
from rohnamo.engines.registers.errors import (
    DuplicatedTitles,
    EmptySheet,
    FileTooLarge,
    HeaderNotFound,
    NoRows,
)
from rohnamo.engines.registers.fields import Column, Field
from rohnamo.engines.registers.folding import fold
from rohnamo.engines.registers.header import ROWS_SEARCHED, Header, find_header
from rohnamo.engines.registers.mapping import fields_by_title
from rohnamo.engines.registers.periods import Period
from rohnamo.engines.registers.places import Gazetteer
from rohnamo.engines.registers.rows import RowReader, Rows
from rohnamo.engines.registers.safety import DEFAULT_LIMITS, FileKind, Limits, kind_of
from rohnamo.engines.registers.tables import SheetTable, Table, Workbook


class OtherSheet(NamedTuple):
    """A sheet that was not read. rows: below its header, or all when it has none; 0 for a hidden sheet."""

    name: str
    rows: int
    has_header: bool
    is_hidden: bool


class Note(NamedTuple):
    """code: sheet_not_read, sheet_hidden (params sheet, rows), columns_hidden (letters), rows_hidden (rows)."""

    code: str
    params: Mapping[str, str | int]


class Register(NamedTuple):
    """What a file holds.

    sheet: "" for a CSV file. header_row: as the spreadsheet numbers it, the lower one of two. rows: may be
    gone through again; nothing raises any more while they are. unused_titles: titles of the mapping that the
    sheet does not have. hidden_letters, hidden_rows: columns and rows below the titles that the sheet hides; they are
    read like all others. Tell the sender of columns without a field, of unused_titles and of notes.
    """

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    context: Context
    rows: Rows
    other_sheets: tuple[OtherSheet, ...]
    unused_titles: tuple[str, ...]
    hidden_letters: tuple[str, ...] = ()
    hidden_rows: int = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the sender must be told of the file as a whole."""
        sheets = [
            Note("sheet_hidden" if one.is_hidden else "sheet_not_read", {"sheet": one.name, "rows": one.rows})
            for one in self.other_sheets
            if one.is_hidden or one.has_header
        ]
        columns = ", ".join(self.hidden_letters)
        return (
            *sheets,
            *([Note("columns_hidden", {"letters": columns})] if columns else []),
            *([Note("rows_hidden", {"rows": self.hidden_rows})] if self.hidden_rows else []),
        )

    @property
    def unknown_titles(self) -> tuple[str, ...]:
        """Titles, or the letters of columns without a title, of which nothing is kept."""
        return tuple(column.title or column.letter for column in self.columns if column.field is None)


def read_register(
    source: str | PathLike[str] | bytes,
    filename: str,
    gazetteer: Gazetteer,
    *,
    today: date,
    mapping: Mapping[str, str] | None = None,
    period: Period | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Register:
    """The register of a file, by its path or its content; raises RegisterError when it cannot be one.

    filename: as the sender called it: it may name the period and the service. mapping: title -> name of a
    Field, which goes before what the title seems to mean ("" or "ignored" leaves a column out).
    today: the mission's day; what is dated later is no date. period: said by hand, it goes before what titles and file
    name say.
    """
    fields = fields_by_title(mapping or {})
    data = _content(source, limits)
    kind = kind_of(data, limits)
    chosen = (
        _csv(data, fields, limits) if kind is FileKind.TEXT else _fullest_sheet(data, kind, fields, limits)
    )
    table, header = chosen.table, chosen.header
    if not any(any(cells) for number, cells in table.rows() if number > header.number):
        raise NoRows(sheet=table.name, header_row=header.number)
    table.check()
    context = with_period(context_of(header.titles_above, filename, gazetteer, today=today), period)

    def reader(titles: Header) -> RowReader:
        return RowReader(
            titles, context, gazetteer, today=today, may_shift=table.may_shift, marks=table.marks
        )

    titles = {fold(column.title) for column in header.columns}
    return Register(
        sheet=table.name,
        header_row=header.number,
        columns=header.columns,
        context=context,
        rows=Rows(table, header, reader),
        other_sheets=chosen.others,
        unused_titles=tuple(title for title in mapping or () if fold(title) not in titles),
        hidden_letters=_hidden_letters(table, header),
        hidden_rows=sum(number > header.number for number in table.marks.hidden_rows),
    )


def _hidden_letters(table: Table, header: Header) -> tuple[str, ...]:
    positions = enumerate(header.columns, table.first_column + 1)
    return tuple(column.letter for position, column in positions if table.marks.is_hidden(position))


class _Chosen(NamedTuple):
    table: Table
    header: Header
    others: tuple[OtherSheet, ...] = ()


def _content(source: str | PathLike[str] | bytes, limits: Limits) -> bytes:
    if isinstance(source, bytes):
        return source
    path = Path(source)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise FileTooLarge(size_bytes=size, limit_bytes=limits.file_bytes)
    return path.read_bytes()


def _csv(data: bytes, fields: Mapping[str, Field], limits: Limits) -> _Chosen:
    table = DelimitedTable(data, limits)
    header = find_header(table, fields)
    if header:
        return _Chosen(table, header)
    if any(any(cells) for _, cells in table.rows()):
        raise HeaderNotFound(rows_searched=ROWS_SEARCHED)
    raise EmptySheet


def _fullest_sheet(data: bytes, kind: FileKind, fields: Mapping[str, Field], limits: Limits) -> _Chosen:
    """The sheet with a header and most rows. One whose titles are doubled counts too, and is then refused:
    to read a smaller sheet in its place would be to read the wrong one."""
    workbook = Workbook(data, kind, limits)
    others = [OtherSheet(name, 0, has_header=False, is_hidden=True) for name in workbook.hidden_sheets()]
    best: tuple[int, _Chosen | DuplicatedTitles, str] | None = None
    is_empty = True
    for table in workbook.visible_sheets():
        is_empty = is_empty and not table.height
        found = _headed(table, fields)
        rows = table.height - (found.header.number if isinstance(found, _Chosen) else 0)
        beaten: tuple[int, bool, str] = (rows, found is not None, table.name)
        if found and (best is None or rows > best[0]):
            beaten, best = (best[0], True, best[2]) if best else (0, False, ""), (rows, found, table.name)
        if beaten[2]:
            others.append(OtherSheet(beaten[2], beaten[0], has_header=beaten[1], is_hidden=False))
    if best is None:
        raise EmptySheet if is_empty else HeaderNotFound(rows_searched=ROWS_SEARCHED)
    if isinstance(best[1], DuplicatedTitles):
        raise best[1]
    return best[1]._replace(others=tuple(others))


def _headed(table: SheetTable, fields: Mapping[str, Field]) -> _Chosen | DuplicatedTitles | None:
    try:
        header = find_header(table, fields)
    except DuplicatedTitles as error:
        return error
    return _Chosen(table, header) if header else None
