from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rohnamo.engines.registers import Field
from rohnamo.engines.registers.tests.sheets import codes, csv_bytes, one_row, read, xlsx

PERSON = "Ф.И.О.|Пол|Дата рождения|Район|Телефон|Паспорт|Дата|Вид услуги|Согласие"


def test_given_a_full_row_when_it_is_read_then_every_field_is_typed() -> None:
    row = one_row(
        PERSON,
        [
            "  Одинаев\n Один ",
            "муж",
            date(1990, 5, 2),
            "Восе",
            900000001,
            "A1234567",
            "03.02.2025",
            "машварат",
            "да",
        ],
    )

    assert (row.number, row.full_name, row.sex, row.birth) == (2, "Одинаев Один", "m", (1990, 5, 2, "day"))
    assert (row.place, row.place_text, row.phone, row.document) == (
        "vose",
        "Восе",
        "+992900000001",
        "A1234567",
    )
    assert (row.day, row.day_precision, row.service_text) == (date(2025, 2, 3), "day", "машварат")
    assert (row.consent, row.count, row.is_group, row.reasons) == (True, 1, False, ())


def test_given_cells_that_cannot_be_read_when_a_row_is_read_then_they_are_dropped_and_the_row_stays() -> None:
    row = one_row(PERSON, ["А Б", "??", "12/13/1988", "Марс", "12345", "нет", "31.02.2025", "x", "потом"])

    assert (row.sex, row.birth.precision, row.place, row.phone, row.document) == (
        "u",
        "none",
        None,
        None,
        None,
    )
    assert (row.day, row.consent, row.is_refused) == (None, False, False)
    assert codes(row) == [
        "sex_unknown", "day_impossible", "place_unknown", "phone_impossible", "document_unreadable",
        "birth_impossible", "consent_unreadable",
    ]  # fmt: skip


def test_given_a_reason_when_it_is_given_then_it_names_the_column_and_nothing_of_the_cell() -> None:
    row = one_row(PERSON, ["А Б", "ж", "190", "", "12345", "", "", "", ""])

    assert [dict(reason.params) for reason in row.reasons] == [
        {"column": "Телефон", "letter": "E"},
        {"column": "Дата рождения", "letter": "C"},
    ]
    assert repr(row) == "<Row 2>"


def test_given_no_consent_column_when_a_row_is_read_then_consent_is_not_known() -> None:
    assert one_row("ФИО|Пол", ["А Б", "ж"]).consent is None


@pytest.mark.parametrize(
    ("cell", "consent"), [("", False), ("-", False), ("нет", False), ("ҳа", True), (True, True)]
)
def test_given_a_consent_column_when_a_row_is_read_then_only_yes_is_yes(cell: Any, consent: bool) -> None:
    row = one_row("ФИО|Пол|Согласие", ["А Б", "ж", cell])

    assert (row.consent, row.reasons) == (consent, ())


@pytest.mark.parametrize(
    "cells",
    [
        ["", "", "", "ж", "1990", "Восе"],
        ["", "", "Акбарович", "ж", "1990", "Восе"],
        ["--", "???", "", "ж", "", ""],
    ],
)
def test_given_no_name_when_a_row_is_read_then_it_is_refused(cells: list[str]) -> None:
    row = one_row("Фамилия|Имя|Отчество|Пол|Год рождения|Район", cells)

    assert (codes(row), row.is_refused) == (["name_missing"], True)


def test_given_one_given_name_when_a_row_is_read_then_it_is_not_refused() -> None:
    row = one_row("Фамилия|Имя|Отчество|Пол", ["", "Один", "", "м"])

    assert (row.given, row.is_refused) == ("Один", False)


@pytest.mark.parametrize("text", ["Подпись: ________", "Ответственный: А. Б.", "Имзо", "Prepared by A B"])
def test_given_a_line_below_the_register_when_it_is_read_then_it_is_refused_as_no_data(text: str) -> None:
    row = one_row("ФИО|Пол|Район", [text, "", ""])

    assert "not_data" in codes(row)
    assert row.is_refused


def test_given_a_lone_cell_outside_the_names_when_it_is_read_then_it_is_refused_as_no_data() -> None:
    row = one_row("№|ФИО|Пол|Район", ["Хатлон", "", "", ""])

    assert "not_data" in codes(row)


def test_given_a_birth_year_in_the_future_when_a_row_is_read_then_it_is_refused() -> None:
    row = one_row("ФИО|Пол|Год рождения", ["А Б", "ж", 2052])

    assert (codes(row), row.is_refused) == (["birth_year_in_future"], True)


