"""The range of whole numbers that linear knowledge leaves to a cell, or to the growth of a cell."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .cells import Cell
from .knowledge import Contradiction, Knowledge, Place, Row, Terms
from .solver import Constraint, Limits, Matrix, between, milp, sparse, within

Vector = NDArray[np.float64]
Columns = NDArray[np.intp]

# Counted in branches, not in seconds: the same table must give the same answer on a busy machine.
MOST_BRANCHES = 2000
INFEASIBLE = 2
ALMOST_WHOLE = 1e-6
MANY_FORMS = 8
DIRECTIONS = 12
NEAR = 4
"""So many persons more or less in each cell are tried first: small moves are whole more often, and found sooner."""
MOST_PINS = 5
MOST_APART = 12


@dataclass
class Range:
    """Values that were proven possible; `is_exact` when nothing outside is possible."""

    low: int
    high: int
    is_exact: bool = False


Enough = Callable[[int, Range], bool]
"""Whether the range of the form with this number already proves what has to be proven."""


def ranges(
    knowledge: Knowledge,
    forms: Sequence[Terms],
    enough: Enough,
    known: Mapping[Place, int] | None = None,
) -> Iterator[tuple[int, Range]]:
    """For each linear form, by its number, the values it can take; yielded as soon as it is settled.

    A range is exact unless `enough` was content with less. A solution found for one form is a whole
    possible table: it widens the ranges of all other forms of the same part, which spares most
    programmes. A range that is neither exact nor enough could not be settled within MOST_BRANCHES.
    known: one possible table, the true one, around which others are looked for first.
    Raises Contradiction when no table fits.
    """
    reduced = [knowledge.reduce(form) for form in forms]
    for number, (unknown, constant) in enumerate(reduced):
        if not unknown:
            yield number, Range(constant, constant, is_exact=True)
    for part in _parts(knowledge, [unknown for unknown, _ in reduced]):
        if len(part.rows) <= 1 and all(len(reduced[number][0]) == 1 for number in part.forms):
            for number in part.forms:
                yield number, _by_one_sum(part, *reduced[number])
        else:
            yield from _Search(part, reduced, enough, known).settle()


def is_possible(knowledge: Knowledge) -> bool:
    """Whether any table of whole numbers fits the knowledge."""
    try:
        for part in _parts(knowledge, []):
            programme = _Programme(part.places, part.rows, knowledge)
            programme.smallest(programme.vector({}))
    except Contradiction:
        return False
    return True


@dataclass
class _Part:
    """Unknowns that hang together, and the numbers of the forms that are about them."""

    knowledge: Knowledge
    places: list[Place]
    rows: list[Row]
    forms: list[int]


def _parts(knowledge: Knowledge, forms: Sequence[Terms]) -> list[_Part]:
    leader: dict[Place, Place] = {place: place for place in knowledge.limits}

    def lead(place: Place) -> Place:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for terms in (*(row.terms for row in knowledge.rows), *forms):
        for one, next_one in pairwise(terms):
            leader[lead(next_one)] = lead(one)
    parts: dict[Place, _Part] = {}
    for place in knowledge.limits:
        parts.setdefault(lead(place), _Part(knowledge, [], [], [])).places.append(place)
    for row in knowledge.rows:
        parts[lead(next(iter(row.terms)))].rows.append(row)
    for number, terms in enumerate(forms):
        if terms:
            parts[lead(next(iter(terms)))].forms.append(number)
    return [part for part in parts.values() if part.rows or part.forms]


def _by_one_sum(part: _Part, terms: Terms, constant: int) -> Range:
    """The range in closed form: one sum is the only thing known besides the limits of each cell."""
    ((place, factor),) = terms.items()
    low, high = part.knowledge.limits[place]
    for row in part.rows:
        sign = row.terms.get(place, 0)
        rest_low, rest_high = _rest(part.knowledge, row.terms, place)
        least = row.least - rest_high
        most = None if row.most is None else row.most - rest_low
        if sign > 0:
            low, high = max(low, least), high if most is None else min(high, most)
        elif sign < 0:
            low, high = low if most is None else max(low, -most), min(high, -least)
    if low > high:
        raise Contradiction
    ends = (constant + factor * low, constant + factor * high)
    return Range(min(ends), max(ends), is_exact=True)


def layers_of(cells: Sequence[Cell]) -> Iterator[Columns]:
    """The places of all cells of two categories of an attribute: neighbours by size first, then those further apart."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        for pair in cell.attributes:
            members[pair].append(place)
    by_size = sorted(members, key=lambda pair: (pair[0], -len(members[pair]), pair[1]))
    for apart in range(1, MOST_APART + 1):
        for one, other in zip(by_size, by_size[apart:], strict=False):
            if one[0] == other[0]:
                yield np.array(sorted({*members[one], *members[other]}))


