"""The mission on every page: read when it is asked for, once."""

import pytest
from django.template import engines
from django.test import RequestFactory

from rohnamo.projects.context import mission
from rohnamo.projects.models import MissionProfile
from rohnamo.projects.tests.factories import words

pytestmark = pytest.mark.django_db
SHOWN = "{% if mission %}{{ mission.code }} {{ mission.names.en }}{% else %}none{% endif %}"


def _render(request, text: str) -> str:
    return engines["django"].from_string(text).render(mission(request), None)


def test_given_a_page_without_the_mission_when_rendered_then_it_costs_no_query(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(0):
        assert _render(RequestFactory().get("/"), "plain") == "plain"


def test_given_a_page_that_names_the_mission_in_parts_when_rendered_then_it_is_read_once(
    django_assert_num_queries,
) -> None:
    MissionProfile.objects.create(code="xx", names=words("Mission"), time_zone="Asia/Dushanbe")
    request = RequestFactory().get("/")

    with django_assert_num_queries(1):
        assert [_render(request, SHOWN), _render(request, SHOWN)] == ["xx Mission", "xx Mission"]


def test_given_a_changed_profile_when_the_next_page_is_rendered_then_it_shows_the_new_one() -> None:
    MissionProfile.objects.create(code="xx", names=words("Mission"), time_zone="Asia/Dushanbe")
    _render(RequestFactory().get("/"), SHOWN)
    MissionProfile.objects.update(names=words("Renamed"))

    assert _render(RequestFactory().get("/"), SHOWN) == "xx Renamed"


def test_given_a_house_without_a_mission_when_a_page_asks_then_the_answer_is_false() -> None:
    assert _render(RequestFactory().get("/"), SHOWN) == "none"
