"""Adding up: everybody once per tally and period, dated and described by the first contact.

`queries.fitting` says what fits, one row a delivery and line. Here these rows become reach, cells and totals: the same
way for all of the ledger and for a single subject, on either database. It works on whole columns of numbers, because
to sort and add ten million rows that way takes seconds, and minutes in the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from rohnamo.results.actions.columns import Column, Columns, Numbers
from rohnamo.results.models import Count, SubjectKind
from rohnamo.results.queries.fitting import AGES, ID_ROOM, SEXES, Condition

_WIDE: np.dtype[Any] = np.dtype(np.int64)
_NARROW: np.dtype[Any] = np.dtype(np.int32)
FITTING_KINDS: dict[str, np.dtype[Any]] = {
    "line": _NARROW,
    "subject": _WIDE,
    "home": _WIDE,
    "contact": _WIDE,
    "look": _NARROW,
    "contacts": _NARROW,
    "hundredths": _WIDE,
}
"""The columns of `fitting.deliveries_sql`, as narrow as they may be: there are ten million of each."""


@dataclass(frozen=True)
class Counted:
    """How a tally counts. months: of a period."""

    tally: int
    unit: str
    months: int
    lines: tuple["Line", ...]


@dataclass(frozen=True)
class Line:
    """number: as in `fitting.deliveries_sql`. It takes contacts from the first to before the last; None: any."""

    number: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Reached:
    """Rows of reach, in the order of its key. start: first month of the period, in months since the year 0."""

    tally: Numbers
    subject: Numbers
    start: Numbers
    contact: Numbers
    look: Numbers
    is_first: Numbers
    contacts: Numbers
    hundredths: Numbers

    @property
    def persons(self) -> Numbers:
        """1, or 0 for a group without names."""
        return np.where(self.subject % 8 == SubjectKind.GROUP, 0, 1)


_NAMES = tuple(field.name for field in fields(Reached))


def counted_tallies(rules: Iterable[Sequence[Any]]) -> tuple[list[Counted], list[Condition]]:
    """How each tally counts, and the lines that they ask for, from the rows of `fitting.rules_sql`."""
    numbers: dict[Condition, int] = {}
    counted = []
    for (tally, unit, months), asked in groupby(rules, key=itemgetter(0, 1, 2)):
        lines = [
            Line(numbers.setdefault(tuple(condition), len(numbers) + 1), first, last)
            for _, _, _, first, last, *condition in asked
        ]
        counted.append(Counted(tally, unit, months, tuple(lines)))
    return counted, list(numbers)


class Fitting:
    """What fits, in the order of subjects and their contacts, so that whatever is picked from it stands in it too."""

    def __init__(self, columns: Columns) -> None:
        """columns: of FITTING_KINDS. They are taken out of it, because there is no room for them twice."""
        order = np.lexsort((columns["contact"], columns["subject"]))
        self._columns = {name: columns.pop(name)[order] for name in FITTING_KINDS}
        line = self._columns.pop("line")
        self._by_line = np.argsort(line, kind="stable").astype(np.int32)
        self._ends = np.cumsum(np.bincount(line, minlength=1))

    def of(self, lines: Iterable[Line]) -> Columns:
        """What fits one of these lines."""
        places = np.concatenate([self._places(line) for line in lines])
        places.sort()
        return {name: column[places] for name, column in self._columns.items()}

    def _places(self, line: Line) -> Numbers:
        if line.number >= len(self._ends):
            return self._by_line[:0]
        places = self._by_line[self._ends[line.number - 1] : self._ends[line.number]]
        if line.first is None and line.last is None:
            return places
        contact = self._columns["contact"][places]
        first, last = line.first or 0, line.last or np.iinfo(np.int64).max
        return places[(contact >= first) & (contact < last)]


def reach_of(fitting: Columns, how: Counted) -> Reached:
    """One row for each period and subject."""
    columns = _by_households(fitting) if how.unit == Count.HOUSEHOLDS else fitting
    subject, start = columns["subject"], _month(columns["contact"]) // how.months * how.months
    at = np.flatnonzero(_differs(subject) | _differs(start))
    contacts = np.ones_like(subject) if how.unit == Count.EVENTS else columns["contacts"]
    return Reached(
        tally=np.full(len(at), how.tally),
        subject=subject[at],
        start=start[at],
        contact=columns["contact"][at],
        look=columns["look"][at],
        is_first=_differs(subject[at]),
        contacts=_added(contacts, at),
        hundredths=_added(columns["hundredths"], at),
    )


def of_subjects(parts: Sequence[Reached], subjects: Numbers) -> Reached:
    """The rows of these subjects in some tallies."""
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES}
    wanted = np.isin(columns["subject"], subjects)
    return Reached(**{name: column[wanted] for name, column in columns.items()})


def reach_columns(reached: Reached) -> dict[str, Column]:
    """Rows of reach as they are written."""
    return {
        "tally_id": Column("bigint", reached.tally),
        "period": Column("integer", _period(reached.start)),
        "subject": Column("bigint", reached.subject),
        "first_contact_id": Column("bigint", reached.contact % ID_ROOM),
        **_look_columns(reached.look),
        "district_id": Column("reference", reached.look // 100),
        "is_first": Column("boolean", reached.is_first),
        "persons": Column("integer", reached.persons),
        "contacts": Column("integer", reached.contacts),
        "quantity": Column("numeric", reached.hundredths),
    }


def cell_columns(reached: Reached) -> dict[str, Column]:
    """The cells of a tally as they are written, in the order of their key."""
    keys, cell = np.unique(_cell_key(reached), return_inverse=True)
    first = np.zeros(len(keys), dtype=np.int64)
    first[cell] = np.arange(len(cell))
    look = reached.look[first]
    return {
        "tally_id": Column("bigint", reached.tally[first]),
        "period": Column("integer", _period(reached.start[first])),
        **_look_columns(look),
        "district": Column("bigint", look // 100),
        **_sums(reached, cell, len(keys)),
    }


def total_columns(reached: Reached) -> dict[str, Column]:
    """The totals of a tally as they are written."""
    starts, period = np.unique(reached.start, return_inverse=True)
    return {
        "tally_id": Column("bigint", np.full(len(starts), reached.tally[0])),
        "period": Column("integer", _period(starts)),
        **_sums(reached, period, len(starts)),
    }


def _by_households(fitting: Columns) -> Columns:
    order = np.lexsort((fitting["contact"], fitting["home"]))
    columns = {name: column[order] for name, column in fitting.items()}
    return columns | {"subject": columns["home"]}


def _month(contact: Numbers) -> Numbers:
    day = (contact // ID_ROOM).astype(np.int32)
    return np.asarray(day // 10_000 * 12 + day // 100 % 100 - 1)


def _differs(column: Numbers) -> Numbers:
    """Whether a row is unlike the one before it."""
    differs = np.ones(len(column), dtype=bool)
    differs[1:] = column[1:] != column[:-1]
    return differs


def _added(column: Numbers, at: Numbers) -> Numbers:
    """Sums from each of these rows to the next."""
    return np.add.reduceat(column, at, dtype=np.int64) if len(at) else column


def _sums(reached: Reached, group: Numbers, groups: int) -> dict[str, Column]:
    persons = reached.persons
    return {
        "persons": Column("bigint", _summed(persons, group, groups)),
        "firsts": Column("bigint", _summed(persons * reached.is_first, group, groups)),
        "contacts": Column("bigint", _summed(reached.contacts, group, groups)),
        "quantity": Column("numeric", _summed(reached.hundredths, group, groups)),
    }


def _summed(column: Numbers, group: Numbers, groups: int) -> Numbers:
    # Added as floating point, which is exact for whole numbers below 2^53: ninety trillions in hundredths.
    return np.bincount(group, weights=column, minlength=groups).astype(np.int64)


def _cell_key(reached: Reached) -> Numbers:
    """Period, sex, age and district as one number, in the order in which a database sorts their words."""
    district, age, sex = reached.look // 100, reached.look // 10 % 10, reached.look % 10
    by_word = (reached.start * len(SEXES) + _SEX_BY_WORD[sex]) * len(AGES) + _AGE_BY_WORD[age]
    return np.asarray(by_word * (int(district.max(initial=0)) + 1) + district)


_SEX_BY_WORD = np.argsort(np.argsort(np.array(list(SEXES))))
_AGE_BY_WORD = np.argsort(np.argsort(np.array(AGES)))


def _period(start: Numbers) -> Numbers:
    """A period as in `Reach.period`, from its first month."""
    return np.asarray(start // 12 * 10_000 + (start % 12 + 1) * 100 + 1)


def _look_columns(look: Numbers) -> dict[str, Column]:
    return {
        "sex": Column("text", look % 10, tuple(SEXES)),
        "age": Column("text", look // 10 % 10, AGES),
    }
