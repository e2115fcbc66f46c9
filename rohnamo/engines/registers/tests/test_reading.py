from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rohnamo.engines.registers import BadMapping, read_mapping, service_in_context
from rohnamo.engines.registers.tests.sheets import csv_bytes, read, xlsx


def _fields(titles: str) -> list[str | None]:
    register = read(xlsx([titles.split("|"), ["x"] * (titles.count("|") + 1)]))
    return [column.field.value if column.field else None for column in register.columns]


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (
            "№|Ф.И.О.|Пол|Дата рождения|Район|Телефон|Дата|Вид услуги|Согласие на звонок|Примечание",
            "serial full_name sex birth place phone day service consent notes",
        ),
        (
            (
                "Рақам|Насаб|Ном|Номи падар|Ҷинс|Соли таваллуд|Ноҳия/шаҳр|Рақами телефон|Санаи муроҷиат"
                "|Намуди хизмат|Кишвари сафар"
            ),
            "serial family given patronymic sex birth place phone day service destination",
        ),
        (
            (
                "Surname|Given names|Father's name|Sex|Date of birth (dd/mm/yyyy)|District|Passport|Course"
                "|Hours attended (of 24)|Pre-test|Post-test"
            ),
            "family given patronymic sex birth place document course hours pretest posttest",
        ),
        ("Name|Post|Sex|Number", "full_name post sex count"),
        (
            "Ф.И.О. / Full name|Пол / Ҷинс / Sex|Дата рождения / Date of birth|Телефон Phone|Дата / Date",
            "full_name sex birth phone day",
        ),
        ("Фамилия / Surname|Имя / Name|Санаи таваллуди иштирокчӣ", "family given birth"),
        ("Насаби иштирокчӣ|Номи иштирокчӣ|Ҷойи истиқомат|Рақами мобилӣ", "family given place phone"),
        ("ФИО|Пол|Услуга|Служба", "full_name sex service agency"),
        ("Имя|Фамилия|Отчество", "given family patronymic"),
        ("Имя|Пол|Возраст", "full_name sex age"),
        ("Насаб, ном, номи падар|Джинс|Суроға", "full_name sex address"),
        ("ФИО участника|М/Ж|Область|Служба", "full_name sex place agency"),
        ("Full name|Gender|DOB|Phone number|Village", "full_name sex birth phone None"),
    ],
)
def test_given_titles_in_any_language_when_a_register_is_read_then_its_columns_are_recognised(
    titles: str, fields: str
) -> None:
    assert _fields(titles) == [None if field == "None" else field for field in fields.split()]


@pytest.mark.parametrize(
    "title",
    [
        "Дата выдачи паспорта",
        "Место рождения",
        "Должность",
        "Миллат",
        "Гражданство",
        "E-mail",
        "Количество детей",
    ],
)
def test_given_a_title_that_resembles_a_field_when_it_is_read_then_it_is_reported_as_unknown(
    title: str,
) -> None:
    register = read(xlsx([["ФИО", "Пол", title], ["А Б", "ж", "x"]]))

    assert register.unknown_titles == (title,)


def test_given_title_rows_when_a_register_is_read_then_header_context_and_row_numbers_fit() -> None:
    data = xlsx(
        [
            ["Журнал информационных сессий, Худжанд"],
            [],
            ["I квартал 2025 г."],
            ["№", "Ф.И.О.", "Пол", "Цвет"],
            [1, "Одинаев Один", "м", "синий"],
            [],
            [2, "Дуюмова Ду", "ж", ""],
        ]
    )

    register = read(data, "C:\\отчёт\\реестр 2024.xlsx")

    assert (register.sheet, register.header_row) == ("Sheet 1", 4)
    assert register.context.period == (date(2025, 1, 1), date(2025, 3, 31))
    assert (register.context.precision, register.context.period_source) == ("quarter", "title")
    assert register.context.place == "khujand"
    assert register.context.title == "Журнал информационных сессий, Худжанд · I квартал 2025 г."
    assert [row.number for row in register.rows] == [5, 7]
    assert register.unknown_titles == ("Цвет",)
    assert [column.letter for column in register.columns] == ["A", "B", "C", "D"]


def test_given_a_service_of_the_mission_when_it_speaks_of_borders_then_it_is_no_agency() -> None:
    register = read(xlsx([["ФИО", "Пол", "Вид услуги"], ["А Б", "ж", "памятка о пограничном контроле"]]))

    assert [column.field for column in register.columns] == ["full_name", "sex", "service"]


def test_given_a_register_away_from_the_corner_when_it_is_read_then_letters_and_numbers_are_the_sheets() -> (
    None
):
    data = xlsx([[], [], ["", "", "ФИО", "Пол"], ["", "", "А Б", "ж"]])

    register = read(data)

    assert (register.header_row, [column.letter for column in register.columns]) == (3, ["C", "D"])
    assert [(row.number, row.full_name) for row in register.rows] == [(4, "А Б")]


@pytest.mark.parametrize(
    ("filename", "period", "precision"),
    [
        ("health-outreach-2025-q1.xlsx", (date(2025, 1, 1), date(2025, 3, 31)), "quarter"),
        ("joint-training-2013-11.xlsx", (date(2013, 11, 1), date(2013, 11, 30)), "month"),
        ("course-2025.csv", (date(2025, 1, 1), date(2025, 12, 31)), "year"),
        ("list.xlsx", None, "none"),
        ("plan-2031.xlsx", None, "none"),
    ],
)
def test_given_no_title_rows_when_the_file_name_tells_a_period_then_rows_take_it(
    filename: str, period: tuple[date, date] | None, precision: str
) -> None:
    register = read(xlsx([["ФИО", "Пол"], ["А Б", "ж"]]), filename)

    (row,) = register.rows
    assert register.context.period == period
    assert (row.day, row.day_precision) == (period[0] if period else None, precision)


