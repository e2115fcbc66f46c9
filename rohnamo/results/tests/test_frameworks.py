"""The framework as a tree, its targets by category, and everybody once across projects."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.models import PeriodTarget, Result
from rohnamo.results.queries import framework, people_reached, periods_of, wording
from rohnamo.results.queries.lines import CategoryTarget
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
HALF = parse_period("2025-H1")


@pytest.mark.django_db
def test_given_outcomes_and_outputs_when_read_then_they_are_a_tree_with_a_line_for_each_period() -> None:
    project = make.project()
    make.service()
    indicator = make.indicator(project, "1.1.a", measure=ADVICE, targets=(1, 2, 3))
    outcome = Result.objects.create(project=project, code="1", kind="outcome", order=0, titles={"en": "Safe"})
    Result.objects.filter(pk=indicator.result_id).update(parent=outcome, kind="output", code="1.1")
    set_up_tallies()

    tree = framework(project)

    (root,) = tree.outcomes
    (output,) = root.outputs
    (node,) = output.indicators
    assert (root.result.code, output.result.code, node.key, node.way) == (
        "1",
        "1.1",
        "EX.01.1.1.a",
        "counted",
    )
    assert [line.target for line in node.lines][:3] == [Decimal(1), Decimal(2), Decimal(3)]
    assert periods_of(project)[0] == parse_period("2024-H1")


@pytest.mark.django_db
def test_given_targets_of_categories_when_read_then_they_stand_in_the_line() -> None:
    project = make.project()
    make.service()
    place = make.district("TJ-KT-vose")
    period = make.indicator(project, measure=ADVICE).periods.get(end=date(2025, 6, 30))
    PeriodTarget.objects.create(period=period, sex="f", target=Decimal(60))
    PeriodTarget.objects.create(period=period, district=place, target=Decimal(30))
    set_up_tallies()

    (node,) = framework(project, periods=[HALF]).nodes

    (line,) = node.lines
    assert line.targets == (
        CategoryTarget("f", "", "", Decimal(60)),
        CategoryTarget("", "", "TJ-KT-vose", Decimal(30)),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 40])
def test_given_any_number_of_indicators_when_the_tree_is_read_then_it_takes_eight_queries(
    number: int,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    project = make.project()
    make.service()
    for place in range(number):
        make.indicator(project, f"I{place}", measure=ADVICE)
    set_up_tallies()

    with django_assert_num_queries(8):
        framework(project)


@pytest.mark.django_db
def test_given_somebody_in_two_projects_when_rolled_up_then_they_are_one_person_of_area_and_mission() -> None:
    first, second, service = make.project("EX.01"), make.project("EX.02"), make.service()
    somebody = make.person()
    for project in (first, second):
        make.delivery(project, service, date(2025, 1, 5), person=somebody)
    set_up_tallies()
    year = Days(date(2025, 1, 1), date(2025, 12, 31))

    assert (people_reached(year, project=first), people_reached(year, project=second)) == (1, 1)
    assert (people_reached(year, area=first.area), people_reached(year)) == (1, 1)


@pytest.mark.django_db
def test_given_a_share_of_nobody_when_put_in_words_then_it_is_said_that_there_is_no_value() -> None:
    project = make.project()
    make.service()
    make.indicator(project, measure={"way": "percent", "numerator": ADVICE, "denominator": ADVICE})
    set_up_tallies()

    (node,) = framework(project, periods=[HALF]).nodes

    assert wording.actual(node.lines[0]) == "no value: a share of nobody"
