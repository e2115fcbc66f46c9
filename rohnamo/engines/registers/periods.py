"""The period a title or a file name speaks of: "I квартал 2025 г.", "November 2013", "2025-q1"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from rohnamo.engines.registers.dates import MONTH_WORD, month_of
from rohnamo.engines.registers.fields import DayPrecision
from rohnamo.engines.registers.folding import fold


class Period(NamedTuple):
    """First and last day, both within. precision: how wide it is, for a day that is not known better."""

    start: date
    end: date
    precision: DayPrecision


_YEAR = r"(?:соли )?((?:19|20)\d{2})(?!\d)"
_NTH = r"(1|2|3|4|i{1,3}|iv|якум|дуюм|сеюм|чорум|чахорум|first|second|third|fourth|перв\w+|втор\w+|треть\w+|четверт\w+)"
_ORDER = r" ?(?:(?:й|ый|ой|ий|ое|е|st|nd|rd|th|уми|юми|ум|юм|и) ?)?"
_QUARTER_WORD = r"(?:квартал\w*|кв|quarter|qtr|семоха\w*|чоряк\w*)"
_HALF_WORD = r"(?:полугоди\w*|half(?: year)?|нимсола\w*)"
_BEFORE_YEAR = r" ?(?:of |of the year |за |)?"
_PATTERNS = {
    "quarter": re.compile(rf"\b{_NTH}{_ORDER}{_QUARTER_WORD}{_BEFORE_YEAR}{_YEAR}"),
    "quarter_after": re.compile(rf"\b{_QUARTER_WORD}и? {_NTH}и?{_BEFORE_YEAR}{_YEAR}"),
    "quarter_short": re.compile(rf"\bq ?([1-4]) ?{_YEAR}"),
    "year_quarter": re.compile(
        rf"\b{_YEAR} ?(?:г |год |года |с )?(?:q ?([1-4])|{_NTH}{_ORDER}{_QUARTER_WORD})\b"
    ),
    "half": re.compile(rf"\b{_NTH}{_ORDER}{_HALF_WORD}{_BEFORE_YEAR}{_YEAR}"),
    "half_after": re.compile(rf"\b{_HALF_WORD}и? {_NTH}и?{_BEFORE_YEAR}{_YEAR}"),
    "half_short": re.compile(rf"\bh ?([12]) ?{_YEAR}"),
    "year_half": re.compile(rf"\b{_YEAR} ?h ?([12])\b"),
    "months": re.compile(rf"\b({MONTH_WORD}) (?:по |до |то |to |until |ва |и |and )?({MONTH_WORD}) {_YEAR}"),
    "month": re.compile(rf"\b({MONTH_WORD}) {_YEAR}"),
    "year_month_word": re.compile(rf"\b{_YEAR} (?:год |года |г )?({MONTH_WORD})\b"),
}
_DAY = re.compile(
    r"(?<!\d)(\d{1,2})[.\-/_](\d{1,2})[.\-/_]((?:19|20)\d{2})(?!\d)|(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)"
)
_YEAR_MONTH = re.compile(
    r"(?<!\d)(?<!\d[.\-/_])(?:((?:19|20)\d{2})[\-_.](0[1-9]|1[0-2])|(0[1-9]|1[0-2])[\-_.]((?:19|20)\d{2}))(?![\d]|[.\-/]\d)"
)
_YEAR_ALONE = re.compile(r"(?<![\d.,])((?:19|20)\d{2})(?![\d])")
_ORDINALS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "якум": 1, "дуюм": 2, "сеюм": 3,
    "чорум": 4, "чахорум": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_ORDINAL_STEMS = (("перв", 1), ("втор", 2), ("трет", 3), ("четв", 4))


def period_in(text: str) -> Period | None:
    """The narrowest period a text names, or None; several years without a narrower period are None."""
    # Cyrillic І, which some type for the Roman numeral, would hide "І квартал".
    folded = fold(text.replace("І", "I").replace("Ⅰ", "I"))
    for find in (_quarter, _half, _months):
        if found := find(folded):
            return found
    return _days(text) or _numeric_month(text) or _year(text)


def quarter(year: int, number: int) -> Period:
    return _span(year, 3 * number - 2, 3 * number)


def _quarter(folded: str) -> Period | None:
    for name in ("quarter", "quarter_after", "quarter_short"):
        if found := _PATTERNS[name].search(folded):
            return quarter(int(found.group(2)), _ordinal(found.group(1)))
    if found := _PATTERNS["year_quarter"].search(folded):
        return quarter(int(found.group(1)), _ordinal(found.group(2) or found.group(3)))
    return None


def _half(folded: str) -> Period | None:
    pick: Callable[[re.Match[str]], tuple[str, str]]
    for name, pick in (
        ("half", lambda found: (found.group(2), found.group(1))),
        ("half_after", lambda found: (found.group(2), found.group(1))),
        ("half_short", lambda found: (found.group(2), found.group(1))),
        ("year_half", lambda found: (found.group(1), found.group(2))),
    ):
        found = _PATTERNS[name].search(folded)
        if found and _ordinal(pick(found)[1]) in {1, 2}:
            year, number = pick(found)
            return _span(int(year), 6 * _ordinal(number) - 5, 6 * _ordinal(number))
    return None


def _months(folded: str) -> Period | None:
    if found := _PATTERNS["months"].search(folded):
        first, last = month_of(found.group(1)), month_of(found.group(2))
        return _span(int(found.group(3)), first, last) if first <= last else None
    if found := _PATTERNS["month"].search(folded):
        return _span(int(found.group(2)), month_of(found.group(1)), month_of(found.group(1)))
    if found := _PATTERNS["year_month_word"].search(folded):
        return _span(int(found.group(1)), month_of(found.group(2)), month_of(found.group(2)))
    return None


def _days(text: str) -> Period | None:
    days = [day for found in _DAY.finditer(text) if (day := _day(found))]
    if not days:
        return None
    start, end = min(days), max(days)
    return Period(start, end, DayPrecision.DAY if start == end else DayPrecision.RANGE)


def _day(found: re.Match[str]) -> date | None:
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    try:
        return date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        return None


def _numeric_month(text: str) -> Period | None:
    found = _YEAR_MONTH.search(text)
    if not found:
        return None
    year, month = found.group(1) or found.group(4), found.group(2) or found.group(3)
    return _span(int(year), int(month), int(month))


def _year(text: str) -> Period | None:
    years = {int(found) for found in _YEAR_ALONE.findall(text)}
    return _span(years.pop(), 1, 12) if len(years) == 1 else None


def _ordinal(word: str) -> int:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return next(number for stem, number in _ORDINAL_STEMS if word.startswith(stem))


_WIDTHS = {1: DayPrecision.MONTH, 3: DayPrecision.QUARTER, 6: DayPrecision.HALF, 12: DayPrecision.YEAR}


def _span(year: int, first: int, last: int) -> Period:
    months = last - first + 1
    is_usual = months in _WIDTHS and (first - 1) % months == 0
    last_day = calendar.monthrange(year, last)[1]
    precision = _WIDTHS[months] if is_usual else DayPrecision.RANGE
    return Period(date(year, first, 1), date(year, last, last_day), precision)
