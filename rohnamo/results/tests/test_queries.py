"""Reading: breakdowns add up, cumulative totals never fall, and every number opens its list."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rohnamo.core.periods import Period, parse_period
from rohnamo.people.models import Access
from rohnamo.projects.models import Membership, Project, Service
from rohnamo.results.actions import recount_all, set_up_tallies
from rohnamo.results.models import Tally
from rohnamo.results.queries import (
    cascades,
    list_behind,
    portfolio,
    project_report,
    tally_of,
    totals,
    value_of,
)
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import User

ADVICE = {"count": "persons", "services": ["advice"]}
HALVES = [parse_period(f"{year}-H{half}") for year in (2024, 2025, 2026) for half in (1, 2)]


def user(*projects: Project, role: str = "programme_manager", **fields: object) -> User:
    made = User.objects.create(username=f"user-{User.objects.count()}", role=role, **fields)
    for project in projects:
        Membership.objects.create(user=made, project=project, role=role)
    return made


def known(project: Project, service: Service, day: date, **fields: object) -> None:
    """A delivery to somebody new, whom the project knows."""
    somebody = make.person()
    Access.objects.create(person=somebody, project=project)
    make.delivery(project, service, day, person=somebody, **fields)


@pytest.mark.django_db
def test_given_a_cumulative_indicator_when_asked_for_a_half_year_then_everybody_until_its_end_once() -> None:
    project, service = make.project(), make.service()
    one, other = make.person(), make.person()
    for day, somebody in [(date(2024, 2, 1), one), (date(2025, 2, 1), one), (date(2025, 3, 1), other)]:
        make.delivery(project, service, day, person=somebody)
    total = make.indicator(project, "I1", measure=ADVICE)
    each = make.indicator(project, "I2", measure=ADVICE, is_cumulative=False)
    set_up_tallies()

    def values(label: str) -> tuple[object, object]:
        span = parse_period(label)
        return value_of(total, span).actual, value_of(each, span).actual

    assert [values(label) for label in ("2024-H1", "2024-H2", "2025-H1")] == [(1, 1), (1, 0), (2, 2)]


@pytest.mark.django_db
def test_given_half_years_are_counted_when_a_year_is_asked_then_nobody_counts_twice() -> None:
    project, service = make.project(), make.service()
    district, moved_to = make.district("TJ-KT-a"), make.district("TJ-KT-b")
    somebody = make.person(sex="f", born=date(2000, 8, 1))
    make.delivery(project, service, date(2025, 2, 1), person=somebody, district=district)
    make.delivery(project, service, date(2025, 9, 1), person=somebody, district=moved_to)
    make.indicator(project, measure=ADVICE, is_cumulative=False)
    set_up_tallies()

    (line,) = project_report(project, parse_period("2025")).lines

    assert line.actual == 1
    assert line.breakdowns is not None
    assert (line.breakdowns.by_district, line.breakdowns.by_age) == ({"TJ-KT-a": 1}, {"18-24": 1})


@pytest.mark.django_db
def test_given_contacts_on_the_rows_of_persons_when_read_then_groups_are_in_the_contacts_only() -> None:
    project, service, talk = make.project(), make.service(), make.service("talk", "counted")
    make.delivery(project, service, date(2025, 2, 1), person=make.person())
    make.delivery(project, talk, date(2025, 2, 1), group_count=40)
    set_up_tallies()
    tallies = {tally.pk: tally.key for tally in Tally.objects.filter(project=project)}

    values = totals(Tally.objects.filter(project=project), parse_period("2025-H1"))

    assert {tallies[pk]: value for pk, value in values.items()} == {"EX.01.reached": 1, "EX.01.delivered": 41}


@pytest.mark.django_db
def test_given_an_approved_period_when_a_late_entry_comes_then_the_report_shows_both_values() -> None:
    project, service = make.project(), make.service()
    indicator = make.indicator(project, measure=ADVICE)
    indicator.periods.filter(end=date(2025, 6, 30)).update(
        approved_value=Decimal(0), approved_by="1", approved_at=timezone.now()
    )
    make.delivery(project, service, date(2025, 2, 1), person=make.person())
    set_up_tallies()

    line = value_of(indicator, parse_period("2025-H1"))

    assert (line.actual, line.counted, line.is_approved) == (Decimal(0), 1, True)


@pytest.mark.django_db
def test_given_a_cascade_when_read_then_each_step_counts_everybody_once() -> None:
    steps = [
        {"service": "screening", "titles": {"en": "Tested"}},
        {"service": "course", "titles": {"en": "Treated"}},
    ]
    project = make.project(cascades=[{"code": "tb", "titles": {"en": "TB"}, "steps": steps}])
    screening, course = make.service("screening", "coded"), make.service("course", "coded")
    code = make.coded(project)
    for day in (1, 2):
        make.delivery(project, screening, date(2025, 1, day), coded=code)
    make.reversal(make.delivery(project, course, date(2025, 1, 3), coded=code))

    (cascade,) = cascades(project)

    assert [(step.service, step.persons, step.contacts) for step in cascade.steps] == [
        ("screening", 1, 2),
        ("course", 0, 0),
    ]


@pytest.mark.django_db
def test_given_a_member_when_the_list_behind_is_opened_then_it_is_as_long_as_the_number() -> None:
    project, service = make.project(), make.service()
    for day in (1, 2, 3):
        known(project, service, date(2025, 1, day))
    indicator = make.indicator(project, measure=ADVICE)
    set_up_tallies()
    tally = tally_of(indicator)
    assert tally is not None

    behind = list_behind(user(project), tally, parse_period("2025-H1"))

    assert (behind.deliveries.count(), behind.value, behind.hidden) == (3, 3, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "is_superuser"),
    [
        ("administrator", True),
        ("donor_reader", False),
        ("communications", False),
        ("partner_reporter", False),
    ],
)
def test_given_somebody_who_sees_no_people_when_the_list_is_opened_then_only_the_number_is_there(
    role: str, is_superuser: bool
) -> None:
    project, service = make.project(), make.service()
    known(project, service, date(2025, 1, 1))
    indicator = make.indicator(project, measure=ADVICE)
    set_up_tallies()
    tally = tally_of(indicator)
    assert tally is not None

    behind = list_behind(user(project, role=role, is_superuser=is_superuser), tally, parse_period("2025-H1"))

    assert (behind.deliveries.count(), behind.value, behind.hidden) == (0, 1, 1)


@pytest.mark.django_db
def test_given_a_member_of_one_project_when_the_mission_s_list_is_opened_then_the_others_are_hidden() -> None:
    mine, other, service = make.project("EX.01"), make.project("EX.02"), make.service()
    known(mine, service, date(2025, 1, 1))
    known(other, service, date(2025, 1, 2))
    set_up_tallies()
    tally = Tally.objects.get(key="mission.reached")

    behind = list_behind(user(mine), tally, parse_period("2025"))

    assert ([row.project for row in behind.deliveries], behind.hidden) == ([mine], 1)


@pytest.mark.django_db
def test_given_contacts_when_the_list_is_opened_then_it_holds_each_delivery_and_adds_up() -> None:
    project, talk = make.project(), make.service("talk", "counted")
    for size in (10, 20):
        make.delivery(project, talk, date(2025, 1, 1), group_count=size)
    set_up_tallies()
    tally = Tally.objects.get(key="EX.01.delivered")

    behind = list_behind(user(project), tally, parse_period("2025-H1"))

    assert (behind.deliveries.count(), behind.value, behind.hidden) == (2, 30, 0)


@pytest.mark.django_db
def test_given_more_indicators_when_the_report_is_read_then_it_takes_as_many_queries(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    project, service = make.project(), make.service()
    make.delivery(project, service, date(2025, 1, 1), person=make.person())
    for number in range(12):
        make.indicator(project, f"I{number}", measure=ADVICE)
    set_up_tallies()

    with django_assert_num_queries(8):
        report = project_report(project, parse_period("2025-H1"))

    assert [line.actual for line in report.lines] == [1] * 12


@pytest.mark.django_db
def test_given_projects_with_other_periods_when_the_portfolio_is_read_then_it_takes_as_many_queries(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    service = make.service()
    for number in range(4):
        project = make.project(f"EX.{number:02d}")
        make.delivery(project, service, date(2025, 2, 1), person=make.person())
        periods = ((date(2025, number + 1, 1), date(2025, 12, 31)),)
        make.indicator(project, measure=ADVICE, periods=periods, targets=(50,))
    set_up_tallies()

    with django_assert_num_queries(7):
        reports = portfolio(date(2025, 6, 1))

    assert [(line.target, line.actual) for report in reports for line in report.lines] == [
        (Decimal(50), 1),
        (Decimal(50), 1),
        (Decimal(50), 0),
        (Decimal(50), 0),
    ]


class RandomPeople(TestCase):
    """People who move and have birthdays, in two projects."""

    @settings(max_examples=8, deadline=None)
    @given(seed=st.integers(0, 10**6))
    def test_given_random_people_when_counted_then_all_sums_hold(self, seed: int) -> None:
        random = Random(seed)
        projects, service = [make.project("EX.01"), make.project("EX.02")], make.service()
        districts = [None, make.district("TJ-KT-a"), make.district("TJ-KT-b")]
        people = [
            make.person(
                sex=random.choice("fmu"),
                born=random.choice([None, 2000, date(2007, 6, 15), date(1990, 1, 1)]),
            )
            for _ in range(12)
        ]
        for project in projects:
            make.indicator(project, "I1", measure=ADVICE)
            make.indicator(project, "I2", measure=ADVICE, is_cumulative=False)
        for _ in range(60):
            day = date(2024, 1, 1) + timedelta(days=random.randrange(1096))
            somebody, there = random.choice(people), random.choice(districts)
            make.delivery(random.choice(projects), service, day, person=somebody, district=there)
        set_up_tallies(count=False)
        recount_all()

        for project in projects:
            self.check_breakdowns(project)
            self.check_growth(project)
        self.check_mission(projects)

    def check_breakdowns(self, project: Project) -> None:
        for span in [*HALVES, parse_period("2025"), Period(date(2024, 1, 1), date(2026, 12, 31))]:
            for line in project_report(project, span).lines:
                parts = line.breakdowns
                assert parts is not None
                sums = [
                    sum(part.values())
                    for part in (parts.by_sex, parts.by_age, parts.by_district, parts.by_sex_and_age)
                ]
                assert sums == [line.actual] * 4

    def check_growth(self, project: Project) -> None:
        values = [project_report(project, span).lines[0].actual for span in HALVES]
        assert values == sorted(values)  # type: ignore[type-var]

    def check_mission(self, projects: list[Project]) -> None:
        mission = Tally.objects.get(key="mission.reached")
        everybody = Period(date(2024, 1, 1), date(2026, 12, 31))
        of_projects = totals(Tally.objects.filter(project__in=projects, key__endswith=".reached"), everybody)
        assert totals([mission], everybody)[mission.pk] <= sum(of_projects.values())


@pytest.mark.django_db
def test_given_an_approved_year_when_its_half_is_asked_for_then_nothing_of_the_year_is_said_of_it() -> None:
    project, service = make.project(), make.service()
    make.delivery(project, service, date(2024, 2, 1), person=make.person())
    make.delivery(project, service, date(2024, 9, 1), person=make.person())
    year = (date(2024, 1, 1), date(2024, 12, 31))
    indicator = make.indicator(project, measure=ADVICE, periods=(year, *make.HALF_YEARS[2:]), targets=(10,))
    set_up_tallies()
    make.approved(indicator.periods.get(start=year[0]))

    (half,) = project_report(project, parse_period("2024-H1")).lines
    (whole,) = project_report(project, parse_period("2024")).lines

    assert (half.actual, half.is_approved, half.state, half.baseline, half.target) == (
        1,
        False,
        "",
        None,
        None,
    )
    assert (whole.actual, whole.is_approved, whole.state, whole.target) == (2, True, "approved", 10)
