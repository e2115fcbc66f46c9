"""What a reader of all releases knows: numbers shown, limits of the rest, sums, and growth.

The strongest honest reading: every hidden cell holds at least one person (unless empty ones are hidden too), every
sum holds in every release, and from one release to the next of the same persons counts only grow. Of what was
withheld only that is known which follows from there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .cells import TOTAL, Cell, Released
from .margins import frame_of, margins_of

Place = tuple[int, Cell]
"""A cell of one release: (position of the release in the sequence, cell)."""

Terms = dict[Place, int]


class Contradiction(ValueError):
    """What the reader assumed cannot be true, or releases contradict themselves."""


@dataclass
class Row:
    """least <= sum of coefficient × unknown <= most; most None: no upper limit."""

    terms: Terms
    least: int
    most: int | None


@dataclass
class Knowledge:
    """Known numbers, whole-number limits of every unknown, and rows between unknowns."""

    known: dict[Place, int] = field(default_factory=dict)
    limits: dict[Place, tuple[int, int]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def reduce(self, terms: Terms) -> tuple[Terms, int]:
        """Split a linear form into what is unknown and the sum of what is known; what is neither counts nobody."""
        unknown: Terms = {}
        constant = 0
        for place, factor in terms.items():
            if place in self.known:
                constant += factor * self.known[place]
            elif place in self.limits:
                unknown[place] = factor
        return unknown, constant

    def narrow(self, place: Place, least: int, most: int) -> None:
        """Learn limits of one unknown; raises Contradiction when nothing is left."""
        low, high = self.limits[place]
        low, high = max(low, least), min(high, most)
        if low > high:
            raise Contradiction
        self.limits[place] = (low, high)
        if low == high:
            del self.limits[place]
            self.known[place] = low


Link = tuple[int, int]
"""(smaller, larger): no cell of the first release counts more persons than in the second."""


def chains(published: Sequence[Released]) -> list[list[int]]:
    """Group the releases that speak about the same persons, each group in the order of time.

    Cumulative releases form one group over all periods; others are grouped by period (re-releases).
    """
    groups: dict[str, list[int]] = {}
    order = sorted(range(len(published)), key=lambda place: (published[place].period, place))
    for place in order:
        release = published[place]
        groups.setdefault("" if release.cumulative else release.period, []).append(place)
    return list(groups.values())


def links_of(published: Sequence[Released]) -> list[Link]:
    """The growth a reader may assume: between neighbours of a chain, in the direction of the totals."""
    links: list[Link] = []
    for chain in chains(published):
        for earlier, later in pairwise(chain):
            grows = published[earlier].total <= published[later].total
            links.append((earlier, later) if grows else (later, earlier))
    return links


def knowledge_of(
    published: Sequence[Released],
    links: Iterable[Link],
    limits: Mapping[Place, tuple[int, int]] | None = None,
) -> Knowledge:
    """Put everything together and work out what follows from single rows.

    limits: what an attacker knows beyond the release about hidden cells.
    Raises Contradiction when the links (or limits) cannot be true together with the numbers.
    """
    knowledge = Knowledge()
    filled: dict[int, list[Cell]] = {}
    for chain in chains(published):
        frame = frame_of([published[place] for place in chain])
        for place in chain:
            margins = margins_of(published[place], frame)
            filled[place] = [cell for cells in margins.cells.values() for cell in cells]
            _add_cells(knowledge, place, published[place], filled[place])
            for total in margins.sums:
                _add_row(knowledge, _sum_terms(place, total.margin, total.parts), 0, 0)
    for smaller, larger in links:
        for cell in filled[smaller]:
            _add_row(knowledge, {(larger, cell): 1, (smaller, cell): -1}, 0, None)
    for place_of_cell, (least, most) in (limits or {}).items():
        if place_of_cell in knowledge.limits:
            knowledge.narrow(place_of_cell, least, most)
    _settle(knowledge)
    return knowledge


def _add_cells(knowledge: Knowledge, place: int, release: Released, cells: Iterable[Cell]) -> None:
    for cell in cells:
        if cell == TOTAL:
            knowledge.known[place, cell] = release.total
        elif cell not in release.cells:
            knowledge.limits[place, cell] = (0, release.total)
        elif (count := release.cells[cell]) is None:
            knowledge.limits[place, cell] = (release.least_hidden, release.total)
        else:
            knowledge.known[place, cell] = count


def _sum_terms(place: int, margin: Cell, parts: tuple[Cell, ...]) -> Terms:
    return {(place, part): 1 for part in parts} | {(place, margin): -1}


def _add_row(knowledge: Knowledge, terms: Terms, least: int, most: int | None) -> None:
    unknown, constant = knowledge.reduce(terms)
    if unknown:
        knowledge.rows.append(Row(unknown, least - constant, None if most is None else most - constant))
    elif constant < least or (most is not None and constant > most):
        raise Contradiction


def _settle(knowledge: Knowledge) -> None:
    """Drop rows of a single unknown into its limits until no such row is left."""
    learned = True
    while learned:
        learned = False
        rows, knowledge.rows = knowledge.rows, []
        for row in rows:
            most = row.most
            unknown, constant = knowledge.reduce(row.terms)
            least = row.least - constant
            most = None if most is None else most - constant
            if len(unknown) == 1:
                _learn(knowledge, unknown, least, most)
                learned = True
            elif unknown:
                knowledge.rows.append(Row(unknown, least, most))
            elif least > 0 or (most is not None and most < 0):
                raise Contradiction


def _learn(knowledge: Knowledge, unknown: Terms, least: int, most: int | None) -> None:
    ((place, factor),) = unknown.items()
    low, high = knowledge.limits[place]
    if factor > 0:
        knowledge.narrow(place, max(low, least), high if most is None else most)
    else:
        knowledge.narrow(place, low if most is None else -most, min(high, -least))
