"""Which cells of a release may hold somebody, shown or not, and which sums must hold between them.

What is not listed is zero where its breakdown was published. Where the breakdown was withheld it is unknown, and
so are the cells of categories that no release has named.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .cells import TOTAL, Breakdown, Cell, Released, breakdowns_of, subsets

NAMED_NOWHERE = ""
"""All categories of an attribute together that no release lists, as one category."""


@dataclass(frozen=True)
class Sum:
    """The parts add up to the margin; without parts the margin is zero."""

    margin: Cell
    parts: tuple[Cell, ...]

    @property
    def members(self) -> tuple[Cell, ...]:
        return (self.margin, *self.parts)


@dataclass(frozen=True)
class Frame:
    """What releases of the same persons are compared in.

    breakdowns: all that any of them published, with their margins, the short ones first. When they form a ring
    (sex × age, age × district, district × sex), margins alone say less than the people behind them do; then the
    full table over the ring joins in, which nobody has published, so that an attacker who uses it finds no more than
    we do. categories: of each attribute, those that any release lists, and NAMED_NOWHERE when there may be others.
    """

    breakdowns: tuple[Breakdown, ...]
    categories: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Margins:
    """The cells of one release that may hold somebody, by breakdown, and all sums between them."""

    cells: Mapping[Breakdown, tuple[Cell, ...]]
    sums: tuple[Sum, ...]


def frame_of(releases: Sequence[Released]) -> Frame:
    listed = {cell for release in releases for cell in release.cells}
    published = breakdowns_of(listed)
    closed = {margin for names in (*published, ring_of(published)) for margin in subsets(names)}
    named: dict[str, set[str]] = defaultdict(set)
    for cell in listed:
        for name, category in cell.attributes:
            named[name].add(category)
    for name, categories in named.items():
        if any(not release.has_only(name, categories) for release in releases):
            categories.add(NAMED_NOWHERE)
    return Frame(
        tuple(sorted(closed, key=lambda names: (len(names), names))),
        {name: tuple(sorted(categories)) for name, categories in named.items()},
    )


def margins_of(release: Released, frame: Frame) -> Margins:
    cells: dict[Breakdown, tuple[Cell, ...]] = {(): (TOTAL,)}
    for breakdown in frame.breakdowns:
        if breakdown:
            told = _told(release, breakdown)
            cells[breakdown] = _combinations(breakdown, cells, frame) if told is None else told
    return Margins(cells, tuple(_sums(cells)))


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


def _told(release: Released, breakdown: Breakdown) -> tuple[Cell, ...] | None:
    """The cells that are not zero, when the release published the breakdown or one that adds up to it."""
    source = next((names for names in release.breakdowns if set(breakdown) <= set(names)), None)
    if source is None:
        return None
    filled = (cell for cell, count in release.cells.items() if cell.breakdown == source and count != 0)
    return tuple(sorted({cell.within(breakdown) for cell in filled}))


def _combinations(
    breakdown: Breakdown, cells: Mapping[Breakdown, tuple[Cell, ...]], frame: Frame
) -> tuple[Cell, ...]:
    """All combinations of categories of which no margin is known to be empty."""
    *shorter, last = breakdown
    filled = {names: set(cells[names]) for names in subsets(breakdown)[:-1]}
    extended = (
        Cell((*cell.attributes, (last, category)))
        for cell in cells[tuple(shorter)]
        for category in frame.categories[last]
    )
    return tuple(
        cell for cell in extended if all(cell.within(names) in some for names, some in filled.items())
    )


def _sums(cells: Mapping[Breakdown, tuple[Cell, ...]]) -> Iterable[Sum]:
    for breakdown, parts in cells.items():
        for left_out in breakdown:
            margins = tuple(name for name in breakdown if name != left_out)
            groups: dict[Cell, list[Cell]] = {margin: [] for margin in cells[margins]}
            for part in parts:
                groups.setdefault(part.within(margins), []).append(part)
            yield from (Sum(margin, tuple(group)) for margin, group in groups.items())
