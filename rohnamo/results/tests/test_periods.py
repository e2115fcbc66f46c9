"""Approving a period freezes it."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry
from rohnamo.projects.models import Membership, Project
from rohnamo.results.actions import READER, approve, count_period, set_up_tallies
from rohnamo.results.models import Period
from rohnamo.results.queries import value_of
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import User

ADVICE = {"count": "persons", "services": ["advice"]}


def manager(project: Project, role: str = "programme_manager") -> User:
    made = User.objects.create(username=role, role=role)
    Membership.objects.create(user=made, project=project, role=role)
    return made


def ended(project: Project, measure: dict[str, object]) -> Period:
    """The first half of 2025 of an indicator."""
    return make.indicator(project, measure=measure).periods.get(end=date(2025, 6, 30))


@pytest.mark.django_db
def test_given_lines_that_wait_when_a_period_is_counted_then_they_are_in_it() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    row = make.delivery(project, service, date(2025, 1, 5), person=make.person())

    with changes.readers_replaced(READER):
        changes.leave("delivery.recorded", [row.pk])
        line = count_period(period)

    assert line.actual == 1


@pytest.mark.django_db
def test_given_an_approved_period_when_something_comes_late_then_its_value_stays() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    make.delivery(project, service, date(2025, 1, 5), person=make.person())
    set_up_tallies()
    by = manager(project)

    approve(period, by=by)
    late = make.delivery(project, service, date(2025, 1, 6), person=make.person())
    READER.work([("delivery.recorded", str(late.pk))])

    line = value_of(period.indicator, period)
    assert (line.actual, line.counted, line.is_approved) == (Decimal(1), 2, True)
    period.refresh_from_db()
    assert period.approved_by == str(by.pk)
    assert list(AuditEntry.objects.values_list("verb", "subject_id")) == [("results.approve", str(period.pk))]


@pytest.mark.django_db
def test_given_an_approved_period_when_it_is_approved_again_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    by = manager(project)
    approve(period, by=by)

    with pytest.raises(Refused, match="approved before"):
        approve(period, by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["project_officer", "donor_reader", "administrator", "chief_of_mission"])
def test_given_a_role_that_may_not_when_it_approves_then_it_is_refused(role: str) -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()

    with pytest.raises(Refused, match="not yours to approve"):
        approve(period, by=manager(project, role))


@pytest.mark.django_db
def test_given_a_manager_of_another_project_when_they_approve_then_it_is_refused() -> None:
    period = ended(make.project("EX.01"), ADVICE | {"services": [make.service().code]})
    set_up_tallies()

    with pytest.raises(Refused, match="not yours to approve"):
        approve(period, by=manager(make.project("EX.02")))


@pytest.mark.django_db
def test_given_a_period_that_goes_on_when_it_is_approved_then_it_is_refused() -> None:
    project = make.project()
    indicator = make.indicator(project, periods=((date(2025, 1, 1), date(2999, 12, 31)),))

    with pytest.raises(Refused, match="has not ended"):
        approve(indicator.periods.get(), by=manager(project), typed=Decimal(3))


@pytest.mark.django_db
def test_given_a_typed_indicator_when_it_is_approved_then_the_typed_value_stands() -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})
    set_up_tallies()

    approve(period, by=manager(project), typed=Decimal("41.5"))

    period.refresh_from_db()
    assert period.approved_value == Decimal("41.50")


@pytest.mark.django_db
def test_given_a_counted_indicator_when_a_value_is_typed_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()

    with pytest.raises(Refused, match="typed value cannot stand"):
        approve(period, by=manager(project), typed=Decimal(1000))
