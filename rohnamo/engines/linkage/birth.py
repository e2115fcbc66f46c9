"""What two birth dates say about two records being one person.

Bits are log2 of how much likelier the finding is for one person than for two strangers, rounded: a full date
meets by chance once in 365 × some 40 years, a year once in some 40.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rohnamo.engines.linkage.reasons import Finding, LinkReason


class Precision(StrEnum):
    DAY = "day"
    YEAR = "year"
    ESTIMATED = "estimated"
    NONE = "none"


class Birth(NamedTuple):
    """year None means unknown; month and day are used only with precision DAY."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    precision: Precision = Precision.NONE

    @classmethod
    def on(cls, day: date) -> "Birth":
        """A birth on a written date. 1 January is a year whose day was unknown, so it becomes one."""
        if (day.month, day.day) == (1, 1):
            return cls.in_year(day.year)
        return cls(day.year, day.month, day.day, Precision.DAY)

    @classmethod
    def in_year(cls, year: int, *, is_estimated: bool = False) -> "Birth":
        return cls(year, None, None, Precision.ESTIMATED if is_estimated else Precision.YEAR)


BITS_FULL_DATE = 13.0
BITS_YEAR = 5.0
_YEARS_OF_ESTIMATE = 3


def birth_finding(left: Birth, right: Birth) -> Finding | None:
    """Return what the dates say; None when one is unknown."""
    if left.year is None or right.year is None:
        return None
    if Precision.ESTIMATED in {left.precision, right.precision}:
        return _estimated(abs(left.year - right.year))
    if _has_day(left) and _has_day(right):
        return _days(left, right)
    return _years(left.year, right.year)


def _has_day(birth: Birth) -> bool:
    """1 January counts as a year even when a caller built the date by hand."""
    is_written = birth.precision is Precision.DAY and birth.month is not None and birth.day is not None
    return is_written and (birth.month, birth.day) != (1, 1)


def _estimated(years_apart: int) -> Finding:
    if years_apart == 0:
        return Finding(LinkReason.SAME_BIRTH_YEAR, 2.0)
    if years_apart <= _YEARS_OF_ESTIMATE:
        return Finding(LinkReason.NEAR_BIRTH_YEAR, 0.5)
    return Finding(LinkReason.BIRTH_DIFFERS, -3.0 if years_apart <= 2 * _YEARS_OF_ESTIMATE else -7.0)


def _years(one: int, other: int) -> Finding:
    if one == other:
        return Finding(LinkReason.SAME_BIRTH_YEAR, BITS_YEAR)
    if abs(one - other) == 1:
        return Finding(LinkReason.NEAR_BIRTH_YEAR, -2.0)
    return Finding(LinkReason.BIRTH_DIFFERS, -8.0)


def _days(left: Birth, right: Birth) -> Finding:
    same_year = left.year == right.year
    if left == right:
        return Finding(LinkReason.SAME_BIRTH_DATE, BITS_FULL_DATE)
    if same_year and (left.month, left.day) == (right.day, right.month):
        return Finding(LinkReason.BIRTH_DAY_AND_MONTH_SWAPPED, 9.0)
    if (left.month, left.day) == (right.month, right.day):
        return _same_day_other_year(left, right)
    if same_year and (left.month == right.month or left.day == right.day):
        return Finding(LinkReason.NEAR_BIRTH_DATE, 1.0)
    return Finding(LinkReason.BIRTH_DIFFERS, -4.0 if same_year else -9.0)


def _same_day_other_year(left: Birth, right: Birth) -> Finding:
    """One digit of the year typed wrong keeps most of the evidence of day and month."""
    digits = zip(str(left.year), str(right.year), strict=False)
    is_slip = sum(a != b for a, b in digits) == 1
    return Finding(LinkReason.NEAR_BIRTH_DATE, 4.0 if is_slip else -1.0)
