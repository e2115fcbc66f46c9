"""Pages of a list: which rows, which addresses, in words."""

import pytest
from django.utils import translation

from rohnamo.ui.paging import Slice, page_with, slice_of


@pytest.mark.parametrize(
    ("asked", "whole", "number"),
    [("", 120, 1), ("2", 120, 2), ("3", 120, 3), ("4", 120, 1), ("0", 120, 1), ("-1", 120, 1), ("two", 120, 1),
     ("²", 120, 1), ("1" * 30, 120, 1), ("1", 0, 1)],
)  # fmt: skip
def test_given_an_address_when_its_page_is_looked_up_then_it_is_a_page_of_this_list(
    asked: str, whole: int, number: int
) -> None:
    assert slice_of(asked, whole) == Slice(number, whole)


def test_given_a_page_in_the_middle_when_the_pager_is_made_then_filters_stay_in_both_addresses() -> None:
    with translation.override("en"):
        pager = Slice(2, 1_120).pager({"project": "EX.90", "area": ""})

    assert pager == {
        "words": "Rows 51–100 of 1,120",
        "previous_href": "?project=EX.90&page=1",
        "next_href": "?project=EX.90&page=3",
    }


def test_given_the_first_and_the_last_page_when_the_pager_is_made_then_there_is_no_way_beyond_them() -> None:
    first, last = Slice(1, 51).pager({}), Slice(2, 51).pager({})

    assert first is not None
    assert last is not None
    assert (first["previous_href"], last["next_href"]) == ("", "")


def test_given_a_list_that_fits_on_one_page_when_the_pager_is_made_then_there_is_none() -> None:
    with translation.override("en"):
        assert (Slice(1, 50).pager({}), Slice(1, 50).words, Slice(1, 0).words) == (
            None,
            "Rows 1–50 of 50",
            "",
        )


def test_given_a_row_when_its_page_is_asked_for_then_it_stands_on_it() -> None:
    assert [page_with(position) for position in (0, 49, 50, 119)] == ["1", "1", "2", "3"]
