"""What is shown and what is hidden, rule by rule."""

import pytest

from rohnamo.engines.disclosure import (
    SMALL_NUMBERS,
    Cell,
    Released,
    Stricter,
    Table,
    Threshold,
    Verdict,
    protect,
)

F, M, U = Cell.of(sex="f"), Cell.of(sex="m"), Cell.of(sex="u")


def by_sex(f: int, m: int, u: int, *, period: str = "2025-Q1", cumulative: bool = False) -> Table:
    return Table(period, f + m + u, {F: f, M: m, U: u}, cumulative)


def by_district(**counts: int) -> Table:
    cells = {Cell.of(district=f"TJ-{name.replace('_', '-')}"): count for name, count in counts.items()}
    return Table("2025-Q1", sum(counts.values()), cells)


def shown(table: Table) -> dict[str, int | None]:
    release = protect(table).release
    return {"-".join(category for _, category in cell.attributes): n for cell, n in release.cells.items()}


def test_given_nothing_small_when_protected_then_every_number_is_shown() -> None:
    table = by_sex(50, 40, 0)

    protected = protect(table)

    assert protected.verdict == Verdict.PUBLISHED
    assert protected.release == Released("2025-Q1", 90, {F: 50, M: 40, U: 0})
    assert (protected.hidden_primary, protected.hidden_complementary) == (0, 0)


def test_given_one_small_cell_when_protected_then_a_partner_is_hidden_with_it_and_zero_is_shown() -> None:
    protected = protect(by_sex(3, 97, 0))

    assert protected.release.cells == {F: None, M: None, U: 0}
    assert (protected.hidden_primary, protected.hidden_complementary) == (1, 1)
    assert protected.least == 5


def test_given_one_small_cell_when_two_partners_would_do_then_the_smaller_is_hidden() -> None:
    protected = protect(by_sex(3, 900, 20))

    assert protected.release.cells == {F: None, M: 900, U: None}


def test_given_two_cells_of_one_when_their_sum_tells_both_then_a_third_is_hidden() -> None:
    protected = protect(by_sex(1, 60, 1))

    assert protected.release.cells == {F: None, M: None, U: None}
    assert (protected.hidden_primary, protected.hidden_complementary) == (2, 1)


def test_given_two_small_cells_when_their_sum_leaves_room_then_no_third_is_hidden() -> None:
    protected = protect(by_sex(3, 60, 4))

    assert protected.release.cells == {F: None, M: 60, U: None}


def test_given_two_cells_of_four_when_a_reader_who_knows_both_are_small_adds_them_then_a_third_is_hidden() -> (
    None
):
    protected = protect(by_sex(4, 60, 4))

    assert protected.release.cells == {F: None, M: None, U: None}


@pytest.mark.parametrize("table", [by_sex(3, 0, 0), by_sex(1, 1, 0), by_sex(2, 2, 1), by_sex(1, 5, 0)])
def test_given_a_breakdown_that_always_tells_when_protected_then_only_the_total_is_released(
    table: Table,
) -> None:
    protected = protect(table)

    assert protected.verdict == Verdict.TOTAL_ONLY
    assert protected.release == Released("2025-Q1", table.total, {})
    assert protected.withheld == (("sex",),)
    assert protected.is_total_small == (table.total < 5)


def test_given_a_hopeless_breakdown_beside_a_good_one_when_protected_then_the_good_one_is_released() -> None:
    ages = {Cell.of(age="18-24"): 20, Cell.of(age="25-34"): 16}
    table = Table("2025-Q1", 36, {F: 1, M: 35, **ages})
    strict = Threshold(default=5, stricter=(Stricter("sex", "", 36),))

    protected = protect(table, strict)

    assert protected.verdict == Verdict.PARTLY
    assert protected.withheld == (("sex",),)
    assert protected.release.cells == ages


def test_given_seven_in_badakhshan_and_seven_elsewhere_when_protected_then_only_badakhshan_is_small() -> None:
    table = by_district(GB_murghob=7, KT_panj=7, KT_vose=33, SU_asht=80)

    assert shown(table) == {"TJ-GB-murghob": None, "TJ-KT-panj": None, "TJ-KT-vose": 33, "TJ-SU-asht": 80}
    assert protect(table).hidden_primary == 1
    assert shown(by_district(KT_panj=7, KT_vose=33, SU_asht=80)) == {
        "TJ-KT-panj": 7,
        "TJ-KT-vose": 33,
        "TJ-SU-asht": 80,
    }


def test_given_a_small_district_when_a_smaller_neighbour_exists_then_the_partner_is_of_another_region() -> (
    None
):
    table = by_district(KT_panj=3, KT_vose=8, SU_asht=20, SU_ayni=90)

    assert shown(table) == {"TJ-KT-panj": None, "TJ-KT-vose": 8, "TJ-SU-asht": None, "TJ-SU-ayni": 90}


def test_given_badakhshan_inside_a_two_way_table_when_protected_then_its_threshold_is_ten() -> None:
    cell = Cell.of(sex="f", district="TJ-GB-vanj")

    assert SMALL_NUMBERS.least(cell) == 10
    assert SMALL_NUMBERS.least(Cell.of(sex="f", district="TJ-KT-panj")) == 5


def test_given_one_small_cell_in_a_two_way_table_when_protected_then_a_rectangle_is_hidden() -> None:
    counts = {"f": (3, 30, 40), "m": (50, 60, 70), "u": (20, 20, 20)}
    ages = ("18-24", "25-34", "35-49")
    cells = {
        Cell.of(sex=sex, age=age): n for sex, row in counts.items() for age, n in zip(ages, row, strict=True)
    }
    cells |= {Cell.of(sex=sex): sum(row) for sex, row in counts.items()}
    cells |= {Cell.of(age=age): sum(row[i] for row in counts.values()) for i, age in enumerate(ages)}

    protected = protect(Table("2025-Q1", 313, cells))

    assert protected.release.hidden == {
        Cell.of(sex=sex, age=age) for sex in ("f", "u") for age in ("18-24", "25-34")
    }


def test_given_margins_that_were_not_listed_when_one_is_small_then_its_parts_do_not_add_up_to_it() -> None:
    cells = {Cell.of(sex="f", age="18-24"): 1, Cell.of(sex="f", age="25-34"): 2}
    cells |= {Cell.of(sex="m", age="18-24"): 30, Cell.of(sex="m", age="25-34"): 40}

    protected = protect(Table("2025-Q1", 73, cells))

    assert protected.release.hidden == set(cells) - {Cell.of(sex="m", age="25-34")}


def test_given_the_same_table_when_protected_twice_then_the_results_are_equal() -> None:
    table = by_district(GB_murghob=2, GB_vanj=4, KT_panj=3, KT_vose=33, SU_asht=80, RA_rasht=1)

    assert protect(table) == protect(table)
