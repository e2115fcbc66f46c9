"""Good cells lost by hiding, beside τ-Argus on the same persons, in the same run.

    python -m bench.hiding                    600 and 7 000 persons, one to three attributes, k = 10
    python -m bench.hiding --margin 1         what the peer is content with, in per cent of each small cell

The peer is pytauargus (the τ-Argus engine with HiGHS): `pip install pytauargus`, which the product does not need. It
is asked for optimal suppression, OPT(1), with the rule FREQ(k, margin). Persons are invented: skewed categories that
hang together a little, from a seed.

A good cell is one of at least k persons; lost is one that is hidden. Ours is asked for more than the peer: for every
small cell at least three possible values, in whole persons, and two for who knows which cells are small. "tight"
counts, by linear programmes of its own, the small cells of which a reader of what was written knows the very number.
The peer shows which cells are empty, so that its reader knows of every hidden one that it is not; ours does not tell,
and is still judged by a reader who knows the empty ones.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from random import Random
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from rohnamo.engines.disclosure import Cell, Table, Threshold
from rohnamo.engines.disclosure.cells import TOTAL, Released
from rohnamo.engines.disclosure.margins import frame_of, margins_of
from rohnamo.engines.disclosure.persons import ROOM, Key, table_of, tell

SIZES = (
    (600, (7,)),
    (600, (7, 8)),
    (600, (7, 8, 3)),
    (7000, (7, 8, 3)),
    (7000, (20, 10, 5)),
    (7000, (70, 8, 3)),
)
REACH, DIRECTIONS, ALMOST = 8.0, 6, 1e-6
NAMES = ("district", "age", "sex")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--margin", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    try:
        import pytauargus  # noqa: F401 -- only whether it is there
    except ImportError:
        sys.exit("The peer is missing: pip install pytauargus")
    ours_lost = peers_lost = 0
    for number, sizes in SIZES:
        rows = persons(number, sizes, asked.seed)
        names = NAMES[: len(sizes)]
        ours, theirs = measure_ours(rows, names, asked), measure_peer(rows, names, asked)
        print(f"{number} persons, {' × '.join(map(str, sizes))}: ours {ours}; peer {theirs}", flush=True)
        ours_lost, peers_lost = ours_lost + ours["lost"], peers_lost + theirs["lost"]
    print(f"good cells lost: ours {ours_lost}, peer {peers_lost}, ratio {ours_lost / max(peers_lost, 1):.2f}")


def persons(number: int, sizes: Sequence[int], seed: int) -> list[Key]:
    """Few categories hold most; a third of the values move together."""
    chance = Random(seed)
    rows = []
    for _ in range(number):
        together = chance.randrange(4)
        row = []
        for size in sizes:
            place = chance.choices(range(size), [1 / (one + 1) ** 1.1 for one in range(size)])[0]
            moves = chance.random() < 0.35
            row.append(f"c{(place + together) % size if moves else place:02d}")
        rows.append(tuple(row))
    return rows


def measure_ours(rows: Sequence[Key], names: Sequence[str], asked: argparse.Namespace) -> dict[str, Any]:
    start = process_time()
    threshold = Threshold(asked.k, room=ROOM)
    table = table_of(rows, names)
    told = tell(table, names, threshold)
    seconds = process_time() - start
    hidden = [cell for cell in table.cells if cell not in told.counts]
    return _said(table, hidden, asked.k, seconds, floor=0.0)


def measure_peer(rows: Sequence[Key], names: Sequence[str], asked: argparse.Namespace) -> dict[str, Any]:
    from pytauargus import protect

    columns: dict[str, list[Any]] = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    columns["one"] = [1] * len(rows)
    start = process_time()
    with tempfile.TemporaryDirectory() as folder:
        rule = f"FREQ({asked.k},{asked.margin})"
        answer = protect(columns, list(names), response="one", safety_rules=rule, workdir=folder)
    seconds = process_time() - start
    hidden = [
        Cell.of(**{name: row[name] for name in names if row[name] != "Total"})
        for row in answer.tables[0].rows
        if row["status"] in "MU"
    ]
    return _said(table_of(rows, names), hidden, asked.k, seconds, floor=1.0)


def _said(
    table: Table, hidden: Sequence[Cell], least: int, seconds: float, *, floor: float
) -> dict[str, Any]:
    lost = [cell for cell in hidden if table.margins[cell] >= least]
    return {
        "lost": len(lost),
        "persons in them": sum(table.margins[cell] for cell in lost),
        "tight": _tight(table, [cell for cell in hidden if cell != TOTAL], least, floor),
        "seconds": round(seconds, 2),
    }


def _tight(table: Table, hidden: Sequence[Cell], least: int, floor: float) -> int:
    """Small cells of which one number only is possible. floor: what a star holds at least; empty cells are known."""
    if not hidden:
        return 0
    release = Released("", table.total, dict(table.cells), categories=table.categories)
    number = {cell: place for place, cell in enumerate(hidden)}
    entries = [
        (row, number[cell], factor)
        for row, total in enumerate(margins_of(release, frame_of([release])).sums)
        for cell, factor in ((total.margin, -1.0), *((part, 1.0) for part in total.parts))
        if cell in number
    ]
    rows, columns, factors = zip(*entries, strict=True)
    matrix = csr_array((factors, (rows, columns)), shape=(max(rows) + 1, len(hidden)))
    low = np.array([max(floor - table.margins[cell], -REACH) for cell in hidden])
    is_open = np.array([table.margins[cell] < least for cell in hidden])
    chance = np.random.default_rng(0)
    for _ in range(DIRECTIONS):
        is_open &= ~_moves(np.where(is_open, chance.choice([-1.0, 1.0], len(hidden)), 0.0), matrix, low)
    for place in np.flatnonzero(is_open):
        is_open &= ~_moves(np.where(np.arange(len(hidden)) == place, 1.0, 0.0), matrix, low)
    return int(is_open.sum())


def _moves(goal: NDArray[np.float64], matrix: csr_array, low: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which cells can be another number, as far as the goal and its opposite show."""
    moved = np.zeros(len(goal), dtype=bool)
    limits = np.column_stack([low, np.full(len(goal), REACH)])
    for one in (goal, -goal):
        found = linprog(one, A_eq=matrix, b_eq=np.zeros(matrix.shape[0]), bounds=limits)
        if found.status == 0:
            moved |= np.abs(found.x) > ALMOST
    return moved


if __name__ == "__main__":
    main()
