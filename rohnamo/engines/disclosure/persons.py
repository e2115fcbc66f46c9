"""From rows, one a person, to a table with all its margins, and what of it may be shown."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from .cells import MOST_ATTRIBUTES, TOTAL, Breakdown, Cell, Released, Table, Threshold, subsets
from .protect import Protected, Verdict, protect

ROOM = 2
"""At least three values are left to every small number of a file: one more and one less, as τ-Argus asks."""
MOST_SMALL = 2000
"""A table with more small cells than that is one of persons, not of groups: its finest breakdown is not released."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What may be said of every combination: a number, or None for "hidden".

    attributes: in the order in which they were asked for. protected: None when even the total is small, so that
    nothing is told. table: as counted; never to be published.
    """

    attributes: tuple[str, ...]
    table: Table
    protected: Protected | None
    withheld: tuple[Breakdown, ...] = ()
    counts: Mapping[Cell, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        return self.protected.verdict if self.protected else Verdict.TOTAL_ONLY

    def combinations(self) -> Iterator[tuple[Cell, Key]]:
        """All of them, also those of nobody: the total first, then by breakdown; "" stands for "all"."""
        for breakdown in subsets(self.attributes):
            for categories in product(*(self.table.categories[name] for name in breakdown)):
                named = dict(zip(breakdown, categories, strict=True))
                yield Cell.of(**named), tuple(named.get(name, "") for name in self.attributes)

    def lost(self, threshold: Threshold) -> list[Cell]:
        """Good cells that are hidden: those that are not small."""
        least = {cell: count for cell, count in self.table.margins.items() if count >= threshold.least(cell)}
        return sorted(cell for cell in least if cell not in self.counts)


def table_of(rows: Iterable[Key], attributes: Sequence[str]) -> Table:
    """Count rows that hold the categories of the attributes, in their order.

    All margins are counted, and zeros are hidden like small counts: that somebody with these three traits exists is
    news enough. Raises ValueError for other than 1 to 3 attributes.
    """
    if not 1 <= len(attributes) <= MOST_ATTRIBUTES:
        raise ValueError("A table has 1 to 3 attributes.")
    combined = Counter(rows)
    cells: Counter[Cell] = Counter()
    for key, count in combined.items():
        for places in _choices(len(attributes)):
            cells[Cell.of(**{attributes[place]: key[place] for place in places})] += count
    categories = {name: sorted({key[place] for key in combined}) for place, name in enumerate(attributes)}
    return Table("", combined.total(), dict(cells), categories=categories, are_zeros_hidden=True)


def tell(
    table: Table,
    attributes: Sequence[str],
    threshold: Threshold,
    *,
    earlier: Sequence[Released] = (),
    also_hidden: Collection[Cell] = (),
) -> Told:
    """Decide what may be shown of a table beside all that was released of the same persons before.

    also_hidden: cells that must not be shown for another reason than their count.
    """
    told = Told(tuple(attributes), table, None)
    if threshold.is_small(TOTAL, table.total):
        return told
    kept = _releasable(table, threshold)
    protected = protect(
        table.only(kept), threshold, [_alike(one, table) for one in earlier], also_hidden=also_hidden
    )
    counts = {cell: count for cell, count in protected.release.cells.items() if count is not None}
    withheld = tuple(names for names in table.breakdowns if names not in kept or names in protected.withheld)
    return Told(tuple(attributes), table, protected, withheld, counts | {TOTAL: protected.release.total})


def _choices(number: int) -> list[tuple[int, ...]]:
    return [places for size in range(1, number + 1) for places in combinations(range(number), size)]


def _releasable(table: Table, threshold: Threshold) -> list[Breakdown]:
    """All breakdowns, unless too many persons stand alone in them: then the single attributes and what hangs on one."""
    small = sum(threshold.is_small(cell, count) for cell, count in table.cells.items())
    if small <= MOST_SMALL:
        return list(table.breakdowns)
    singles = [names for names in table.breakdowns if len(names) == 1]
    of_two = Counter(cell.breakdown for cell in table.cells if len(cell.attributes) == 2)
    # The largest pair is left out with the triple: three pairs would tell of the triple behind them.
    return singles + sorted(of_two, key=lambda names: (of_two[names], names))[:2]


def _alike(release: Released, table: Table) -> Released:
    """With the categories that anybody has named since, in which nobody was counted then as far as is known."""
    names = {*release.categories, *table.categories}
    categories = {
        name: sorted({*release.categories.get(name, ()), *table.categories.get(name, ())}) for name in names
    }
    return replace(release, categories=categories)
