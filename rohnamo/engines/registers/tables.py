"""A table is rows of cells with their numbers, whether it came from a sheet or from a CSV file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

import python_calamine

from rohnamo.engines.registers.errors import (
    BrokenFile,
    EncryptedFile,
    FormulasWithoutValues,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
)
from rohnamo.engines.registers.fields import Cell
from rohnamo.engines.registers.marks import Marks
from rohnamo.engines.registers.parts import SheetShape, shapes_of_sheets
from rohnamo.engines.registers.safety import FileKind, Limits, open_package

Cells = Sequence[Cell]
_Parsed = TypeVar("_Parsed")


class Table(Protocol):
    """rows() starts anew each time and gives (number, cells) of every row, blank ones included.

    height: number of the last row. first_column: position of the first cell of a row in the spreadsheet.
    may_shift: whether a stray separator can push cells under the wrong title. marks: what it hides, and its formulas.
    """

    name: str
    height: int
    first_column: int
    may_shift: bool
    marks: Marks

    def rows(self) -> Iterator[tuple[int, Cells]]: ...

    def check(self) -> None:
        """Raises what makes this table unusable once it was chosen."""


class SheetTable:
    """A sheet of a workbook. A cell merged downwards counts for each of its rows."""

    may_shift = False

    def __init__(self, sheet: python_calamine.CalamineSheet, shape: SheetShape | None) -> None:
        self.name = sheet.name
        self.height = sheet.total_height + 1 if sheet.start else 0
        self.first_column = sheet.start[1] if sheet.start else 0
        self.marks = shape.marks if shape else Marks()
        self._sheet = sheet
        self._shape = shape
        self._merged = _merged_downwards(sheet)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        numbered = enumerate(self._sheet.iter_rows(), 1)
        return self._filled_down(numbered) if self._merged else numbered

    def check(self) -> None:
        if self._shape and self._shape.formulas:
            raise FormulasWithoutValues(
                sheet=self.name, cells=self._shape.formulas, first=self._shape.first_formula
            )

    def _filled_down(self, numbered: Iterator[tuple[int, list[Cell]]]) -> Iterator[tuple[int, Cells]]:
        """Blank rows stay blank: a district merged over them does not make them data."""
        open_merges: dict[int, tuple[Cell, int]] = {}
        for number, cells in numbered:
            for column, (value, last) in list(open_merges.items()):
                if number > last:
                    del open_merges[column]
                elif any(cells) and cells[column] == "":
                    cells[column] = value
            for column, last in self._merged.get(number, ()):
                open_merges[column] = (cells[column], last)
            yield number, cells


def _merged_downwards(sheet: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """First row of a merge -> its column within the rows, and its last row."""
    merges: dict[int, list[tuple[int, int]]] = {}
    if not sheet.start or not sheet.end:
        return merges
    first, last = sheet.start[1], sheet.end[1]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top and first <= left <= last:
            merges.setdefault(top + 1, []).append((left - first, bottom + 1))
    return merges


class Workbook:
    """An XLSX or XLS file whose parts were checked before anything was laid out."""

    def __init__(self, data: bytes, kind: FileKind, limits: Limits) -> None:
        self._limits = limits
        self._shapes: dict[str, SheetShape] = {}
        self._is_measured = kind is FileKind.XLSX
        if kind is FileKind.XLSX:
            with open_package(data, limits) as package:
                self._shapes = shapes_of_sheets(package, enough_rows=limits.rows)
        for name, shape in self._shapes.items():
            _check_shape(name, shape.rows, shape.columns, limits)
        self._workbook = _parsed(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))

    def visible_sheets(self) -> Iterator[SheetTable]:
        """One after the other: a sheet that is let go frees its memory before the next is laid out."""
        for index, sheet in enumerate(self._workbook.sheets_metadata):
            if _is_table(sheet) and sheet.visible == python_calamine.SheetVisibleEnum.Visible:
                yield self._sheet(index)

    def hidden_sheets(self) -> tuple[str, ...]:
        """Names of the tables that are hidden; they are reported, not read."""
        visible = python_calamine.SheetVisibleEnum.Visible
        hidden = (sheet for sheet in self._workbook.sheets_metadata if sheet.visible != visible)
        return tuple(sheet.name for sheet in hidden if _is_table(sheet))

    def _sheet(self, index: int) -> SheetTable:
        name = self._workbook.sheet_names[index]
        if self._is_measured and name not in self._shapes:
            # Found by the parser but not by the look before it: it must not be laid out unmeasured.
            raise BrokenFile(part="sheet")
        sheet = _parsed(lambda: self._workbook.get_sheet_by_index(index))
        _check_shape(sheet.name, sheet.total_height, sheet.total_width, self._limits)
        return SheetTable(sheet, self._shapes.get(sheet.name))


def _is_table(sheet: python_calamine.SheetMetadata) -> bool:
    return bool(sheet.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _check_shape(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise TooManyRows(sheet=sheet, rows=rows, limit=limits.rows)
    if columns > limits.columns:
        raise TooManyColumns(sheet=sheet, columns=columns, limit=limits.columns)
    if rows * columns > limits.cells:
        raise TooManyCells(sheet=sheet, cells=rows * columns, limit=limits.cells)


def _parsed(parse: Callable[[], _Parsed]) -> _Parsed:
    """What the parser gives, its failures named. A panic of the parser is no Exception but no crash of ours."""
    try:
        return parse()
    except python_calamine.PasswordError as error:
        raise EncryptedFile from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise BrokenFile(part="workbook") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise BrokenFile(part="workbook") from error
        raise