def _rest(knowledge: Knowledge, terms: Terms, left_out: Place) -> tuple[int, int]:
    low = high = 0
    for place, factor in terms.items():
        if place != left_out:
            ends = [factor * limit for limit in knowledge.limits[place]]
            low, high = low + min(ends), high + max(ends)
    return low, high


class _Search:
    """The search for far-apart possible tables of one part."""

    def __init__(
        self,
        part: _Part,
        reduced: Sequence[tuple[Terms, int]],
        enough: Enough,
        known: Mapping[Place, int] | None,
    ) -> None:
        self._forms = part.forms
        self._terms = [reduced[number][0] for number in part.forms]
        self._enough = enough
        self._programme = _Programme(part.places, part.rows, part.knowledge)
        self._is_near = known is not None and self._programme.stand_on(known)
        self._matrix = self._programme.matrix(self._terms)
        self._by_column = self._matrix.tocsc()
        self._constants = np.array([reduced[number][1] for number in part.forms], dtype=float)
        self._lows = np.full(len(part.forms), np.inf)
        self._highs = np.full(len(part.forms), -np.inf)

    def settle(self) -> Iterator[tuple[int, Range]]:
        if self._is_near:
            self._look_along_layers()
        else:
            self._look_around()
        open_forms = self._open_forms()
        for index in range(len(self._forms)):
            if index not in open_forms:
                yield self._forms[index], Range(int(self._lows[index]), int(self._highs[index]))
        for index in open_forms:
            yield self._forms[index], self._settled(index)

    def _look_along_layers(self) -> None:
        """Let two neighbouring categories of an attribute give to each other, all others standing still.

        That is a table of two attributes, of which every furthest move is whole; and it is small.
        """
        chance = np.random.default_rng(len(self._forms))
        for columns in self._programme.layers():
            touched = np.unique(self._by_column[:, columns].indices)
            open_forms = [index for index in touched if not self._is_settled(int(index))]
            if open_forms:
                direction = chance.choice([-1.0, 1.0], len(open_forms)) @ self._matrix[open_forms]
                for one in (direction, -direction):
                    self._learn_near(one, columns)

    def _is_settled(self, index: int) -> bool:
        return bool((seen := self._seen(index)) and self._enough(self._forms[index], seen))

    def _look_around(self) -> None:
        """Move many open forms at once: most are far from tight and need no programme of their own."""
        chance = np.random.default_rng(len(self._forms))
        for _ in range(DIRECTIONS):
            open_forms = self._open_forms()
            if len(open_forms) <= MANY_FORMS:
                return
            direction = chance.choice([-1.0, 1.0], len(open_forms)) @ self._matrix[open_forms]
            self._learn(direction, is_easy=True)
            self._learn(-direction, is_easy=True)

    def _open_forms(self) -> list[int]:
        return [index for index in range(len(self._forms)) if not self._is_settled(index)]

    def _settled(self, index: int) -> Range:
        number = self._forms[index]
        for sign in (-1.0, 1.0) if self._is_near else ():
            if not ((seen := self._seen(index)) and self._enough(number, seen)):
                self._learn_near(sign * self._programme.vector(self._terms[index]))
        for sign in (-1.0, 1.0):
            if (seen := self._seen(index)) and self._enough(number, seen):
                return seen
            if not self._learn(sign * self._programme.vector(self._terms[index])):
                return self._seen(index) or Range(0, 0)
        return Range(int(self._lows[index]), int(self._highs[index]), is_exact=True)

    def _seen(self, index: int) -> Range | None:
        if np.isinf(self._lows[index]):
            return None
        return Range(int(self._lows[index]), int(self._highs[index]))

    def _learn(self, objective: Vector, *, is_easy: bool = False) -> bool:
        table = self._programme.smallest(objective, is_easy=is_easy)
        if table is None:
            return False
        self._widen(table)
        return True

    def _learn_near(self, objective: Vector, columns: Columns | None = None) -> None:
        table = self._programme.smallest_near(objective, columns)
        if table is not None:
            self._widen(table)

    def _widen(self, table: Vector) -> None:
        values = self._matrix @ table + self._constants
        self._lows = np.minimum(self._lows, values)
        self._highs = np.maximum(self._highs, values)


