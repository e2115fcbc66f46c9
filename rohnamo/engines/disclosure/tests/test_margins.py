"""Which sums hold, and when the people behind several breakdowns must be looked at together."""

from rohnamo.engines.disclosure import Cell
from rohnamo.engines.disclosure.margins import Sum, margins_of, ring_of


def test_given_breakdowns_that_hang_by_one_end_when_reduced_then_there_is_no_ring() -> None:
    assert ring_of([("sex",), ("age", "sex"), ("district",)]) == ()
    assert ring_of([("age", "sex"), ("age", "district")]) == ()
    assert ring_of([("age", "district", "sex"), ("age", "sex"), ("district", "sex")]) == ()


def test_given_three_pairs_of_three_attributes_when_reduced_then_all_three_are_a_ring() -> None:
    assert ring_of([("age", "sex"), ("age", "district"), ("district", "sex")]) == ("age", "district", "sex")


def test_given_two_cells_when_closed_then_the_total_and_the_sums_are_known() -> None:
    f, m = Cell.of(sex="f"), Cell.of(sex="m")

    margins = margins_of([f, m])

    assert margins.cells == (Cell(), f, m)
    assert margins.sums == (Sum(Cell(), (f, m)),)


def test_given_a_ring_when_closed_then_the_full_table_joins_in() -> None:
    listed = [
        Cell.of(**{one: "a", two: category})
        for one, two in (("age", "sex"), ("age", "district"), ("district", "sex"))
        for category in "ab"
    ]

    margins = margins_of(listed)

    assert sum(len(cell.attributes) == 3 for cell in margins.cells) == 4
