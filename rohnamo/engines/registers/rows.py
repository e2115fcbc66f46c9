"""Turns the rows below a header into typed rows, one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from rohnamo.engines.registers import cells as read
from rohnamo.engines.registers.cells import Answer, Memory
from rohnamo.engines.registers.columns import highest_value
from rohnamo.engines.registers.context import Context
from rohnamo.engines.registers.fields import (
    NO_BIRTH,
    Birth,
    BirthPrecision,
    Cell,
    Certainty,
    Column,
    Field,
    Reason,
    ReasonCode,
    Row,
    Sex,
)
from rohnamo.engines.registers.folding import tidy
from rohnamo.engines.registers.header import Header
from rohnamo.engines.registers.marks import Marks
from rohnamo.engines.registers.phones import phone_of
from rohnamo.engines.registers.places import Gazetteer
from rohnamo.engines.registers.swaps import SwapWatch
from rohnamo.engines.registers.tables import Table
from rohnamo.engines.registers.words import is_afghan, is_footer, is_total, names_a_group

Kept = TypeVar("Kept")

_MOST_HOURS = 2000
_MOST_POINTS = 1000
_COUNTING = [str(number) for number in range(1, 301)]
_UNKEPT: dict[Field | None, ReasonCode] = {
    Field.NOTES: ReasonCode.NOTES_DROPPED,
    Field.ADDRESS: ReasonCode.ADDRESS_DROPPED,
}
# Something stands under a title that it does not fit: only then is it worth while to look whether columns were swapped.
_UNREADABLE = frozenset(
    {
        ReasonCode.SEX_UNKNOWN,
        ReasonCode.BIRTH_UNREADABLE,
        ReasonCode.DAY_UNREADABLE,
        ReasonCode.PHONE_UNREADABLE,
        ReasonCode.PHONE_IMPOSSIBLE,
        ReasonCode.PLACE_UNKNOWN,
        ReasonCode.CONSENT_UNREADABLE,
        ReasonCode.NAME_MISSING,
    }
)
_LETTER = re.compile(r"[^\W\d_]")
_MAYBE_AFGHAN = re.compile("afg|афг|افغ", re.IGNORECASE)


class Skipped(StrEnum):
    """Rows that are no data and need no verdict."""

    BLANK = "blank"
    TOTAL = "total"
    TITLES_AGAIN = "titles_again"


class Rows:
    """The rows of a register. May be gone through again; each time reads anew and keeps nothing.

    skipped: how many rows were left out in the last whole run, by kind.
    """

    def __init__(self, table: Table, header: Header, reader: Callable[[Header], RowReader]) -> None:
        self._table = table
        self._header = header
        self._reader = reader
        self.skipped: Counter[Skipped] = Counter()

    def __iter__(self) -> Iterator[Row]:
        reader, skipped, first = self._reader(self._header), Counter[Skipped](), self._header.number
        for number, cells in self._table.rows():
            if number <= first:
                continue
            row = reader.row(number, list(cells))
            if isinstance(row, Row):
                yield row
                continue
            skipped[row] += 1
            if row is Skipped.TITLES_AGAIN and reader.columns_from_here:
                # The titles come again in another order: what follows is read by them.
                reader = self._reader(self._header._replace(columns=reader.columns_from_here))
        self.skipped = skipped


class RowReader:
    """Reads rows of one register. A column that the sheet lacks is read as an always empty cell."""

    def __init__(
        self,
        header: Header,
        context: Context,
        gazetteer: Gazetteer,
        *,
        today: date,
        may_shift: bool,
        marks: Marks,
    ) -> None:
        self.columns_from_here: tuple[Column, ...] = ()
        self._columns = header.columns
        self._width = len(header.columns)
        self._may_shift = may_shift
        self._marks = marks
        self._swaps = SwapWatch(header.columns, gazetteer, today=today)
        self._context = context
        self._today = today
        self._reasons: dict[tuple[ReasonCode, Field | None], Reason] = {}
        self._find_columns()
        self._make_memories(gazetteer)

    def row(self, number: int, cells: list[Cell]) -> Row | Skipped:
        """The typed row, or why it is none."""
        if not any(cells):
            return Skipped.BLANK
        is_shifted = self._may_shift and any(cells[self._width :])
        # Columns that are missing have position -1: the empty cell that is put at the end.
        cells[self._width :] = [""] * (self._width + 1 - min(len(cells), self._width))
        sex, sex_reason = self._sexes[cells[self._sex]]
        if sex is Sex.UNKNOWN and (skipped := self._skipped(cells)):
            return skipped
        reasons: list[Reason] = [sex_reason] if sex_reason else []
        if is_shifted:
            reasons.append(self._reason(ReasonCode.CELLS_SHIFTED, None))
        return self._typed(number, cells, sex, reasons)

    def _typed(self, number: int, cells: list[Cell], sex: Sex, reasons: list[Reason]) -> Row:
        def keep(answer: tuple[Kept, Reason | None]) -> Kept:
            if answer[1]:
                reasons.append(answer[1])
            return answer[0]

        full, family, given, patronymic = [tidy(cells[position]) for position in self._names]
        name = full or f"{family} {given}".strip()
        count = keep(self._counts[cells[self._count]])
        is_afghan_side = self._is_afghan_side(cells, name)
        is_group = is_afghan_side or count > 1 or self._counts_only or self._names_group(name)
        day, day_precision = keep(self._days[cells[self._day]])
        place, place_text = self._place_of(cells, reasons)
        phone, document, birth = None, None, NO_BIRTH
        if is_group:
            self._note_what_a_group_loses(cells, name, reasons)
            full = family = given = patronymic = ""
        else:
            phone = self._phone_of(cells[self._phone], reasons)
            document = keep(self._documents[cells[self._document]]) if self._document >= 0 else None
            birth = self._birth_of(cells, day, reasons)
            if self._has_names and not _LETTER.search(name):
                reasons.append(self._missing_name(cells, sex))
            elif sex is Sex.UNKNOWN and birth.year is None and is_footer(name):
                reasons.append(self._reason(ReasonCode.NOT_DATA, None))
        if self._unkept:
            self._note_what_is_not_kept(cells, reasons)
        self._note_marks(number, reasons)
        if self._swaps.is_open or any(reason.code in _UNREADABLE for reason in reasons):
            self._note_swap(number, cells, reasons)
        return Row(
            number, full, family, given, patronymic, sex, birth, place, place_text, phone, document,
            self._texts[cells[self._service]], self._texts[cells[self._course]], day, day_precision,
            keep(self._consents[cells[self._consent]]) if self._consent >= 0 else None,
            keep(self._hours_seen[cells[self._hours]]), keep(self._pretests[cells[self._pretest]]),
            keep(self._posttests[cells[self._posttest]]), count, is_group, is_afghan_side,
            self._texts[cells[self._post]], self._texts[cells[self._agency]],
            self._texts[cells[self._destination]], tuple(reasons),
        )  # fmt: skip

    def _find_columns(self) -> None:
        at = {column.field: position for position, column in reversed(list(enumerate(self._columns)))}
        self._at = at
        self._names = [at.get(f, -1) for f in (Field.FULL_NAME, Field.FAMILY, Field.GIVEN, Field.PATRONYMIC)]
        self._has_names = max(self._names[:3]) >= 0
        self._sex, self._birth, self._age = (at.get(f, -1) for f in (Field.SEX, Field.BIRTH, Field.AGE))
        self._place, self._region = at.get(Field.PLACE, -1), at.get(Field.REGION, -1)
        self._phone, self._document = at.get(Field.PHONE, -1), at.get(Field.DOCUMENT, -1)
        self._service, self._course = at.get(Field.SERVICE, -1), at.get(Field.COURSE, -1)
        self._day, self._consent = at.get(Field.DAY, -1), at.get(Field.CONSENT, -1)
        self._hours, self._count = at.get(Field.HOURS, -1), at.get(Field.COUNT, -1)
        self._pretest, self._posttest = at.get(Field.PRETEST, -1), at.get(Field.POSTTEST, -1)
        self._post, self._agency, self._side = (at.get(f, -1) for f in (Field.POST, Field.AGENCY, Field.SIDE))
        self._destination = at.get(Field.DESTINATION, -1)
        self._counts_only = self._count >= 0 and not self._has_names
        self._may_name_groups = max(self._count, self._agency, self._post, self._side) >= 0
        self._unkept = [
            (position, self._reason(_UNKEPT[column.field], column.field))
            for position, column in enumerate(self._columns)
            if column.field in _UNKEPT
        ]
        self._title_at = {column.title: p for p, column in enumerate(self._columns) if column.title}
        silent = {None, Field.SERIAL, Field.IGNORED}
        self._worked_out = [
            (column.letter, column.field)
            for column in self._columns
            if column.field not in silent | set(_UNKEPT) and column.letter in self._marks.formulas
        ]
        self._telling = [p for p, column in enumerate(self._columns) if column.field not in silent]

    def _make_memories(self, gazetteer: Gazetteer) -> None:
        today, period, width = self._today, self._context.period, self._context.precision
        hours = self._highest(Field.HOURS, _MOST_HOURS)
        self._texts = Memory(tidy)
        self._afghan = Memory(lambda cell: is_afghan(tidy(cell)))
        self._sexes = self._memory(Field.SEX, read.read_sex)
        self._births = self._memory(Field.BIRTH, lambda cell: read.read_birth(cell, today))
        self._ages = self._memory(Field.AGE, read.read_age)
        self._places = self._memory(Field.PLACE, lambda cell: read.read_place(cell, gazetteer))
        self._documents = self._memory(Field.DOCUMENT, read.read_document)
        self._consents = self._memory(Field.CONSENT, read.read_consent)
        self._counts = self._memory(Field.COUNT, read.read_count)
        self._days = self._memory(Field.DAY, lambda cell: read.read_day(cell, today, period, width))
        self._hours_seen = self._numbers(Field.HOURS, hours, ReasonCode.HOURS_UNREADABLE)
        self._pretests = self._numbers(Field.PRETEST, _MOST_POINTS, ReasonCode.PRETEST_UNREADABLE)
        self._posttests = self._numbers(Field.POSTTEST, _MOST_POINTS, ReasonCode.POSTTEST_UNREADABLE)

    def _memory(
        self, field: Field, reader: Callable[[Cell], Answer[Kept]]
    ) -> Memory[tuple[Kept, Reason | None]]:
        """A memory for one column; a column the sheet lacks never gives a reason."""
        is_there = field in self._at

        def answer(cell: Cell) -> tuple[Kept, Reason | None]:
            kept, code = reader(cell)
            return kept, self._reason(code, field) if code and is_there else None

        return Memory(answer)

    def _numbers(
        self, field: Field, highest: float, otherwise: ReasonCode
    ) -> Memory[tuple[float | None, Reason | None]]:
        return self._memory(field, lambda cell: read.read_number(cell, highest=highest, otherwise=otherwise))

    def _highest(self, field: Field, otherwise: int) -> int:
        column = self._columns[self._at[field]] if field in self._at else None
        return (column and highest_value(column.title)) or otherwise

    def _reason(self, code: ReasonCode, field: Field | None) -> Reason:
        """One reason per code and column; its params name the column, never what stands in it."""
        known = self._reasons.get((code, field))
        if known is None:
            column = self._columns[self._at[field]] if field in self._at else None
            params = {"column": column.title, "letter": column.letter} if column else {}
            known = self._reasons[code, field] = Reason(code, MappingProxyType(params))
        return known

    def _is_afghan_side(self, cells: list[Cell], name: str) -> bool:
        """Agency, post or delegation say so; a name only together with a word for a group, because Afghan
        is a surname too."""
        if self._may_name_groups and (
            self._afghan[cells[self._agency]]
            or self._afghan[cells[self._post]]
            or self._afghan[cells[self._side]]
        ):
            return True
        return bool(_MAYBE_AFGHAN.search(name)) and is_afghan(name) and names_a_group(name)

    def _names_group(self, name: str) -> bool:
        return self._may_name_groups and names_a_group(name)

    def _place_of(self, cells: list[Cell], reasons: list[Reason]) -> tuple[str | None, str]:
        """The district, else the region of a column of its own."""
        (place, text), reason = self._places[cells[self._place]]
        if reason:
            reasons.append(reason)
        if place or self._region < 0:
            return place, text
        (region, region_text), _ = self._places[cells[self._region]]
        return region, text or region_text

    def _phone_of(self, cell: Cell, reasons: list[Reason]) -> str | None:
        phone, code = phone_of(cell) if cell != "" else (None, None)
        if code:
            reasons.append(self._reason(code, Field.PHONE))
        return phone

    def _birth_of(self, cells: list[Cell], day: date | None, reasons: list[Reason]) -> Birth:
        """The birth as written; where only an age is, the year that it makes likely."""
        birth, reason = self._births[cells[self._birth]]
        if reason:
            reasons.append(reason)
        if birth.year or self._age < 0:
            return birth
        age, reason = self._ages[cells[self._age]]
        if reason:
            reasons.append(reason)
        if age is None:
            return birth
        return Birth((day or self._today).year - age, None, None, BirthPrecision.ESTIMATED)

    def _note_what_a_group_loses(self, cells: list[Cell], name: str, reasons: list[Reason]) -> None:
        """A group is a count: a person's name, phone, document or birth in its row is left out and said so."""
        is_person = bool(name) and not names_a_group(name)
        if is_person or any(cells[p] != "" for p in (self._phone, self._document, self._birth, self._age)):
            reasons.append(self._reason(ReasonCode.GROUP_DETAILS_DROPPED, None))

    def _missing_name(self, cells: list[Cell], sex: Sex) -> Reason:
        filled = sum(cells[position] != "" for position in self._telling)
        is_data = sex is not Sex.UNKNOWN or filled > 1
        code = ReasonCode.NAME_MISSING if is_data else ReasonCode.NOT_DATA
        named = (f for f in (Field.FULL_NAME, Field.FAMILY, Field.GIVEN) if f in self._at)
        return self._reason(code, next(named, None))

    def _note_what_is_not_kept(self, cells: list[Cell], reasons: list[Reason]) -> None:
        reasons.extend(reason for position, reason in self._unkept if tidy(cells[position]))

    def _note_marks(self, number: int, reasons: list[Reason]) -> None:
        if number in self._marks.hidden_rows:
            reasons.append(self._reason(ReasonCode.ROW_HIDDEN, None))
        if self._worked_out:
            reasons.extend(
                self._reason(ReasonCode.FORMULA_COUNTED, field)
                for letter, field in self._worked_out
                if self._marks.has_formula(letter, number)
            )

    def _note_swap(self, number: int, cells: list[Cell], reasons: list[Reason]) -> None:
        """A row under titles that are not its own says one thing only: that it is."""
        swap = self._swaps.at(number, cells)
        if swap:
            left, right = self._columns[swap.left], self._columns[swap.right]
            params: dict[str, str | int] = {
                "column": left.title,
                "letter": left.letter,
                "other": right.title,
                "since": swap.since,
            }
            reasons[:] = [Reason(ReasonCode.COLUMNS_SWAPPED, MappingProxyType(params))]

    def _skipped(self, cells: list[Cell]) -> Skipped | None:
        """Whether a row whose sex is not known is blank but for its number, a total, or the titles again."""
        filled = [(p, cell) for p, cell in enumerate(cells) if cell != "" and tidy(cell)]
        fields = [self._columns[p].field for p, _ in filled]
        if not filled or (fields == [Field.SERIAL] and _is_number(filled[0][1])):
            return Skipped.BLANK
        first_text = next((cell for _, cell in filled if isinstance(cell, str) and _LETTER.search(cell)), "")
        if first_text and is_total(first_text):
            return Skipped.TOTAL
        is_numbering = len(filled) > 2 and [tidy(cell) for _, cell in filled] == _COUNTING[: len(filled)]
        return Skipped.TITLES_AGAIN if is_numbering or self._are_titles(filled) else None

    def _are_titles(self, filled: list[tuple[int, Cell]]) -> bool:
        """Whether the titles stand here again; in another order they say how to read what follows."""
        places = {p: self._title_at.get(tidy(cell)) for p, cell in filled if isinstance(cell, str)}
        found = {p: at for p, at in places.items() if at is not None}
        is_again = sum(p == at for p, at in found.items()) > 1
        is_other = (
            len(found) > 1 and 2 * len(found) >= len(filled) and any(p != at for p, at in found.items())
        )
        if is_other:
            self.columns_from_here = tuple(
                self._columns[found[p]]._replace(letter=column.letter)
                if p in found
                else Column("", None, Certainty.NONE, column.letter)
                for p, column in enumerate(self._columns)
            )
        return is_again or is_other


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or tidy(cell).strip(".").isdecimal()
