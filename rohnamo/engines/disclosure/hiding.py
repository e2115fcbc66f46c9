"""The search for a pattern of hidden cells that stands the audit."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from .audit import Attacker, Sensitive, audit, judge
from .cells import TOTAL, Breakdown, Cell, Released, Table, Threshold
from .fewest import Task, fewest_partners
from .history import sensitive_numbers
from .knowledge import Place
from .margins import Sum, frame_of, margins_of

DISTRICT = "district"

MOST_TO_SHOW_AGAIN = 1000
MOST_TRIALS = 12
"""Partners that are tried to be shown again; each costs a whole audit."""


class Hiding:
    """One attempt at a table, from "nothing hidden" to a proven pattern or to a hopeless breakdown.

    Zeros and the total are never hidden. Partners are preferred that cost few further partners and are
    small, but "small" is looked at only by its binary order of size: who knows the method and saw that
    always the smallest is taken could read a number out of the choice.
    """

    def __init__(
        self,
        table: Table,
        threshold: Threshold,
        history: Sequence[Released],
        *,
        also_hidden: Collection[Cell] = (),
    ) -> None:
        self.table = table
        self.threshold = threshold
        self.history = history
        self._sensitive = sensitive_numbers(table, threshold, history)
        uncovered = self._release(hidden=())
        self._sums = margins_of(uncovered, frame_of([uncovered])).sums
        self._sums_of: dict[Cell, list[Sum]] = {}
        for total in self._sums:
            for cell in total.members:
                self._sums_of.setdefault(cell, []).append(total)
        self._needs = self._room_needed()
        self._needs |= {cell: threshold.width(cell) for cell in also_hidden if cell in table.cells}
        self.primary = frozenset(cell for cell in self._needs if cell in table.cells)
        self._fixed = self.primary | self._hidden_before()
        self.hidden: set[Cell] = set()
        self._safe: set[tuple[Attacker, Sensitive]] = set()

    def run(self) -> Breakdown | None:
        """Hide until the audit passes; returns the breakdown to give up when it never can."""
        self.hidden = set(self._fixed)
        if self.table.are_zeros_hidden:
            self.hidden |= fewest_partners(self._task())
        proposal = frozenset(self.hidden)
        while self.table.cells:
            open_sum = self._open_sum()
            if open_sum:
                partner, subject = self._partner_in(open_sum), open_sum.members[-1]
            elif weak := self._weak_number():
                partner, subject = self._partner_near(weak.cell), weak.cell
            else:
                break
            if partner is None:
                return self._breakdown_around(subject)
            self.hidden.add(partner)
        self._show_again(self.hidden - proposal)
        return None

    def _task(self) -> Task:
        return Task(
            sums=self._sums,
            counts=self.table.margins,
            needs={cell: width for cell, width in self._needs.items() if cell in self._sums_of},
            fixed=self._fixed,
            partners=[cell for cell in self.table.cells if self._may_hide(cell)],
            open=[cell for cell in self._sums_of if self._is_unpublished(cell)],
            least=self._least_hidden,
        )

    def release(self) -> Released:
        return self._release(self.hidden)

    def _release(self, hidden: Collection[Cell]) -> Released:
        cells = {cell: None if cell in hidden else count for cell, count in self.table.cells.items()}
        return Released(
            self.table.period,
            self.table.total,
            cells,
            self.table.cumulative,
            self.table.categories,
            self.table.are_zeros_hidden,
        )

    def _room_needed(self) -> dict[Cell, int]:
        """Cells whose count or growth is small, with the width their range must have."""
        here = len(self.history)
        return {
            number.cell: self.threshold.width(number.cell)
            for number in self._sensitive
            if number.release == here and number.is_small
        }

    def _hidden_before(self) -> frozenset[Cell]:
        # The same persons again: what was hidden in their table once must not be shown by its repetition.
        same = [
            release
            for release in self.history
            if release.period == self.table.period or release.total == self.table.total
        ]
        return frozenset(
            cell
            for cell, count in self.table.cells.items()
            if count and any(cell in release.hidden for release in same)
        )

    def _weak_number(self) -> Sensitive | None:
        """The first number that is not hidden well enough, or None when all are proven.

        Hiding one cell more leaves every table possible that was possible before, so a number once safe
        stays safe, as long as the attacker's assumption of growth holds as before; that is why the last
        word is always an audit of everything.
        """
        was_asked_all = not self._safe
        weak = self._first_weak()
        if weak or was_asked_all:
            return weak
        self._safe.clear()
        return self._first_weak()

    def _first_weak(self) -> Sensitive | None:
        here, published = len(self.history), [*self.history, self.release()]
        for attacker in Attacker:
            asked = {number for number in self._sensitive if (attacker, number) not in self._safe}
            for number, finding in judge(
                published, self._sensitive, self.threshold, attacker=attacker, asked=asked, known=self._known
            ):
                if finding is None:
                    self._safe.add((attacker, number))
                elif number.release == here or number not in self._weak_before:
                    return number
        return None

    @cached_property
    def _known(self) -> dict[Place, int] | None:
        # Of hidden cells of the past no true number is kept.
        return None if self.history else {(0, cell): count for cell, count in self.table.margins.items()}

    @cached_property
    def _weak_before(self) -> frozenset[Sensitive]:
        # Every small number of the past passed this audit on its own day. What does not pass without the
        # new table was only a partner, or is out already; it cannot be protected here.
        past = [number for number in self._sensitive if number.release < len(self.history)]
        return frozenset(finding.sensitive for finding in audit(self.history, past, self.threshold))

    def _open_sum(self) -> Sum | None:
        return next((total for total in self._sums if self._missing_room(total) > 0), None)

    def _missing_room(self, total: Sum) -> int:
        """By how many persons a sum falls short of hiding its cells: a quick test before the audit."""
        hidden = [cell for cell in total.members if cell in self.hidden]
        if not hidden or any(self._is_unpublished(cell) for cell in total.members):
            return 0
        missing = max(self._needs.get(cell, 0) for cell in hidden)
        if total.margin not in self.hidden:
            missing -= sum(self.table.cells[cell] - self._least_hidden for cell in hidden)
        elif len(hidden) > 1:
            return 0
        return max(1, missing) if len(hidden) == 1 else missing

    @property
    def _least_hidden(self) -> int:
        return 0 if self.table.are_zeros_hidden else 1

    def _is_unpublished(self, cell: Cell) -> bool:
        return cell != TOTAL and cell not in self.table.cells

    def _partner_in(self, total: Sum) -> Cell | None:
        wanted = self._missing_room(total)
        subjects = [cell for cell in total.members if cell in self.hidden]
        return self._best(total.members, subjects, wanted)

    def _partner_near(self, cell: Cell) -> Cell | None:
        """A cell to hide for the sake of a weak one: itself, or the nearest in sums of hidden cells."""
        if self._may_hide(cell):
            return cell
        reached, edge = {cell}, [cell]
        while edge:
            around = {
                other for one in edge for total in self._sums_of.get(one, ()) for other in total.members
            }
            if best := self._best(around, [cell], 0):
                return best
            edge = [other for other in sorted(around - reached) if self._is_open(other)]
            reached.update(edge)
        return self._best(self.table.cells, [cell], 0)

    def _is_open(self, cell: Cell) -> bool:
        return cell in self.hidden or self._is_unpublished(cell)

    def _may_hide(self, cell: Cell) -> bool:
        return self.table.cells.get(cell, 0) > 0 and cell not in self.hidden

    def _best(self, choice: Iterable[Cell], subjects: Collection[Cell], wanted: int) -> Cell | None:
        regions = {region_of(cell) for cell in subjects} - {""}
        costs = {
            cell: (
                region_of(cell) in regions,
                self.table.cells[cell] - 1 < wanted,
                newly_open,
                self.table.cells[cell].bit_length(),
                cell,
            )
            for cell in choice
            if self._may_hide(cell) and (newly_open := self._newly_open(cell)) is not None
        }
        return min(costs, key=lambda cell: costs[cell], default=None)

    def _newly_open(self, cell: Cell) -> int | None:
        """How many sums would need a partner for this cell in their turn; None when one could have none."""
        alone = [
            [other for other in total.members if other != cell and self._may_hide(other)]
            for total in self._sums_of[cell]
            if not any(self._is_open(other) for other in total.members)
        ]
        return len(alone) if all(alone) else None

    def _breakdown_around(self, cell: Cell) -> Breakdown:
        around = [names for names in self.table.breakdowns if set(cell.breakdown) <= set(names)]
        return (around or list(self.table.breakdowns))[-1]

    def _show_again(self, partners: Collection[Cell]) -> None:
        """Show partners that later ones have made needless, the largest first; of a large table it takes too long."""
        if len(self.table.cells) > MOST_TO_SHOW_AGAIN:
            return
        largest = sorted(partners, key=lambda one: (-self.table.cells[one].bit_length(), one))
        for cell in largest[:MOST_TRIALS]:
            self.hidden.discard(cell)
            self._safe.clear()
            if self._open_sum() or self._weak_number():
                self.hidden.add(cell)


def region_of(cell: Cell) -> str:
    """The region in the code of a cell's district ("TJ-GB" of "TJ-GB-murghob"), or "" without one."""
    district = dict(cell.attributes).get(DISTRICT, "")
    return district.rpartition("-")[0]
