"""Dates as people write them: day first, ISO, a year alone, month names, spreadsheet serials.

Nothing is turned round to make it fit: 12/13/1988 is no date, not 13 December.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rohnamo.engines.registers.fields import NO_BIRTH, Birth, BirthPrecision, Cell, DayPrecision, ReasonCode
from rohnamo.engines.registers.folding import fold, tidy

OLDEST_AGE_YEARS = 110
FIRST_CONTACT_YEAR = 1990
# Day 0 of spreadsheets that take 1900 for a leap year; right for every day after February 1900.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(7000, 80000)

_MONTH_STEMS = (
    "янв|jan", "фев|feb", "мар|mar", "апр|apr", "ма[йяи]|may", "июн|jun", "июл|jul", "авг|aug", "сен|sep",
    "окт|oct", "ноя|nov", "дек|dec",
)  # fmt: skip
_MONTHS = tuple(re.compile(f"({stem})") for stem in _MONTH_STEMS)
MONTH_WORD = (
    r"(?:январ\w*|феврал\w*|март\w*|апрел\w*|ма[йяи]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|"
    r"декабр\w*|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|дек)"
)


class WrittenDate(NamedTuple):
    """What a cell says: month and day may be missing; is_guess when the writer marked the year as one."""

    year: int
    month: int | None = None
    day: int | None = None
    is_guess: bool = False


class NotADate(NamedTuple):
    """is_impossible: it looks like a date, but the calendar has no such day."""

    is_impossible: bool


_UNREADABLE = NotADate(is_impossible=False)
_IMPOSSIBLE = NotADate(is_impossible=True)

_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_YEAR_WORD = r"(?:\s*(?:г\.?\s?р\.?|г\.?|год[а]?|сол[иа]?|y)\.?)?"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})\s*[./\-, ]\s*(\d{{1,2}})\s*[./\-, ]\s*(\d{{4}}|\d{{2}}){_YEAR_WORD}{_TIME}"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[./\-](\d{{1,2}})[./\-](\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_UNKNOWN = re.compile(
    r"(?:0{1,2}|-{1,2}|_{1,2}|[xх]{1,2}|\?{1,2})[./\-](?:\d{1,2}|-{1,2}|_{1,2}|[xх]{1,2}|\?{1,2})[./\-](\d{4})"
)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})|(\d{4})-(\d{1,2})")
_GUESS = re.compile(
    r"^(?:около|ок\.?|примерно|прим\.?|тақрибан|тахминан|approx\.?|about|circa|c\.|~|≈)\s*|\s*\?$",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(\d{{4}}){_YEAR_WORD}")
_SERIAL = re.compile(r"\d{5}")
_NAMED = re.compile(rf"(?:(\d{{1,2}})\s)?({MONTH_WORD})\s(?:соли\s)?(\d{{4}})(?:\s(?:г|года?|сол))?")
_NAMED_FIRST = re.compile(rf"({MONTH_WORD})\s(\d{{1,2}})\s(\d{{4}})")


def month_of(word: str) -> int:
    """The month a folded word of MONTH_WORD names."""
    return next(number for number, stem in enumerate(_MONTHS, 1) if stem.match(word))


def written_date(value: Cell, *, today: date) -> WrittenDate | NotADate | None:
    """What a cell says of a date; None when it is empty or a dash. `today` settles two-digit years."""
    if isinstance(value, date):
        return WrittenDate(value.year, value.month, value.day)
    if isinstance(value, bool):
        return _UNREADABLE
    if isinstance(value, (int, float)):
        return _from_number(value)
    text = tidy(value)
    return _from_text(text, today) if text else None


def birth_of(value: Cell, *, today: date) -> tuple[Birth, ReasonCode | None]:
    """The birth a cell says, and why it is not taken when it is not. 1 January counts as an estimate."""
    found = written_date(value, today=today)
    if found is None:
        return NO_BIRTH, None
    if isinstance(found, NotADate):
        return NO_BIRTH, ReasonCode.BIRTH_IMPOSSIBLE if found.is_impossible else ReasonCode.BIRTH_UNREADABLE
    if found.year > today.year:
        return NO_BIRTH, ReasonCode.BIRTH_YEAR_IN_FUTURE
    if found.year < today.year - OLDEST_AGE_YEARS:
        return NO_BIRTH, ReasonCode.BIRTH_IMPOSSIBLE
    if _first_day(found) > today:
        return NO_BIRTH, ReasonCode.BIRTH_IN_FUTURE
    return Birth(found.year, found.month, found.day, _birth_precision(found)), None


def day_of(value: Cell, *, today: date) -> tuple[date | None, DayPrecision, ReasonCode | None]:
    """The day of a contact; with a month or year alone, its first day and that precision."""
    found = written_date(value, today=today)
    if found is None:
        return None, DayPrecision.NONE, None
    if isinstance(found, NotADate) or found.year < FIRST_CONTACT_YEAR:
        is_impossible = not isinstance(found, NotADate) or found.is_impossible
        return (
            None,
            DayPrecision.NONE,
            ReasonCode.DAY_IMPOSSIBLE if is_impossible else ReasonCode.DAY_UNREADABLE,
        )
    if _first_day(found) > today:
        return None, DayPrecision.NONE, ReasonCode.DAY_IN_FUTURE
    precision = DayPrecision.DAY if found.day else DayPrecision.MONTH if found.month else DayPrecision.YEAR
    return _first_day(found), precision, None


def _birth_precision(found: WrittenDate) -> BirthPrecision:
    if found.is_guess or (found.month, found.day) == (1, 1):
        return BirthPrecision.ESTIMATED
    return BirthPrecision.DAY if found.day else BirthPrecision.YEAR


def _first_day(found: WrittenDate) -> date:
    return date(found.year, found.month or 1, found.day or 1)


def _from_number(value: float) -> WrittenDate | NotADate:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 -- the test for "not a number"
        return _UNREADABLE
    whole = int(value)
    if whole in _SERIALS:
        day = _SERIAL_ZERO + timedelta(days=whole)
        return WrittenDate(day.year, day.month, day.day)
    return WrittenDate(whole) if whole == value and 1000 <= whole <= 2999 else _UNREADABLE


def _from_text(text: str, today: date) -> WrittenDate | NotADate:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
        return _unknown_day_or(int(day), int(month), _full_year(year, today))
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = found.groups()
        return _unknown_day_or(int(day), int(month), int(year))
    if found := _DAY_UNKNOWN.fullmatch(text):
        return _checked(int(found.group(1)))
    if found := _MONTH_YEAR.fullmatch(text):
        year, month = found.group(2) or found.group(3), found.group(1) or found.group(4)
        return _checked(int(year), int(month))
    if _SERIAL.fullmatch(text):
        return _from_number(int(text))
    return _from_year_or_words(text)


def _from_year_or_words(text: str) -> WrittenDate | NotADate:
    bare = _GUESS.sub("", text)
    if found := _YEAR.fullmatch(bare):
        return _checked(int(found.group(1)), is_guess=bare != text)
    folded = fold(text)
    if found := _NAMED.fullmatch(folded):
        day, word, year = found.groups()
        return _checked(int(year), month_of(word), int(day) if day else None)
    if found := _NAMED_FIRST.fullmatch(folded):
        word, day, year = found.groups()
        return _checked(int(year), month_of(word), int(day))
    return _UNREADABLE


def _full_year(year: str, today: date) -> int:
    """Two digits mean the latest year that is not in the future: in 2025 "85" is 1985 and "05" is 2005."""
    if len(year) == 4:
        return int(year)
    century = today.year - today.year % 100
    return century + int(year) - (100 if century + int(year) > today.year else 0)


def _unknown_day_or(day: int, month: int, year: int) -> WrittenDate | NotADate:
    """00.00.1985 is how some write "only the year is known"."""
    if day == 0:
        return _checked(year, month or None)
    return _checked(year, month, day)


def _checked(
    year: int, month: int | None = None, day: int | None = None, *, is_guess: bool = False
) -> WrittenDate | NotADate:
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return _IMPOSSIBLE
    return WrittenDate(year, month, day, is_guess)


def as_day(value: date) -> date:
    """The date of a datetime."""
    return value.date() if isinstance(value, datetime) else value
