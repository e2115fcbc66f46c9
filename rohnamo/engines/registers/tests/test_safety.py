from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rohnamo.engines import registers
from rohnamo.engines.registers import DEFAULT_LIMITS, RegisterError
from rohnamo.engines.registers.tests.sheets import csv_bytes, read, xlsx

GOOD = xlsx([["ФИО", "Пол"], ["А Б", "ж"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def _changed(
    data: bytes = GOOD,
    *,
    add: dict[str, bytes] | None = None,
    replace: tuple[str, bytes, bytes] | None = None,
) -> bytes:
    """A copy of a workbook with parts added, or words of a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if replace and name == replace[0]:
                assert replace[1] in content
                content = content.replace(replace[1], replace[2])
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def _zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _refusal(data: bytes, **more: Any) -> RegisterError:
    with pytest.raises(RegisterError) as refusal:
        list(read(data, **more).rows)
    return refusal.value


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (b"", "empty_file", {}),
        (b"%PDF-1.7\n...", "wrong_file_type", {"kind": "pdf"}),
        (b"\x89PNG\r\n\x1a\n", "wrong_file_type", {"kind": "image"}),
        (b"\xff\xd8\xff\xe0....", "wrong_file_type", {"kind": "image"}),
        (b"{\\rtf1 x}", "wrong_file_type", {"kind": "rtf"}),
        (b"<html><table><tr><td>x", "wrong_file_type", {"kind": "html"}),
        (b"\n <!DOCTYPE html><p>", "wrong_file_type", {"kind": "html"}),
        (b"<?xml version='1.0'?><Workbook/>", "wrong_file_type", {"kind": "xml"}),
        (b"\x1f\x8b\x08\x00", "wrong_file_type", {"kind": "archive"}),
        (_zipped(**{"word/document.xml": b"x"}), "wrong_file_type", {"kind": "word"}),
        (_zipped(**{"content.xml": b"x"}), "wrong_file_type", {"kind": "ods"}),
        (_zipped(**{"xl/workbook.bin": b"x"}), "wrong_file_type", {"kind": "xlsb"}),
        (_zipped(photo=b"x"), "wrong_file_type", {"kind": "archive"}),
        (OLE, "wrong_file_type", {"kind": "binary"}),
        (OLE + "WordDocument".encode("utf-16-le"), "wrong_file_type", {"kind": "word"}),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_file", {}),
        (OLE + "Workbook_VBA_PROJECT".encode("utf-16-le"), "macro_file", {}),
        (OLE + "Workbook".encode("utf-16-le"), "broken_file", {"part": "workbook"}),
        (b"PK\x03\x04 and nothing more", "broken_file", {"part": "package"}),
        (GOOD[:-40], "broken_file", {"part": "package"}),
        (_changed(add={"xl/vbaProject.bin": b"x"}), "macro_file", {}),
        (_changed(replace=(SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet")), "broken_file", {"part": "document type"}),
        (_changed(replace=(SHEET, b"<c r=\"A1\"", b"<c")), "broken_file", {"part": "cell addresses"}),
        (_changed(replace=(SHEET, b"</sheetData>", b"")), "broken_file", {"part": "workbook"}),
        (xlsx([]), "empty_sheet", {}),
        (b"\r\n\r\n", "empty_sheet", {}),
        (b";;\r\n;;\r\n", "empty_sheet", {}),
        (xlsx([["просто", "слова"], ["и", "ещё"]]), "header_not_found", {"rows_searched": 60}),
        (csv_bytes("просто;слова"), "header_not_found", {"rows_searched": 60}),
        (xlsx([["Отчёт"], ["ФИО", "Пол"]]), "no_rows", {"sheet": "Sheet 1", "header_row": 2}),
        (csv_bytes("ФИО;Пол", ";", ""), "no_rows", {"sheet": "", "header_row": 1}),
        (xlsx([["ФИО", "Пол", "Телефон", "телефон"], ["А", "ж", 1, 2]]), "duplicated_titles", {"sheet": "Sheet 1", "titles": "телефон"}),
        (csv_bytes("ФИО;Пол", '"А Б;ж', "В Г;м"), "unbalanced_quotes", {"line": 2}),
    ],
)  # fmt: skip
def test_given_a_file_that_is_no_register_when_it_is_read_then_it_is_refused_by_name(
    data: bytes, code: str, params: dict[str, Any]
) -> None:
    refusal = _refusal(data)

    assert (refusal.code, refusal.params) == (code, params)
    assert str(refusal).endswith(".")


def test_given_parts_that_swell_when_a_workbook_is_opened_then_it_is_refused_before_parsing() -> None:
    bomb = _changed(add={"xl/media/x.bin": b"\0" * (5 * 1024 * 1024)})

    assert _refusal(bomb).code == "zip_bomb"
    assert _refusal(GOOD, limits=DEFAULT_LIMITS._replace(unpacked_bytes=1000)).code == "zip_bomb"


def test_given_a_part_larger_than_it_says_when_a_workbook_is_opened_then_it_is_refused() -> None:
    data = bytearray(_changed(add={"xl/other.xml": b"<a/>" + b" " * 5000}))
    entry = data.rindex(b"xl/other.xml")
    data[entry - 22 : entry - 18] = (100).to_bytes(4, "little")

    assert _refusal(bytes(data)).code == "broken_file"


def test_given_a_locked_part_when_a_workbook_is_opened_then_it_is_refused() -> None:
    data = bytearray(GOOD)
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1

    assert _refusal(bytes(data)).code == "encrypted_file"


def test_given_two_parts_of_one_name_when_a_workbook_is_opened_then_it_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = _changed(add={SHEET: b"<worksheet/>"})

    assert _refusal(data).code == "broken_file"


def test_given_a_cell_in_the_last_corner_when_a_workbook_is_opened_then_it_is_refused_before_it_is_laid_out() -> (
    None
):
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    refusal = _refusal(_changed(replace=(SHEET, b"</sheetData>", far)))

    assert (refusal.code, refusal.params) == (
        "too_many_rows",
        {"sheet": "Sheet 1", "rows": 1_048_576, "limit": 200_000},
    )


def test_given_a_far_cell_in_a_row_that_hides_its_number_when_a_workbook_is_opened_then_it_is_refused() -> (
    None
):
    far = b'<row><c r="A1048576"><v>1</v></c></row></sheetData>'

    assert _refusal(_changed(replace=(SHEET, b"</sheetData>", far))).code == "too_many_rows"


def test_given_empty_but_formatted_cells_far_away_when_a_workbook_is_read_then_they_do_not_count() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'

    data = _changed(replace=(SHEET, b"</sheetData>", far))

    assert len(list(read(data).rows)) == 1


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"rows": 2}, "too_many_rows"),
        ({"columns": 26}, "too_many_columns"),
        ({"cells": 80}, "too_many_cells"),
        ({"file_bytes": 50}, "file_too_large"),
    ],
)
def test_given_limits_when_a_register_goes_beyond_then_it_is_refused(
    limits: dict[str, int], code: str
) -> None:
    rows = [["ФИО", "Пол", *range(28)], ["А Б", "ж"], ["В Г", "м"]]

    assert _refusal(xlsx(rows), limits=DEFAULT_LIMITS._replace(**limits)).code == code


@pytest.mark.parametrize(
    ("limits", "code"), [({"rows": 2}, "too_many_rows"), ({"columns": 1}, "too_many_columns")]
)
def test_given_limits_when_a_csv_goes_beyond_then_it_is_refused(limits: dict[str, int], code: str) -> None:
    data = csv_bytes("ФИО;Пол", "А Б;ж", "В Г;м")

    assert _refusal(data, limits=DEFAULT_LIMITS._replace(**limits)).code == code


def test_given_a_large_file_when_its_path_is_read_then_it_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 100)

    assert _refusal(path, limits=DEFAULT_LIMITS._replace(file_bytes=99)).code == "file_too_large"  # type: ignore[arg-type]


def test_given_formulas_without_values_when_a_workbook_is_read_then_it_is_refused() -> None:
    book = openpyxl.Workbook()
    for row in (["ФИО", "Пол", "Часы"], ["А Б", "ж", "=1+1"], ["В Г", "м", '=""&C2']):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)

    refusal = _refusal(stream.getvalue())

    assert (refusal.code, refusal.params) == (
        "formulas_without_values",
        {"sheet": "Sheet", "cells": 2, "first": "C2"},
    )


def test_given_formulas_with_values_when_a_workbook_is_read_then_the_values_count() -> None:
    def formulas(_: Any, pages: list[Any]) -> None:
        pages[0].write_formula(1, 2, "=8*3", None, 24)
        pages[0].write_formula(2, 2, '=""', None, "?")
        pages[0].write_formula(3, 2, "=1/0", None, "#DIV/0!")

    data = xlsx([["ФИО", "Пол", "Часы"], ["А Б", "ж"], ["В Г", "м"], ["Д Е", "м"]], change=formulas)
    data = _changed(data, replace=(SHEET, b"<v>?</v>", b"<v></v>"))

    assert [row.hours for row in read(data).rows] == [24, None, None]


def test_given_sheets_written_with_prefixes_when_a_workbook_is_read_then_it_is_understood() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        plain = package.read(SHEET)
    sheet = plain.decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    sheet = sheet.replace(' xmlns="', ' xmlns:x="')
    data = _changed(replace=(SHEET, plain, sheet.encode()))

    assert [row.number for row in read(data).rows] == [2]


def test_given_a_sheet_that_only_the_parser_finds_when_a_workbook_is_read_then_it_is_refused() -> None:
    data = _changed(replace=("xl/workbook.xml", b'r:id="rId1"', b'r:id="rId1" x="1"'))
    hidden = _changed(
        replace=("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"elsewhere/sheet1.xml")
    )

    assert [row.number for row in read(data).rows] == [2]
    assert _refusal(hidden).code == "broken_file"


def test_given_the_strict_form_of_the_format_when_a_workbook_is_read_then_it_is_measured_too() -> None:
    plain = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"

    data = _changed(replace=("xl/workbook.xml", plain, strict))

    assert [row.number for row in read(data).rows] == [2]


def test_given_every_error_when_its_sentence_is_read_then_it_says_what_to_do() -> None:
    kinds = [
        kind
        for name in registers.__all__
        if isinstance(kind := getattr(registers, name), type) and issubclass(kind, RegisterError)
    ]

    assert len({kind.code for kind in kinds if not kind.__subclasses__()}) == 18
    assert all(kind.sentence.count(".") >= 2 or " or " in kind.sentence for kind in kinds)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_given_one_wrong_byte_when_a_workbook_is_read_then_it_is_read_or_refused_by_name(
    place: int, byte: int
) -> None:
    data = bytearray(GOOD)
    data[place] = byte

    with suppress(RegisterError):
        assert len(list(read(bytes(data)).rows)) <= 2
