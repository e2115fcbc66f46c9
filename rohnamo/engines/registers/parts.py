"""Reads through the parts of an XLSX once, as bytes, before the parser builds its table from them.

The parser lays a sheet out as a full rectangle: a file of 2 KB with a cell in A1 and one in XFD1048576
would ask for hundreds of gigabytes. It also gives an empty cell for a formula whose value was never
stored. Both are found here; a part whose real size differs from the stated one fails its checksum.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree import ElementTree as ET

from rohnamo.engines.registers.errors import BrokenFile
from rohnamo.engines.registers.marks import MarkReader, Marks

_CHUNK_BYTES = 1024 * 1024
_READ_BY_PARSER = re.compile(r"^(xl/.*\.(xml|rels)|\[Content_Types\]\.xml|_rels/\.rels)$")
_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")


class SheetShape(NamedTuple):
    """The lowest row and rightmost column that hold a value; formulas without one, and the first of them; what is
    hidden, and where formulas stand."""

    rows: int
    columns: int
    formulas: int
    first_formula: str
    marks: Marks


class _Patterns(NamedTuple):
    """Of one sheet: some programs write every tag with a prefix."""

    row_start: bytes
    cell: bytes
    cell_with_address: bytes
    row: re.Pattern[bytes]
    far: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    formula: bytes
    formula_without_value: re.Pattern[bytes]


def shapes_of_sheets(package: zipfile.ZipFile, *, enough_rows: int) -> dict[str, SheetShape]:
    """Shape of every sheet by its name; sheets below enough_rows are measured roughly, from above.

    Raises BrokenFile for a damaged or dishonest part.
    """
    try:
        _read_through(package)
        return {name: _shape(package, part, enough_rows) for name, part in _sheet_parts(package)}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ET.ParseError, NotImplementedError) as error:
        raise BrokenFile(part="package") from error


def _read_through(package: zipfile.ZipFile) -> None:
    """Checks the sum of each part that the parser will read, sheets excepted: they are read for their shape."""
    for part in package.infolist():
        if not _READ_BY_PARSER.match(part.filename) or part.filename.startswith("xl/worksheets/sheet"):
            continue
        with package.open(part) as stream:
            _refuse_doctype(stream.read(4096))
            while stream.read(_CHUNK_BYTES):
                pass


def _refuse_doctype(start: bytes) -> None:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise BrokenFile(part="document type")


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- no DOCTYPE, see above
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    workbook = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 -- no DOCTYPE, see above
    for sheet in workbook.iterfind(".//{*}sheet"):
        # The strict form of the format has another namespace here, so only the end of the name is fixed.
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if target and "worksheets/" in path:
            yield sheet.get("name", ""), path


def _shape(package: zipfile.ZipFile, part: str, enough_rows: int) -> SheetShape:
    rows = columns = formulas = 0
    first = ""
    with package.open(part) as stream:
        start = stream.read(4096)
        stream.seek(0)
        _refuse_doctype(start)
        patterns = _patterns(start)
        marks = MarkReader(patterns.row_start.removesuffix(b"row "), most_rows=enough_rows)
        for piece in _whole_rows(stream, patterns.row_start):
            row, column = _reach(piece, patterns, enough_rows)
            rows, columns = max(rows, row), max(columns, column)
            marks.read(piece)
            if patterns.formula in piece:
                empty = [cell.decode("ascii") for cell in patterns.formula_without_value.findall(piece)]
                formulas, first = formulas + len(empty), first or next(iter(empty), "")
    return SheetShape(rows, columns, formulas, first, marks.marks)


def _whole_rows(stream: IO[bytes], row_start: bytes) -> Iterator[bytes]:
    """Pieces that end before the start of a row, so that no cell is cut in two."""
    rest = b""
    while chunk := stream.read(_CHUNK_BYTES):
        rest += chunk
        cut = rest.rfind(row_start)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _patterns(start: bytes) -> _Patterns:
    root = _ROOT.search(start)
    if root is None:
        raise BrokenFile(part="sheet")
    tag = b"<" + (root.group(1) + b":" if root.group(1) else b"")
    end = tag.replace(b"<", b"</")
    return _Patterns(
        row_start=tag + b"row ",
        cell=tag + b"c ",
        cell_with_address=tag + b'c r="',
        row=re.compile(tag + rb'row\b[^>]*?\sr="(\d+)"'),
        far=re.compile(tag + rb'c r="(?:[A-Z]{2,3}\d|[A-Z]\d{6})'),
        filled=re.compile(tag + rb'c r="([A-Z]{1,3})(\d+)"[^>]*(?<!/)>(?=[^/])'),
        formula=tag + b"f",
        formula_without_value=re.compile(
            tag + rb'c r="([A-Z]+\d+)"(?![^>]*\st="str")[^>]*>\s*' + tag + rb"f\b(?:[^>]*/>|[^>]*>[^<]*" + end
            + rb"f>)\s*(?:" + tag + rb"v\s*/>|" + tag + rb"v>\s*" + end + rb"v>)?\s*" + end + rb"c>"
        ),
    )  # fmt: skip


def _reach(piece: bytes, patterns: _Patterns, enough_rows: int) -> tuple[int, int]:
    """Lowest row and rightmost column of the filled cells of a piece.

    The quick look counts formatted empty cells too, and believes what rows say of themselves as long as no
    cell lies beyond column Z or row 99,999: a rectangle that size is harmless. Otherwise every cell is looked at.
    """
    if piece.count(patterns.cell) != piece.count(patterns.cell_with_address):
        raise BrokenFile(part="cell addresses")
    rows = max((int(row) for row in patterns.row.findall(piece)), default=0)
    if rows <= enough_rows and not patterns.far.search(piece):
        return rows, 26
    filled = [(int(row), _number(letters)) for letters, row in patterns.filled.findall(piece)]
    return max((row for row, _ in filled), default=0), max((column for _, column in filled), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
