"""What pages read: few queries, nothing of the vault, the day on which a page stops being true."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from rohnamo.portal import queries
from rohnamo.portal.tests.factories import LAST_YEAR
from rohnamo.projects.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mission")]
TODAY = date(2026, 11, 20)


def test_given_several_years_when_standing_releases_are_read_then_the_newest_period_counts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        standing = queries.standing({"mission.reached", "EX.03.1.a", "EX.03.1.1.a"})

    assert {key: int(release.value) for key, release in standing.items()} == {
        "mission.reached": 18_240,
        "EX.03.1.a": 61,
    }


def test_given_an_open_year_when_districts_are_asked_for_then_the_last_closed_year_answers() -> None:
    standing = queries.periods({"mission.reached", "EX.03.1.a"})
    found = queries.by_district(standing["mission.reached"])

    assert found
    assert (found[0].start, found[0].end) == (LAST_YEAR.start, LAST_YEAR.end)
    assert {part.attributes["district"]: part.count for part in found[1]}["TJ-KT-kulob"] == 1240
    assert queries.by_district(standing["EX.03.1.a"]) is None


def test_given_all_subjects_when_they_are_read_then_the_number_of_queries_does_not_grow(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(4):
        subjects = queries.subjects()

    assert [project.code for project in subjects.projects] == ["EX.01", "EX.03"]


def test_given_services_when_people_ask_what_they_can_get_then_the_vault_and_ended_projects_are_silent() -> (
    None
):
    now = [service.code for service in queries.services_for_people("labour", TODAY)]
    after_the_end = list(queries.services_for_people("labour", date(2028, 1, 1)))

    assert now == ["consultation"]
    assert after_the_end == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "last_day"),
    [
        (date(2024, 1, 1), date(2028, 1, 1), date(2026, 12, 31)),
        (date(2024, 1, 1), date(2026, 11, 20), date(2026, 11, 20)),
        (date(2024, 1, 1), date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2028, 1, 1), date(2026, 11, 30)),
    ],
)
def test_given_a_project_that_turns_when_the_last_true_day_is_asked_then_it_is_the_day_before(
    starts_on: date, ends_on: date, last_day: date
) -> None:
    assert queries.last_day_as_it_stands([Project(starts_on=starts_on, ends_on=ends_on)], TODAY) == last_day


@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("mission.reached", "people-reached"),
        ("EX.03.1.1.a", "ex-03-1-1-a"),
        ("area.x.reached", "area-x-reached"),
    ],
)
def test_given_a_key_when_it_is_named_in_an_address_then_it_can_be_read_aloud(key: str, slug: str) -> None:
    assert queries.slug_of(key) == slug
