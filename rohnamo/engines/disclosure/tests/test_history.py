"""What earlier releases of the same measure forbid."""

from rohnamo.engines.disclosure import SMALL_NUMBERS, Cell, Released, Sensitive, Table, Verdict, protect
from rohnamo.engines.disclosure.history import sensitive_numbers

F, M, U = Cell.of(sex="f"), Cell.of(sex="m"), Cell.of(sex="u")


def by_sex(f: int, m: int, u: int, *, period: str = "2025-Q1", cumulative: bool = False) -> Table:
    return Table(period, f + m + u, {F: f, M: m, U: u}, cumulative)


def test_given_a_closed_period_when_one_late_person_is_added_then_the_earlier_release_stays() -> None:
    earlier = protect(by_sex(50, 40, 0)).release

    again = protect(by_sex(50, 41, 0), SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.KEPT_EARLIER
    assert again.release == earlier
    assert again.new_total is None


def test_given_one_person_moves_between_cells_when_the_total_is_equal_then_the_earlier_release_stays() -> (
    None
):
    earlier = protect(by_sex(50, 40, 20)).release

    again = protect(by_sex(51, 39, 20), SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.KEPT_EARLIER


def test_given_a_small_change_in_one_cell_when_the_total_changes_much_then_only_the_new_total_is_released() -> (
    None
):
    earlier = protect(by_sex(50, 40, 20)).release

    again = protect(by_sex(51, 60, 20), SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.KEPT_EARLIER
    assert again.release == earlier
    assert again.new_total == 131


def test_given_a_total_was_corrected_when_another_person_is_added_then_the_breakdown_still_stays() -> None:
    earlier = protect(by_sex(50, 40, 20)).release
    corrected = Released("2025-Q1", 131, {})

    again = protect(by_sex(51, 61, 20), SMALL_NUMBERS, [earlier, corrected])

    assert again.verdict == Verdict.KEPT_EARLIER
    assert again.release == earlier
    assert again.new_total is None


def test_given_a_closed_period_when_many_late_persons_are_added_then_the_new_table_is_released() -> None:
    earlier = protect(by_sex(50, 40, 20)).release

    again = protect(by_sex(80, 60, 20), SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.PUBLISHED
    assert again.release.cells == {F: 80, M: 60, U: 20}


def test_given_nothing_changed_when_released_again_then_the_same_cells_are_hidden() -> None:
    table = by_sex(3, 900, 20)
    earlier = protect(table).release

    again = protect(table, SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.PUBLISHED
    assert again.release == earlier


def test_given_a_hidden_cell_when_it_would_be_shown_as_zero_later_then_the_earlier_release_stays() -> None:
    earlier = protect(by_sex(3, 900, 20)).release

    again = protect(by_sex(0, 900, 40), SMALL_NUMBERS, [earlier])

    assert again.verdict == Verdict.KEPT_EARLIER


def test_given_another_period_of_a_measure_that_is_not_cumulative_when_compared_then_nothing_is_kept() -> (
    None
):
    earlier = protect(by_sex(50, 40, 20)).release

    following = protect(by_sex(51, 40, 20, period="2025-Q2"), SMALL_NUMBERS, [earlier])

    assert following.verdict == Verdict.PUBLISHED
    assert following.release.cells == {F: 51, M: 40, U: 20}


def test_given_a_cumulative_measure_when_a_cell_grows_by_two_then_it_is_hidden_with_a_partner() -> None:
    first = protect(by_sex(50, 40, 20, cumulative=True)).release

    second = protect(by_sex(52, 90, 60, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first])

    assert second.verdict == Verdict.PUBLISHED
    assert second.release.cells == {F: None, M: 90, U: None}
    assert (second.hidden_primary, second.hidden_complementary) == (1, 1)


def test_given_a_cumulative_measure_when_the_total_grows_by_two_then_only_the_total_is_released() -> None:
    first = protect(by_sex(50, 40, 20, cumulative=True)).release

    second = protect(by_sex(52, 40, 20, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first])

    assert second.verdict == Verdict.TOTAL_ONLY
    assert second.release == Released("2025-Q2", 112, {}, cumulative=True)


def test_given_growth_of_two_and_two_when_the_middle_was_hidden_then_growth_over_both_is_hidden_too() -> None:
    first = protect(by_sex(50, 40, 20, cumulative=True)).release
    second = protect(by_sex(52, 90, 60, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first]).release

    third = protect(by_sex(54, 190, 160, period="2025-Q3", cumulative=True), SMALL_NUMBERS, [first, second])

    assert third.release.cells[F] is None


def test_given_a_cumulative_measure_when_a_cell_falls_after_a_merge_then_the_small_fall_is_hidden() -> None:
    first = protect(by_sex(50, 40, 20, cumulative=True)).release

    second = protect(by_sex(49, 90, 60, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first])

    assert second.verdict == Verdict.PUBLISHED
    assert second.release.cells == {F: None, M: 90, U: None}


def test_given_a_category_that_is_new_when_the_pair_that_would_name_it_is_withheld_then_nothing_contradicts() -> (
    None
):
    # Five men whose age is unknown, then a woman: a release of sexes alone may have women whatever was said of ages.
    men = {M: 5, Cell.of(age="u"): 5, Cell.of(age="u", sex="m"): 5}
    first = protect(Table("2025-H1", 5, men, cumulative=True)).release
    both = {F: 1, M: 5, Cell.of(age="u"): 6, Cell.of(age="u", sex="f"): 1, Cell.of(age="u", sex="m"): 5}

    second = protect(Table("2025-H2", 6, both, cumulative=True), SMALL_NUMBERS, [first])

    assert first.breakdowns == (("age",), ("sex",), ("age", "sex"))
    assert second.verdict == Verdict.TOTAL_ONLY
    assert second.release == Released("2025-H2", 6, {}, cumulative=True)


def test_given_a_withheld_breakdown_when_a_category_is_first_listed_later_then_its_whole_count_may_be_old() -> (
    None
):
    first = Released("2025-H1", 50, {}, cumulative=True)

    second = protect(by_sex(3, 90, 60, period="2025-H2", cumulative=True), SMALL_NUMBERS, [first])

    assert second.release.cells == {F: None, M: 90, U: None}


def test_given_a_margin_that_was_only_implied_when_it_falls_by_a_few_then_it_cannot_be_added_up() -> None:
    def by_age_and_sex(*counts: int, period: str) -> Table:
        names = [Cell.of(age=age, sex=sex) for sex in "fm" for age in "ab"]
        return Table(period, sum(counts), dict(zip(names, counts, strict=True)), cumulative=True)

    first = protect(by_age_and_sex(20, 30, 50, 60, period="2025-H1")).release

    # 50 women become 48, in cells that each change by many.
    second = protect(by_age_and_sex(40, 8, 90, 95, period="2025-H2"), SMALL_NUMBERS, [first])

    assert first.hidden == frozenset()
    assert any(second.release.cells.get(Cell.of(age=age, sex="f")) is None for age in "ab")


def test_given_a_hidden_cell_when_a_later_total_bounds_it_loosely_then_its_partner_may_be_shown_later() -> (
    None
):
    first = protect(by_sex(3, 97, 0, cumulative=True)).release

    second = protect(by_sex(50, 97, 30, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first])

    # 97 men now leave 3 to 50 women then: both 3 and 4 of the small values, and a width of 47.
    assert second.release.cells == {F: 50, M: 97, U: 30}


def test_given_a_hidden_cell_when_a_later_number_would_leave_one_small_value_then_it_is_hidden_too() -> None:
    first = protect(by_sex(4, 96, 0, cumulative=True)).release

    second = protect(by_sex(50, 96, 30, period="2025-Q2", cumulative=True), SMALL_NUMBERS, [first])

    # 96 men now would leave 4 women then as the only small value.
    assert second.release.cells[M] is None


def test_given_a_margin_that_was_only_implied_when_it_grows_by_a_few_then_the_growth_is_sensitive() -> None:
    parts = {Cell.of(age=age, sex=sex): n for age, sex, n in (("a", "f", 3), ("b", "f", 40), ("a", "m", 60))}
    first = protect(Table("2025-Q1", 103, parts, cumulative=True)).release
    assert Cell.of(sex="f") not in first.cells
    later = Table("2025-Q2", 203, {F: 45, M: 158}, cumulative=True)

    numbers = sensitive_numbers(later, SMALL_NUMBERS, [first])

    assert Sensitive(1, F, since=0, is_small=False) in numbers
    assert Sensitive(0, F, is_small=False) in numbers
