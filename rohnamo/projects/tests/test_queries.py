"""Reading the mission: exact answers in few queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from rohnamo.projects import queries
from rohnamo.projects.models import (
    AreaName,
    BudgetYear,
    MissionProfile,
    MissionText,
    PartnerRole,
    Project,
    ProjectPartner,
    ProjectPlace,
    Source,
    TourLine,
)
from rohnamo.projects.tests.factories import (
    a_member,
    a_partner,
    a_place,
    a_project,
    a_service,
    a_user,
    an_area,
    words,
)

pytestmark = pytest.mark.django_db


def _whole_project(code: str = "EX.01") -> Project:
    project = a_project(
        code,
        summaries=words("Summary"),
        histories=words("History"),
        modelled_on=words("A real one"),
        modelled_on_source="an address",
        is_example=True,
        sdg_targets=["3.3"],
        gcm_objectives=[15],
    )
    donor = a_partner("donor-a")
    ProjectPartner.objects.create(
        project=project, partner=donor, role=PartnerRole.FUNDING, agreement="A-1", amount_usd=Decimal(300)
    )
    a_partner("namuna", project)
    ProjectPlace.objects.create(project=project, place=a_place(f"XX-{code}-b", "Bogh"))
    ProjectPlace.objects.create(project=project, place=a_place(f"XX-{code}-a", "Anor"))
    BudgetYear.objects.create(
        project=project,
        year=2025,
        planned_usd=200,
        spent_usd=Decimal("150.50"),
        spent_until=date(2025, 12, 31),
    )
    BudgetYear.objects.create(project=project, year=2026, planned_usd=100)
    a_service(f"talk-{code}", project)
    return project


def test_given_a_house_without_a_mission_when_the_profile_is_asked_then_there_is_none() -> None:
    assert queries.profile() is None

    profile = MissionProfile.objects.create(code="xx", time_zone="Asia/Dushanbe")

    assert queries.profile() == profile


def test_given_a_whole_project_when_its_card_is_asked_then_it_holds_everything_in_that_language() -> None:
    _whole_project()

    assert queries.project_card(queries.by_code("EX.01"), "ru") == queries.ProjectCard(
        code="EX.01",
        title="Project EX.01 ру",
        summary="Summary ру",
        history="History ру",
        area=queries.Named("health", "Health ру"),
        status="2",
        starts_on=date(2024, 1, 1),
        ends_on=date(2026, 12, 31),
        is_example=True,
        modelled_on="A real one ру",
        modelled_on_source="an address",
        donors=(queries.Donor("donor-a", "Donor-A ру", "A-1", Decimal(300)),),
        partners=(queries.Participant("namuna", "Namuna ру", "4"),),
        districts=(queries.Named("XX-EX.01-a", "Anor ру"), queries.Named("XX-EX.01-b", "Bogh ру")),
        services=(queries.Named("talk-EX.01", "Talk-Ex.01 ру"),),
        money=(
            queries.YearOfMoney(2025, Decimal(200), Decimal("150.50"), date(2025, 12, 31)),
            queries.YearOfMoney(2026, Decimal(100), None, None),
        ),
        sdg_targets=("3.3",),
        gcm_objectives=(15,),
    )


def test_given_a_card_when_its_money_is_summed_then_years_without_a_report_add_nothing() -> None:
    card = queries.project_card(_whole_project())

    assert (card.planned_usd, card.spent_usd) == (Decimal(300), Decimal("150.50"))


def test_given_several_projects_when_all_cards_are_made_then_it_takes_five_queries(
    django_assert_num_queries,
) -> None:
    for code in ("EX.01", "EX.02", "EX.03"):
        _whole_project(code)

    with django_assert_num_queries(5):
        cards = [
            queries.project_card(project, "en") for project in queries.with_card_parts(Project.objects.all())
        ]

    assert [card.districts[0].code for card in cards] == ["XX-EX.01-a", "XX-EX.02-a", "XX-EX.03-a"]


def test_given_one_plain_project_when_its_card_is_made_then_it_takes_five_queries(
    django_assert_num_queries,
) -> None:
    _whole_project()
    project = Project.objects.get()

    with django_assert_num_queries(5):
        queries.project_card(project, "en")


@pytest.mark.parametrize(
    ("fields", "is_active"),
    [
        ({}, True),
        ({"starts_on": date(2025, 6, 1), "ends_on": date(2025, 6, 1)}, True),
        ({"starts_on": date(2025, 6, 2)}, False),
        ({"ends_on": date(2025, 5, 31)}, False),
        ({"status": "1"}, False),
        ({"status": "3"}, False),
        ({"status": "4"}, False),
    ],
)
def test_given_status_and_days_when_active_projects_are_asked_then_both_must_hold(fields, is_active) -> None:
    a_project("EX.01", **fields)

    active = [project.code for project in queries.active_projects(date(2025, 6, 1))]

    assert active == (["EX.01"] if is_active else [])


def test_given_areas_when_asked_with_projects_then_it_takes_three_queries(django_assert_num_queries) -> None:
    health, labour = an_area("health", 2), an_area("labour", 1)
    AreaName.objects.create(area=health, order=0, names={"en": "Older"})
    a_project("EX.02", area=health)
    a_project("EX.01", area=health)

    with django_assert_num_queries(3):
        areas = [
            (
                area.code,
                [project.code for project in area.projects.all()],
                [name.names for name in area.all_names.all()],
            )
            for area in queries.areas_with_projects()
        ]

    assert areas == [(labour.code, [], []), (health.code, ["EX.01", "EX.02"], [{"en": "Older"}])]


def test_given_members_when_asked_then_they_come_with_accounts_in_one_query(
    django_assert_num_queries,
) -> None:
    project, other = a_project("EX.01"), a_project("EX.02")
    bob, alice = a_user("bob"), a_user("alice")
    for user in (bob, alice):
        a_member(user, project)
    a_member(a_user("charlie"), other)

    with django_assert_num_queries(1):
        names = [member.user.username for member in queries.members(project)]

    assert names == ["alice", "bob"]


@pytest.mark.parametrize(
    ("fields", "day", "in_force"),
    [
        ({}, date(2024, 12, 31), False),
        ({}, date(2025, 1, 1), True),
        ({}, date(2025, 12, 31), True),
        ({}, date(2026, 1, 1), False),
        ({"agreement": ""}, date(2025, 6, 1), False),
        ({"valid_from": None}, date(2025, 6, 1), False),
        ({"valid_to": None}, date(2025, 6, 1), False),
    ],
)
def test_given_an_agreement_when_a_day_is_asked_then_it_is_in_force_only_between_its_days(
    fields, day, in_force
) -> None:
    plain = {"agreement": "A-1", "valid_from": date(2025, 1, 1), "valid_to": date(2025, 12, 31)}

    assert queries.agreement_in_force(Source(code="s", **{**plain, **fields}), day) is in_force


def test_given_services_when_the_vocabulary_is_asked_then_names_and_words_come_once_each_in_one_query(
    django_assert_num_queries,
) -> None:
    a_service(
        "legal-aid",
        names={"tg": "Ёрии ҳуқуқӣ", "ru": "Юридическая помощь"},
        words=["юр. помощь", "Ёрии ҳуқуқӣ"],
    )

    with django_assert_num_queries(1):
        vocabulary = queries.service_vocabulary()

    assert vocabulary == {"legal-aid": ("Юридическая помощь", "Ёрии ҳуқуқӣ", "юр. помощь")}


def test_given_two_projects_when_services_are_asked_then_each_has_its_own() -> None:
    one, two = a_project("EX.01"), a_project("EX.02")
    a_service("talk", one, two)
    a_service("legal-aid", two)

    assert [service.code for service in queries.services_of(one)] == ["talk"]
    assert [service.code for service in queries.services_of(two)] == ["legal-aid", "talk"]


def test_given_tour_lines_when_asked_then_they_come_in_order_with_areas_in_one_query(
    django_assert_num_queries,
) -> None:
    TourLine.objects.create(code="b", order=2, wing="projects")
    TourLine.objects.create(code="a", order=1, wing="people", area=an_area("labour"))

    with django_assert_num_queries(1):
        lines = [(line.code, line.area and line.area.code) for line in queries.tour()]

    assert lines == [("a", "labour"), ("b", None)]


def test_given_a_letter_in_some_languages_when_asked_then_the_next_best_language_answers() -> None:
    MissionText.objects.create(key="welcome", language="ru", text="# Здравствуйте")
    MissionText.objects.create(key="welcome", language="en", text="# Welcome")

    with translation.override("en"):
        assert queries.text("welcome") == "# Welcome"
    assert queries.text("welcome", "tg") == "# Здравствуйте"
    assert queries.text("about") == ""


def test_given_codes_when_project_and_source_are_asked_then_they_come_or_an_error() -> None:
    project, partner = a_project("EX.01"), a_partner("namuna")
    source = Source.objects.create(code="calls", partner=partner, project=project)

    assert queries.by_code("EX.01") == project
    assert queries.source_by_code("calls") == source
    with pytest.raises(Project.DoesNotExist):
        queries.by_code("EX.99")
    with pytest.raises(Source.DoesNotExist):
        queries.source_by_code("none")