def test_given_services_named_around_the_rows_when_one_is_sought_then_title_rows_go_before_the_file_name() -> (
    None
):
    vocabulary = {"talk": ["инфосессия"], "course": ["welding"]}
    titled = read(xlsx([["Инфосессии"], ["ФИО", "Пол"], ["А Б", "ж"]]), "welding-2025.xlsx")
    untitled = read(xlsx([["ФИО", "Пол"], ["А Б", "ж"]]), "welding-2025.xlsx")

    assert service_in_context(titled.context, vocabulary) == "talk"
    assert service_in_context(untitled.context, vocabulary) == "course"


def test_given_several_sheets_when_a_register_is_read_then_the_fullest_with_a_header_is_taken_and_others_told() -> (
    None
):
    def hide(_: Any, pages: list[Any]) -> None:
        pages[3].hide()

    header = ["ФИО", "Пол"]
    data = xlsx(
        [header, ["А Б", "ж"]],
        [header, ["В Г", "ж"], ["Д Е", "м"]],
        [["просто текст"]] * 9,
        [header, *[["Ж З", "м"]] * 5],
        change=hide,
    )

    register = read(data)

    assert register.sheet == "Sheet 2"
    assert [row.full_name for row in register.rows] == ["В Г", "Д Е"]
    assert sorted(register.other_sheets) == [
        ("Sheet 1", 1, True, False),
        ("Sheet 3", 9, False, False),
        ("Sheet 4", 0, False, True),
    ]


def test_given_titles_in_two_rows_when_a_register_is_read_then_they_are_joined() -> None:
    data = xlsx(
        [
            ["№", "Ф.И.О.", "", "", "Пол", "Тест", ""],
            ["", "Фамилия", "Имя", "Отчество", "", "до", "после"],
            [1, "Одинаев", "Один", "", "м", 10, 20],
        ]
    )

    register = read(data)

    (row,) = register.rows
    assert register.header_row == 2
    assert (row.number, row.family, row.given, row.pretest, row.posttest) == (3, "Одинаев", "Один", 10, 20)


def test_given_a_cell_merged_downwards_when_rows_are_read_then_each_has_its_value() -> None:
    def merge(_: Any, pages: list[Any]) -> None:
        pages[0].merge_range(1, 2, 3, 2, "Восе")

    data = xlsx([["ФИО", "Пол", "Район"], ["А Б", "ж"], [], ["В Г", "м"], ["Д Е", "м"]], change=merge)

    assert [(row.number, row.place) for row in read(data).rows] == [(2, "vose"), (4, "vose"), (5, None)]


def test_given_two_hundred_columns_when_a_register_is_read_then_unknown_ones_are_reported() -> None:
    titles = ["ФИО", "Пол", *[f"Признак {number}" for number in range(198)]]

    register = read(xlsx([titles, ["А Б", "ж", *range(198)]]))

    assert (len(register.columns), len(register.unknown_titles)) == (200, 198)
    assert register.columns[-1].letter == "GR"


def test_given_a_column_without_a_title_when_it_holds_cells_then_its_letter_is_reported() -> None:
    register = read(xlsx([["ФИО", "Пол"], ["А Б", "ж", "тайна"]]))

    assert register.unknown_titles == ("C",)


def test_given_two_columns_for_one_field_when_titles_differ_then_the_surer_one_counts() -> None:
    register = read(
        xlsx(
            [
                ["ФИО", "Пол", "Контактный телефон родственника (если есть)", "Телефон"],
                ["А Б", "ж", "1", "900000001"],
            ]
        )
    )

    (row,) = register.rows
    assert row.phone == "+992900000001"
    assert register.unknown_titles == ("Контактный телефон родственника (если есть)",)


def test_given_a_mapping_when_a_register_is_read_then_it_goes_before_the_guess() -> None:
    data = xlsx([["Кто", "Пол", "Дата"], ["А Б", "ж", "01.02.1990"]])

    register = read(data, mapping={"кто": "full_name", "ДАТА": "birth", "Вес": "ignored"})

    (row,) = register.rows
    assert (row.full_name, row.birth.year) == ("А Б", 1990)
    assert [column.certainty.value for column in register.columns] == ["mapped", "exact", "mapped"]
    assert register.unused_titles == ("Вес",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("m.toml", '[columns]\n"Кто" = "full_name"\nWhen = "day"\n'),
        ("m.toml", '"Кто" = "full_name"\nWhen = "day"\n'),
        ("m.csv", "title;field\nКто;full_name\nWhen;day\n"),
        ("m.csv", "Кто,full_name\nWhen,day\n"),
    ],
)
def test_given_a_mapping_file_when_it_is_read_then_it_says_fields_by_title(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    assert read_mapping(tmp_path / name) == {"Кто": "full_name", "When": "day"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("m.toml", "Кто ="),
        ("m.toml", "A = 1"),
        ("m.csv", "Кто;colour\n"),
        ("m.csv", "Кто\n"),
        ("m.csv", "A;sex\nA;day\n"),
    ],
)
def test_given_a_faulty_mapping_file_when_it_is_read_then_it_is_refused(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(BadMapping):
        read_mapping(tmp_path / name)


def test_given_a_path_when_a_register_is_read_then_rows_may_be_gone_through_twice(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(csv_bytes("ФИО;Пол", "А Б;ж", ";", "ИТОГО;", "ФИО;Пол"))

    register = read(path)  # type: ignore[arg-type]

    assert [row.number for row in register.rows] == [row.number for row in register.rows] == [2]
    assert dict(register.rows.skipped) == {"blank": 1, "total": 1, "titles_again": 1}
