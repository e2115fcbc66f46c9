"""How posts are changed."""

import pytest

from rohnamo.core import changes
from rohnamo.core.missionfiles import mission
from rohnamo.core.models import Change
from rohnamo.staff import actions
from rohnamo.staff.models import Post

pytestmark = pytest.mark.django_db


def post(code: str, title: str) -> mission.Post:
    return mission.Post(code=code, title={"en": title}, area="", duty_station="dushanbe")


def test_given_the_posts_of_a_mission_when_loaded_twice_then_they_are_what_the_files_say() -> None:
    actions.load_posts([post("gone", "Gone"), post("driver", "Driver")])
    kept = Post.objects.get(code="driver").pk

    counts = [actions.load_posts([post("driver", "Chauffeur"), post("cook", "Cook")]) for _ in range(2)]

    assert counts == [2, 2]
    assert list(Post.objects.values_list("code", "titles", "duty_station")) == [
        ("cook", {"en": "Cook"}, "dushanbe"),
        ("driver", {"en": "Chauffeur"}, "dushanbe"),
    ]
    assert Post.objects.get(code="driver").pk == kept


def test_given_a_reader_when_posts_come_go_or_change_then_it_is_told_of_these_and_of_no_others() -> None:
    with changes.readers_replaced():
        actions.load_posts([post("gone", "Gone"), post("driver", "Driver"), post("guard", "Guard")])
    reader = changes.Reader("portal", frozenset({"posts.changed"}), lambda lines: None)

    with changes.readers_replaced(reader):
        for _ in range(2):
            actions.load_posts([post("driver", "Chauffeur"), post("cook", "Cook"), post("guard", "Guard")])

    assert list(Change.objects.order_by("key").values_list("topic", "key")) == [
        ("posts.changed", "cook"), ("posts.changed", "driver"), ("posts.changed", "gone"),
    ]  # fmt: skip
