"""Days by which a donor wants something, counted in months from a day of the agreement."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Due:
    """Both days included. opens_on is None where any day before will do."""

    due_on: date
    opens_on: date | None = None


def add_months(day: date, months: int) -> date:
    """The day of the same number, or the last day of a month that has no such day."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due_days(
    boundary: date,
    months: int,
    *,
    opens_months: int | None = None,
    every_months: int | None = None,
    before: date | None = None,
) -> list[Due]:
    """The days on which one rule falls due, in order.

    boundary: the first day that is counted from: the first day of an agreement, or the day after its last. Months
    are whole: one month from 1 March ends on 31 March, and one month before an end on 30 June began on 31 May.
    every_months: again after so many, as long as it falls before `before`, which must then be given. A single day
    that does not fall before `before` is left out too.
    """
    if every_months is not None and (every_months < 1 or before is None):
        raise ValueError("What comes again needs a step of a month at least, and a day before which it ends.")
    found: list[Due] = []
    at = months
    while before is None or _end(boundary, at) < before:
        opens_on = None if opens_months is None else add_months(boundary, opens_months + at - months)
        found.append(Due(_end(boundary, at), opens_on))
        if every_months is None:
            break
        at += every_months
    return found


def _end(boundary: date, months: int) -> date:
    return add_months(boundary, months) - ONE_DAY
