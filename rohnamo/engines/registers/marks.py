"""What a sheet hides, and which of its cells are worked out by a formula: read from its bytes, said to the sender.

A hidden row counts like any other; nobody should be surprised that it did. A formula counts by the value that the
program stored with it, which may be an old one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HIDDEN = rb'\shidden="(?:1|true)"'
_NUMBER = re.compile(rb'\sr="(\d+)"')
_SPAN = re.compile(rb'\s(min|max)="(\d+)"')


@dataclass
class Marks:
    """hidden_rows: numbers. hidden_columns: (first, last), counted from 1. formulas: letter of a column -> a byte for
    each row, 1 where a formula stands: a sheet of 200,000 rows must not cost an object a cell."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: dict[str, bytearray] = field(default_factory=dict)

    def has_formula(self, letter: str, row: int) -> bool:
        rows = self.formulas.get(letter)
        return rows is not None and row < len(rows) and rows[row] == 1

    def is_hidden(self, column: int) -> bool:
        """column: counted from 1."""
        return any(first <= column <= last for first, last in self.hidden_columns)


class MarkReader:
    """Reads the marks of one sheet, piece by piece; a piece never cuts a row in two.

    tag: how the sheet writes an opening tag, "<" or "<x:".
    """

    def __init__(self, tag: bytes, *, most_rows: int) -> None:
        self.marks = Marks()
        self._most_rows = most_rows
        self._formula = tag + b"f"
        self._row = re.compile(tag + rb"row\b[^>]*?" + _HIDDEN + rb"[^>]*>")
        self._column = re.compile(tag + rb"col\b[^>]*?" + _HIDDEN + rb"[^>]*>")
        self._cell = re.compile(tag + rb'c r="([A-Z]{1,3})(\d+)"[^>]*>\s*' + tag + rb"f\b")

    def read(self, piece: bytes) -> None:
        if b"hidden=" in piece:
            self._read_hidden(piece)
        if self._formula in piece:
            for letters, row in self._cell.findall(piece):
                self._note_formula(letters.decode("ascii"), int(row))

    def _read_hidden(self, piece: bytes) -> None:
        for found in self._row.findall(piece):
            number = _NUMBER.search(found)
            if number:
                self.marks.hidden_rows.add(int(number.group(1)))
        for found in self._column.findall(piece):
            span = {name: int(number) for name, number in _SPAN.findall(found)}
            if len(span) == 2:
                self.marks.hidden_columns.append((span[b"min"], span[b"max"]))

    def _note_formula(self, letters: str, row: int) -> None:
        if row > self._most_rows:
            return
        rows = self.marks.formulas.setdefault(letters, bytearray())
        if row >= len(rows):
            rows.extend(bytes(row + 1 - len(rows)))
        rows[row] = 1
