"""CSV files: the separator that makes the most of the titles, and rows numbered as a spreadsheet would."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from rohnamo.engines.registers.columns import guess_field
from rohnamo.engines.registers.encoding import decode
from rohnamo.engines.registers.errors import (
    BrokenFile,
    EmptySheet,
    TooManyColumns,
    TooManyRows,
    UnbalancedQuotes,
    WrongFileType,
)
from rohnamo.engines.registers.marks import Marks
from rohnamo.engines.registers.safety import Limits
from rohnamo.engines.registers.tables import Cells

_SEPARATORS = (";", ",", "\t", "|")
_ROWS_TO_TRY = 60
_HINT = "sep="
_LEAST_PRINTABLE = 0.98


class DelimitedTable:
    """A CSV file. It was read once to its end before any row is given out, so that it is never half read."""

    name = ""
    first_column = 0
    may_shift = True

    def __init__(self, data: bytes, limits: Limits) -> None:
        text = decode(data)
        _refuse_binary(text)
        self.marks = Marks()
        self._text, hinted = _without_hint(text)
        self._hint_rows = 1 if hinted else 0
        self._separator = hinted or _separator_of(self._text)
        self._limits = limits
        self.height = self._checked_height()

    def rows(self) -> Iterator[tuple[int, Cells]]:
        return enumerate(self._reader(), 1 + self._hint_rows)

    def check(self) -> None:
        """Nothing beyond what was checked on opening."""

    def _reader(self) -> Iterator[list[str]]:
        return _records(self._text, self._separator)

    def _checked_height(self) -> int:
        number = widest = 0
        reader = _records(self._text, self._separator)
        try:
            for number, cells in enumerate(reader, 1 + self._hint_rows):
                widest = max(widest, len(cells))
                if number > self._limits.rows:
                    raise TooManyRows(sheet=self.name, rows=number, limit=self._limits.rows)
        except csv.Error as error:
            raise _named(error, number + 1) from error
        if widest > self._limits.columns:
            raise TooManyColumns(sheet=self.name, columns=widest, limit=self._limits.columns)
        if not number:
            raise EmptySheet
        return number


def _named(error: csv.Error, line: int) -> BrokenFile | UnbalancedQuotes:
    words = str(error)
    is_quote = "expected after" in words or "end of data" in words or "field larger" in words
    return UnbalancedQuotes(line=line) if is_quote else BrokenFile(part=f"line {line}")


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """strict: a quotation mark that is never closed would otherwise swallow the rest of the file in silence."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _without_hint(text: str) -> tuple[str, str]:
    """Excel writes "sep=;" as a first row of its own."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.lower().startswith(_HINT) and len(hint) == len(_HINT) + 1:
        return rest, hint[-1]
    return text, ""


def _separator_of(text: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _usefulness(text, separator))


def _usefulness(text: str, separator: str) -> tuple[int, int]:
    """How many titles a separator lays open, then how wide most rows are."""
    try:
        rows = list(islice(_records(text, separator), _ROWS_TO_TRY))
    except csv.Error:
        return (0, 0)
    titles = max((len({guess_field(cell).field for cell in row} - {None}) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if row)
    return titles, widths.most_common(1)[0][0] if widths else 0


def _refuse_binary(text: str) -> None:
    sample = text[:4096]
    readable = sum(letter.isprintable() or letter in "\r\n\t\f" for letter in sample)
    if readable < _LEAST_PRINTABLE * len(sample):
        raise WrongFileType(kind="binary")
