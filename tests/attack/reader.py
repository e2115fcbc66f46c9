"""The reader: from all that was published to equations, and from equations to what must be so.

A state is one measure's persons of one stretch of days as they were counted on one day. Its unknowns are the numbers by
sex and age, and by district, as whole persons. Numbers that were shown are equations, a hidden one is at least one
person, what a published breakdown does not list is nobody, and from state to state numbers only grow wherever they did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from tests.attack.home import DISTRICTS, STRICTER, USUAL, Cell, Published, Span, Table

SEXES = ("f", "m", "u")
AGES = ("0-14", "15-17", "18-24", "25-34", "35-49", "50-64", "65+", "u")
ALL: Cell = ("", "", "")
Form = dict[int, int]
"""Unknown → its factor."""


@dataclass
class State:
    """persons: which ones are spoken of; the same persons under two measures are one. shown: None is hidden."""

    persons: tuple[str, Span]
    day: date
    is_cumulative: bool
    total: int
    truth: Table
    shown: dict[Cell, int | None] = field(default_factory=dict)

    @property
    def breakdowns(self) -> set[tuple[bool, ...]]:
        return {_kind(cell) for cell in self.shown}


@dataclass(frozen=True)
class Found:
    """A number that follows from what was published. since: the day from which it is the growth, None for a count."""

    persons: tuple[str, Span]
    day: date
    since: date | None
    cell: Cell
    number: int


def threshold(cell: Cell) -> int:
    return STRICTER if cell[2].startswith("TJ-GB-") else USUAL


def states_of(published: Sequence[Published], *, alike: Mapping[tuple[str, Span], str]) -> list[list[State]]:
    """Chains of states, each in the order of time; those of a cumulative measure run on over its periods.

    alike: (key, days) → a name for the persons, where several measures are known to speak about the same.
    """
    found: dict[tuple[object, ...], State] = {}
    on = {one.day: one for one in published}
    for one in published:
        for row in one.rows:
            if row["is_current"] == "yes" and row["breakdown_as_of"] and row["unit"] == "persons":
                _note(found, row, on, alike)
            elif row["is_current"] == "yes" and not row["breakdown_as_of"] and row["unit"] == "persons":
                _note_total(found, row, one, alike)
    chains: dict[object, list[State]] = defaultdict(list)
    for state in found.values():
        chains[state.persons[0] if state.is_cumulative else state.persons].append(state)
    return [sorted(chain, key=lambda state: (state.persons[1][1], state.day)) for chain in chains.values()]


def worked_out(chain: Sequence[State]) -> list[Found]:
    """Every hidden number, and every small growth, that has one possible value left.

    What is true is one solution. Each other one shows at once of many numbers that they could be different.
    """
    system = _System(chain)
    truth = system.truth()
    assert system.holds(truth), "the reader was told something that is not true"
    open_targets = system.targets(truth)
    determined = []
    while open_targets:
        found, form = open_targets[-1]
        solutions = [system.best(form, sign) for sign in (1, -1)]
        left = [
            (one, other)
            for one, other in open_targets
            if not any(_value(other, solution) != one.number for solution in solutions)
        ]
        if (found, form) in left:
            determined.append(found)
            left.remove((found, form))
        open_targets = left
    return determined


class _System:
    """Unknowns, their limits, and rows between them, over all states of a chain."""

    def __init__(self, chain: Sequence[State]) -> None:
        self.chain = chain
        self.names: list[tuple[int, Cell]] = []
        self.most: list[int] = []
        self.place: dict[tuple[int, Cell], int] = {}
        self.rows: list[tuple[Form, float, float]] = []
        self.districts = [*DISTRICTS, "u"]
        for number, state in enumerate(chain):
            self._unknowns(number, state)
            self._shown(number, state)
        for earlier in range(len(chain) - 1):
            self._growth(earlier, earlier + 1)
        self.rows_by_number, self.least, self.greatest = self._matrix()

    def truth(self) -> np.ndarray:
        return np.array([self.chain[number].truth.get(cell, 0) for number, cell in self.names], dtype=float)

    def holds(self, solution: np.ndarray) -> bool:
        value = self.rows_by_number @ solution
        return bool(np.all(value >= self.least - 1e-6) and np.all(value <= self.greatest + 1e-6))

    def targets(self, truth: np.ndarray) -> list[tuple[Found, Form]]:
        """What nobody may work out: hidden numbers; small growth and small counts, shown or only implied."""
        found = []
        for number, state in enumerate(self.chain):
            for cell in self._cells(state):
                form = self.form(number, cell)
                count = _value(form, truth)
                if state.shown.get(cell, ALL) is None or 0 < count < threshold(cell):
                    found.append((Found(state.persons, state.day, None, cell, count), form))
        for earlier, later in combinations(range(len(self.chain)), 2):
            one, other = self.chain[earlier], self.chain[later]
            for cell in sorted({*self._cells(one), *self._cells(other)}):
                form = self._difference(earlier, later, cell)
                count = _value(form, truth)
                if 0 < abs(count) < threshold(cell):
                    found.append((Found(other.persons, other.day, one.day, cell, count), form))
        return found

    def best(self, form: Form, sign: int) -> np.ndarray:
        costs = np.zeros(len(self.names))
        for unknown, factor in form.items():
            costs[unknown] = -sign * factor
        answer = milp(
            costs,
            integrality=np.ones(len(self.names)),
            bounds=Bounds(0, np.array(self.most)),
            constraints=LinearConstraint(self.rows_by_number, self.least, self.greatest),
        )
        assert answer.x is not None, answer.message
        return np.round(answer.x)

    def form(self, number: int, cell: Cell) -> Form:
        """A number as a sum of unknowns."""
        sex, age, district = cell
        if district:
            return {self.place[number, cell]: 1}
        return {
            self.place[number, (one, other, "")]: 1
            for one in SEXES
            for other in AGES
            if sex in {"", one} and age in {"", other}
        }

    def _unknowns(self, number: int, state: State) -> None:
        cells = [(sex, age, "") for sex in SEXES for age in AGES]
        for cell in [*cells, *(("", "", district) for district in self.districts)]:
            self.place[number, cell] = len(self.names)
            self.names.append((number, cell))
            is_empty = _kind(cell) in state.breakdowns and cell not in state.shown
            self.most.append(0 if is_empty else state.total)

    def _shown(self, number: int, state: State) -> None:
        by_district = {self.place[number, ("", "", district)]: 1 for district in self.districts}
        self.rows.append((by_district, state.total, state.total))
        self.rows.append((self.form(number, ALL), state.total, state.total))
        for cell in self._cells(state):
            if _kind(cell) not in state.breakdowns:
                continue
            count = state.shown.get(cell, 0)
            least, most = (1, state.total) if count is None else (count, count)
            self.rows.append((self.form(number, cell), least, most))

    def _growth(self, earlier: int, later: int) -> None:
        """A number of a later day is no smaller, or no larger: whichever was so, if it was so of everybody."""
        for first, second in ((earlier, later), (later, earlier)):
            small, large = self.chain[first].truth, self.chain[second].truth
            if all(count <= large.get(cell, 0) for cell, count in small.items()):
                for cell in [cell for number, cell in self.names if number == earlier]:
                    row = {self.place[second, cell]: 1, self.place[first, cell]: -1}
                    self.rows.append((row, 0, np.inf))

    def _difference(self, earlier: int, later: int, cell: Cell) -> Form:
        minus = {unknown: -factor for unknown, factor in self.form(earlier, cell).items()}
        return {**self.form(later, cell), **minus}

    def _cells(self, state: State) -> Iterable[Cell]:
        """Numbers of a kind that was published of it, those of nobody too."""
        for sex, age in [(sex, age) for sex in ("", *SEXES) for age in ("", *AGES)]:
            if (sex or age) and _kind((sex, age, "")) in state.breakdowns:
                yield sex, age, ""
        if (False, False, True) in state.breakdowns:
            yield from (("", "", district) for district in self.districts)

    def _matrix(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        values, rows, columns = [], [], []
        for number, (form, _least, _most) in enumerate(self.rows):
            for unknown, factor in form.items():
                values.append(factor)
                rows.append(number)
                columns.append(unknown)
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.names)), dtype=float)
        return matrix, np.array([row[1] for row in self.rows]), np.array([row[2] for row in self.rows])


def _note(
    found: dict[tuple[object, ...], State],
    row: Mapping[str, str],
    on: Mapping[date, Published],
    alike: Mapping[tuple[str, Span], str],
) -> None:
    """Put one line of a breakdown into the state it speaks of."""
    day = date.fromisoformat(row["breakdown_as_of"])
    state = _state(found, row, int(float(row["breakdown_total"])), on[day], alike)
    cell = (row["sex"], row["age"], row["district"])
    shown = int(row["number"]) if row["number"] else None
    if state.shown.get(cell) is None:
        state.shown[cell] = shown


def _note_total(
    found: dict[tuple[object, ...], State],
    row: Mapping[str, str],
    seen: Published,
    alike: Mapping[tuple[str, Span], str],
) -> None:
    """A total without a breakdown is a state too, where it is the one of its day: a kept one is of another."""
    key, span, total = row["measure"], _span(row), int(float(row["number"]))
    if total and date.fromisoformat(row["as_of"]) == seen.day and total == seen.truth[key, span].get(ALL, 0):
        _state(found, row, total, seen, alike)


def _state(
    found: dict[tuple[object, ...], State],
    row: Mapping[str, str],
    total: int,
    seen: Published,
    alike: Mapping[tuple[str, Span], str],
) -> State:
    key, span = row["measure"], _span(row)
    persons = (alike.get((key, span), key), span)
    made = State(persons, seen.day, key in seen.cumulative, total, seen.truth[key, span])
    return found.setdefault((persons, seen.day), made)


def _span(row: Mapping[str, str]) -> Span:
    return date.fromisoformat(row["from"]), date.fromisoformat(row["to"])


def _kind(cell: Cell) -> tuple[bool, ...]:
    return tuple(bool(category) for category in cell)


def _value(form: Form, solution: np.ndarray) -> int:
    return round(sum(factor * solution[unknown] for unknown, factor in form.items()))
