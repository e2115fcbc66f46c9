from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rohnamo.engines.registers import RegisterError, UnknownEncoding, WrongFileType
from rohnamo.engines.registers.encoding import decode
from rohnamo.engines.registers.tests.sheets import csv_bytes, read

RUSSIAN = (
    "Ф.И.О.;Пол;Дата рождения;Район;Вид услуги",
    "Одинаев Один Одинович;муж;01.02.1990;Худжанд;инфосессия",
)
TAJIK = ("Насаб;Ном;Ҷинс;Ноҳия", "Ҳақимӣ;Қӯрғон;зан;Ҷиликӯл")


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp1251",
        "cp866",
        "koi8-r",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "mac-cyrillic",
        "iso8859-5",
    ],
)
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_given_any_encoding_of_russian_when_a_csv_is_read_then_its_letters_are_right(
    encoding: str, end: str
) -> None:
    (row,) = read(csv_bytes(*RUSSIAN, encoding=encoding, end=end)).rows

    assert (row.number, row.full_name, row.sex) == (2, "Одинаев Один Одинович", "m")
    assert (row.place, row.service_text) == ("khujand", "инфосессия")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "koi8-t", "utf-16", "utf-16-le"])
def test_given_tajik_letters_when_a_csv_is_read_then_they_are_right(encoding: str) -> None:
    (row,) = read(csv_bytes(*TAJIK, encoding=encoding)).rows

    assert (row.family, row.given, row.sex, row.place) == ("Ҳақимӣ", "Қӯрғон", "f", "dusti")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_given_any_separator_when_a_csv_is_read_then_its_columns_are_found(separator: str) -> None:
    rows = [row.replace(";", separator) for row in RUSSIAN]

    register = read(csv_bytes("Реестр, I квартал 2025; область", "", *rows))

    assert (register.header_row, len(register.columns)) == (3, 5)
    assert [row.number for row in register.rows] == [4]


def test_given_the_separator_as_a_first_row_when_a_csv_is_read_then_it_is_a_row_of_its_own() -> None:
    register = read(csv_bytes("sep=|", "ФИО|Пол", "А Б|ж"))

    assert (register.header_row, [row.number for row in register.rows]) == (2, [3])


def test_given_quoted_cells_when_a_csv_is_read_then_line_breaks_in_them_are_no_rows() -> None:
    register = read(csv_bytes('"Ф.И.О.\nучастника";Пол', '"А ""Б""\nВ; Г";ж', "Д Е;м"))

    assert [(row.number, row.full_name) for row in register.rows] == [(2, 'А "Б" В; Г'), (3, "Д Е")]


def test_given_latin_letters_with_accents_when_a_csv_is_read_then_they_are_right() -> None:
    (row,) = read(csv_bytes("Surname;Name;Sex", "Hélène;François;F", encoding="cp1252")).rows

    assert (row.family, row.given) == ("Hélène", "François")


def test_given_zero_bytes_that_are_no_text_when_they_are_decoded_then_they_are_refused() -> None:
    with pytest.raises(WrongFileType):
        decode(b"\x00\x01\x02\x03" * 200)


def test_given_a_mark_and_broken_letters_when_they_are_decoded_then_they_are_refused() -> None:
    with pytest.raises(UnknownEncoding):
        decode(codecs.BOM_UTF8 + b"\xff\xfe\xfa")


WORDS = st.lists(
    st.sampled_from(["Одинаев", "Дуюмова", "Сеюмзода", "муж", "жен", "Худжанд", "Душанбе", "машварат", "консультация", "направление", "участник"]),
    min_size=6,
    max_size=40,
)  # fmt: skip


@given(WORDS, st.sampled_from(["cp1251", "cp866", "koi8-r", "utf-8", "utf-16"]))
def test_given_any_russian_words_when_they_are_encoded_then_decoding_gives_them_back(
    words: list[str], encoding: str
) -> None:
    text = "ФИО;Пол;Район\r\n" + ";".join(words)

    assert decode(text.encode(encoding)) == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_given_any_bytes_at_all_when_a_register_is_read_then_it_is_read_or_refused_by_name(
    data: bytes,
) -> None:
    with suppress(RegisterError):
        assert all(row.number > 0 for row in read(data).rows)
