"""Which sums must hold between the cells of one table, shown or not.

Pure structure, no counts: both the audit and the hiding stand on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from .cells import Breakdown, Cell, breakdowns_of, subsets


@dataclass(frozen=True)
class Sum:
    """The parts add up to the margin."""

    margin: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (self.margin, *self.parts)


@dataclass(frozen=True)
class Margins:
    """All cells that listed cells imply, the total included, and all sums between them."""

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]


def margins_of(listed: Iterable[Cell]) -> Margins:
    """Close a set of cells under adding up.

    When breakdowns form a ring (sex × age, age × district, district × sex), margins alone say less than
    the people behind them do; then the full table over the ring's attributes joins in as cells nobody
    has published, so that an attacker who uses it finds no more than we do.
    """
    listed = tuple(listed)
    ring = ring_of(breakdowns_of(listed))
    cells = {cell.within(margin) for cell in listed for margin in subsets(cell.breakdown)}
    for cell in _all_combinations(listed, ring):
        cells.update(cell.within(margin) for margin in subsets(ring))
    return Margins(tuple(sorted(cells)), tuple(_sums(cells)))


def ring_of(breakdowns: Iterable[Breakdown]) -> Breakdown:
    """The attributes that are left when all that hangs on by one end is taken off; () when nothing is.

    Source: the reduction of Graham, and of Yu and Özsoyoğlu, for acyclic database schemes (1979).
    """
    edges = [set(breakdown) for breakdown in breakdowns]
    while True:
        lonely = {name for edge in edges for name in edge if sum(name in other for other in edges) == 1}
        smaller = _without_contained([edge - lonely for edge in edges])
        if smaller == edges:
            return tuple(sorted(set().union(*edges)))
        edges = smaller


def _without_contained(edges: list[set[str]]) -> list[set[str]]:
    unique = [edge for place, edge in enumerate(edges) if edge and edge not in edges[:place]]
    return [edge for edge in unique if not any(edge < other for other in unique)]


def _all_combinations(listed: tuple[Cell, ...], ring: Breakdown) -> list[Cell]:
    if not ring:
        return []
    categories: dict[str, set[str]] = defaultdict(set)
    for cell in listed:
        for name, category in cell.attributes:
            categories[name].add(category)
    choices = [[(name, category) for category in sorted(categories[name])] for name in ring]
    return [Cell(tuple(combination)) for combination in product(*choices)]


def _sums(cells: set[Cell]) -> Iterable[Sum]:
    groups: Mapping[tuple[Breakdown, Cell], list[Cell]] = defaultdict(list)
    for cell in sorted(cells):
        for left_out in cell.breakdown:
            margin = cell.within(tuple(name for name in cell.breakdown if name != left_out))
            groups[cell.breakdown, margin].append(cell)
    return (Sum(margin, tuple(parts)) for (_, margin), parts in groups.items())
