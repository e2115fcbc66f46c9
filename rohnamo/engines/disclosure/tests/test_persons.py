"""Tables of files: whoever adds and subtracts what is written finds no small number, with amounts or without."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from rohnamo.engines.disclosure import Cell, Released, Table, Threshold, Verdict
from rohnamo.engines.disclosure.amounts import NegativeAmount, ToldAmounts, tell_amounts
from rohnamo.engines.disclosure.persons import ROOM, Told, table_of, tell

AXES = {"sex": ["f", "m", "u"], "age": ["18", "25", "35"], "place": ["a", "b", "c", "d"]}
QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
ALMOST = 1e-6
Written = dict[tuple[str, ...], int | Decimal | None]


def threshold(least: int) -> Threshold:
    return Threshold(least, room=ROOM)


def persons(seed: int, number: int, attributes: Sequence[str]) -> list[tuple[str, ...]]:
    chance = Random(seed)
    weights = {name: [chance.random() ** 3 + 0.01 for _ in AXES[name]] for name in attributes}
    return [tuple(chance.choices(AXES[name], weights[name])[0] for name in attributes) for _ in range(number)]


def written(told: Told) -> Written:
    """The file: every row with its number, or None for a star."""
    return {key: told.counts.get(cell) for cell, key in told.combinations()}


def true_counts(rows: Sequence[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Every combination of a row's categories and blanks, counted without the engine."""
    return Counter(
        tuple(value if is_named else "" for value, is_named in zip(row, mask, strict=True))
        for row in rows
        for mask in product((True, False), repeat=len(row))
    )


def ranges_of(file: Written, asked: Sequence[tuple[str, ...]], empty: set[tuple[str, ...]]) -> list[float]:
    """How wide the range of each row is for a reader who adds, and even knows which rows are empty."""
    keys = sorted(file)
    number = {key: place for place, key in enumerate(keys)}
    rows = []
    for key in keys:
        for place, value in enumerate(key):
            parts = [one for one in keys if one[place] and (*one[:place], "", *one[place + 1 :]) == key]
            if not value and parts:
                row = np.zeros(len(keys))
                row[number[key]] = -1
                row[[number[part] for part in parts]] = 1
                rows.append(row)
    limits = [
        (0, 0) if key in empty else (0, None) if file[key] is None else (float(file[key]), float(file[key]))
        for key in keys
    ]
    widths = []
    for key in asked:
        goal = np.zeros(len(keys))
        goal[number[key]] = 1
        low, high = (
            linprog(sign * goal, A_eq=np.array(rows), b_eq=np.zeros(len(rows)), bounds=limits)
            for sign in (1, -1)
        )
        assert low.status == 0
        widths.append(float("inf") if high.status == 3 else -high.fun - low.fun)
    return widths


@QUIET
@given(st.integers(0, 10_000), st.integers(1, 150), st.integers(1, 3), st.integers(2, 12))
def test_given_any_persons_when_told_then_no_small_number_is_shown_or_worked_out(
    seed: int, number: int, attributes: int, least: int
) -> None:
    names = list(AXES)[:attributes]
    rows = persons(seed, number, names)

    told = tell(table_of(rows, names), names, threshold(least))

    file, counts = written(told), true_counts(rows)
    assert all(shown in (None, counts[key]) for key, shown in file.items())
    assert all(shown is None or shown >= least for shown in file.values())
    small = [key for key in counts if counts[key] < least]
    if told.protected is not None:
        assert min(ranges_of(file, small, set(file) - set(counts)), default=ROOM) >= ROOM - ALMOST


def test_given_only_small_numbers_are_hidden_when_added_up_then_the_reader_finds_them() -> None:
    rows = [("f",)] * 3 + [("m",)] * 40

    found = ranges_of({("",): 43, ("f",): None, ("m",): 40}, [("f",)], set())

    assert true_counts(rows)[("f",)] == 3
    assert found == [0.0]


def test_given_fewer_persons_than_the_threshold_when_told_then_everything_is_hidden() -> None:
    told = tell(table_of([("f",), ("m",)], ["sex"]), ["sex"], threshold(5))

    assert (told.protected, set(written(told).values())) == (None, {None})


def test_given_no_small_number_when_told_then_all_is_shown_but_combinations_of_nobody() -> None:
    rows = [("f", "18")] * 6 + [("m", "25")] * 7

    told = tell(table_of(rows, ["sex", "age"]), ["sex", "age"], threshold(5))

    file = written(told)
    assert {key: shown for key, shown in file.items() if shown is not None} == dict(true_counts(rows))
    assert [key for key, shown in file.items() if shown is None] == [("f", "25"), ("m", "18")]


def test_given_too_many_attributes_when_counted_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        table_of([("a", "b", "c", "d")], ["w", "x", "y", "z"])


def published(told: Told) -> Released:
    cells = {cell: told.counts.get(cell) for cell, _ in told.combinations() if cell.attributes}
    return Released("", told.table.total, cells, categories=told.table.categories, are_zeros_hidden=True)


