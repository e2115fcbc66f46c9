"""The words of the engine: cells, tables as counted, releases as published, thresholds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

Breakdown = tuple[str, ...]
"""Names of the attributes that a table is broken down by, in alphabetical order: ("age", "sex")."""

MOST_ATTRIBUTES = 3


class TableDoesNotAddUp(ValueError):
    """A breakdown does not add up to the total, or two breakdowns disagree about a margin."""


@dataclass(frozen=True, order=True)
class Cell:
    """Which persons are counted together: (("age", "18-24"), ("sex", "f")), or () for everybody.

    Write `Cell.of(sex="f", age="18-24")`. "Unknown" is a category like any other.
    """

    attributes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **categories: str) -> "Cell":
        return cls(tuple(sorted(categories.items())))

    @cached_property
    def breakdown(self) -> Breakdown:
        return tuple(name for name, _ in self.attributes)

    def within(self, breakdown: Breakdown) -> "Cell":
        """The wider cell that this one is part of when only the attributes of `breakdown` are looked at."""
        return Cell(tuple(pair for pair in self.attributes if pair[0] in breakdown))


TOTAL = Cell()

Categories = Mapping[str, Collection[str]]
"""Name of an attribute → all categories that it can have, as everybody may know them."""


@dataclass(frozen=True)
class Table:
    """One measure in one closed period as it was counted, before anything is hidden.

    period: sorts by time as text ("2025-Q1", "2025-02"). cumulative: counted from the first day of the
    measure, not of the period. cells: several breakdowns of the same persons, each adding up to `total`;
    a combination of categories that is missing counts nobody. categories: of an attribute that is not in it nobody
    knows how many it has. are_zeros_hidden: whoever publishes it writes empty cells like hidden ones, so that a hidden
    cell may hold nobody; needed where the list of combinations that exist would itself be the news.
    Raises TableDoesNotAddUp, and ValueError for counts below zero or cells without 1 to 3 attributes.
    """

    period: str
    total: int
    cells: Mapping[Cell, int]
    cumulative: bool = False
    categories: Categories = field(default_factory=dict)
    are_zeros_hidden: bool = False

    def __post_init__(self) -> None:
        if self.total < 0 or any(count < 0 for count in self.cells.values()):
            raise ValueError("A count of persons is a whole number of at least 0.")
        if not all(1 <= len(cell.attributes) <= MOST_ATTRIBUTES for cell in self.cells):
            raise ValueError("A cell has 1 to 3 attributes; the total stands apart.")
        self._require_sums()

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return breakdowns_of(self.cells)

    @cached_property
    def margins(self) -> Mapping[Cell, int]:
        """Every count that the cells imply by adding up, the cells and the total among them."""
        margins: dict[Cell, int] = {}
        for breakdown in self.breakdowns:
            for margin in subsets(breakdown):
                margins.update(self._sums(breakdown, margin))
        return margins | {TOTAL: self.total}

    def only(self, breakdowns: Iterable[Breakdown]) -> "Table":
        wanted = set(breakdowns)
        cells = {cell: count for cell, count in self.cells.items() if cell.breakdown in wanted}
        return replace(self, cells=cells)

    def _sums(self, breakdown: Breakdown, margin: Breakdown) -> dict[Cell, int]:
        sums: dict[Cell, int] = defaultdict(int)
        for cell, count in self.cells.items():
            if cell.breakdown == breakdown:
                sums[cell.within(margin)] += count
        return sums

    def _require_sums(self) -> None:
        for breakdown in self.breakdowns:
            for margin in subsets(breakdown):
                implied = {
                    cell: count for cell, count in self.margins.items() if cell.breakdown == margin and count
                }
                counted = {cell: count for cell, count in self._sums(breakdown, margin).items() if count}
                if counted != implied:
                    raise TableDoesNotAddUp(
                        f"Breakdown {' × '.join(breakdown)} of {self.period} does not add up to"
                        f" {' × '.join(margin) or 'the total'}."
                    )


@dataclass(frozen=True)
class Released:
    """What the public got: a number, or None for a cell of which only "hidden" was said.

    A breakdown of which no cell is listed was withheld, or never counted: what it holds is unknown. In a published
    one (`breakdowns`) a missing combination means that nobody was counted there. categories, are_zeros_hidden: as in
    Table. An empty cell that was written as hidden need not be listed: to know that it is empty only helps the reader.
    """

    period: str
    total: int
    cells: Mapping[Cell, int | None]
    cumulative: bool = False
    categories: Categories = field(default_factory=dict)
    are_zeros_hidden: bool = False

    @property
    def least_hidden(self) -> int:
        """How many persons a hidden cell holds at least."""
        return 0 if self.are_zeros_hidden else 1

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Those that were published, the short ones first."""
        return breakdowns_of(self.cells)

    def has_only(self, attribute: str, categories: Set[str]) -> bool:
        """Whether everybody may know that the attribute has no categories but these."""
        return attribute in self.categories and categories >= set(self.categories[attribute])

    @property
    def hidden(self) -> frozenset[Cell]:
        return frozenset(cell for cell, count in self.cells.items() if count is None)


@dataclass(frozen=True)
class Stricter:
    """A higher threshold for the categories of one attribute that begin with `prefix`."""

    attribute: str
    prefix: str
    least: int


@dataclass(frozen=True)
class Threshold:
    """The smallest count that may be shown, cell by cell. Zero may always be shown.

    room: how far apart the smallest and the largest possible value of a small number must lie; None: as far as 1 and
    the threshold, so that nobody can tell one from the other. A threshold below 3 would leave one single possible value
    for a hidden cell, so it is refused; with a room of its own, and zeros hidden, 2 is possible.
    """

    default: int = 5
    stricter: tuple[Stricter, ...] = ()
    room: int | None = None

    def __post_init__(self) -> None:
        least = min((self.default, *(rule.least for rule in self.stricter)))
        if least < (3 if self.room is None else 2):
            raise ValueError("A threshold below 3 hides nothing.")

    def width(self, cell: Cell) -> int:
        """How wide the range of a small number must stay."""
        return self.least(cell) - 1 if self.room is None else self.room

    def least(self, cell: Cell) -> int:
        matching = (
            rule.least
            for rule in self.stricter
            for name, category in cell.attributes
            if name == rule.attribute and category.startswith(rule.prefix)
        )
        return max((self.default, *matching))

    def is_small(self, cell: Cell, count: int) -> bool:
        return 0 < count < self.least(cell)


SMALL_NUMBERS = Threshold(default=5, stricter=(Stricter("district", "TJ-GB-", 10),))
"""Decision 0007: fewer than 5; for districts of Gorno-Badakhshan fewer than 10."""


def breakdowns_of(cells: Iterable[Cell]) -> tuple[Breakdown, ...]:
    return tuple(sorted({cell.breakdown for cell in cells}, key=lambda names: (len(names), names)))


def subsets(breakdown: Breakdown) -> list[Breakdown]:
    """All margins of a breakdown, from the total, (), to the breakdown itself."""
    return [some for size in range(len(breakdown) + 1) for some in combinations(breakdown, size)]
