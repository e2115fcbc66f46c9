"""Two people who approve at the same moment."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import translation

from rohnamo.core.errors import Refused
from rohnamo.results.actions import approve, set_up_tallies
from rohnamo.results.models import ApprovedRow, Period, PeriodStep
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import User

ADVICE = {"count": "persons", "services": ["advice"]}


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer; its tests share one connection."
)
@pytest.mark.django_db(transaction=True)
def test_given_two_who_approve_at_once_when_both_press_then_one_is_told_and_nothing_is_doubled() -> None:
    project, service = make.project(), make.service()
    period = make.indicator(project, measure=ADVICE).periods.get(end=date(2025, 6, 30))
    for _ in range(3):
        make.delivery(project, service, date(2025, 1, 5), person=make.person())
    set_up_tallies()
    make.submitted(period)
    managers = [make.member(project), make.member(project, "monitoring_officer")]
    start, answers = Barrier(2), []

    def press(by: User) -> None:
        start.wait()
        try:
            with translation.override("en"):
                answers.append(str(approve(Period.objects.get(pk=period.pk), by=by).approved_value))
        except Refused as why:
            answers.append(str(why)[:26])
        finally:
            connection.close()

    threads = [Thread(target=press, args=[by]) for by in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["3.00", "It was approved before, on"]
    assert ApprovedRow.objects.count() == 3
    assert PeriodStep.objects.filter(kind="approved").count() == 1
