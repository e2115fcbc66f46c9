"""Sheets as they should not be: each is read rightly or refused with a reason, and never guessed."""

from __future__ import annotations

from typing import Any

from rohnamo.engines.registers import Skipped
from rohnamo.engines.registers.tests.sheets import codes, read, xlsx

TITLES = ["№", "Ф.И.О.", "Пол", "Дата рождения", "Район", "Телефон"]
DALER = [1, "Намунаев Далер", "м", "14.03.1988", "Восейский район", "918000001"]
LOLA = [2, "Розизода Лола", "ж", "30.11.2001", "Хорог", "918000002"]
RUSTAM = [3, "Пинҳонов Рустам", "м", "07.07.1979", "Бохтар", "918000003"]
ZULFIYA = [4, "Мисолова Зулфия", "ж", "01.05.1991", "Хорог", "918000004"]


def turned(row: list[Any], left: int, right: int) -> list[Any]:
    other = list(row)
    other[left], other[right] = row[right], row[left]
    return other


def test_given_a_formula_with_a_stored_value_when_a_row_is_read_then_the_value_counts_and_it_is_said() -> (
    None
):
    def put(_book: Any, pages: list[Any]) -> None:
        pages[0].write_formula("C2", '=IF(A2=1,"м","ж")', None, "м")
        pages[0].write_formula("A3", "=A2+1", None, 2)

    first, second = read(xlsx([TITLES, DALER, LOLA], change=put)).rows

    assert (first.sex, codes(first)) == ("m", ["formula_counted"])
    assert dict(first.reasons[0].params) == {"column": "Пол", "letter": "C"}
    assert codes(second) == [], "a number in a row is nothing that is kept"


def test_given_cells_merged_across_and_down_when_rows_are_read_then_each_row_has_its_own() -> None:
    def merge(_book: Any, pages: list[Any]) -> None:
        pages[0].merge_range("E2:E3", "Хорог")
        pages[0].merge_range("B4:C4", "Пинҳонов Рустам")

    spread = [3, "Пинҳонов Рустам", "", *RUSTAM[3:]]

    rows = list(read(xlsx([TITLES, DALER, LOLA, spread], change=merge)).rows)

    assert [row.place for row in rows] == ["khorugh", "khorugh", "bokhtar"]
    assert (rows[2].full_name, codes(rows[2])) == ("Пинҳонов Рустам", ["sex_missing"])


def test_given_a_sheet_of_two_hundred_columns_when_it_is_read_then_only_what_is_known_is_kept() -> None:
    more = [f"Показатель {number}" for number in range(194)]

    register = read(xlsx([TITLES + more, DALER + [0] * 194]))

    assert [row.full_name for row in register.rows] == ["Намунаев Далер"]
    assert (len(register.columns), len(register.unknown_titles)) == (200, 194)


def test_given_columns_that_change_places_half_way_when_rows_are_read_then_those_after_are_refused_with_the_row() -> (
    None
):
    table = [TITLES, DALER, LOLA, turned(RUSTAM, 2, 4), turned(ZULFIYA, 2, 4)]

    rows = list(read(xlsx(table)).rows)

    assert [row.is_refused for row in rows] == [False, False, True, True]
    assert [codes(row) for row in rows[2:]] == [["columns_swapped"]] * 2
    assert [dict(row.reasons[0].params) for row in rows[2:]] == [
        {"column": "Пол", "letter": "C", "other": "Район", "since": 4}
    ] * 2


def test_given_a_row_that_says_too_little_when_it_follows_a_swap_then_it_is_refused_too() -> None:
    bare = [4, "Мисолова Зулфия", "", "", "", ""]

    rows = list(read(xlsx([TITLES, turned(DALER, 2, 3), bare, LOLA])).rows)

    assert [row.is_refused for row in rows] == [True, True, False], "a row that fits its titles ends it"


def test_given_a_name_and_a_phone_that_change_places_when_rows_are_read_then_nobody_is_called_by_a_number() -> (
    None
):
    rows = list(read(xlsx([TITLES, DALER, turned(LOLA, 1, 5)])).rows)

    assert [(row.is_refused, codes(row)) for row in rows] == [(False, []), (True, ["columns_swapped"])]


def test_given_a_second_row_of_titles_in_another_order_when_rows_are_read_then_they_are_read_by_it() -> None:
    table = [TITLES, DALER, turned(TITLES, 2, 4), turned(LOLA, 2, 4), turned(RUSTAM, 2, 4)]

    rows = list(read(xlsx(table)).rows)

    assert [(row.full_name, row.sex.value, row.place) for row in rows] == [
        ("Намунаев Далер", "m", "vose"), ("Розизода Лола", "f", "khorugh"), ("Пинҳонов Рустам", "m", "bokhtar"),
    ]  # fmt: skip
    assert [codes(row) for row in rows] == [[], [], []]


def test_given_several_sheets_when_the_fullest_is_read_then_the_others_are_named() -> None:
    def hide(book: Any, _pages: list[Any]) -> None:
        book.add_worksheet("Корҳо").hide()

    register = read(xlsx([TITLES, DALER, LOLA], [TITLES, RUSTAM], [["Просто текст"]], change=hide))

    assert [row.full_name for row in register.rows] == ["Намунаев Далер", "Розизода Лола"]
    assert [(note.code, dict(note.params)) for note in register.notes] == [
        ("sheet_hidden", {"sheet": "Корҳо", "rows": 0}),
        ("sheet_not_read", {"sheet": "Sheet 2", "rows": 1}),
    ]


def test_given_hidden_rows_and_columns_when_a_sheet_is_read_then_they_count_and_it_is_said() -> None:
    def hide(_book: Any, pages: list[Any]) -> None:
        pages[0].set_row(2, None, None, {"hidden": True})
        pages[0].set_column("E:F", None, None, {"hidden": True})

    register = read(xlsx([TITLES, DALER, LOLA], change=hide))

    rows = list(register.rows)
    assert [(row.place, codes(row)) for row in rows] == [("vose", []), ("khorugh", ["row_hidden"])]
    assert [(note.code, dict(note.params)) for note in register.notes] == [
        ("columns_hidden", {"letters": "E, F"}),
        ("rows_hidden", {"rows": 1}),
    ]


def test_given_numbers_stored_as_text_and_dates_as_numbers_when_rows_are_read_then_they_mean_the_same() -> (
    None
):
    as_text = ["1", "Намунаев Далер", "м", "32216", "Восейский район", "918000001"]
    as_numbers = [2, "Розизода Лола", "ж", 37225, "Хорог", 918000002.0]

    first, second = read(xlsx([TITLES, as_text, as_numbers])).rows

    assert [first.birth[:3], second.birth[:3]] == [(1988, 3, 14), (2001, 11, 30)]
    assert [first.phone, second.phone] == ["+992918000001", "+992918000002"]


def test_given_titles_on_every_page_and_totals_in_between_when_rows_are_read_then_only_people_are_left() -> (
    None
):
    total = ["", "Итого", "", "", "", 2]
    register = read(
        xlsx([TITLES, DALER, total, [], TITLES, LOLA, TITLES, RUSTAM, ["Ҳамагӣ", 3, "", "", "", ""]])
    )

    numbers = [(row.number, row.full_name) for row in register.rows]

    assert numbers == [(2, "Намунаев Далер"), (6, "Розизода Лола"), (8, "Пинҳонов Рустам")]
    assert register.rows.skipped == {Skipped.TITLES_AGAIN: 2, Skipped.TOTAL: 2, Skipped.BLANK: 1}
