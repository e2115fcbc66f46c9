"""Counting a period, and writing down what is not counted."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.projects.models import Project
from rohnamo.results.actions import READER, count_period, set_up_tallies, tell, write_value
from rohnamo.results.models import Period
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}


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
def test_given_a_typed_indicator_when_a_value_is_written_then_it_is_reported_and_nobodys_result_yet() -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})

    write_value(period, Decimal("41.5"), by=make.member(project, "project_officer"))

    line = count_period(period)
    assert (line.typed, line.actual, line.why_empty) == (Decimal("41.50"), None, "not_approved")


@pytest.mark.django_db
def test_given_a_counted_indicator_when_a_value_is_written_then_it_is_refused() -> None:
    project = make.project()
    period = ended(project, ADVICE)

    with pytest.raises(Refused, match="A typed number cannot stand for it"):
        write_value(period, Decimal(1000), by=make.member(project, "project_officer"))


@pytest.mark.django_db
def test_given_an_indicator_in_words_when_it_is_told_then_the_words_are_kept_by_language() -> None:
    project = make.project()
    period = ended(project, {"way": "words"})

    tell(period, {"tg": "Қонун қабул шуд.", "ru": "  ", "xx": "?"}, by=make.member(project))

    assert Period.objects.get(pk=period.pk).told == {"tg": "Қонун қабул шуд."}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["donor_reader", "partner_reporter", "field_officer", "monitoring_officer"])
def test_given_a_role_that_does_not_draft_when_it_writes_a_value_then_it_is_refused(role: str) -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})

    with pytest.raises(Refused, match="not yours to write"):
        write_value(period, Decimal(1), by=make.member(project, role))


@pytest.mark.django_db
def test_given_a_submitted_period_when_its_value_is_written_again_then_it_is_locked() -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})
    officer = make.member(project, "project_officer")
    write_value(period, Decimal(3), by=officer)
    make.submitted(period, by=officer)

    with pytest.raises(Refused, match="This period is locked"):
        write_value(period, Decimal(4), by=officer)
