"""The example at work: its numbers fit each other, its registers fit those who sent them, its pages show every state."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from rohnamo.config.example.accounts import ACCOUNTS, make_accounts
from rohnamo.config.example.content import Made, fill
from rohnamo.config.example.history import keep_promises, report_periods, report_to_donors
from rohnamo.config.example.plan import FULL_SIZE
from rohnamo.config.example.sites import all_sites
from rohnamo.config.mission import MISSIONS, load
from rohnamo.core import changes
from rohnamo.core.missionfiles import read_mission
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Official, Phone
from rohnamo.projects.models import Project
from rohnamo.projects.queries import deadlines_of
from rohnamo.results import queries
from rohnamo.results.models import DonorReport, Indicator, Period
from rohnamo.staff.models import User

pytestmark = pytest.mark.django_db

PEOPLE = 5_000


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Made]:
    """One small example for all tests of this file: to make it takes seconds. Nobody writes into it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(read_mission(MISSIONS / "tajikistan"))
        done = fill(people=PEOPLE, seed=7, progress=lambda *_: None)
        changes.work_off_all()
        make_accounts()
        report_periods(seed=7)
        keep_promises(seed=7)
        report_to_donors()
        yield done
        transaction.set_rollback(True)


def actual(key: str) -> int:
    """What an indicator amounts to in its last period that has begun."""
    project, code = key[:5], key[6:]
    indicator = Indicator.objects.get(result__project__code=project, code=code)
    period = Period.objects.filter(indicator=indicator, start__lte=timezone.localdate()).latest("start")
    return int(queries.value_of(indicator, period).actual or 0)


def lines(*services: str) -> int:
    return Delivery.objects.filter(service__code__in=services).count()


def test_given_a_size_when_the_example_is_made_then_about_so_many_people_are_known(made: Made) -> None:
    assert 0.9 * PEOPLE <= made.named <= 1.2 * PEOPLE
    assert made.again > 0


def test_given_targets_when_the_example_is_made_then_every_counted_indicator_is_on_its_way(
    made: Made,
) -> None:
    today, scale, far = timezone.localdate(), PEOPLE / FULL_SIZE, []
    for period in Period.objects.filter(start__lte=today, end__gte=today).exclude(target=None):
        line = queries.value_of(period.indicator, period)
        if line.way == "counted" and period.target and period.target > 200:
            share = float(line.actual or 0) / (float(period.target) * scale)
            far += [(line.key, share)] if not 0.4 <= share <= 1.7 else []

    assert far == []


def test_given_grants_when_they_are_counted_then_there_are_as_many_as_households_or_a_few_more(
    made: Made,
) -> None:
    assert actual("EX.06.1.1.a") > 0
    assert actual("EX.06.1.1.a") <= actual("EX.06.1.1.b") <= 1.5 * actual("EX.06.1.1.a")
    assert actual("EX.11.1.2.a") <= actual("EX.11.1.2.b") <= 1.5 * actual("EX.11.1.2.a")


def test_given_certificates_when_they_are_counted_then_each_stands_for_a_course(made: Made) -> None:
    courses = lines("pdo-russia", "pdo-kazakhstan", "welding-basics", "electric-basics", "russian-course")

    assert 0 < actual("EX.02.1.2.c") < courses


def test_given_joint_courses_when_they_are_counted_then_there_are_some_and_officers_were_in_them(
    made: Made,
) -> None:
    courses = Delivery.objects.filter(service__code="joint-course")
    days = Delivery.objects.filter(service__code="joint-border-training", day__in=courses.values("day"))

    assert courses.exists()
    assert days.exists()
    assert actual("EX.08.1.2.a") < actual("EX.08.1.2.b")


def test_given_a_cascade_when_it_is_counted_then_each_step_is_smaller_than_the_one_before(made: Made) -> None:
    services = ("info-session", "tb-screening", "tb-referral", "tb-found", "tb-treatment-completed")
    people = [
        Delivery.objects.filter(service__code=code).aggregate(met=Sum("group_count"))["met"] or lines(code)
        for code in services
    ]

    assert people == sorted(set(people), reverse=True)


def test_given_officials_when_they_are_trained_then_each_course_is_for_those_whose_work_it_is(
    made: Made,
) -> None:
    trained = Delivery.objects.filter(official__isnull=False)
    health = trained.filter(service__code="health-worker-training")
    judges = trained.filter(service__code="justice-training")

    assert set(health.values_list("official__agency", flat=True)) == {"Health service"}
    assert set(judges.values_list("official__agency", flat=True)) <= {"Police", "Prosecution", "Judiciary"}
    assert Official.objects.count() == made.officials


def test_given_a_line_of_the_ledger_when_its_source_is_asked_then_that_service_and_project_are_its_own(
    made: Made,
) -> None:
    own = {
        (site.project.pk, service.pk, source.pk)
        for site in all_sites()
        for code, service in site.services.items()
        for source in [site.sources[code]]
        if service in source.services.all() and source.project_id in (None, site.project.pk)
    }
    lines_of = set(Delivery.objects.values_list("project", "service", "source").distinct())

    assert lines_of - own == set()


def test_given_volunteers_when_they_are_written_down_then_their_phones_are_not(made: Made) -> None:
    assert lines("volunteer-orientation") > 0
    assert not Phone.objects.filter(project__code="EX.10").exists()
    assert Phone.objects.filter(project__code="EX.01").exists()


def test_given_ended_periods_when_they_are_looked_at_then_every_state_is_there(made: Made) -> None:
    ended = Period.objects.filter(end__lt=timezone.localdate())

    assert set(ended.values_list("state", flat=True)) == {"approved", "submitted", "returned", "draft"}
    assert not Period.objects.filter(end__gte=timezone.localdate()).exclude(state="draft").exists()


def test_given_passed_deadlines_when_the_example_is_made_then_two_are_late(made: Made) -> None:
    today = timezone.localdate()
    late = [one for project in Project.objects.all() for one in deadlines_of(project, today) if one.is_late]

    assert len(late) == 2


def test_given_donors_when_the_example_is_made_then_one_report_is_frozen_and_one_is_a_draft(
    made: Made,
) -> None:
    reports = DonorReport.objects.order_by("project__code").values_list("project__code", "frozen_at")

    assert [(code, at is not None) for code, at in reports] == [("EX.01", True), ("EX.03", False)]
    assert User.objects.count() == len(ACCOUNTS)
