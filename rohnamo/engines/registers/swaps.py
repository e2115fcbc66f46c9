"""Columns that change places half-way down a sheet: found by what stands in them.

Only what cannot be mistaken is looked at: a sex, a date, a phone, a yes or no, a place, a name. Two names that change
places look alike, and nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rohnamo.engines.registers.cells import Memory
from rohnamo.engines.registers.dates import WrittenDate, written_date
from rohnamo.engines.registers.fields import Cell, Column, Field
from rohnamo.engines.registers.folding import tidy
from rohnamo.engines.registers.phones import phone_of
from rohnamo.engines.registers.places import Gazetteer, PlaceVerdict
from rohnamo.engines.registers.words import consent_of, sex_of


class Kind(StrEnum):
    """What a cell cannot be mistaken for."""

    NOTHING = "nothing"
    SEX = "sex"
    DATE = "date"
    PHONE = "phone"
    CONSENT = "consent"
    PLACE = "place"
    NAME = "name"
    OTHER = "other"


_KINDS = {
    Field.SEX: Kind.SEX,
    Field.BIRTH: Kind.DATE,
    Field.DAY: Kind.DATE,
    Field.PHONE: Kind.PHONE,
    Field.CONSENT: Kind.CONSENT,
    Field.PLACE: Kind.PLACE,
    Field.FULL_NAME: Kind.NAME,
    Field.FAMILY: Kind.NAME,
    Field.GIVEN: Kind.NAME,
    Field.PATRONYMIC: Kind.NAME,
}
_WORDS = re.compile(r"[^\W\d_]{2,}(?:[ .\-'’ʼ]+[^\W\d_]+\.?)*")


class Swap(NamedTuple):
    """Two positions that have changed places, and the number of the row where that begins."""

    left: int
    right: int
    since: int


class SwapWatch:
    """Watches the rows of one table; `at` is told of rows in which something could not be read."""

    def __init__(self, columns: Sequence[Column], gazetteer: Gazetteer, *, today: date) -> None:
        self._expected = [
            (position, _KINDS[column.field])
            for position, column in enumerate(columns)
            if column.field in _KINDS
        ]
        self._gazetteer = gazetteer
        self._today = today
        self._kinds = Memory(self._kind_of)
        # In this order: what is a place may look like a name, and never the other way round.
        self._tests: tuple[tuple[Kind, Callable[[Cell, str], bool]], ...] = (
            (Kind.SEX, _is_sex),
            (Kind.DATE, self._is_date),
            (Kind.PHONE, _is_phone),
            (Kind.CONSENT, _is_consent),
            (Kind.PLACE, self._is_place),
            (Kind.NAME, _is_name),
        )
        self._open: Swap | None = None

    @property
    def is_open(self) -> bool:
        """Whether columns have changed places further up, and not back since."""
        return self._open is not None

    def at(self, number: int, cells: Sequence[Cell]) -> Swap | None:
        """The swap this row is in: its own, or the one before it that this row does not end."""
        found = self._swapped(cells)
        if found:
            is_same = self._open and (self._open.left, self._open.right) == found
            self._open = self._open if is_same else Swap(*found, number)
        elif self._open and self._fits(cells, self._open):
            self._open = None
        return self._open

    def _swapped(self, cells: Sequence[Cell]) -> tuple[int, int] | None:
        seen = [(position, kind, self._kinds[cells[position]]) for position, kind in self._expected]
        wrong = [(p, kind, found) for p, kind, found in seen if found not in (kind, Kind.NOTHING, Kind.OTHER)]
        for left, kind, found in wrong:
            for right, other_kind, other_found in wrong:
                if left < right and (found, other_found) == (other_kind, kind):
                    return left, right
        return None

    def _fits(self, cells: Sequence[Cell], swap: Swap) -> bool:
        """Whether one of the two columns holds again what its title says."""
        return any(
            self._kinds[cells[position]] is kind
            for position, kind in self._expected
            if position in (swap.left, swap.right)
        )

    def _kind_of(self, cell: Cell) -> Kind:
        text = tidy(cell)
        if not text:
            return Kind.NOTHING
        return next((kind for kind, is_one in self._tests if is_one(cell, text)), Kind.OTHER)

    def _is_date(self, cell: Cell, _text: str) -> bool:
        found = written_date(cell, today=self._today)
        return isinstance(found, WrittenDate) and found.month is not None

    def _is_place(self, _cell: Cell, text: str) -> bool:
        return self._gazetteer.find(text).verdict is not PlaceVerdict.UNKNOWN


def _is_sex(_cell: Cell, text: str) -> bool:
    return sex_of(text) is not None


def _is_phone(cell: Cell, _text: str) -> bool:
    return phone_of(cell)[0] is not None


def _is_consent(_cell: Cell, text: str) -> bool:
    return len(text) > 1 and text.isalpha() and consent_of(text) is not None


def _is_name(_cell: Cell, text: str) -> bool:
    return _WORDS.fullmatch(text) is not None
