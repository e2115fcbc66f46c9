from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rohnamo.engines.registers.fields import Cell
from rohnamo.engines.registers.phones import phone_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("+992900000001", "+992900000001"),
        ("992 90 000 0001", "+992900000001"),
        ("900000001", "+992900000001"),
        (900000001.0, "+992900000001"),
        (992900000001.0, "+992900000001"),
        ("00992 90 000-00-01", "+992900000001"),
        ("8 10 992 900000001", "+992900000001"),
        ("(90) 000 00 01", "+992900000001"),
        ("89160000001", "+79160000001"),
        ("+7 916 000-00-01", "+79160000001"),
        ("+93 70 000 0001", "+93700000001"),
    ],
)
def test_given_a_number_in_a_usual_form_when_it_is_read_then_it_is_e164(cell: Cell, number: str) -> None:
    assert phone_of(cell) == (number, None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12345", "phone_impossible"),
        ("600000000", "phone_impossible"),
        ("0000000000", "phone_impossible"),
        ("9929000000011", "phone_impossible"),
        ("+1", "phone_impossible"),
        ("9.929E+11", "phone_unreadable"),
        ("EXAMPLE 0000", "phone_unreadable"),
        ("нет телефона", "phone_unreadable"),
    ],
)
def test_given_no_number_when_it_is_read_then_it_is_dropped_with_a_reason(cell: str, reason: str) -> None:
    assert phone_of(cell) == (None, reason)


@pytest.mark.parametrize("cell", ["", "-", "—"])
def test_given_an_empty_cell_when_a_phone_is_read_then_there_is_no_reason(cell: str) -> None:
    assert phone_of(cell) == (None, None)


@pytest.mark.parametrize("cell", ["900000001, 900000002", "900000001/900000002", "900000001 ва 900000002"])
def test_given_two_numbers_when_they_are_read_then_the_first_is_kept_and_it_is_said(cell: str) -> None:
    assert phone_of(cell) == ("+992900000001", "phones_several")


@given(st.one_of(st.text(max_size=40), st.text("0123456789+-() ", max_size=20), st.floats(), st.integers()))
def test_given_anything_at_all_when_a_phone_is_read_then_it_is_a_valid_number_or_none(cell: Cell) -> None:
    number, _ = phone_of(cell)

    assert number is None or phonenumbers.is_valid_number(phonenumbers.parse(number))
