"""How invitations are changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused, WrongData
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Invitation, Role, User
from rohnamo.staff.tests.conftest import PASSWORD, MakeUser

pytestmark = pytest.mark.django_db
EMAIL = "invented@example.org"


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def test_given_an_invitation_when_it_is_made_then_only_the_hash_of_the_link_is_kept(
    make_user: MakeUser,
) -> None:
    by = make_user(Role.ADMINISTRATOR)

    link = actions.invite(EMAIL, Role.TRAINER, by=by, language="tg")

    invitation = Invitation.objects.get()
    assert link == f"/work/staff/welcome/{token_of(link)}/"
    assert invitation.token_hash == queries.hash_of(token_of(link))
    assert token_of(link) not in str(Invitation.objects.values().get())
    assert invitation.expires_at - invitation.invited_at < timedelta(days=7, seconds=1)
    assert invitation.expires_at - invitation.invited_at > timedelta(days=7, seconds=-1)
    assert (invitation.invited_by, invitation.role, invitation.language) == (by, "trainer", "tg")


def test_given_a_link_when_it_is_accepted_then_there_is_the_account_and_the_address_is_forgotten() -> None:
    link = actions.invite(EMAIL, Role.PARTNER_REPORTER, by=SYSTEM, partner="invented-ngo", language="tg")

    user = actions.accept_invitation(
        token_of(link),
        username="invented.reporter",
        password=PASSWORD,
        first_name="Намуна",
        last_name="Намунаӣ",
    )

    assert (user.role, user.partner, user.language, user.email, str(user)) == (
        "partner_reporter",
        "invented-ngo",
        "tg",
        EMAIL,
        "Намуна Намунаӣ",
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.accepted_by) == ("", user)


def accept(link: str, username: str = "invented.second") -> User:
    return actions.accept_invitation(token_of(link), username=username, password=PASSWORD)


def test_given_a_used_link_when_it_is_accepted_again_then_it_is_refused() -> None:
    link = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)
    accept(link, "invented.first")

    with pytest.raises(Refused):
        accept(link)

    assert User.objects.count() == 1


def test_given_a_link_older_than_a_week_when_it_is_accepted_then_it_is_refused() -> None:
    link = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Refused):
        accept(link)


def test_given_a_withdrawn_link_when_it_is_accepted_then_it_is_refused() -> None:
    link = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)
    actions.withdraw_invitation(Invitation.objects.get(), by=SYSTEM)

    with pytest.raises(Refused):
        accept(link)

    assert Invitation.objects.get().email == ""


def test_given_a_second_invitation_for_one_address_when_the_first_link_is_used_then_it_is_refused() -> None:
    first = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)
    second = actions.invite(EMAIL.upper(), Role.FIELD_OFFICER, by=SYSTEM)

    with pytest.raises(Refused):
        accept(first)

    assert accept(second).role == "field_officer"


def test_given_a_weak_password_when_a_link_is_accepted_then_the_link_still_works() -> None:
    link = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)

    with pytest.raises(WrongData):
        actions.accept_invitation(token_of(link), username="invented.trainer", password="short")

    assert accept(link).username == "invented.second"


def test_given_an_account_that_accepted_when_it_is_deleted_then_its_link_does_not_work_again() -> None:
    link = actions.invite(EMAIL, Role.TRAINER, by=SYSTEM)
    accept(link).delete()

    with pytest.raises(Refused):
        accept(link)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION}))
def test_given_a_role_that_may_not_when_it_invites_then_it_is_refused(role: str, make_user: MakeUser) -> None:
    by = make_user(role, has_factor=False)

    with pytest.raises(Refused):
        actions.invite(EMAIL, Role.TRAINER, by=by)

    assert Invitation.objects.count() == 0


def test_given_a_superuser_when_it_invites_then_it_is_refused(make_user: MakeUser) -> None:
    by = make_user(Role.TRAINER)
    by.is_superuser = by.is_staff = True

    with pytest.raises(Refused):
        actions.invite(EMAIL, Role.ADMINISTRATOR, by=by)


@pytest.mark.parametrize(
    ("email", "role"), [("not an address", Role.TRAINER), (EMAIL, "king"), (EMAIL, Role.DONOR_READER)]
)
def test_given_something_wrong_when_somebody_is_invited_then_it_is_refused(email: str, role: str) -> None:
    with pytest.raises(WrongData):
        actions.invite(email, role, by=SYSTEM)


def test_given_a_forgotten_password_when_a_link_renews_it_then_the_factor_stays_and_sessions_end(
    make_user: MakeUser,
) -> None:
    user = make_user()
    before = user.get_session_auth_hash()
    link = actions.renew_password(user, by=make_user(Role.ADMINISTRATOR))

    renewed = actions.accept_renewal(token_of(link), password="nine other apricots")

    assert renewed.check_password("nine other apricots")
    assert renewed.get_session_auth_hash() != before
    assert queries.has_factor(renewed)
    with pytest.raises(Refused):
        actions.accept_renewal(token_of(link), password="nine other apricots")


def test_given_a_link_for_a_password_when_it_is_used_to_make_an_account_then_it_is_refused(
    make_user: MakeUser,
) -> None:
    link = actions.renew_password(make_user(), by=SYSTEM)

    with pytest.raises(Refused):
        accept(link)


def test_given_a_link_for_a_password_when_the_account_is_disabled_then_it_does_not_work(
    make_user: MakeUser,
) -> None:
    user = make_user()
    link = actions.renew_password(user, by=SYSTEM)

    actions.disable_account(user, by=SYSTEM, reason="left the mission")

    with pytest.raises(Refused):
        actions.accept_renewal(token_of(link), password="nine other apricots")
    with pytest.raises(Refused):
        user.refresh_from_db()
        actions.renew_password(user, by=SYSTEM)