@pytest.mark.parametrize(
    "cells",
    [
        ["", "ИТОГО", "", 431],
        ["Ҳамагӣ", "", "", 431],
        ["", "Total: 12", "", ""],
        ["Всего", "", "", ""],
        ["", "Ҷамъ", "", 5],
        ["3", "", "", ""],
        ["1", "2", "3", "4"],
        ["№", "ФИО", "Пол", "Район"],
        ["  ", "", "\xa0", ""],
    ],
)
def test_given_a_row_of_no_data_when_rows_are_read_then_it_is_left_out(cells: list[Any]) -> None:
    data = xlsx([["№", "ФИО", "Пол", "Район"], [1, "А Б", "ж", "Восе"], cells, [2, "В Г", "м", "Восе"]])

    assert [row.number for row in read(data).rows] == [2, 4]


def test_given_a_surname_like_a_total_when_the_row_has_a_sex_then_it_stays() -> None:
    assert one_row("Фамилия|Имя|Пол", ["Итого", "А", "ж"]).family == "Итого"


def test_given_group_rows_when_they_are_read_then_they_count_and_never_name() -> None:
    data = xlsx(
        [
            ["Name", "Service", "Post", "Sex", "Number", "Pre-test", "Post-test"],
            ["A B", "Customs", "Tem", "F", 1, 26, 70],
            ["Afghan side, officers", "Border police", "", "M", 9, 29, 54],
            ["C D", "Border police", "", "F", 3, "", ""],
            ["E F", "Afghan border police", "", "M", 1, "", ""],
            ["G H", "Customs", "", "M", 0, "", ""],
        ]
    )

    rows = list(read(data).rows)

    assert [(row.full_name, row.count, row.is_group, row.is_afghan_side) for row in rows] == [
        ("A B", 1, False, False),
        ("", 9, True, True),
        ("", 3, True, False),
        ("", 1, True, True),
        ("G H", 0, False, False),
    ]
    assert [codes(row) for row in rows] == [
        [], [], ["group_details_dropped"], ["group_details_dropped"], ["count_unreadable"],
    ]  # fmt: skip
    assert (rows[1].agency_text, rows[1].sex, rows[1].pretest, rows[1].posttest) == (
        "Border police",
        "m",
        29,
        54,
    )
    assert rows[4].is_refused


@pytest.mark.parametrize("title", ["Side", "Country", "Ҷониб"])
def test_given_a_column_of_sides_when_an_officer_is_of_the_afghan_one_then_no_name_is_kept(
    title: str,
) -> None:
    row = one_row(
        f"Name|Agency|Sex|Phone|Passport|{title}",
        ["A B", "Customs", "M", "900000001", "P1234567", "Афғонистон"],
    )

    assert (row.full_name, row.phone, row.document, row.is_afghan_side) == ("", None, None, True)


def test_given_a_person_called_afghan_when_the_row_is_read_then_the_name_stays() -> None:
    row = one_row("ФИО|Пол|Страна назначения", ["Афғонов Один", "м", "Афганистан"])

    assert (row.full_name, row.is_group) == ("Афғонов Один", False)


@pytest.mark.parametrize("name", ["Ҷонибек Один", "Джонибеков Один", "Людмила Одина", "Тарафов Один"])
def test_given_a_name_like_a_word_for_a_group_when_the_row_is_read_then_the_name_stays(name: str) -> None:
    row = one_row("ФИО|Пол|Ведомство|Количество", [name, "м", "Таможня", 1])

    assert (row.full_name, row.is_group) == (name, False)


def test_given_no_column_of_sex_when_rows_are_read_then_names_are_not_taken_for_totals() -> None:
    data = xlsx([["ФИО", "Телефон"], ["Джами Один", ""], ["Ҷамъи умумӣ", 2], ["Ҷамъ", 2]])

    assert [row.full_name for row in read(data).rows] == ["Джами Один"]


def test_given_a_table_of_counts_when_it_is_read_then_every_row_is_a_group() -> None:
    row = one_row("Район|Пол|Количество", ["Восе", "ж", 12])

    assert (row.place, row.sex, row.count, row.is_group, row.reasons) == ("vose", "f", 12, True, ())


def test_given_notes_and_addresses_when_a_row_is_read_then_they_are_not_kept_and_it_is_said() -> None:
    row = one_row("ФИО|Пол|Адрес|Примечание", ["А Б", "ж", "ул. Первая 1", "повтор"])

    assert codes(row) == ["address_dropped", "notes_dropped"]
    assert not any("повтор" in str(value) or "Первая" in str(value) for value in row)


