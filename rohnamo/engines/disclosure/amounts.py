"""Sums and means: no cell may tell what one person got, and no sum may be worked out from the others.

A cell is dominated when its sum, less the two largest shares, is smaller than a part of the largest: then who has the
second share can work the first one out too closely (the p % rule; Hundepool and others, Statistical Disclosure
Control, 2012, chapter 4). Counts, sums and means are shown or hidden together, cell by cell: a mean beside one of the
others would give the third away, and two that are hidden apart would give each other's pattern away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .cells import TOTAL, Cell, Released, Table, Threshold
from .margins import Sum, frame_of, margins_of
from .persons import Key, Told, table_of, tell
from .ranges import Vector
from .solver import Matrix, linprog, sparse

MOST_PARTNERS = 60
ALMOST = 1e-6
DIRECTIONS = 10


class NegativeAmount(ValueError):
    """A sum in which some take away what others give hides nobody: a share can be larger than the whole."""


@dataclass(frozen=True)
class Share:
    """What a cell amounts to, and its two largest shares."""

    total: Decimal = Decimal(0)
    largest: Decimal = Decimal(0)
    second: Decimal = Decimal(0)

    def with_one(self, amount: Decimal) -> "Share":
        largest, second = sorted((self.largest, self.second, amount), reverse=True)[:2]
        return Share(self.total + amount, largest, second)

    def is_dominated(self, percent: int) -> bool:
        return self.largest > 0 and (self.total - self.largest - self.second) * 100 < self.largest * percent

    def room(self, percent: int) -> float:
        """How far below and above the sum the reader's range must reach."""
        return float(self.largest * percent / 100)


@dataclass(frozen=True)
class ToldAmounts:
    """told: the counts, with everything hidden that a sum would give away. sums: of the cells that are shown."""

    told: Told
    sums: Mapping[Cell, Decimal]

    def mean(self, cell: Cell) -> Decimal | None:
        if cell not in self.sums:
            return None
        return (self.sums[cell] / self.told.counts[cell]).quantize(Decimal("0.01"))


def tell_amounts(
    rows: Iterable[tuple[Key, Decimal]],
    attributes: Sequence[str],
    threshold: Threshold,
    *,
    percent: int,
    earlier: Sequence[Released] = (),
) -> ToldAmounts:
    """Decide what may be shown of counts, sums and means together.

    percent: nobody may work out a share closer than that. The threshold is the least number of contributors.
    Raises NegativeAmount. When the sums cannot be protected, none of them is told.
    """
    rows = list(rows)
    if any(amount < 0 for _, amount in rows):
        raise NegativeAmount
    table = table_of((key for key, _ in rows), attributes)
    shares = _shares(rows, attributes)
    dominated = {cell for cell, share in shares.items() if share.is_dominated(percent)}
    told = tell(table, attributes, threshold, earlier=earlier, also_hidden=dominated)
    if told.protected is None or TOTAL in dominated:
        return ToldAmounts(told, {})
    audit = AmountAudit(table, shares, percent)
    for _ in range(MOST_PARTNERS):
        hidden = {cell for cell in table.cells if cell not in told.counts}
        weak = audit.weakest(hidden, _sensitive(told, threshold, dominated))
        if weak is None:
            sums = {cell: shares[cell].total for cell in told.counts}
            return ToldAmounts(told, sums)
        partner = audit.partner(weak, hidden)
        if partner is None:
            break
        dominated.add(partner)
        told = tell(table, attributes, threshold, earlier=earlier, also_hidden=dominated)
    return ToldAmounts(told, {})


def _sensitive(told: Told, threshold: Threshold, dominated: Collection[Cell]) -> list[Cell]:
    small = {cell for cell, count in told.table.cells.items() if threshold.is_small(cell, count)}
    return sorted({*small, *dominated} & told.table.cells.keys())