@settings(QUIET, max_examples=12)
@given(st.integers(0, 10_000), st.integers(1, 12), st.booleans())
def test_given_a_table_when_a_few_rows_come_late_or_are_taken_back_then_the_earlier_one_stands_or_differences_are_large(
    seed: int, few: int, are_late: bool
) -> None:
    names = ["sex", "age"]
    rows = persons(seed, 120, names)
    later = rows + persons(seed + 1, few, names) if are_late else rows[few:]
    first = tell(table_of(rows, names), names, threshold(5))

    second = tell(table_of(later, names), names, threshold(5), earlier=[published(first)])

    if second.verdict != Verdict.KEPT_EARLIER:
        before, after = written(first), written(second)
        both = [key for key in after if after[key] is not None and before.get(key) is not None]
        assert not [key for key in both if 0 < abs(after[key] - before[key]) < 5]


def test_given_the_same_persons_when_told_by_other_attributes_then_what_was_hidden_stays_hidden() -> None:
    rows = persons(3, 140, list(AXES))
    first = tell(table_of([row[:2] for row in rows], ["sex", "age"]), ["sex", "age"], threshold(5))

    second = tell(table_of(rows, list(AXES)), list(AXES), threshold(5), earlier=[published(first)])

    stars = {cell for cell in first.table.cells if cell not in first.counts}
    assert stars
    assert not stars & second.counts.keys()


def amounts_of(seed: int, number: int) -> list[tuple[tuple[str, ...], Decimal]]:
    chance = Random(seed)
    return [
        (row, Decimal(chance.choice([10, 20, 50, 3000]))) for row in persons(seed, number, ["sex", "place"])
    ]


@QUIET
@given(st.integers(0, 10_000), st.integers(10, 120))
def test_given_any_amounts_when_told_then_no_dominated_sum_is_shown_or_worked_out(
    seed: int, number: int
) -> None:
    rows = amounts_of(seed, number)

    answer = tell_amounts(rows, ["sex", "place"], threshold(5), percent=10)

    file: Written = {key: answer.sums.get(cell) for cell, key in answer.told.combinations()}
    assert all(answer.sums[cell] == true_sum(rows, cell) for cell in answer.sums)
    if not answer.sums:
        return
    secret = [(cell, key) for cell, key in answer.told.combinations() if is_secret(rows, cell)]
    assert not [cell for cell, _ in secret if cell in answer.sums or cell in answer.told.counts]
    empty = set(file) - set(true_counts([row for row, _ in rows]))
    widths = ranges_of(file, [key for _, key in secret], empty)
    for (cell, _), width in zip(secret, widths, strict=True):
        assert width >= float(max(parts_of(rows, cell))) / 10 - ALMOST


def parts_of(rows: Sequence[tuple[tuple[str, ...], Decimal]], cell: Cell) -> list[Decimal]:
    wanted = dict(cell.attributes)
    return [
        amount
        for row, amount in rows
        if all(dict(zip(("sex", "place"), row, strict=True))[name] == wanted[name] for name in wanted)
    ]


def true_sum(rows: Sequence[tuple[tuple[str, ...], Decimal]], cell: Cell) -> Decimal:
    return sum(parts_of(rows, cell), Decimal(0))


def is_secret(rows: Sequence[tuple[tuple[str, ...], Decimal]], cell: Cell) -> bool:
    parts = sorted(parts_of(rows, cell), reverse=True)
    return bool(parts) and (len(parts) < 5 or sum(parts[2:]) * 10 < parts[0])


def test_given_one_person_who_got_nearly_all_when_told_then_count_sum_and_mean_of_the_cell_are_hidden() -> (
    None
):
    rows = [(("f",), Decimal(9000)), *[(("f",), Decimal(10))] * 9]
    rows += [((sex,), Decimal(500)) for sex in "mu" for _ in range(20)]

    answer: ToldAmounts = tell_amounts(rows, ["sex"], threshold(5), percent=10)

    hidden = Cell.of(sex="f")
    assert (hidden in answer.told.counts, hidden in answer.sums, answer.mean(hidden)) == (False, False, None)
    assert answer.mean(Cell()) == Decimal("581.80")


def test_given_an_amount_below_zero_when_told_then_it_is_refused() -> None:
    with pytest.raises(NegativeAmount):
        tell_amounts([(("f",), Decimal(-1))], ["sex"], threshold(5), percent=10)


def test_given_a_table_when_partners_are_chosen_then_no_fewer_would_do() -> None:
    counts = {
        ("f", "18"): 3,
        ("f", "25"): 40,
        ("m", "18"): 30,
        ("m", "25"): 20,
        ("u", "18"): 12,
        ("u", "25"): 50,
    }
    rows = [key for key, count in counts.items() for _ in range(count)]

    told = tell(table_of(rows, ["sex", "age"]), ["sex", "age"], threshold(10))

    # Three corners of a rectangle around the small cell: no way with two exists. 30 and 20 are of one order of size.
    assert [(dict(cell.attributes), told.table.cells[cell]) for cell in told.lost(threshold(10))] == [
        ({"age": "18", "sex": "m"}, 30),
        ({"age": "25", "sex": "f"}, 40),
        ({"age": "25", "sex": "m"}, 20),
    ]


def test_given_a_table_of_many_small_cells_when_counted_then_all_margins_are_there() -> None:
    table: Table = table_of([("a", "x"), ("b", "x")], ["one", "two"])

    assert len(table.cells) == sum(1 for _ in combinations(range(3), 2)) + 2
