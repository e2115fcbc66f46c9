"""The fewest good cells whose hiding protects the small ones of one table.

The search is the one of Fischetti and Salazar (2001): choose the cheapest set of partners that keeps all rules found
so far (a programme of yes and no); ask for every small number how far it can move while all sums hold; where that is
not far enough, the prices of the linear programme name a new rule: of these cells some must be hidden. What comes out
is a proposal. The proof is the audit's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .cells import TOTAL, Cell
from .margins import Sum
from .ranges import Columns, Vector, layers_of
from .solver import Matrix, between, linprog, milp, sparse, within

# Counted in steps, not in seconds: the same table must give the same answer on a busy machine.
MOST_ROUNDS = 25
MOST_BRANCHES = 2000
MOST_PROGRAMMES = 500
MOST_WORK = 2_000_000
DIRECTIONS = 12
FEW_CELLS = 4
FAR = 4.0
"""Moves of more than so many times the widest need prove nothing more."""
A_LITTLE = 1 / 16
ALMOST = 1e-6
DIGITS = 6

Rule = dict[int, float]
"""Number of a cell → its weight: the weights of those that are hidden must add up to 1 at least."""


@dataclass(frozen=True)
class Task:
    """One table, and what is asked of it.

    needs: how wide the range of a small number must be. fixed: cells that are hidden whatever is found.
    partners: cells that may be hidden besides. least: what a reader knows every hidden cell to hold at least.
    A cell that is in neither of them is shown, unless it is in `open`: no breakdown has published it.
    """

    sums: Sequence[Sum]
    counts: Mapping[Cell, int]
    needs: Mapping[Cell, int]
    fixed: Collection[Cell]
    partners: Collection[Cell]
    open: Collection[Cell]
    least: int

    @cached_property
    def cells(self) -> list[Cell]:
        """All that the sums are about, but the total, which everybody knows."""
        return sorted({cell for total in self.sums for cell in total.members} - {TOTAL})


def fewest_partners(task: Task) -> set[Cell]:
    """Which cells to hide besides the fixed ones, so that few and small good cells are lost.

    When the search ends before all needs are met, the partners found so far: better than none.
    """
    if not task.needs or not task.partners:
        return set()
    search = _Search(task)
    return {task.cells[number] for number in search.run()}


class _Search:
    def __init__(self, task: Task) -> None:
        self._cells = task.cells
        self._number = {cell: number for number, cell in enumerate(self._cells)}
        self._matrix = self._sums_of(task.sums)
        self._by_column = self._matrix.tocsc()
        counts = np.array([task.counts.get(cell, 0) for cell in self._cells], dtype=float)
        self._needs = self._vector(task.needs)
        self._widest = float(self._needs.max())
        self._is_partner = self._vector(dict.fromkeys(task.partners, 1)) > 0
        self._partners = np.flatnonzero(self._is_partner)
        fixed = self._vector(dict.fromkeys(task.fixed, 1)) > 0
        is_open = self._vector(dict.fromkeys(task.open, 1)) > 0
        reach = FAR * self._widest
        # Of what no breakdown published nobody knows that it holds somebody.
        floor = np.where(is_open, 0, task.least)
        self._low = np.where(fixed | is_open, np.maximum(floor - counts, -reach), 0.0)
        self._high = np.where(fixed | is_open, reach, 0.0)
        # Only the order of size decides: who sees that always the smallest is taken reads a number out of the choice.
        # Where that is equal a part is hidden before a sum: the sums are what most readers look at.
        self._costs = np.array(
            [
                int(counts[number]).bit_length() - len(self._cells[number].attributes) * A_LITTLE
                for number in self._partners
            ],
            dtype=float,
        )
        self._rules: list[Rule] = []
        self._leasts: list[float] = []
        self._programmes = 0
        self._add_obvious_rules(task)

    def run(self) -> list[int]:
        chosen = np.zeros(len(self._cells))
        for _ in range(MOST_ROUNDS):
            answer = self._cheapest()
            if answer is None:
                break
            chosen = answer
            if not self._learn_from(chosen) or self._is_too_much():
                break
        return [int(number) for number in np.flatnonzero(chosen)]

    def _is_too_much(self) -> bool:
        return self._programmes > MOST_PROGRAMMES or self._programmes * len(self._cells) > MOST_WORK

    def _sums_of(self, sums: Sequence[Sum]) -> Matrix:
        rows: list[int] = []
        columns: list[int] = []
        factors: list[float] = []
        for row, total in enumerate(sums):
            for cell, factor in ((total.margin, -1.0), *((part, 1.0) for part in total.parts)):
                if cell != TOTAL:
                    rows.append(row)
                    columns.append(self._number[cell])
                    factors.append(factor)
        return sparse((factors, (rows, columns)), (len(sums), len(self._cells)))

    def _vector(self, values: Mapping[Cell, int]) -> Vector:
        vector = np.zeros(len(self._cells))
        for cell, value in values.items():
            if cell in self._number:
                vector[self._number[cell]] = value
        return vector

    def _add_obvious_rules(self, task: Task) -> None:
        """A sum that hides one cell hides another: the small one's partner, or the partner's."""
        for total in task.sums:
            members = [self._number[cell] for cell in total.members if cell != TOTAL]
            hidden = [number for number in members if self._high[number] > 0]
            partners = [number for number in members if self._is_partner[number]]
            if len(hidden) == 1 and self._needs[hidden[0]] > 0:
                self._add_rule(dict.fromkeys(partners, 1.0), 1.0)
            elif not hidden:
                for number in partners:
                    self._add_rule(dict.fromkeys(partners, 1.0) | {number: -1.0}, 0.0)

    def _add_rule(self, rule: Rule, least: float) -> None:
        self._rules.append(rule)
        self._leasts.append(least)

    def _cheapest(self) -> Vector | None:
        """The cheapest partners that keep all rules, as 1 at their numbers; None when there are none."""
        column = {int(number): place for place, number in enumerate(self._partners)}
        entries = [
            (row, column[number], weight)
            for row, rule in enumerate(self._rules)
            for number, weight in rule.items()
        ]
        chosen = np.zeros(len(self._cells))
        if not entries:
            return chosen
        rows, columns, weights = zip(*entries, strict=True)
        matrix = sparse((weights, (rows, columns)), (len(self._rules), len(column)))
        answer = milp(
            self._costs,
            integrality=np.ones(len(column)),
            bounds=within(0, 1),
            constraints=[between(matrix, np.array(self._leasts), np.inf)],
            options={"node_limit": MOST_BRANCHES},
        )
        if answer.x is None:
            return None
        chosen[self._partners] = np.rint(answer.x)
        return chosen

    def _learn_from(self, chosen: Vector) -> bool:
        """Look for small numbers that the choice leaves too narrow; whether any new rule was learned."""
        low = np.where(self._is_partner, -self._widest * chosen, self._low)
        high = np.where(self._is_partner, self._widest * chosen, self._high)
        widths = _Widths(self._needs)
        self._look_around(low, high, widths)
        known = len(self._rules)
        for number in widths.narrow():
            if widths.is_narrow(number) and not self._is_too_much():
                self._ask(number, low, high, widths)
        return len(self._rules) > known

    def _look_around(self, low: Vector, high: Vector, widths: "_Widths") -> None:
        """Move many small numbers at once: most can move far and need no programme of their own."""
        chance = np.random.default_rng(len(self._rules))
        self._look_along_layers(low, high, widths, chance)
        for _ in range(DIRECTIONS):
            narrow = widths.narrow()
            if len(narrow) <= FEW_CELLS:
                return
            direction = np.zeros(len(self._cells))
            direction[narrow] = chance.choice([-1.0, 1.0], len(narrow))
            for sign in (1.0, -1.0):
                moved, _ = self._furthest(sign * direction, low, high)
                widths.learn(moved)

    def _look_along_layers(
        self, low: Vector, high: Vector, widths: "_Widths", chance: np.random.Generator
    ) -> None:
        """Let two categories of an attribute give to each other: small programmes that move most numbers."""
        for columns in layers_of(self._cells):
            narrow = widths.narrow()
            if len(narrow) <= FEW_CELLS:
                return
            if some := sorted(set(narrow) & set(columns.tolist())):
                direction = np.zeros(len(self._cells))
                direction[some] = chance.choice([-1.0, 1.0], len(some))
                for sign in (1.0, -1.0):
                    widths.learn(self._furthest_of(columns, sign * direction, low, high))

    def _furthest_of(self, columns: Columns, direction: Vector, low: Vector, high: Vector) -> Vector:
        free = columns[high[columns] > low[columns]]
        some = self._by_column[:, free]
        rows = np.unique(some.indices)
        moved = np.zeros(len(self._cells))
        if not len(free):
            return moved
        answer = linprog(
            -direction[free],
            A_eq=some.tocsr()[rows],
            b_eq=np.zeros(len(rows)),
            bounds=np.column_stack([low[free], high[free]]),
            method="highs-ds",
        )
        if answer.status == 0:
            moved[free] = answer.x
        return moved

    def _ask(self, number: int, low: Vector, high: Vector, widths: "_Widths") -> None:
        """How far one small number can go up and down; what stands in its way becomes a rule."""
        need = self._needs[number]
        rule: Rule = {}
        width = rest = 0.0
        for sign in (1.0, -1.0):
            direction, nearer, farther = np.zeros(len(self._cells)), low.copy(), high.copy()
            direction[number] = sign
            nearer[number], farther[number] = max(low[number], -need), min(high[number], need)
            moved, prices = self._furthest(direction, nearer, farther)
            widths.learn(moved)
            width += sign * moved[number]
            priced = np.flatnonzero(np.abs(prices) > ALMOST)
            for one in (int(found) for found in priced):
                if self._is_partner[one]:
                    rule[one] = rule.get(one, 0.0) + self._widest * abs(prices[one])
                else:
                    rest += prices[one] * (farther[one] if prices[one] > 0 else nearer[one])
        if rule and width < need - ALMOST and rest < need - ALMOST:
            missing = need - rest
            self._add_rule(
                {one: round(min(weight / missing, 1.0), DIGITS) for one, weight in rule.items()}, 1.0
            )

    def _furthest(self, direction: Vector, low: Vector, high: Vector) -> tuple[Vector, Vector]:
        """The move that goes furthest, and what one more step at each cell's limit would be worth."""
        self._programmes += 1
        free = np.flatnonzero((high > low) | self._is_partner)
        answer = linprog(
            -direction[free],
            A_eq=self._matrix[:, free],
            b_eq=np.zeros(self._matrix.shape[0]),
            bounds=np.column_stack([low[free], high[free]]),
            method="highs-ds",
        )
        moved, prices = np.zeros(len(self._cells)), np.zeros(len(self._cells))
        if answer.status == 0:
            moved[free] = answer.x
            prices[free] = -(answer.lower.marginals + answer.upper.marginals)
        return moved, prices


class _Widths:
    """How far each number was seen to move."""

    def __init__(self, needs: Vector) -> None:
        self._needs = needs
        self._up, self._down = np.zeros(len(needs)), np.zeros(len(needs))

    def learn(self, moved: Vector) -> None:
        self._up, self._down = np.maximum(self._up, moved), np.minimum(self._down, moved)

    def narrow(self) -> Sequence[int]:
        return [int(number) for number in np.flatnonzero(self._up - self._down < self._needs - ALMOST)]

    def is_narrow(self, number: int) -> bool:
        return bool(self._up[number] - self._down[number] < self._needs[number] - ALMOST)
