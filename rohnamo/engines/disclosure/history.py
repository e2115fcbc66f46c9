"""What earlier releases of the same persons forbid, and which numbers they make sensitive."""

from collections.abc import Iterable, Iterator, Sequence

from .audit import Sensitive
from .cells import TOTAL, Breakdown, Cell, Released, Table, Threshold, subsets


def related(table: Table, earlier: Iterable[Released]) -> list[Released]:
    """The releases that can be held against a new one: its own period, or all when cumulative."""
    return [
        release
        for release in earlier
        if release.cumulative == table.cumulative and (table.cumulative or release.period == table.period)
    ]


def same_period(table: Table, earlier: Iterable[Released]) -> list[Released]:
    return [release for release in related(table, earlier) if release.period == table.period]


def tells_a_small_change(table: Table, threshold: Threshold, before: Released) -> bool:
    """Whether the table beside an earlier release of its period shows that a few persons came or went."""
    reading = Reading(before)
    implied = {margin for breakdown in table.breakdowns for margin in subsets(breakdown)}
    gone = {cell: 0 for cell in reading.cells() if cell.breakdown in implied}
    for cell, count in {**gone, **table.margins}.items():
        shown = reading.count(cell)
        if not reading.speaks_of(cell):
            continue
        if _tells(before, shown, count) or (
            shown is not None and threshold.is_small(cell, abs(count - shown))
        ):
            return True
    return False


def _tells(before: Released, shown: int | None, count: int) -> bool:
    """Whether a cell that was hidden, and therefore held somebody, is now seen to hold nobody."""
    return shown is None and count == 0 and not before.are_zeros_hidden


def sensitive_numbers(table: Table, threshold: Threshold, history: Sequence[Released]) -> list[Sensitive]:
    """What must not be worked out once `table` follows upon `history`, its position being the last.

    Small counts and small growth of the table; and every hidden cell of the past and growth from or to
    one, whose true number is not kept with the release and which therefore may be small.
    """
    here = len(history)
    numbers = [
        Sensitive(here, cell)
        for cell, count in table.margins.items()
        if cell != TOTAL and threshold.is_small(cell, count)
    ]
    readings = [Reading(release) for release in history]
    for position, before in enumerate(readings):
        numbers.extend(_growth(table, threshold, before, position=position, here=here))
        numbers.extend(_past(readings, position))
    return numbers


class Reading:
    """What a reader finds in one release for a cell, listed or only implied by adding up."""

    def __init__(self, release: Released) -> None:
        listed = release.breakdowns
        self._breakdowns = {margin for breakdown in listed for margin in subsets(breakdown)}
        self._counts: dict[Cell, int | None] = {}
        for breakdown in listed:
            for margin in subsets(breakdown):
                for cell, count in _sums(release, breakdown, margin).items():
                    if self._counts.get(cell) is None:
                        self._counts[cell] = count
        self._counts |= {**release.cells, TOTAL: release.total}

    def speaks_of(self, cell: Cell) -> bool:
        return cell == TOTAL or cell.breakdown in self._breakdowns

    def count(self, cell: Cell) -> int | None:
        """The number, or None when it holds at least one person and how many is not said."""
        return self._counts.get(cell, 0)

    def cells(self) -> Iterable[Cell]:
        return self._counts.keys()


def _sums(release: Released, breakdown: Breakdown, margin: Breakdown) -> dict[Cell, int | None]:
    sums: dict[Cell, int | None] = {}
    for part, count in release.cells.items():
        if part.breakdown == breakdown:
            cell = part.within(margin)
            before = sums.get(cell, 0)
            sums[cell] = None if before is None or count is None else before + count
    return sums


def _growth(
    table: Table, threshold: Threshold, before: Reading, *, position: int, here: int
) -> Iterator[Sensitive]:
    for cell, count in table.margins.items():
        if cell == TOTAL or not before.speaks_of(cell):
            continue
        shown = before.count(cell)
        if shown is None:
            yield Sensitive(here, cell, position, is_small=False)
        elif threshold.is_small(cell, abs(count - shown)):
            yield Sensitive(here, cell, position)


def _past(readings: Sequence[Reading], position: int) -> Iterator[Sensitive]:
    reading = readings[position]
    for cell in reading.cells():
        is_open = reading.count(cell) is None
        if is_open:
            yield Sensitive(position, cell, is_small=False)
        for before in range(position):
            other = readings[before]
            if other.speaks_of(cell) and (is_open or other.count(cell) is None):
                yield Sensitive(position, cell, before, is_small=False)
