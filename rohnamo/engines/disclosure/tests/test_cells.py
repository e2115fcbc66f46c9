"""Tables that are refused, and the words of the engine."""

import pytest

from rohnamo.engines.disclosure import Cell, Table, TableDoesNotAddUp, Threshold
from rohnamo.engines.disclosure.hiding import region_of

F, M = Cell.of(sex="f"), Cell.of(sex="m")


def test_given_attributes_in_any_order_when_a_cell_is_made_then_it_is_the_same_cell() -> None:
    assert Cell.of(sex="f", age="18-24") == Cell.of(age="18-24", sex="f")
    assert Cell.of(sex="f", age="18-24").within(("sex",)) == F


def test_given_a_breakdown_that_is_not_the_total_when_a_table_is_made_then_it_is_refused() -> None:
    with pytest.raises(TableDoesNotAddUp, match="Breakdown sex of 2025-Q1 does not add up to the total"):
        Table("2025-Q1", 10, {F: 3, M: 6})


def test_given_two_breakdowns_that_disagree_about_a_margin_when_a_table_is_made_then_it_is_refused() -> None:
    with pytest.raises(TableDoesNotAddUp):
        Table("2025-Q1", 9, {F: 3, M: 6, Cell.of(sex="m", age="u"): 9})


@pytest.mark.parametrize("cells", [{F: -1, M: 11}, {Cell(): 10}])
def test_given_what_is_no_count_or_no_cell_when_a_table_is_made_then_it_is_refused(
    cells: dict[Cell, int],
) -> None:
    with pytest.raises(ValueError, match=r"A c(ount|ell)"):
        Table("2025-Q1", 10, cells)


def test_given_a_table_when_margins_are_read_then_all_sums_and_the_total_are_there() -> None:
    table = Table("2025-Q1", 9, {Cell.of(sex="m", age="u"): 4, Cell.of(sex="f", age="u"): 5})

    assert table.margins == {
        Cell(): 9,
        M: 4,
        F: 5,
        Cell.of(age="u"): 9,
        Cell.of(sex="m", age="u"): 4,
        Cell.of(sex="f", age="u"): 5,
    }


def test_given_a_threshold_below_three_when_made_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="below 3"):
        Threshold(default=2)


def test_given_a_district_when_its_region_is_asked_then_the_code_tells() -> None:
    assert region_of(Cell.of(sex="f", district="TJ-GB-murghob")) == "TJ-GB"
    assert region_of(Cell.of(district="u")) == ""
    assert region_of(F) == ""