class _Programme:
    """One part of the knowledge in the shape the solver wants; kept to be asked many times."""

    def __init__(self, places: Sequence[Place], rows: Sequence[Row], knowledge: Knowledge) -> None:
        self._column = {place: column for column, place in enumerate(places)}
        limits = np.array([knowledge.limits[place] for place in places], dtype=float)
        self._bounds = within(limits[:, 0], limits[:, 1])
        entries = [
            (number, self._column[place], factor)
            for number, row in enumerate(rows)
            for place, factor in row.terms.items()
        ]
        self._constraints = []
        if entries:
            numbers, columns, factors = zip(*entries, strict=True)
            matrix = sparse((np.array(factors, dtype=float), (numbers, columns)), (len(rows), len(places)))
            least = np.array([row.least for row in rows], dtype=float)
            most = np.array([np.inf if row.most is None else row.most for row in rows])
            self._constraints = [between(matrix, least, most)]

    def stand_on(self, known: Mapping[Place, int]) -> bool:
        """Take a table to look around from; False when it is not a possible one."""
        table = np.array([known.get(place, -1) for place in self._column], dtype=float)
        is_possible = bool(np.all((self._bounds.lb <= table) & (table <= self._bounds.ub)))
        for constraint in self._constraints:
            sums = constraint.A @ table
            is_possible = is_possible and bool(np.all((constraint.lb <= sums) & (sums <= constraint.ub)))
        self._ground = table
        return is_possible

    def layers(self) -> Iterator[Columns]:
        return layers_of([cell for _, cell in self._column])

    def smallest_near(self, objective: Vector, columns: Columns | None = None) -> Vector | None:
        """A possible table of whole numbers near the known one, with a small value of the objective.

        columns: those that may move. Where the linear programme's answer is not whole, what is not stays as it is known.
        """
        columns = np.arange(len(objective)) if columns is None else columns
        low = np.maximum(self._bounds.lb, self._ground - NEAR)[columns]
        high = np.minimum(self._bounds.ub, self._ground + NEAR)[columns]
        constraints = [self._around(constraint, columns) for constraint in self._constraints]
        ground = self._ground[columns]
        for _ in range(MOST_PINS):
            moved = _solved(objective[columns], np.zeros(len(columns)), within(low, high), constraints)
            if moved is None:
                return None
            is_broken = np.abs(moved - np.rint(moved)) > ALMOST_WHOLE
            if not is_broken.any():
                table = self._ground.copy()
                table[columns] = np.rint(moved)
                return table
            low[is_broken] = high[is_broken] = ground[is_broken]
        return None

    def _around(self, constraint: Constraint, columns: Columns) -> Constraint:
        """What a constraint asks of some columns while the others stand on the ground."""
        some = constraint.A.tocsc()[:, columns]
        rows = np.unique(some.indices)
        some = some.tocsr()[rows]
        standing = (constraint.A @ self._ground)[rows] - some @ self._ground[columns]
        return between(some, constraint.lb[rows] - standing, constraint.ub[rows] - standing)

    def matrix(self, forms: Sequence[Terms]) -> Matrix:
        entries = [
            (row, self._column[place], factor)
            for row, terms in enumerate(forms)
            for place, factor in terms.items()
        ]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(forms), len(self._column))
        return sparse((np.array(factors, dtype=float), (rows, columns)), shape)

    def vector(self, terms: Terms) -> Vector:
        vector = np.zeros(len(self._column))
        for place, factor in terms.items():
            vector[self._column[place]] = factor
        return vector

    def smallest(self, objective: Vector, *, is_easy: bool = False) -> Vector | None:
        """A possible table with the smallest value of the objective; None when not settled.

        Whole numbers, not fractions: where several releases meet, the linear programme alone leaves
        ranges that no table of persons can fill, and would call a cell safe that is not. The linear
        programme is only tried first, because its answer mostly is whole. is_easy: leave it at that.
        """
        table = _solved(objective, np.zeros(len(objective)), self._bounds, self._constraints)
        if table is None or np.abs(table - np.rint(table)).max() > ALMOST_WHOLE:
            if is_easy:
                return None
            table = _solved(objective, np.ones(len(objective)), self._bounds, self._constraints)
        return None if table is None else np.rint(table)


def _solved(
    objective: Vector, integrality: Vector, bounds: Limits, constraints: Sequence[Constraint]
) -> Vector | None:
    answer = milp(
        objective,
        integrality=integrality,
        bounds=bounds,
        constraints=constraints,
        options={"node_limit": MOST_BRANCHES},
    )
    if answer.status == INFEASIBLE:
        raise Contradiction
    return None if answer.status or answer.x is None else np.asarray(answer.x)
