"""How accounts are changed."""

import pytest

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.models import AuditEntry
from rohnamo.staff import actions
from rohnamo.staff.models import Invitation, Role, User
from rohnamo.staff.tests.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_given_a_role_and_a_password_when_an_account_is_made_then_it_may_sign_in_and_has_no_power_of_django() -> (
    None
):
    user = actions.make_account("invented.trainer", Role.TRAINER, password=PASSWORD, language="tg")

    assert (user.role, user.language, user.is_active, user.is_staff, user.is_superuser) == (
        "trainer",
        "tg",
        True,
        False,
        False,
    )
    assert user.check_password(PASSWORD)
    assert verbs() == ["staff.make_account"]


def test_given_no_language_when_an_account_is_made_then_its_owner_has_not_chosen_one_and_links_speak_russian() -> (
    None
):
    user = actions.make_account("invented.quiet", Role.TRAINER, password=PASSWORD)

    actions.renew_password(user, by=SYSTEM)

    assert user.language == ""
    assert Invitation.objects.get(renews=user).language == "ru"


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "king"},
        {"role": Role.DONOR_READER},
        {"role": Role.PARTNER_REPORTER},
        {"language": "fr"},
        {"password": "short"},
        {"username": "two words"},
        {"username": "INVENTED.taken"},
        {"username": ""},
    ],
)
def test_given_something_wrong_when_an_account_is_made_then_it_is_refused_and_nothing_is_kept(
    wrong: dict[str, str], make_user: MakeUser
) -> None:
    make_user(username="invented.taken")
    right = {"username": "invented.new", "role": Role.TRAINER, "password": PASSWORD, "language": "ru"}

    with pytest.raises(WrongData):
        actions.make_account(**{**right, **wrong})

    assert list(User.objects.values_list("username", flat=True)) == ["invented.taken"]


def test_given_an_account_when_disabled_and_enabled_then_no_old_session_fits_and_the_log_says_why(
    make_user: MakeUser,
) -> None:
    user, by = make_user(), make_user(Role.DATA_PROTECTION_OFFICER)
    before = user.get_session_auth_hash()

    actions.disable_account(user, by=by, reason="phone stolen")
    actions.enable_account(user, by=SYSTEM)

    user.refresh_from_db()
    assert user.is_active
    assert user.get_session_auth_hash() != before
    entry = AuditEntry.objects.get(verb="staff.disable_account")
    assert (entry.actor_id, entry.subject, entry.subject_id, entry.fields, entry.reason) == (
        str(by.pk),
        "staff.user",
        str(user.pk),
        ["is_active"],
        "phone stolen",
    )


@pytest.mark.parametrize(
    "reason", ["", "   ", "INVENTED.field_officer left", "намунаӣ left", "a@example.org left"]
)
def test_given_a_reason_with_a_name_when_an_account_is_disabled_then_nothing_is_logged(
    reason: str, make_user: MakeUser
) -> None:
    user = make_user(first_name="Намуна", last_name="Намунаӣ", email="a@example.org")

    with pytest.raises(WrongData):
        actions.disable_account(user, by=SYSTEM, reason=reason)

    user.refresh_from_db()
    assert user.is_active
    assert "staff.disable_account" not in verbs()


def test_given_one_administrator_when_they_are_disabled_then_it_is_refused(make_user: MakeUser) -> None:
    last = make_user(Role.ADMINISTRATOR)
    chief = make_user(Role.CHIEF_OF_MISSION)

    with pytest.raises(Refused):
        actions.disable_account(last, by=chief, reason="left the mission")

    make_user(Role.ADMINISTRATOR, username="invented.next")
    actions.disable_account(last, by=chief, reason="left the mission")
    last.refresh_from_db()
    assert not last.is_active


KEEPERS = {Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER}


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_given_a_role_that_may_not_when_it_touches_an_account_then_it_is_refused(
    role: str, make_user: MakeUser
) -> None:
    user = make_user(Role.TRAINER, username="invented.other")
    by = make_user(role, has_factor=False)

    with pytest.raises(Refused):
        actions.disable_account(user, by=by, reason="because")
    with pytest.raises(Refused):
        actions.enable_account(user, by=by)
    with pytest.raises(Refused):
        actions.ask_factor_reset(user, by=by, reason="because")


def test_given_a_user_when_the_language_is_set_then_it_is_kept_and_another_is_refused(
    make_user: MakeUser,
) -> None:
    user = make_user()

    actions.set_language(user, "tg")

    user.refresh_from_db()
    assert user.language == "tg"
    with pytest.raises(WrongData):
        actions.set_language(user, "fr")


def test_given_every_deed_of_this_room_when_the_log_is_read_then_no_name_and_no_address_is_in_it(
    make_user: MakeUser,
) -> None:
    user = make_user(Role.TRAINER, username="canary.trainer", email="canary@example.org")
    by = make_user(Role.ADMINISTRATOR, username="keeper")
    second = make_user(Role.CHIEF_OF_MISSION, username="second")
    link = actions.invite("canary2@example.org", Role.TRAINER, by=by)
    token = link.rstrip("/").rsplit("/", 1)[1]
    actions.accept_invitation(token, username="canary.two", password=PASSWORD)
    actions.confirm_factor_reset(actions.ask_factor_reset(user, by=by, reason="phone lost"), by=second)
    actions.disable_account(user, by=by, reason="left the mission")

    values = [
        str(value)
        for entry in AuditEntry.objects.all()
        for value in (entry.verb, entry.subject, entry.subject_id, entry.fields, entry.reason)
    ]

    assert AuditEntry.objects.count() == 12
    assert [value for value in values if "canary" in value or "example.org" in value] == []
