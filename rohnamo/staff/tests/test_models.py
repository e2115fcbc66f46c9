"""What the room keeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rohnamo.staff.models import SecondFactorReset, User

NOW = timezone.now()


def test_given_a_new_session_round_when_the_session_is_compared_then_it_is_another_one() -> None:
    user = User(password="a hash")
    before = user.get_session_auth_hash()

    user.session_round += 1

    assert user.get_session_auth_hash() != before


def test_given_a_new_password_when_the_session_is_compared_then_it_is_another_one() -> None:
    user = User(password="a hash")
    before = user.get_session_auth_hash()

    user.password = "another hash"

    assert user.get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("days_ago", "confirmed_at", "refused_at", "is_open"),
    [
        (0, None, None, True),
        (6, None, None, True),
        (8, None, None, False),
        (0, NOW, None, False),
        (0, None, NOW, False),
    ],
)
def test_given_a_wish_when_asked_whether_it_waits_then_answers_and_a_week_close_it(
    days_ago, confirmed_at, refused_at, is_open
) -> None:
    reset = SecondFactorReset(
        asked_at=NOW - timedelta(days=days_ago), confirmed_at=confirmed_at, refused_at=refused_at
    )

    assert reset.is_open_at(NOW) is is_open
