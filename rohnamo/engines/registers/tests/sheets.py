"""Builds the small invented files of these tests, and the gazetteer they are read with."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from rohnamo.engines.registers import Gazetteer, GazetteerRow, Kind, Register, Row, read_register

TODAY = date(2025, 11, 24)

GAZETTEER = Gazetteer(
    [
        GazetteerRow("DU", 1, ["Dushanbe", "Душанбе"], kind=Kind.CITY),
        GazetteerRow("KT", 1, ["Khatlon", "Хатлон", "Хатлонская область"], kind=Kind.REGION),
        GazetteerRow("vose", 2, ["Vose", "Восеъ", "Восейский район"], ["Hulbuk"], Kind.DISTRICT),
        GazetteerRow("bokhtar", 2, ["Bokhtar", "Бохтар", "Qurghonteppa (Kurgan-Tyube)"], kind=Kind.CITY),
        GazetteerRow("kushoniyon", 2, ["Kushoniyon", "Bokhtar district"], kind=Kind.DISTRICT),
        GazetteerRow("dusti", 2, ["Dusti", "Дӯстӣ", "Jilikul"], kind=Kind.DISTRICT),
        GazetteerRow("jayhun", 2, ["Jayhun", "Ҷайҳун", "Qumsangir (renamed 2016)"], ["Dusti"], Kind.DISTRICT),
        GazetteerRow("buston", 2, ["Buston", "Бӯстон", "Chkalovsk"], kind=Kind.CITY),
        GazetteerRow("mastchoh", 2, ["Mastchoh", "Мастчоҳ"], ["Buston"], Kind.DISTRICT),
        GazetteerRow("vahdat", 2, ["Vahdat", "Ваҳдат"], kind=Kind.CITY),
        GazetteerRow("lakhsh", 2, ["Lakhsh", "Лахш", "Jirgatol"], ["Vahdat"], Kind.DISTRICT),
        GazetteerRow("khorugh", 2, ["Khorugh", "Хоруғ", "Хорог"], kind=Kind.CITY),
        GazetteerRow("khujand", 2, ["Khujand", "Хуҷанд", "Худжанд", "Leninabad"], kind=Kind.CITY),
        GazetteerRow("ghafurov", 2, ["Bobojon Ghafurov", "Khojent / Leninabad"], kind=Kind.DISTRICT),
        GazetteerRow("panj", 2, ["Panj", "Панҷ", "Пянджский район"], kind=Kind.DISTRICT),
    ]
)  # fmt: skip


def xlsx(*sheets: Sequence[Sequence[Any]], change: Callable[[Any, list[Any]], None] | None = None) -> bytes:
    """A workbook of the given sheets; `change` may write more into it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    pages = []
    for number, rows in enumerate(sheets, 1):
        page = book.add_worksheet(f"Sheet {number}")
        pages.append(page)
        for position, row in enumerate(rows):
            page.write_row(position, 0, row)
    if change:
        change(book, pages)
    book.close()
    return stream.getvalue()


def csv_bytes(*rows: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return (end.join(rows) + end).encode(encoding)


def read(data: bytes, filename: str = "register", **more: Any) -> Register:
    return read_register(data, filename, GAZETTEER, today=TODAY, **more)


def one_row(titles: str, cells: Sequence[Any], filename: str = "register") -> Row:
    """The only row below a header, written with | between titles."""
    (row,) = read(xlsx([titles.split("|"), cells]), filename).rows
    return row


def codes(row: Row) -> list[str]:
    return [reason.code.value for reason in row.reasons]
