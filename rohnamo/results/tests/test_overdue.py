"""What is late with results."""

from datetime import date

import pytest

from rohnamo.core.periods import Period as Days
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.queries import overdue
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
TODAY = date(2025, 9, 1)
HALF = ((date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31)))


def kinds(today: date = TODAY) -> list[tuple[str, str, date | None]]:
    return [(one.kind, one.project.code, one.since) for one in overdue(None, today)]


@pytest.mark.django_db
def test_given_an_ended_period_without_an_approval_when_asked_then_its_indicators_are_one_line() -> None:
    project, service = make.project(), make.service()
    make.indicator(project, "1", measure=ADVICE, periods=HALF)
    make.indicator(project, "2", measure=ADVICE, periods=HALF)
    make.delivery(project, service, date(2025, 8, 1), person=make.person())

    (found,) = overdue(None, TODAY)

    assert (found.kind, found.since, found.period, found.state, found.count) == (
        "no_actual",
        date(2025, 6, 30),
        Days(*HALF[0]),
        "draft",
        2,
    )


@pytest.mark.django_db
def test_given_an_approved_period_when_asked_then_it_is_not_late() -> None:
    project, service = make.project(), make.service()
    period = make.indicator(project, measure=ADVICE, periods=HALF[:1]).periods.get()
    make.delivery(project, service, date(2025, 8, 1), person=make.person())
    set_up_tallies()
    make.approved(period)

    assert kinds() == []


@pytest.mark.django_db
def test_given_a_project_after_its_end_when_it_is_under_way_by_its_status_then_it_is_late() -> None:
    project = make.project(ends_on=date(2025, 7, 31))
    make.delivery(project, make.service(), date(2025, 7, 1), person=make.person())

    assert kinds() == [("not_finished", "EX.01", date(2025, 7, 31))]


@pytest.mark.django_db
def test_given_a_project_in_which_nothing_happened_for_six_months_when_asked_then_it_is_late_since_then() -> (
    None
):
    project = make.project()
    make.delivery(project, make.service(), date(2025, 2, 3), person=make.person())

    assert kinds() == [("untouched", "EX.01", date(2025, 2, 3))]


@pytest.mark.django_db
def test_given_somebody_who_sees_one_project_when_asked_then_only_that_is_there() -> None:
    mine, other = make.project("EX.01"), make.project("EX.02")
    del other

    found = overdue(make.member(mine), TODAY)

    assert [one.project.code for one in found] == ["EX.01"]


@pytest.mark.django_db
def test_given_more_projects_when_asked_then_it_takes_as_many_queries(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for place in range(5):
        make.indicator(make.project(f"EX.{place:02}"), measure=ADVICE, periods=HALF)

    with django_assert_num_queries(5):
        assert len(overdue(None, TODAY)) == 10
