"""One row of a CSV file or one table of a TOML file, read field by field; what is wrong is noted, not raised.

A field that is wrong yields a harmless stand-in, so that reading goes on and every problem is found in one run.
`read_mission` never hands out a mission in which a stand-in was needed.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from .ledger import Ledger
from .lines import Path, line_of
from .words import Span, Words

Choice = TypeVar("Choice", bound=StrEnum)
_PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass
class Row:
    ledger: Ledger
    file: str
    values: Mapping[str, object]
    lines: Mapping[Path, int]
    path: Path = ()
    seen: set[str] = field(default_factory=set)

    def line(self, key: str = "") -> int:
        return line_of(self.lines, (*self.path, key) if key else self.path)

    def wrong(self, key: str, expected: str, found: object) -> None:
        self.ledger.problem(self.file, self.line(key), f"{key}: {expected}" if key else expected, found)

    def has(self, key: str) -> bool:
        self.seen.add(key)
        return self.values.get(key) not in (None, "")

    def text(self, key: str, *, default: str | None = None) -> str:
        if not self.has(key):
            return self._missing(key, "a text", default, "")
        value = self.values[key]
        if not isinstance(value, str):
            return self._stand_in(key, "a text in quotes", "")
        return value.strip()

    def words(self, key: str, *, needed: bool = True) -> Words:
        """A text in every language of the mission: a TOML table, or the columns `key_tg`, `key_ru`, …"""
        languages = self.ledger.languages
        columns = {code: f"{key}_{code}" for code in languages}
        self.seen.update((key, *columns.values()))
        value = self.values.get(key)
        texts = value if isinstance(value, Mapping) else {c: self.values.get(k) for c, k in columns.items()}
        found = {code: text.strip() for code, text in texts.items() if isinstance(text, str) and text.strip()}
        absent = [code for code in languages if code not in found]
        unknown = [code for code in found if code not in languages]
        if unknown:
            self.wrong(key, f"the languages {', '.join(languages)}", ", ".join(unknown))
        if absent and (needed or found):
            self.wrong(key, f"a text in {', '.join(languages)}", f"none in {', '.join(absent)}")
        return found

    def choice(self, key: str, choices: type[Choice], *, default: Choice | None = None) -> Choice:
        first: Choice = next(iter(choices))
        if not self.has(key):
            return self._missing(key, f"one of {_listed(choices)}", default, first)
        try:
            return choices(str(self.values[key]))
        except ValueError:
            return self._stand_in(key, f"one of {_listed(choices)}", first)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        if not self.has(key):
            return self._missing(key, "true or false", default, stand_in=False)
        value = self.values[key]
        if isinstance(value, bool):
            return value
        if value in ("yes", "no"):
            return value == "yes"
        return self._stand_in(key, "true or false (yes or no in a CSV file)", stand_in=False)

    def number(self, key: str, *, least: Decimal | int | None = None) -> Decimal:
        if not self.has(key):
            return self._missing(key, "a number", None, Decimal(0))
        try:
            value = self._decimal(self.values[key])
        except (InvalidOperation, ValueError):
            return self._stand_in(key, "a number with a decimal point", Decimal(0))
        if least is not None and value < least:
            self.wrong(key, f"a number from {least}", value)
        return value

    def number_or_none(self, key: str) -> Decimal | None:
        return self.number(key) if self.has(key) else None

    def whole(self, key: str, *, least: int = 0) -> int:
        value = self.number(key, least=least)
        if value != value.to_integral_value():
            self.wrong(key, "a whole number", value)
        return int(value)

    def whole_or_none(self, key: str) -> int | None:
        return self.whole(key) if self.has(key) else None

    def day(self, key: str) -> date:
        if not self.has(key):
            return self._missing(key, "a day such as 2025-01-31", None, date.min)
        value = self.values[key]
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return self._stand_in(key, "a day such as 2025-01-31", date.min)

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def span(self, first_key: str, last_key: str) -> Span:
        """Two bounds, each a day, a month (2018-02), a year (2016) or empty."""
        first, first_exact = self._bound(first_key, last=False)
        last, last_exact = self._bound(last_key, last=True)
        if first and last and first > last:
            self.wrong(last_key, f"a day not before {first}", last)
        return Span(first, last, first_exact and last_exact)

    def codes(self, key: str, allowed: Iterable[str] = ()) -> tuple[str, ...]:
        """A TOML list, or a CSV cell with `|` between the values. Each at most once, each allowed."""
        if not self.has(key):
            return ()
        value = self.values[key]
        parts = value if isinstance(value, list) else str(value).split("|")
        codes = tuple(str(part).strip() for part in parts if str(part).strip())
        if len(set(codes)) != len(codes):
            self.wrong(key, "each value once", ", ".join(codes))
        allowed = tuple(allowed)
        for code in codes:
            if allowed and code not in allowed:
                self.wrong(key, f"one of {', '.join(allowed)}", code)
        return codes

    def wholes(self, key: str) -> tuple[int, ...]:
        return tuple(int(number) for number in self.numbers(key) if number == number.to_integral_value())

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """A list of numbers, written as `codes` are."""
        numbers = []
        for code in self.codes(key):
            try:
                numbers.append(self._decimal(code))
            except (InvalidOperation, ValueError):
                self.wrong(key, "numbers", code)
        return tuple(numbers)

    def one_of(self, key: str, allowed: Iterable[str], *, default: str | None = None) -> str:
        value = self.text(key, default=default)
        if value and value not in (choices := tuple(allowed)):
            self.wrong(key, f"one of {', '.join(choices)}", value)
        return value

    def own_code(self, kind: str) -> str:
        """The row's `code`, which no other row of its kind may have."""
        code = self.text("code")
        if code:
            self.once(kind, code, key="code")
        return code

    def once(self, kind: str, value: str, *, key: str) -> None:
        """Notes a value that another row of its kind has too; `key` says where it stands in this row."""
        self.ledger.define(kind, value, self.file, self.line(key))

    def reference(self, key: str, kind: str, *, default: str | None = None) -> str:
        code = self.text(key, default=default)
        if code:
            self.ledger.refer(kind, code, key, self.file, self.line(key))
        return code

    def references(self, key: str, kind: str) -> tuple[str, ...]:
        codes = self.codes(key)
        for code in codes:
            self.ledger.refer(kind, code, key, self.file, self.line(key))
        return codes

    def table(self, key: str) -> "Row":
        """A table inside this one; an empty one when it is not there."""
        value = self.values.get(key, {})
        self.seen.add(key)
        if not isinstance(value, Mapping):
            self.wrong(key, "a table { … }", value)
            value = {}
        return Row(self.ledger, self.file, value, self.lines, (*self.path, key))

    def tables(self, key: str) -> list["Row"]:
        value = self.values.get(key, [])
        self.seen.add(key)
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.wrong(key, f"tables [[{key}]]", value)
            return []
        return [Row(self.ledger, self.file, v, self.lines, (*self.path, key, i)) for i, v in enumerate(value)]

    def done(self) -> None:
        """Notes every key that nothing has asked for: a misspelt key must not be lost in silence."""
        for key in self.values:
            if key not in self.seen:
                self.wrong(key, f"one of the known names: {', '.join(sorted(self.seen))}", key)

    def _bound(self, key: str, *, last: bool) -> tuple[date | None, bool]:
        if not self.has(key):
            return None, True
        value = self.values[key]
        match = _PARTIAL_DAY.fullmatch(str(value))
        try:
            return _widened(match, last=last), bool(match and match[3])
        except (ValueError, TypeError):
            self.wrong(key, "a day, a month or a year such as 2018-02-17, 2018-02, 2018", value)
            return None, True

    def _decimal(self, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise ValueError(value)
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(value)
        return number

    def _missing(self, key: str, expected: str, default: "_T | None", stand_in: "_T") -> "_T":
        if default is not None:
            return default
        self.wrong(key, expected, "nothing")
        return stand_in

    def _stand_in(self, key: str, expected: str, stand_in: "_T") -> "_T":
        self.wrong(key, expected, self.values[key])
        return stand_in


_T = TypeVar("_T")


def _widened(match: re.Match[str] | None, *, last: bool) -> date:
    if match is None:
        raise ValueError("not a day, month or year")
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
    return date(year, month, day)


def _listed(choices: type[StrEnum]) -> str:
    return ", ".join(choice.value for choice in choices)
