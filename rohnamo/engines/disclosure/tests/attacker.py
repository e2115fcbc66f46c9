"""An attacker who shares no code with the engine: he puts real persons behind the numbers.

Unknowns are numbers of persons, for every combination of sex, age and district of every release;
every published number is a sum of them. What he can tell about a number is what linear programming, or
for tiny tables trying all whole numbers, leaves of it.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from scipy.optimize import linprog

from rohnamo.engines.disclosure import Cell, Released


class Attacker:
    """Knows the releases and the categories, and that populations only grow from release to release."""

    def __init__(self, releases: Sequence[Released], axes: dict[str, list[str]]) -> None:
        self._people = [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]
        self._releases = len(releases)
        equal, equal_to, most, most_is = [], [], [], []
        for number, release in enumerate(releases):
            equal.append(self._weights(number, Cell()))
            equal_to.append(release.total)
            for cell in self._published(release):
                count = release.cells.get(cell, 0)
                if count is None:
                    most.append(-self._weights(number, cell))
                    most_is.append(-1)
                else:
                    equal.append(self._weights(number, cell))
                    equal_to.append(count)
        width = len(self._people)
        for column in range(width * (len(releases) - 1)):
            row = np.zeros(width * len(releases))
            row[column], row[column + width] = 1, -1
            most.append(row)
            most_is.append(0)
        self._knows = {"A_eq": np.array(equal), "b_eq": equal_to}
        if most:
            self._knows |= {"A_ub": np.array(most), "b_ub": most_is}

    def range_of(self, release: int, cell: Cell, since: int | None = None) -> tuple[float, float]:
        """Smallest and largest value of a cell, or of its growth, in any population behind the releases."""
        goal = self._weights(release, cell)
        if since is not None:
            goal = goal - self._weights(since, cell)
        low, high = linprog(goal, **self._knows), linprog(-goal, **self._knows)
        assert (low.status, high.status) == (0, 0), (low.message, high.message)
        return low.fun, -high.fun

    def _published(self, release: Released) -> set[Cell]:
        """Every combination of categories in a breakdown of which anything is listed."""
        names = {tuple(sorted(dict(cell.attributes))) for cell in release.cells}
        return {Cell.of(**{name: person[name] for name in some}) for some in names for person in self._people}

    def _weights(self, release: int, cell: Cell) -> np.ndarray:
        wanted = dict(cell.attributes)
        matches = [float(all(person[name] == wanted[name] for name in wanted)) for person in self._people]
        row = np.zeros((self._releases, len(self._people)))
        row[release] = matches
        return row.ravel()


def tables_behind(release: Released, rows: list[str], columns: list[str]) -> Iterator[dict[Cell, int]]:
    """Every sex × age table of whole numbers that fits a release, by trying all of them."""
    places = [(row, column) for row in rows for column in columns]
    is_published = any(len(cell.attributes) == 2 for cell in release.cells)

    def fill(done: list[int], left: int) -> Iterator[list[int]]:
        if len(done) == len(places):
            if left == 0:
                yield done
            return
        row, column = places[len(done)]
        shown = release.cells.get(Cell.of(sex=row, age=column), 0)
        if not is_published:
            choices = range(left + 1)
        elif shown is None:
            choices = range(1, left + 1)
        else:
            choices = range(shown, min(shown, left) + 1)
        for count in choices:
            yield from fill([*done, count], left - count)

    for counts in fill([], release.total):
        table = dict(zip(places, counts, strict=True))
        cells = {Cell.of(sex=row, age=column): count for (row, column), count in table.items()}
        for row in rows:
            cells[Cell.of(sex=row)] = sum(table[row, column] for column in columns)
        for column in columns:
            cells[Cell.of(age=column)] = sum(table[row, column] for row in rows)
        if all(
            (cells[cell] >= 1 if count is None else cells[cell] == count)
            for cell, count in release.cells.items()
        ):
            yield cells
