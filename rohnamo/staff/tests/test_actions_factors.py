"""How second factors are changed."""

import pytest
from allauth.mfa.models import Authenticator

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.models import AuditEntry
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Role, SecondFactorReset
from rohnamo.staff.tests.conftest import SECRET, MakeUser

pytestmark = pytest.mark.django_db


def test_given_a_lost_phone_when_two_people_agree_then_all_factors_go_and_sessions_end(
    make_user: MakeUser,
) -> None:
    user, asker, second = make_user(), make_user(Role.ADMINISTRATOR), make_user(Role.CHIEF_OF_MISSION)
    before = user.get_session_auth_hash()
    reset = actions.ask_factor_reset(user, by=asker, reason="phone lost")

    assert queries.has_factor(user)
    actions.confirm_factor_reset(reset, by=second)

    user.refresh_from_db()
    assert Authenticator.objects.filter(user=user).count() == 0
    assert user.get_session_auth_hash() != before
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        "staff.ask_factor_reset",
        "staff.confirm_factor_reset",
    ]


def test_given_a_wish_when_one_person_alone_confirms_then_the_factor_stays(make_user: MakeUser) -> None:
    asker = make_user(Role.ADMINISTRATOR)
    owner = make_user(Role.CHIEF_OF_MISSION)
    reset = actions.ask_factor_reset(owner, by=asker, reason="phone lost")

    for alone in (asker, owner):
        with pytest.raises(Refused):
            actions.confirm_factor_reset(reset, by=alone)

    assert queries.has_factor(owner)


def test_given_a_refused_wish_when_it_is_confirmed_then_the_factor_stays(make_user: MakeUser) -> None:
    user, asker, second = make_user(), make_user(Role.ADMINISTRATOR), make_user(Role.CHIEF_OF_MISSION)
    reset = actions.ask_factor_reset(user, by=asker, reason="phone lost")

    actions.refuse_factor_reset(reset, by=second)

    with pytest.raises(Refused):
        actions.confirm_factor_reset(reset, by=second)
    assert queries.has_factor(user)


def test_given_a_wish_that_waits_when_it_is_asked_again_then_there_is_still_one(make_user: MakeUser) -> None:
    user, asker = make_user(), make_user(Role.ADMINISTRATOR)
    first = actions.ask_factor_reset(user, by=asker, reason="phone lost")

    again = actions.ask_factor_reset(user, by=make_user(Role.CHIEF_OF_MISSION), reason="phone lost")

    assert again == first
    assert SecondFactorReset.objects.count() == 1


def test_given_an_account_when_it_asks_for_its_own_reset_then_it_is_refused(make_user: MakeUser) -> None:
    by = make_user(Role.ADMINISTRATOR)

    with pytest.raises(Refused):
        actions.ask_factor_reset(by, by=by, reason="phone lost")


def test_given_a_secret_when_it_is_given_then_it_is_sealed_in_the_database(make_user: MakeUser) -> None:
    user = make_user()

    kept = Authenticator.objects.get(user=user).data["secret"]

    assert SECRET not in kept
    assert len(queries.totp_code(user)) == 6


def test_given_a_user_when_they_give_a_secret_to_another_then_it_is_refused(make_user: MakeUser) -> None:
    with pytest.raises(Refused):
        actions.give_totp(make_user(), SECRET, by=make_user(Role.ADMINISTRATOR))


def test_given_no_base32_when_a_secret_is_given_then_it_is_refused(make_user: MakeUser) -> None:
    with pytest.raises(WrongData):
        actions.give_totp(make_user(), "not base32!")
