"""No hidden number can be worked out: an independent attacker tries, over random tables and histories."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rohnamo.engines.disclosure import SMALL_NUMBERS, Cell, Protected, Released, Table, Verdict, protect
from rohnamo.engines.disclosure.knowledge import knowledge_of, links_of
from rohnamo.engines.disclosure.ranges import ranges

from .attacker import Attacker, tables_behind

AXES = {"sex": ["f", "m", "u"], "age": ["18-24", "25-34"], "district": ["TJ-KT-a", "TJ-KT-b", "TJ-GB-c"]}
PEOPLE = list(product(*AXES.values()))
ALMOST = 1e-6

BREAKDOWNS = st.sampled_from(
    [
        [("sex",)],
        [("sex",), ("age",), ("district",)],
        [("sex",), ("age",), ("age", "sex"), ("district",)],
        [("age", "sex"), ("district",)],
        [("age", "sex"), ("age", "district")],
        [("age", "sex"), ("age", "district"), ("district", "sex")],
        [("age", "district", "sex"), ("sex",)],
    ]
)
EVERY_BREAKDOWN = [names for size in (1, 2, 3) for names in combinations(sorted(AXES), size)]
COUNTS = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 40))
POPULATIONS = st.lists(COUNTS, min_size=len(PEOPLE), max_size=len(PEOPLE))
NEWCOMERS = st.lists(
    st.one_of(st.just(0), st.just(0), st.integers(0, 6)), min_size=len(PEOPLE), max_size=len(PEOPLE)
)
CATEGORIES = [(name, category) for name, categories in AXES.items() for category in categories]

QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def table_of(
    counts: Sequence[int],
    breakdowns: Sequence[tuple[str, ...]],
    *,
    period: str = "2025-Q1",
    cumulative: bool = False,
) -> Table:
    """Every combination is listed, the zeros too."""
    cells: dict[Cell, int] = {}
    for breakdown in breakdowns:
        for person, count in zip(PEOPLE, counts, strict=True):
            cell = Cell.of(**dict(zip(AXES, person, strict=True))).within(breakdown)
            cells[cell] = cells.get(cell, 0) + count
    return Table(period, sum(counts), cells, cumulative, AXES)


def filled(table: Table) -> Table:
    """The same table as it is kept: zeros are not listed."""
    return replace(table, cells={cell: count for cell, count in table.cells.items() if count})


def without(absent: Set[tuple[str, str]], counts: Sequence[int]) -> list[int]:
    return [
        0 if absent & set(zip(AXES, person, strict=True)) else count
        for person, count in zip(PEOPLE, counts, strict=True)
    ]


SPARSE = st.builds(without, st.sets(st.sampled_from(CATEGORIES), max_size=4), POPULATIONS)
"""Populations in which some categories are empty as yet."""


def growing(first: Sequence[int], newcomers: Sequence[Sequence[int]]) -> list[Sequence[int]]:
    populations = [first]
    for new in newcomers:
        populations.append([old + more for old, more in zip(populations[-1], new, strict=True)])
    return populations


def implied(table: Table, release: Released) -> list[Cell]:
    """Cells of the breakdowns that were published, and of their margins."""
    shown = table.only({cell.breakdown for cell in release.cells})
    return [cell for cell in shown.margins if cell.attributes]


def assert_hidden(tables: Sequence[Table], releases: Sequence[Released]) -> None:
    attacker = Attacker(releases, AXES)
    for number, table in enumerate(tables):
        for cell in implied(table, releases[number]):
            least = SMALL_NUMBERS.least(cell)
            if SMALL_NUMBERS.is_small(cell, table.margins[cell]):
                low, high = attacker.range_of(number, cell)
                assert high - low >= least - 1 - ALMOST, (cell, low, high)
            for since in range(number):
                if cell not in implied(tables[since], releases[since]):
                    continue
                growth = table.margins[cell] - tables[since].margins[cell]
                if SMALL_NUMBERS.is_small(cell, growth):
                    low, high = attacker.range_of(number, cell, since)
                    assert high - low >= least - 1 - ALMOST, (cell, since, low, high)


def test_given_only_small_cells_are_hidden_when_the_attacker_calculates_then_he_finds_them() -> None:
    counts = [0] * len(PEOPLE)
    counts[PEOPLE.index(("f", "18-24", "TJ-KT-a"))] = 3
    counts[PEOPLE.index(("m", "18-24", "TJ-KT-a"))] = 40
    table = table_of(counts, [("sex",)])
    naive = Released("2025-Q1", 43, {**table.cells, Cell.of(sex="f"): None})

    found = Attacker([naive], AXES).range_of(0, Cell.of(sex="f"))

    assert found == (3, 3)


@QUIET
@given(POPULATIONS, BREAKDOWNS)
def test_given_any_table_when_protected_then_no_small_cell_can_be_worked_out(
    counts: list[int], breakdowns: list[tuple[str, ...]]
) -> None:
    table = table_of(counts, breakdowns)

    protected = protect(table)

    assert_hidden([table], [protected.release])


@QUIET
@given(POPULATIONS, BREAKDOWNS)
def test_given_any_table_when_protected_then_shown_numbers_are_true_and_zeros_are_shown(
    counts: list[int], breakdowns: list[tuple[str, ...]]
) -> None:
    table = table_of(counts, breakdowns)

    protected = protect(table)

    published = table.only({cell.breakdown for cell in protected.release.cells})
    assert protected.release.cells.keys() == published.cells.keys()
    assert protected.release.total == table.total
    for cell, count in protected.release.cells.items():
        assert count == published.cells[cell] or (count is None and published.cells[cell] > 0)
        assert count is None or not SMALL_NUMBERS.is_small(cell, count)
    assert protect(table) == protected


@settings(QUIET, max_examples=6)
@given(POPULATIONS, st.lists(NEWCOMERS, min_size=1, max_size=2), st.lists(BREAKDOWNS, min_size=3, max_size=3))
def test_given_cumulative_releases_when_held_together_then_neither_cells_nor_growth_can_be_worked_out(
    first: list[int], newcomers: list[list[int]], breakdowns: list[list[tuple[str, ...]]]
) -> None:
    tables: list[Table] = []
    releases: list[Released] = []
    for number, counts in enumerate(growing(first, newcomers)):
        table = table_of(counts, breakdowns[number], period=f"2025-Q{number + 1}", cumulative=True)
        tables.append(table)
        releases.append(protect(table, SMALL_NUMBERS, releases).release)

    assert_hidden(tables, releases)


@settings(QUIET, max_examples=25)
@given(
    SPARSE,
    st.lists(NEWCOMERS, min_size=1, max_size=2),
    st.lists(st.just([]) | BREAKDOWNS, min_size=3, max_size=3),
)
def test_given_categories_and_breakdowns_that_come_and_go_when_released_one_after_the_other_then_all_is_hidden(
    first: list[int],
    newcomers: list[list[int]],
    breakdowns: list[list[tuple[str, ...]]],
) -> None:
    tables: list[Table] = []
    releases: list[Released] = []
    for number, counts in enumerate(growing(first, newcomers)):
        table = table_of(counts, breakdowns[number], period=f"2025-Q{number + 1}", cumulative=True)
        tables.append(table)
        releases.append(protect(filled(table), SMALL_NUMBERS, releases).release)

    assert_hidden(tables, releases)


@settings(QUIET, max_examples=15)
@given(
    SPARSE,
    NEWCOMERS,
    st.lists(BREAKDOWNS, min_size=2, max_size=2),
    st.sets(st.integers(0, 30)),
    st.booleans(),
)
def test_given_any_two_releases_when_the_engine_reads_them_then_it_knows_what_is_true_and_all_the_attacker_finds(
    first: list[int],
    newcomers: list[int],
    breakdowns: list[list[tuple[str, ...]]],
    hidden: set[int],
    are_categories_known: bool,
) -> None:
    tables, releases = [], []
    for counts, some in zip(growing(first, [newcomers]), breakdowns, strict=True):
        table = filled(table_of(counts, some, cumulative=True))
        cells = {cell: None if place in hidden else n for place, (cell, n) in enumerate(table.cells.items())}
        tables.append(table_of(counts, EVERY_BREAKDOWN))
        categories = AXES if are_categories_known else {}
        releases.append(Released(table.period, table.total, cells, cumulative=True, categories=categories))
    named = {pair for release in releases for cell in release.cells for pair in cell.attributes}
    places = [
        (number, cell)
        for number, release in product((0, 1), releases)
        for cell in implied(tables[number], release)
        if named.issuperset(cell.attributes)
    ]
    attacker = Attacker(releases, AXES)

    knowledge = knowledge_of(releases, links_of(releases))
    found = ranges(knowledge, [{place: 1} for place in places], lambda *_: False)

    for index, seen in found:
        number, cell = places[index]
        assert seen.low <= tables[number].margins[cell] <= seen.high
        if are_categories_known:
            low, high = attacker.range_of(number, cell)
            assert low - ALMOST <= seen.low, (number, cell)
            assert seen.high <= high + ALMOST, (number, cell)


@settings(QUIET, max_examples=20)
@given(POPULATIONS, NEWCOMERS, BREAKDOWNS, BREAKDOWNS)
def test_given_a_second_release_of_a_closed_period_when_held_beside_the_first_then_nothing_is_told(
    first: list[int], late: list[int], before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    tables = [table_of(first, before)]
    tables.append(table_of([old + more for old, more in zip(first, late, strict=True)], after))
    released = protect(tables[0]).release

    second: Protected = protect(tables[1], SMALL_NUMBERS, [released])

    if second.verdict == Verdict.KEPT_EARLIER:
        assert second.release == released
    else:
        assert_hidden(tables, [released, second.release])


@settings(QUIET, max_examples=30)
@given(
    st.lists(st.integers(0, 5), min_size=4, max_size=4) | st.lists(st.integers(0, 3), min_size=6, max_size=6)
)
def test_given_a_tiny_table_when_all_whole_tables_are_tried_then_no_small_cell_is_told(
    counts: list[int],
) -> None:
    rows, columns = ["f", "m", "u"][: len(counts) // 2], ["18-24", "25-34"]
    cells = {
        Cell.of(sex=row, age=column): count
        for (row, column), count in zip(product(rows, columns), counts, strict=True)
    }
    for row in rows:
        cells[Cell.of(sex=row)] = sum(cells[Cell.of(sex=row, age=column)] for column in columns)
    for column in columns:
        cells[Cell.of(age=column)] = sum(cells[Cell.of(sex=row, age=column)] for row in rows)
    table = Table("2025-Q1", sum(counts), cells)

    release = protect(table).release

    behind = list(tables_behind(release, rows, columns)) if release.cells else []
    for cell in release.cells:
        if SMALL_NUMBERS.is_small(cell, table.cells[cell]):
            possible = {other[cell] for other in behind}
            assert max(possible) - min(possible) >= 4
            assert len(possible & {1, 2, 3, 4}) >= 2
            labelled = {
                other[cell]
                for other in behind
                if small_cells(other, release) == small_cells(table.cells, release)
            }
            assert len(labelled) >= 2


def small_cells(counts: Mapping[Cell, int], release: Released) -> set[Cell]:
    return {cell for cell in release.hidden if SMALL_NUMBERS.is_small(cell, counts[cell])}
