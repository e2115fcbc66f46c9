"""Which sums hold, and when the people behind several breakdowns must be looked at together."""

from collections.abc import Mapping

from rohnamo.engines.disclosure import Cell, Released
from rohnamo.engines.disclosure.margins import NAMED_NOWHERE, Sum, frame_of, margins_of, ring_of

F, M, OTHER = Cell.of(sex="f"), Cell.of(sex="m"), Cell.of(sex=NAMED_NOWHERE)


def release(cells: Mapping[Cell, int | None], **categories: str) -> Released:
    return Released("2025-Q1", 9, cells, categories=categories)


def test_given_breakdowns_that_hang_by_one_end_when_reduced_then_there_is_no_ring() -> None:
    assert ring_of([("sex",), ("age", "sex"), ("district",)]) == ()
    assert ring_of([("age", "sex"), ("age", "district")]) == ()
    assert ring_of([("age", "district", "sex"), ("age", "sex"), ("district", "sex")]) == ()


def test_given_three_pairs_of_three_attributes_when_reduced_then_all_three_are_a_ring() -> None:
    assert ring_of([("age", "sex"), ("age", "district"), ("district", "sex")]) == ("age", "district", "sex")


def test_given_two_cells_when_closed_then_the_total_and_the_sums_are_known() -> None:
    one = release({F: 4, M: 5})

    margins = margins_of(one, frame_of([one]))

    assert margins.cells == {(): (Cell(),), ("sex",): (F, M)}
    assert margins.sums == (Sum(Cell(), (F, M)),)


def test_given_a_withheld_breakdown_when_another_release_names_one_category_then_others_are_possible() -> (
    None
):
    withheld = release({})

    margins = margins_of(withheld, frame_of([withheld, release({M: 9})]))

    assert margins.cells == {(): (Cell(),), ("sex",): (OTHER, M)}
    assert margins.sums == (Sum(Cell(), (OTHER, M)),)


def test_given_a_withheld_breakdown_when_all_its_categories_are_named_then_there_are_no_others() -> None:
    withheld = release({}, sex="fm")

    margins = margins_of(withheld, frame_of([withheld, release({M: 9, F: 0}, sex="fm")]))

    assert margins.cells == {(): (Cell(),), ("sex",): (F, M)}


def test_given_a_published_breakdown_when_a_category_of_another_release_is_not_listed_then_nobody_is_there() -> (
    None
):
    published = release({M: 9})

    margins = margins_of(published, frame_of([published, release({F: 4, M: 5})]))

    assert margins.cells == {(): (Cell(),), ("sex",): (M,)}


def test_given_a_withheld_pair_when_its_margins_were_published_then_only_filled_categories_combine() -> None:
    withheld = release({F: 9, Cell.of(age="u"): 9})
    pair = release({Cell.of(sex="m", age="u"): 9})

    margins = margins_of(withheld, frame_of([withheld, pair]))

    assert margins.cells["age", "sex"] == (Cell.of(sex="f", age="u"),)


def test_given_a_ring_when_closed_then_the_full_table_joins_in() -> None:
    listed = [
        Cell.of(**{one: first, two: category})
        for first in "ab"
        for one, two in (("age", "sex"), ("age", "district"), ("district", "sex"))
        for category in "ab"
    ]

    one = release(dict.fromkeys(listed))
    margins = margins_of(one, frame_of([one]))

    assert len(margins.cells["age", "district", "sex"]) == 8
