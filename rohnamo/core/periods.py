"""Periods of a mission: years, half-years, quarters, months, by their first and last day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


class Span(Protocol):
    """Anything that begins and ends on a day, both included."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start}).")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def label(self) -> str:
        """2025, 2025-H1, 2025-Q3, 2025-04, or both days: the same spelling everywhere."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        whole = self.start.day == 1 and (self.end + timedelta(days=1)).day == 1
        if not whole or months not in MONTHS.values() or (self.start.month - 1) % months:
            return f"{self.start.isoformat()}/{self.end.isoformat()}"
        number = (self.start.month - 1) // months + 1
        return {
            12: f"{self.start.year}",
            6: f"{self.start.year}-H{number}",
            3: f"{self.start.year}-Q{number}",
            1: f"{self.start.year}-{number:02d}",
        }[months]


def calendar_period(day: date, kind: str) -> Period:
    """The year, half, quarter or month that a day falls into."""
    months = MONTHS[kind]
    first_month = (day.month - 1) // months * months + 1
    return Period(date(day.year, first_month, 1), _month_end(day.year, first_month + months - 1))


def parse_period(label: str) -> Period:
    """The period that a label names: 2025, 2025-H1, 2025-Q3, 2025-04, 2024-03-01/2027-06-30.

    Raises ValueError with the accepted forms.
    """
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", label):
        return Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    if match := re.fullmatch(r"(\d{4})(?:-(?:([HQ])([1-4])|(\d\d)))?", label):
        year, letter, number, month = int(match[1]), match[2], int(match[3] or 1), int(match[4] or 1)
        kind = "month" if match[4] else {"H": "half", "Q": "quarter", None: "year"}[letter]
        first = month if match[4] else (number - 1) * MONTHS[kind] + 1
        if 1 <= first <= 12:
            return calendar_period(date(year, first, 1), kind)
    raise ValueError(
        f"{label!r} is no period. Write 2025, 2025-H1, 2025-Q3, 2025-04 or 2024-03-01/2027-06-30."
    )


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
