"""Numbers and days as each of the three languages writes them."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.ui import spelling


@pytest.mark.parametrize(
    ("language", "written"),
    [("tg", "12\u202f480"), ("ru", "12\u202f480"), ("en", "12,480"), ("fa", "12\u202f480")],
)
def test_given_thousands_when_written_then_the_language_groups_them(language: str, written: str) -> None:
    assert spelling.number(12480, language) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-46, "\u221246"), (1.5, "1,5"), (Decimal("1040.00"), "1\u202f040"), (2.345, "2,35")],
)
def test_given_any_number_when_written_then_only_the_digits_that_say_something_stay(
    value: float | Decimal, written: str
) -> None:
    assert spelling.number(value, "tg") == written


def test_given_a_share_when_written_then_one_decimal_and_the_sign_of_the_language() -> None:
    assert [spelling.percent(43.77, code) for code in ("tg", "ru", "en")] == [
        "43,8\u202f%",
        "43,8\u202f%",
        "43.8%",
    ]


def test_given_a_day_when_written_out_then_tajik_ties_the_month_to_its_year() -> None:
    on = date(2026, 11, 20)

    assert [spelling.day(on, code) for code in ("tg", "ru", "en")] == [
        "20\u00a0ноябри 2026",
        "20\u00a0ноября 2026",
        "20\u00a0November 2026",
    ]
    assert spelling.day_without_year(on, "tg") == "20\u00a0ноябр"


def test_given_a_day_half_known_when_written_then_what_is_unknown_is_not_written() -> None:
    born = date(1991, 3, 1)

    assert [spelling.day(born, "tg", precision=precision) for precision in ("month", "year")] == [
        "марти 1991",
        "1991",
    ]
    assert spelling.day(born, "ru", precision="month") == "март 1991"


def test_given_my_day_when_it_opens_then_the_weekday_stands_before_the_day() -> None:
    on = date(2026, 11, 23)

    assert [spelling.day_of_week(on, code) for code in ("tg", "ru", "en")] == [
        "душанбе, 23\u00a0ноябри 2026",
        "понедельник, 23\u00a0ноября 2026",
        "Monday 23\u00a0November 2026",
    ]


def test_given_every_month_when_named_in_tajik_then_twelve_names_stand() -> None:
    assert [spelling.MONTHS_TG[month] + "и" for month in range(12)] == spelling.MONTHS_TG_OF_A_YEAR
