"""Reads single cells: each function gives what is kept and why something is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from rohnamo.engines.registers.dates import birth_of, day_of
from rohnamo.engines.registers.fields import Birth, Cell, DayPrecision, ReasonCode, Sex
from rohnamo.engines.registers.folding import tidy
from rohnamo.engines.registers.places import Gazetteer, PlaceVerdict, holds_address
from rohnamo.engines.registers.words import consent_of, sex_of

Kept = TypeVar("Kept")
Answer = tuple[Kept, ReasonCode | None]

_REMEMBERED = 20_000
OLDEST_YEARS = 110
_NUMBER = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,4})?)\s*(?:%|ч|час\w*|соат|h|hrs?|hours?|балл\w*|points?)?\.?", re.IGNORECASE
)
_DOCUMENT = re.compile(r"(?=.*\d)[\w№#/\- .]{4,30}")


class Memory(dict[Cell, Kept], Generic[Kept]):
    """Answers to cells seen before: a register says "инфосессия" ten thousand times.

    It belongs to one reading and goes with it, because what it remembers may be about people.
    """

    def __init__(self, answer: Callable[[Cell], Kept]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, cell: Cell) -> Kept:
        answer = self._answer(cell)
        if len(self) < _REMEMBERED:
            self[cell] = answer
        return answer


def read_sex(cell: Cell) -> Answer[Sex]:
    text = tidy(cell)
    if not text:
        return Sex.UNKNOWN, ReasonCode.SEX_MISSING
    sex = sex_of(text)
    return (sex, None) if sex else (Sex.UNKNOWN, ReasonCode.SEX_UNKNOWN)


def read_birth(cell: Cell, today: date) -> Answer[Birth]:
    return birth_of(cell, today=today)


def read_age(cell: Cell) -> Answer[int | None]:
    """Completed years, 0 to 110."""
    text = tidy(cell)
    if not text:
        return None, None
    found = re.fullmatch(r"(\d{1,3})(?:\s*(?:лет|год\w*|г|сол\w*|years?|y))?\.?", text, re.IGNORECASE)
    years = int(found.group(1)) if found else -1
    return (years, None) if 0 <= years <= OLDEST_YEARS else (None, ReasonCode.AGE_UNREADABLE)


def read_place(cell: Cell, gazetteer: Gazetteer) -> Answer[tuple[str | None, str]]:
    """Code and text; the text is dropped when it goes down to a street or house."""
    text = tidy(cell)
    if not text:
        return (None, ""), None
    match = gazetteer.find(text)
    kept = "" if holds_address(text) else text
    if match.verdict is PlaceVerdict.AMBIGUOUS:
        return (None, kept), ReasonCode.PLACE_AMBIGUOUS
    if match.verdict is PlaceVerdict.UNKNOWN:
        return (None, kept), ReasonCode.PLACE_UNKNOWN if kept else ReasonCode.PLACE_HOLDS_ADDRESS
    return (match.code, kept), None if kept else ReasonCode.PLACE_HOLDS_ADDRESS


def read_document(cell: Cell) -> Answer[str | None]:
    """As written, in capitals; anything without a digit, or much longer than a number, is not one."""
    text = tidy(cell)
    if not text:
        return None, None
    return (text.upper(), None) if _DOCUMENT.fullmatch(text) else (None, ReasonCode.DOCUMENT_UNREADABLE)


def read_consent(cell: Cell) -> Answer[bool]:
    """An empty or unreadable cell is no consent."""
    text = tidy(cell)
    if not text:
        return False, None
    answer = consent_of(text)
    return (False, ReasonCode.CONSENT_UNREADABLE) if answer is None else (answer, None)


def read_number(cell: Cell, *, highest: float, otherwise: ReasonCode) -> Answer[float | None]:
    """A number from 0 to `highest`, with its unit if any ("24 ч", "80%")."""
    text = tidy(cell)
    if not text:
        return None, None
    found = None if isinstance(cell, bool) else _NUMBER.fullmatch(text)
    number = float(found.group(1).replace(",", ".")) if found else -1.0
    return (number, None) if 0 <= number <= highest else (None, otherwise)


def read_count(cell: Cell) -> Answer[int]:
    """How many people a row stands for: 1 when the cell is empty, a whole number above 0 otherwise."""
    text = tidy(cell)
    if not text:
        return 1, None
    is_count = text.isdecimal() and len(text) <= 6 and int(text) > 0
    return (int(text), None) if is_count else (0, ReasonCode.COUNT_UNREADABLE)


def read_day(
    cell: Cell, today: date, period: tuple[date, date] | None, precision: DayPrecision
) -> Answer[tuple[date | None, DayPrecision]]:
    """The day of the contact; without one, the first day of the period around the register."""
    day, own_precision, reason = day_of(cell, today=today)
    if day is None:
        return (period[0], precision) if period else (None, DayPrecision.NONE), reason
    if period and own_precision is DayPrecision.DAY and not period[0] <= day <= period[1]:
        return (day, own_precision), ReasonCode.DAY_OUTSIDE_PERIOD
    return (day, own_precision), None
