"""Numbers and days as a reader writes them in Tajik, Russian and English.

Pure: the language is given, never looked up. Django's own formats know no Tajik, and its Russian ones
put an ordinary space into a number, which lets a line break inside it.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Language = Literal["tg", "ru", "en"]
Precision = Literal["day", "month", "year"]

THIN_SPACE = "\u202f"  # narrow and never broken at a line's end
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")

# In Tajik the month is tied to its year with the izofa: 20 ноябр, but 20 ноябри 2026.
MONTHS_TG = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "май",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
]
MONTHS_TG_OF_A_YEAR = [
    "январи",
    "феврали",
    "марти",
    "апрели",
    "майи",
    "июни",
    "июли",
    "августи",
    "сентябри",
    "октябри",
    "ноябри",
    "декабри",
]
MONTHS_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
MONTHS_RU_ALONE = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = {
    "tg": ["душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def known(language: str | None) -> Language:
    """One of our three languages for any language tag; an unknown one reads Russian."""
    short = (language or "")[:2]
    if short == "tg":
        return "tg"
    return "en" if short == "en" else "ru"


def number(value: float | Decimal, language: str, *, places: int | None = None) -> str:
    """Grouped by thousands. places: digits after the point; None writes up to two and drops trailing zeros."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    shown = exact.quantize(Decimal(1).scaleb(-(2 if places is None else places)), rounding=ROUND_HALF_UP)
    digits = f"{shown:,f}"
    if places is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    digits = digits.replace("-", "\u2212")
    if known(language) == "en":
        return digits
    return digits.replace(",", THIN_SPACE).replace(".", ",")


def unbroken(text: str) -> str:
    """A text that somebody wrote, with the spaces inside its numbers made unbreakable: "652 014" stays on one line."""
    return _THOUSANDS.sub(THIN_SPACE, text)


def percent(value: float | Decimal, language: str, *, places: int = 1) -> str:
    """value: per cent itself, 43.8 for 43.8 %, not a share of one."""
    digits = number(value, language, places=places)
    return f"{digits}%" if known(language) == "en" else f"{digits}{THIN_SPACE}%"


def day(on: date, language: str, *, precision: Precision = "day") -> str:
    """Written out. precision says how much of the day is known; what is not known is not written."""
    if precision == "year":
        return str(on.year)
    code, month = known(language), on.month - 1
    if precision == "month":
        alone = {"tg": MONTHS_TG_OF_A_YEAR, "ru": MONTHS_RU_ALONE, "en": MONTHS_EN}[code]
        return f"{alone[month]} {on.year}"
    tied = {"tg": MONTHS_TG_OF_A_YEAR, "ru": MONTHS_RU, "en": MONTHS_EN}[code]
    return f"{on.day}\u00a0{tied[month]} {on.year}"


def day_of_week(on: date, language: str) -> str:
    """With the name of the weekday before it, as My day opens."""
    code = known(language)
    comma = " " if code == "en" else ", "
    return f"{WEEKDAYS[code][on.weekday()]}{comma}{day(on, code)}"


def day_without_year(on: date, language: str) -> str:
    """For days near enough that nobody asks for the year."""
    code = known(language)
    months = {"tg": MONTHS_TG, "ru": MONTHS_RU, "en": MONTHS_EN}[code]
    return f"{on.day}\u00a0{months[on.month - 1]}"
