"""The audit alone: what it finds in releases that were not protected, or badly."""

import pytest

from rohnamo.engines.disclosure import Cell, Finding, Released, Sensitive, Weakness, audit
from rohnamo.engines.disclosure.knowledge import Contradiction

F, M, U = Cell.of(sex="f"), Cell.of(sex="m"), Cell.of(sex="u")


def test_given_a_lone_hidden_cell_when_audited_then_its_value_is_found() -> None:
    release = Released("2025-Q1", 100, {F: None, M: 97, U: 0})

    findings = audit([release], [Sensitive(0, F)])

    assert findings == [Finding(Sensitive(0, F), 3, 3, Weakness.NARROW)]


def test_given_two_hidden_cells_with_room_when_audited_then_nothing_is_found() -> None:
    release = Released("2025-Q1", 100, {F: None, M: None, U: 0})

    assert audit([release], [Sensitive(0, F)]) == []


def test_given_two_hidden_cells_that_add_up_to_two_when_audited_then_both_are_found() -> None:
    release = Released("2025-Q1", 62, {F: None, M: 60, U: None})

    findings = audit([release], [Sensitive(0, F), Sensitive(0, U)])

    assert findings == [
        Finding(Sensitive(0, F), 1, 1, Weakness.NARROW),
        Finding(Sensitive(0, U), 1, 1, Weakness.NARROW),
    ]


def test_given_two_cells_of_four_when_audited_then_only_the_insider_finds_them() -> None:
    release = Released("2025-Q1", 68, {F: None, M: 60, U: None})

    findings = audit([release], [Sensitive(0, F), Sensitive(0, U)])

    assert findings == [
        Finding(Sensitive(0, F), 4, 4, Weakness.KNOWN_TO_INSIDER),
        Finding(Sensitive(0, U), 4, 4, Weakness.KNOWN_TO_INSIDER),
    ]


def test_given_two_releases_of_a_cumulative_measure_when_one_shows_what_the_other_hid_then_it_is_found() -> (
    None
):
    first = Released("2025-Q1", 100, {F: None, M: None, U: 0}, cumulative=True)
    second = Released("2025-Q2", 103, {F: 6, M: 97, U: 0}, cumulative=True)

    findings = audit([first, second], [Sensitive(0, F)])

    assert findings == [Finding(Sensitive(0, F), 3, 6, Weakness.NARROW)]


def test_given_growth_that_shown_cells_tell_when_audited_then_it_is_found() -> None:
    first = Released("2025-Q1", 90, {F: 50, M: 40}, cumulative=True)
    second = Released("2025-Q2", 112, {F: 52, M: 60}, cumulative=True)

    findings = audit([first, second], [Sensitive(1, F, since=0)])

    assert findings == [Finding(Sensitive(1, F, since=0), 2, 2, Weakness.NARROW)]


def test_given_a_ring_of_breakdowns_when_only_persons_behind_all_three_tell_then_it_is_found() -> None:
    # Sex and age always agree, so age × district must be district × sex, which is shown.
    cells: dict[Cell, int | None] = {Cell.of(age="a", sex="a"): 5, Cell.of(age="b", sex="b"): 5}
    cells |= {Cell.of(district=d, sex=s): n for d, s, n in (("x", "a", 2), ("x", "b", 3), ("y", "a", 3))}
    cells |= {Cell.of(district="y", sex="b"): 2}
    cells |= {Cell.of(age=age, district=district): None for age in "ab" for district in "xy"}
    release = Released("2025-Q1", 10, cells)
    corners = {
        Cell.of(age=age, district=district): n
        for age, district, n in (("a", "x", 2), ("a", "y", 3), ("b", "x", 3), ("b", "y", 2))
    }

    findings = audit([release], [Sensitive(0, corner) for corner in corners])

    assert {finding.sensitive.cell: (finding.low, finding.high) for finding in findings} == {
        corner: (count, count) for corner, count in corners.items()
    }


def test_given_a_release_that_contradicts_itself_when_audited_then_it_is_refused() -> None:
    release = Released("2025-Q1", 10, {F: None, M: 20, U: None})

    with pytest.raises(Contradiction):
        audit([release], [Sensitive(0, F)])
