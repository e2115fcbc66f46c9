"""Money of projects: rates by day, burn, and no amount twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rohnamo.projects import queries
from rohnamo.projects.models import ExchangeRate, MoveKind, Project
from rohnamo.projects.queries import MissingRate, Sums
from rohnamo.projects.tests.factories import a_partner, a_project, an_area
from rohnamo.projects.tests.ledger import a_grant, a_move, a_rate, a_year

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 30)


def test_given_movements_in_two_currencies_when_money_is_asked_then_each_has_the_rate_of_its_own_day() -> (
    None
):
    project = a_project()
    grant = a_grant(project, "1000.00")
    a_rate("EUR", date(2024, 6, 1), "1.10")
    a_rate("EUR", date(2024, 7, 1), "1.20")
    a_move(project, "100.00", date(2024, 6, 30), currency="EUR", grant=grant)
    a_move(project, "100.00", date(2024, 7, 1), currency="EUR", grant=grant)
    a_move(project, "50.00", date(2024, 7, 1), grant=grant)
    a_move(project, "400.00", date(2024, 2, 1), kind=MoveKind.INCOMING_FUNDS.value, grant=grant)

    money = queries.money_of(project, ON)

    assert money.sums == Sums(Decimal("1000.00"), Decimal("400.00"), Decimal("280.00"))
    assert money.missing == ()
    assert money.carried_by == ("EX.01",)


def test_given_no_fresh_rate_when_money_is_asked_then_the_sum_is_refused_and_the_rate_is_named() -> None:
    project = a_project()
    a_grant(project)
    a_rate("EUR", date(2024, 1, 1), "1.10")
    move = a_move(project, "100.00", date(2024, 6, 30), currency="EUR")
    a_move(project, "5.00", date(2024, 6, 30))

    money = queries.money_of(project, ON)

    assert money.sums == Sums(Decimal("1000.00"), Decimal(0), None)
    assert money.missing == (MissingRate("EUR", date(2024, 6, 30), date(2024, 1, 1), move.code),)
    assert money.burn is None


def test_given_a_day_when_money_is_asked_then_later_movements_and_agreements_do_not_count() -> None:
    project = a_project()
    a_grant(project, signed_on=date(2025, 7, 1))
    a_move(project, "10.00", date(2025, 6, 30))
    a_move(project, "90.00", date(2025, 7, 1))

    assert queries.money_of(project, ON).sums == Sums(Decimal(0), Decimal(0), Decimal("10.00"))


def test_given_spending_reported_until_a_day_when_burn_is_asked_then_both_shares_speak_of_that_day() -> None:
    project = a_project()
    a_grant(project, "1000.00")
    a_move(project, "300.00", date(2024, 12, 31))

    burn = queries.money_of(project, ON).burn

    assert burn is not None
    assert (burn.on, burn.share_spent) == (date(2024, 12, 31), Decimal("0.3"))
    assert burn.share_of_time == Decimal(366) / 731


def test_given_two_agreements_when_money_is_asked_then_each_has_its_own_and_the_rest_is_untied() -> None:
    project = a_project()
    one = a_grant(project, "1000.00")
    other = a_grant(project, "500.00", donor=a_partner("donor-b"), reference="B-1")
    a_move(project, "100.00", grant=one)
    a_move(project, "40.00", grant=other)
    a_move(project, "7.00")

    money = queries.money_of(project, ON, "en")

    assert [(grant.reference, grant.sums.spent_usd) for grant in money.grants] == [
        ("A-1", Decimal("100.00")),
        ("B-1", Decimal("40.00")),
    ]
    assert money.untied.spent_usd == Decimal("7.00")
    assert money.sums.spent_usd == Decimal("147.00")


def test_given_only_reported_years_when_money_is_asked_then_they_stand_for_the_movements() -> None:
    project = a_project()
    a_grant(project)
    a_year(project, 2024, "600", "550")
    a_year(project, 2025, "400", "300")

    money = queries.money_of(project, ON)

    assert [(year.year, year.planned_usd, year.spent_usd) for year in money.years] == [
        (2024, Decimal(600), Decimal(550)),
        (2025, Decimal(400), Decimal(0)),
    ]
    assert money.as_of == date(2024, 12, 31)


def test_given_a_programme_with_parts_when_all_are_asked_for_then_each_amount_counts_once() -> None:
    programme = a_project("EX.01", area=an_area("health"))
    parts = [a_project(code, parent=programme, area=an_area("borders", 2)) for code in ("EX.02", "EX.03")]
    for part in parts:
        a_grant(part, "100.00")
        a_move(part, "30.00")

    portfolio = queries.portfolio_money([programme, *parts], ON)

    twice = Sums(Decimal("200.00"), Decimal(0), Decimal("60.00"))
    assert portfolio.sums == twice
    assert portfolio.by_area == {"borders": twice}
    assert portfolio.by_donor == {"donor-a": twice}
    assert portfolio.projects[0].sums == twice
    assert portfolio.projects[0].carried_by == ("EX.02", "EX.03")


def test_given_money_with_the_programme_when_a_part_is_asked_for_then_it_names_the_programme() -> None:
    programme = a_project("EX.01")
    part = a_project("EX.02", parent=programme)
    a_grant(programme, "100.00")

    money = queries.money_of(part, ON)

    assert (money.carried_by, money.programme, money.sums) == ((), "EX.01", Sums())


def test_given_money_at_both_levels_when_all_are_asked_for_then_the_lower_is_left_out() -> None:
    programme = a_project("EX.01")
    part = a_project("EX.02", parent=programme)
    a_grant(programme, "100.00")
    a_grant(part, "60.00")

    assert queries.portfolio_money([part, programme], ON).sums.agreed_usd == Decimal("100.00")


def test_given_more_projects_and_movements_when_the_portfolio_is_asked_then_queries_stay_as_many() -> None:
    counts = []
    for number in range(1, 4):
        project = a_project(f"EX.0{number}")
        a_grant(project)
        for _ in range(number * 3):
            a_move(project, "1.00")
        with CaptureQueriesContext(connection) as queries_made:
            queries.portfolio_money(Project.objects.all(), ON)
        counts.append(len(queries_made))

    assert counts == [7, 7, 7]


def test_given_one_project_when_its_money_is_asked_then_it_takes_six_queries(
    django_assert_num_queries: object,
) -> None:
    project = a_project()
    a_grant(project)

    with django_assert_num_queries(6):  # type: ignore[operator]
        queries.money_of(project, ON)


def test_given_a_project_from_march_to_june_when_its_budget_is_cut_then_no_year_leaves_its_days() -> None:
    project = a_project(starts_on=date(2024, 3, 1), ends_on=date(2025, 6, 30))
    a_year(project, 2024, "600")
    a_year(project, 2025, "400")

    assert [(one.first_on, one.last_on, one.value_usd) for one in queries.budget_periods(project)] == [
        (date(2024, 3, 1), date(2024, 12, 31), Decimal(600)),
        (date(2025, 1, 1), date(2025, 6, 30), Decimal(400)),
    ]


MOVES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["1", "3", "4", "2", "11"]),
        st.sampled_from(["USD", "EUR"]),
        st.integers(1, 10**7),
        st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_given_any_movements_when_the_portfolio_is_asked_then_areas_donors_and_years_add_up_to_it(
    moves: list[tuple[int, str, str, int, bool]],
) -> None:
    # One database for all examples: each begins with an empty house.
    for model in ("moves", "grants"):
        for project in Project.objects.all():
            getattr(project, model).all().delete()
    Project.objects.all().delete()
    projects = [a_project(f"EX.{at}", area=an_area(f"area-{at % 2}", at % 2)) for at in range(4)]
    grants = [a_grant(project, donor=a_partner(f"donor-{at % 3}")) for at, project in enumerate(projects)]
    extra = a_grant(projects[0], donor=a_partner("donor-9"), reference="B-1")
    ExchangeRate.objects.get_or_create(
        currency="EUR", day=date(2024, 6, 1), defaults={"usd_per_unit": Decimal("1.0837"), "source": "x"}
    )
    for at, kind, currency, cents, is_tied in moves:
        grant = (extra if at == 0 else grants[at]) if is_tied else None
        a_move(projects[at], str(Decimal(cents) / 100), kind=kind, currency=currency, grant=grant)

    found = queries.portfolio_money(projects, ON)

    assert sum(found.by_area.values(), Sums()) == found.sums
    assert sum(found.by_donor.values(), Sums()) == found.sums
    assert sum((one.sums for one in found.projects), Sums()) == found.sums
    spent = sum((year.spent_usd or Decimal(0) for one in found.projects for year in one.years), Decimal(0))
    assert spent == found.sums.spent_usd
