"""Phone numbers to E.164; a number that cannot exist is dropped with a reason, never mended by guessing."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers

from rohnamo.engines.registers.fields import Cell, ReasonCode
from rohnamo.engines.registers.folding import tidy

HOME_REGION = "TJ"
_HOME_CODE = "992"
_SEVERAL = re.compile(r"\s*(?:[,;/|\n]|\bи\b|\bва\b|\band\b)\s*")
_FORM = re.compile(r"[\d\s().\-+–]+")
_NOT_DIGIT = re.compile(r"\D")


@lru_cache(maxsize=1)
def _home_numbers() -> re.Pattern[str]:
    """Every number of the country as the library knows it: parsing each takes the library fifty times longer."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(HOME_REGION)
    kinds = (metadata.mobile, metadata.fixed_line) if metadata else ()
    return re.compile("|".join(kind.national_number_pattern or "" for kind in kinds if kind))


def phone_of(value: Cell) -> tuple[str | None, ReasonCode | None]:
    """E.164 of the first usable number of a cell, and what was wrong. Nothing is kept between calls."""
    text = tidy(value)
    if not text:
        return None, None
    number, reason = _one_number(text)
    if number is None and len(parts := [part for part in _SEVERAL.split(text) if part]) > 1:
        return _first_of(parts)
    return number, reason


def _first_of(parts: list[str]) -> tuple[str | None, ReasonCode | None]:
    answers = [_one_number(part) for part in parts]
    number = next((number for number, _ in answers if number), None)
    return number, ReasonCode.PHONES_SEVERAL if number else answers[0][1]


def _one_number(text: str) -> tuple[str | None, ReasonCode | None]:
    if not _FORM.fullmatch(text):
        return None, ReasonCode.PHONE_UNREADABLE
    digits = text if text.isdigit() else _NOT_DIGIT.sub("", text)
    if not digits.isascii():
        digits = "".join(str(int(digit)) for digit in digits)
    national = _national(digits)
    if national is not None:
        if _home_numbers().fullmatch(national):
            return f"+{_HOME_CODE}{national}", None
        return None, ReasonCode.PHONE_IMPOSSIBLE
    return _abroad(digits, is_international="+" in text or digits.startswith("00"))


def _national(digits: str) -> str | None:
    """The nine digits of a number of this country, or None: 9, 992 + 9, 00 or 810 before that."""
    if len(digits) == 9:
        return digits
    for prefix in (_HOME_CODE, f"00{_HOME_CODE}", f"810{_HOME_CODE}"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return digits[len(prefix) :]
    return None


def _abroad(digits: str, *, is_international: bool) -> tuple[str | None, ReasonCode | None]:
    """Numbers of other countries: written with + or 00, or eleven digits of Russia and Kazakhstan (7…, 8 9…)."""
    if len(digits) == 11 and digits.startswith(("79", "89", "77", "87")):
        digits = f"7{digits[1:]}"
    elif not is_international:
        return None, ReasonCode.PHONE_IMPOSSIBLE
    try:
        number = phonenumbers.parse(f"+{digits.removeprefix('00')}")
    except phonenumbers.NumberParseException:
        return None, ReasonCode.PHONE_IMPOSSIBLE
    if not phonenumbers.is_valid_number(number):
        return None, ReasonCode.PHONE_IMPOSSIBLE
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), None