def _shares(rows: Iterable[tuple[Key, Decimal]], attributes: Sequence[str]) -> dict[Cell, Share]:
    amounts: dict[Key, list[Decimal]] = defaultdict(list)
    for key, amount in rows:
        amounts[key].append(amount)
    shares: dict[Cell, Share] = defaultdict(Share)
    for key, some in amounts.items():
        for size in range(len(attributes) + 1):
            for places in combinations(range(len(attributes)), size):
                cell = Cell.of(**{attributes[place]: key[place] for place in places})
                for amount in some:
                    shares[cell] = shares[cell].with_one(amount)
    return shares


class AmountAudit:
    """What a reader can tell of hidden sums: every one is at least nothing, and all sums add up."""

    def __init__(self, table: Table, shares: Mapping[Cell, Share], percent: int) -> None:
        release = Released(table.period, table.total, dict(table.cells), categories=table.categories)
        self._sums: Sequence[Sum] = margins_of(release, frame_of([release])).sums
        self._cells = sorted(table.cells)
        self._number = {cell: number for number, cell in enumerate(self._cells)}
        self._totals = np.array([float(shares[cell].total) for cell in self._cells])
        self._rooms = {cell: shares[cell].room(percent) for cell in self._cells}
        self._counts = table.cells
        self._matrix = self._rows()

    def weakest(self, hidden: Collection[Cell], sensitive: Sequence[Cell]) -> Cell | None:
        """A sum that the reader can place too closely; None when there is none."""
        is_hidden = np.array([cell in hidden for cell in self._cells])
        up, down = np.zeros(len(self._cells)), np.zeros(len(self._cells))
        asked = [self._number[cell] for cell in sensitive]
        needs = np.array([self._rooms[cell] for cell in self._cells])
        chance = np.random.default_rng(len(asked))
        for direction in range(DIRECTIONS + len(asked)):
            weak = [
                number
                for number in asked
                if not _is_far(up[number], down[number], needs[number], self._totals[number])
            ]
            if not weak:
                return None
            goal = np.zeros(len(self._cells))
            is_single = direction >= DIRECTIONS
            some = weak[:1] if is_single else weak
            goal[some] = 1.0 if is_single else chance.choice([-1.0, 1.0], len(weak))
            for sign in (1.0, -1.0):
                moved = self._furthest(sign * goal, is_hidden)
                up, down = np.maximum(up, moved), np.minimum(down, moved)
            number = weak[0]
            if is_single and not _is_far(up[number], down[number], needs[number], self._totals[number]):
                return self._cells[number]
        return None

    def partner(self, weak: Cell, hidden: Collection[Cell]) -> Cell | None:
        """A cell to hide for its sake: in one of its sums, of few persons by order of size."""
        near = {cell for total in self._sums if weak in total.members for cell in total.members}
        choice = [cell for cell in near if cell in self._counts and cell not in hidden]
        return min(choice, key=lambda cell: (self._counts[cell].bit_length(), cell), default=None)

    def _rows(self) -> Matrix:
        rows, columns, factors = [], [], []
        for row, total in enumerate(self._sums):
            for cell, factor in ((total.margin, -1.0), *((part, 1.0) for part in total.parts)):
                if cell in self._number:
                    rows.append(row)
                    columns.append(self._number[cell])
                    factors.append(factor)
        return sparse((factors, (rows, columns)), (len(self._sums), len(self._cells)))

    def _furthest(self, goal: Vector, is_hidden: NDArray[np.bool_]) -> Vector:
        free = np.flatnonzero(is_hidden)
        reach = 4.0 * max(self._rooms.values())
        moved = np.zeros(len(self._cells))
        answer = linprog(
            -goal[free],
            A_eq=self._matrix[:, free],
            b_eq=np.zeros(self._matrix.shape[0]),
            bounds=np.column_stack([-self._totals[free], np.full(len(free), reach)]),
            method="highs-ds",
        )
        if answer.status == 0:
            moved[free] = answer.x
        return moved


def _is_far(up: float, down: float, need: float, total: float) -> bool:
    # Nobody can have got less than nothing: a sum of its own largest share need not reach below that.
    return up >= need - ALMOST and -down >= min(need, total) - ALMOST
