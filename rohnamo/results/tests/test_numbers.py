"""Numbers as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from rohnamo.results.forms.numbers import read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1000", Decimal(1000)),
        ("1 000", Decimal(1000)),
        ("1\u00a0000", Decimal(1000)),
        ("1\u202f234\u202f567", Decimal(1234567)),
        ("1,5", Decimal("1.5")),
        ("1.5", Decimal("1.5")),
        ("1 000,50", Decimal("1000.50")),
        ("1,234,567", Decimal(1234567)),
        ("1.234.567,8", Decimal("1234567.8")),
        ("12,345.67", Decimal("12345.67")),
        ("12.345,67", Decimal("12345.67")),
        ("0,75", Decimal("0.75")),
        ("65 %", Decimal(65)),
        ("1'000", Decimal(1000)),
        ("۱۲۳", Decimal(123)),
    ],
)
def test_given_a_usual_spelling_when_read_then_it_is_the_number(typed: str, number: Decimal) -> None:
    assert read_number(typed) == number


def test_given_nothing_when_read_then_there_is_no_number() -> None:
    assert read_number("  ") is None


@pytest.mark.parametrize("typed", ["1,000", "12.500"])
def test_given_a_number_that_means_two_things_when_read_then_both_are_offered(typed: str) -> None:
    with pytest.raises(ValidationError, match="can be read in two ways"):
        read_number(typed)


@pytest.mark.parametrize("typed", ["many", "1,2,3", "1..5", "--1", "1e5", "-4", "3,141", "5000000000000000"])
def test_given_what_is_no_number_when_read_then_it_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError):
        read_number(typed)


@given(st.text(max_size=20))
def test_given_anything_at_all_when_read_then_it_is_a_number_nothing_or_a_sentence(typed: str) -> None:
    try:
        number = read_number(typed)
    except ValidationError:
        return
    assert number is None or number >= 0
