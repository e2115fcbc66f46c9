from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rohnamo.engines.registers.dates import birth_of, day_of
from rohnamo.engines.registers.fields import Birth, Cell

TODAY = date(2025, 11, 24)


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("20.09.1963", (1963, 9, 20, "day")),
        ("20/09/1963", (1963, 9, 20, "day")),
        ("1963-09-20", (1963, 9, 20, "day")),
        ("1963-09-20 00:00:00", (1963, 9, 20, "day")),
        ("19630920", (1963, 9, 20, "day")),
        ("5.6.05", (2005, 6, 5, "day")),
        ("12.03.85", (1985, 3, 12, "day")),
        ("12 марта 1985 г.", (1985, 3, 12, "day")),
        ("12 марти соли 1985", (1985, 3, 12, "day")),
        ("March 12, 1985", (1985, 3, 12, "day")),
        ("۱۲/۰۳/۱۹۸۵", (1985, 3, 12, "day")),
        (datetime(1985, 3, 12), (1985, 3, 12, "day")),  # noqa: DTZ001 -- cells have no time zone
        (date(1985, 3, 12), (1985, 3, 12, "day")),
        (31118.0, (1985, 3, 12, "day")),
        ("31118", (1985, 3, 12, "day")),
        (2005.0, (2005, None, None, "year")),
        ("2005", (2005, None, None, "year")),
        ("2005 г.р.", (2005, None, None, "year")),
        ("00.00.1985", (1985, None, None, "year")),
        ("xx.xx.1985", (1985, None, None, "year")),
        ("март 1985", (1985, 3, None, "year")),
        ("03.1985", (1985, 3, None, "year")),
        ("01.01.1980", (1980, 1, 1, "estimated")),
        (date(1980, 1, 1), (1980, 1, 1, "estimated")),
        ("около 1980", (1980, None, None, "estimated")),
        ("1980?", (1980, None, None, "estimated")),
    ],
)
def test_given_a_birth_when_it_is_read_then_no_more_is_known_than_was_written(
    cell: Cell, birth: tuple[int | None, int | None, int | None, str]
) -> None:
    assert birth_of(cell, today=TODAY) == (birth, None)


@pytest.mark.parametrize("cell", ["", "--", " — ", "н/д", "."])
def test_given_a_mark_for_nothing_when_a_birth_is_read_then_it_is_empty_without_a_reason(cell: str) -> None:
    assert birth_of(cell, today=TODAY) == ((None, None, None, "none"), None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12/13/1988", "birth_impossible"),
        ("31.02.1990", "birth_impossible"),
        ("29.02.1991", "birth_impossible"),
        ("01.01.1800", "birth_impossible"),
        ("1905-05-01", "birth_impossible"),
        ("190", "birth_unreadable"),
        (190.0, "birth_unreadable"),
        ("???", "birth_unreadable"),
        ("молодой", "birth_unreadable"),
        (True, "birth_unreadable"),
        (time(10, 30), "birth_unreadable"),
        (float("nan"), "birth_unreadable"),
        (float("inf"), "birth_unreadable"),
        ("25.11.2025", "birth_in_future"),
        ("01.01.2026", "birth_year_in_future"),
        ("2052", "birth_year_in_future"),
    ],
)
def test_given_no_date_when_a_birth_is_read_then_it_is_dropped_with_a_reason(cell: Cell, reason: str) -> None:
    assert birth_of(cell, today=TODAY) == ((None, None, None, "none"), reason)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("01.01.2025", (date(2025, 1, 1), "day", None)),
        (45658.0, (date(2025, 1, 1), "day", None)),
        ("март 2025", (date(2025, 3, 1), "month", None)),
        (2024.0, (date(2024, 1, 1), "year", None)),
        ("25.11.2025", (None, "none", "day_in_future")),
        ("31.04.2025", (None, "none", "day_impossible")),
        ("01.01.1925", (None, "none", "day_impossible")),
        ("весной", (None, "none", "day_unreadable")),
        ("", (None, "none", None)),
    ],
)
def test_given_a_day_of_contact_when_it_is_read_then_its_precision_says_how_much_is_known(
    cell: Cell, expected: tuple[date | None, str, str | None]
) -> None:
    assert day_of(cell, today=TODAY) == expected


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=TODAY),
    st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"]),
)
def test_given_any_day_in_any_usual_form_when_it_is_read_then_it_is_the_same_day(
    day: date, form: str
) -> None:
    birth, reason = birth_of(day.strftime(form), today=TODAY)

    assert (birth.year, birth.month, birth.day, reason) == (day.year, day.month, day.day, None)


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.times()))
def test_given_anything_at_all_when_a_birth_is_read_then_it_is_a_past_date_or_nothing(cell: Cell) -> None:
    birth, reason = birth_of(cell, today=TODAY)

    assert birth.year is None or (reason is None and 1915 <= birth.year <= 2025)
    assert isinstance(birth, Birth)
