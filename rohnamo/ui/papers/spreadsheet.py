"""A paper as a spreadsheet: a sheet of facts and words, and one sheet a table. Numbers are numbers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rohnamo.ui.papers.paper import HIDDEN_SIGN, NOTHING, Cell, Column, Hidden, Kind, Paper, Table, Text

_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDTH_OF_SHARE = 14
_TEXT_WIDTH = 90
_NUMBER_FORMATS = {
    Kind.NUMBER: "#,##0.##",
    Kind.PERCENT: '0.0"%"',
    Kind.DAY: "dd.mm.yyyy",
    Kind.TEXT: "General",
}
_WHOLE = "#,##0"


def as_spreadsheet(paper: Paper) -> bytes:
    """The bytes of an .xlsx file. What looks like a formula is written as text: it may have been typed by anybody."""
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": paper.title, "subject": paper.subtitle})
    shapes = _Shapes(book)
    _write_words(book, paper, shapes)
    for name, table in _named(paper):
        _write_table(book.add_worksheet(name), table, shapes, foot=paper.foot)
    book.close()
    return stream.getvalue()


class _Shapes:
    """The formats of one book: xlsxwriter wants each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self.of(bold=True, font_size=15)
        self.heading = self.of(bold=True, font_size=12)
        self.head = self.of(bold=True, text_wrap=True, bottom=1, valign="bottom")
        self.words = self.of(text_wrap=True, valign="top")
        self.quiet = self.of(italic=True, text_wrap=True)

    def of(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def cell(self, cell: Cell, column: Column, *, is_strong: bool) -> Format:
        if column.kind is Kind.TEXT:
            return self.of(bold=is_strong, text_wrap=True, valign="top")
        shape = _WHOLE if column.kind is Kind.NUMBER and _is_whole(cell) else _NUMBER_FORMATS[column.kind]
        return self.of(bold=is_strong, num_format=shape, align="right", valign="top")


def _write_words(book: Workbook, paper: Paper, shapes: _Shapes) -> None:
    sheet = book.add_worksheet(_sheet_name(paper.title))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.write_string(0, 0, paper.title, shapes.title)
    sheet.write_string(1, 0, paper.subtitle)
    row = 3
    for label, value in paper.facts:
        sheet.write_string(row, 0, label, shapes.words)
        sheet.write_string(row, 1, value, shapes.words)
        row += 1
    for block in paper.blocks:
        if isinstance(block, Text):
            row += 1
            sheet.merge_range(row, 0, row, 1, block.words, shapes.heading if block.level else shapes.words)
            sheet.set_row(row, _height(block.words))
    sheet.write_string(row + 2, 0, paper.foot, shapes.quiet)


def _height(words: str) -> float:
    lines = sum(1 + len(line) // (_TEXT_WIDTH + 25) for line in words.splitlines()) or 1
    return 16.0 * lines


def _named(paper: Paper) -> Iterator[tuple[str, Table]]:
    """Tables with sheet names that are allowed and told apart."""
    taken = {_sheet_name(paper.title).casefold()}
    for table in (block for block in paper.blocks if isinstance(block, Table)):
        name, number = _sheet_name(table.name), 2
        while name.casefold() in taken:
            ending = f" {number}"
            name, number = _sheet_name(table.name)[: _LONGEST_NAME - len(ending)] + ending, number + 1
        taken.add(name.casefold())
        yield name, table


def _sheet_name(words: str) -> str:
    return words.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip(" '") or NOTHING


def _write_table(sheet: Worksheet, table: Table, shapes: _Shapes, *, foot: str) -> None:
    sheet.write_string(0, 0, table.title, shapes.heading)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _WIDTH_OF_SHARE * column.share)
        sheet.write_string(2, place, column.title, shapes.head)
    for row, cells in enumerate(table.rows):
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            shape = shapes.cell(cell, column, is_strong=row in table.strong)
            _write_cell(sheet, row + 3, place, cell, shape)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    last = len(table.rows) + 4
    sheet.write_string(last, 0, table.note)
    sheet.write_string(last + 1, 0, foot)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, shape: Format) -> None:
    if cell is None or isinstance(cell, Hidden):
        sheet.write_string(row, place, NOTHING if cell is None else HIDDEN_SIGN, shape)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, shape)
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell, shape)
    else:
        sheet.write_number(row, place, cell, shape)


def _is_whole(cell: Cell) -> bool:
    return not isinstance(cell, Decimal) or cell == cell.to_integral_value()
