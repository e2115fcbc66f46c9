"""Opening the files of a mission: rows with their line numbers, or a note of what could not be opened."""

import csv
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from .ledger import Ledger
from .lines import toml_lines
from .rows import Row

if TYPE_CHECKING:
    import _csv


def toml_row(ledger: Ledger, folder: Path, file: str) -> Row | None:
    """The whole file as one row; None when it is missing or not TOML (a syntax error is noted, absence is not)."""
    text = file_text(ledger, folder, file)
    if text is None:
        return None
    try:
        return Row(ledger, file, tomllib.loads(text), toml_lines(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        ledger.problem(file, int(at[1]) if at else 0, "valid TOML", str(error))
        return None


def csv_rows(ledger: Ledger, folder: Path, file: str) -> list[Row]:
    """The rows below the header, blank ones left out. No file, no rows."""
    text = file_text(ledger, folder, file)
    if text is None:
        return []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        return _rows_below_header(ledger, file, reader)
    except csv.Error as error:
        ledger.problem(
            file, reader.line_num, "well-formed CSV: commas, quotes doubled inside quotes", str(error)
        )
        return []


def file_text(ledger: Ledger, folder: Path, file: str) -> str | None:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        ledger.problem(file, line, "UTF-8 text", f"the byte 0x{error.object[error.start]:02x}")
        return None


def _rows_below_header(ledger: Ledger, file: str, reader: "_csv.Reader") -> list[Row]:
    header = [name.strip() for name in next(reader, [])]
    if len(set(header)) != len(header):
        ledger.problem(file, 1, "each column once", ", ".join(header))
    rows = []
    first_line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if len(cells) != len(header):
                ledger.problem(file, first_line, f"{len(header)} values", f"{len(cells)} values")
            values = dict(zip(header, cells, strict=False))
            rows.append(Row(ledger, file, values, {("row",): first_line}, ("row",)))
        first_line = reader.line_num + 1
    return rows