def test_given_an_address_in_the_place_column_when_it_is_read_then_only_the_district_is_kept() -> None:
    row = one_row("ФИО|Пол|Район", ["А Б", "ж", "н. Восеъ, кӯч. Якум 12"])

    assert (row.place, row.place_text, codes(row)) == ("vose", "", ["place_holds_address"])


def test_given_an_ambiguous_place_when_it_is_read_then_it_is_not_guessed() -> None:
    row = one_row("ФИО|Пол|Район", ["А Б", "ж", "Дӯстӣ"])

    assert (row.place, row.place_text, codes(row)) == (None, "Дӯстӣ", ["place_ambiguous"])


def test_given_a_region_and_no_district_when_a_row_is_read_then_the_region_is_the_place() -> None:
    row = one_row("ФИО|Пол|Вилоят|Ноҳия", ["А Б", "ж", "Хатлон", ""])

    assert (row.place, row.place_text) == ("KT", "Хатлон")


def test_given_an_age_and_no_birth_when_a_row_is_read_then_the_year_is_an_estimate() -> None:
    row = one_row("ФИО|Пол|Возраст|Дата", ["А Б", "ж", "34 года", "10.02.2025"])

    assert row.birth == (1991, None, None, "estimated")


def test_given_hours_beyond_the_course_when_a_row_is_read_then_they_are_dropped() -> None:
    titles = "Surname|Sex|Hours attended (of 24)|Pre-test|Post-test"

    row = one_row(titles, ["A", "F", "30", "18,5", "80%"])

    assert (row.hours, row.pretest, row.posttest, codes(row)) == (None, 18.5, 80, ["hours_unreadable"])


def test_given_a_day_outside_the_period_of_the_title_when_it_is_read_then_it_stays_and_it_is_said() -> None:
    row = one_row("ФИО|Пол|Дата", ["А Б", "ж", "05.06.2024"], "2025-q1.xlsx")

    assert (row.day, codes(row)) == (date(2024, 6, 5), ["day_outside_period"])


def test_given_an_unreadable_day_when_the_file_has_a_period_then_the_row_is_dated_to_it() -> None:
    row = one_row("ФИО|Пол|Дата", ["А Б", "ж", "12/13/2025"], "2025-q1.xlsx")

    assert (row.day, row.day_precision, codes(row)) == (date(2025, 1, 1), "quarter", ["day_impossible"])


def test_given_a_row_wider_than_the_titles_when_a_csv_is_read_then_it_is_refused_as_shifted() -> None:
    data = csv_bytes("Фамилия;Имя;Пол", "А;Б;ж", "В;лишнее;Г;м", "Д;Е;м;")

    assert [codes(row) for row in read(data).rows] == [[], ["sex_unknown", "cells_shifted"], []]


def test_given_a_row_shorter_than_the_titles_when_a_csv_is_read_then_missing_cells_are_empty() -> None:
    (row,) = read(csv_bytes("ФИО;Пол;Район;Телефон", "А Б;ж")).rows

    assert (row.full_name, row.sex, row.place_text, row.phone) == ("А Б", "f", "", None)


CELLS = st.one_of(
    st.text(max_size=20),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True),
    st.booleans(),
    st.sampled_from(["ж", "да", "01.01.2000", "Восе", "Afghan side, officers", "ИТОГО", "--", "900000001"]),
)


def _plain(text: str) -> str:
    """What a file can hold: no zero bytes, no halves of letters, no line breaks (they would move the rows)."""
    return "".join(letter for letter in text if letter.isprintable())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=12), max_size=6))
def test_given_any_cells_at_all_when_rows_are_read_then_nothing_breaks_and_groups_name_nobody(
    table: list[list[Any]],
) -> None:
    titles = f"{PERSON}|Количество|Ведомство|Часы".split("|")
    text = [";".join('"' + _plain(str(cell)).replace('"', '""') + '"' for cell in row) for row in table]
    register = read(csv_bytes(";".join(titles), ";".join(["А Б", "ж"]), *text, encoding="utf-16"), "2025.csv")

    rows = list(register.rows)

    assert rows[0].full_name == "А Б"
    assert not any(row.full_name or row.phone or row.document for row in rows if row.is_group)
    assert all(
        set(reason.params) <= {"column", "letter", "other", "since"} for row in rows for reason in row.reasons
    )
    assert {column.field for column in register.columns} >= {Field.COUNT, Field.AGENCY}
