"""The command line prints what is public."""

import json

import pytest
from click.testing import CliRunner

from rohnamo.core.errors import WrongData
from rohnamo.figures.commands import group
from rohnamo.figures.tests import factories as make


@pytest.mark.django_db
def test_given_a_figure_when_it_is_shown_as_json_then_its_breakdowns_come_along() -> None:
    make.release(make.measure(), "2025", make.by_sex(10, 20))

    data = json.loads(CliRunner().invoke(group, ["show", "EX.01.reached", "--json"]).output)

    assert (data["number"], data["as_of"]) == ("30.00", "2026-01-01")
    assert data["breakdowns"] == [{"sex": "f", "count": 10}, {"sex": "m", "count": 20}]


@pytest.mark.django_db
def test_given_measures_when_they_are_listed_then_one_line_each() -> None:
    make.release(make.measure("A.reached", project="A"), "2025", make.by_sex(10, 20))
    make.measure("B.reached", project="B")

    lines = CliRunner().invoke(group, ["list"]).output.splitlines()

    assert [line.split()[:2] for line in lines] == [["A.reached", "30.00"], ["B.reached", "-"]]


@pytest.mark.django_db
def test_given_no_such_figure_when_it_is_shown_then_it_says_where_to_look() -> None:
    answer = CliRunner().invoke(group, ["show", "nothing"])

    assert isinstance(answer.exception, WrongData)
