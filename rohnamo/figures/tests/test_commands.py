"""The command line prints what is public."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from rohnamo.core.errors import WrongData
from rohnamo.engines.disclosure import METHOD
from rohnamo.figures.commands import group
from rohnamo.figures.models import Unit
from rohnamo.figures.tests import factories as make


@pytest.mark.django_db
def test_given_a_figure_when_it_is_shown_as_json_then_its_breakdowns_come_along() -> None:
    make.release(make.measure(), "2025", make.by_sex(10, 20))

    data = json.loads(CliRunner().invoke(group, ["show", "EX.01.reached", "--json"]).output)

    assert (data["number"], data["as_of"]) == ("30.00", "2026-01-01")
    assert data["breakdowns"] == [{"sex": "f", "count": 10}, {"sex": "m", "count": 20}]


@pytest.mark.django_db
def test_given_measures_when_they_are_listed_then_each_line_says_number_and_day_under_a_head() -> None:
    make.release(make.measure("A.reached", project="A"), "2025", make.by_sex(10, 20))
    make.measure("B.reached", project="B")

    lines = CliRunner().invoke(group, ["list"]).output.splitlines()

    assert [line.split() for line in lines] == [
        ["released", "figure", "number", "as", "of", "what", "it", "counts"],
        ["A.reached", "30", "2026-01-01", "People", "reached"],
        ["B.reached", "-", "-", "People", "reached"],
    ]


@pytest.mark.django_db
def test_given_a_number_with_a_part_when_it_is_shown_then_only_empty_places_are_dropped() -> None:
    share, whole = make.measure("A.share", unit=Unit.PERCENT), make.measure("A.reached")
    make.release(share, "2025", {}, value=Decimal("37.50"))
    make.release(whole, "2025", make.by_sex(100, 200))

    lines = CliRunner().invoke(group, ["list"]).output.splitlines()

    assert [line.split()[:2] for line in lines[1:]] == [["A.reached", "300"], ["A.share", "37.5"]]


@pytest.mark.django_db
def test_given_no_such_figure_when_it_is_shown_then_it_says_where_to_look() -> None:
    answer = CliRunner().invoke(group, ["show", "nothing"])

    assert isinstance(answer.exception, WrongData)


@pytest.mark.django_db
def test_given_a_small_cell_when_releases_are_asked_for_then_a_reviewer_sees_what_was_done_and_who_approved() -> (
    None
):
    make.release(make.measure(), "2025", make.by_sex(3, 40))

    data = json.loads(CliRunner().invoke(group, ["releases", "EX.01.reached", "--json"]).output)

    assert [(one["verdict"], one["hiding"], one["evidence"]) for one in data] == [
        (
            "published",
            METHOD,
            {"hidden_primary": 1, "hidden_complementary": 1, "withheld": [], "earlier_releases": 0},
        )
    ]
    assert len(data[0]["inputs"]) == 64
