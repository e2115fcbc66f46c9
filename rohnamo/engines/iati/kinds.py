"""Types of values, by the rules of XML Schema."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_ZONE}")
_MOMENT = re.compile(rf"(\d{{4}}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?{_ZONE}")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")
_LANGUAGE = re.compile(r"([a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*)?")
_TOKEN = re.compile(r"[\w.:·-]+")
LARGEST_INT = 2**31 - 1


def is_of_kind(value: str, kind: str) -> bool:
    """Whether a value can be read as the type; text always can."""
    check = _KINDS.get(kind)
    return check is None or check(value.strip())


def is_number(value: str) -> bool:
    """Whether XPath reads it as a number: no sign but minus, no exponent, no separators."""
    return bool(_NUMBER.fullmatch(value.strip()))


def moment(value: str | None) -> datetime | None:
    """A day or a point in time as the public rules compare them; None when it is neither.

    A day is midnight in UTC, and what has no zone is taken as UTC.
    """
    text = (value or "").strip()
    if match := _DATE.fullmatch(text):
        text = "-".join(match.groups()[:3])
    text = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if found is None or found.tzinfo:
        return found
    return found.replace(tzinfo=UTC)


def _is_day(value: str) -> bool:
    match = _DATE.fullmatch(value)
    return bool(match) and _exists(value[:10])


def _is_moment(value: str) -> bool:
    match = _MOMENT.fullmatch(value)
    if not match or not _exists(match[1]):
        return False
    hour, minute, second = int(match[2]), int(match[3]), int(match[4])
    return hour <= 24 and minute < 60 and second < 60 and (hour < 24 or not minute + second)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _is_whole(value: str, *, least: int, most: int | None = None) -> bool:
    return bool(_WHOLE.fullmatch(value)) and least <= int(value) and (most is None or int(value) <= most)


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_day,
    "dateTime": _is_moment,
    "decimal": lambda value: bool(_DECIMAL.fullmatch(value)),
    "boolean": lambda value: value in {"true", "false", "1", "0"},
    "int": lambda value: _is_whole(value, least=-LARGEST_INT - 1, most=LARGEST_INT),
    "nonNegativeInteger": lambda value: _is_whole(value, least=0),
    "positiveInteger": lambda value: _is_whole(value, least=1),
    "language": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "NMTOKEN": lambda value: bool(_TOKEN.fullmatch(value)),
}
