"""How accounts are read."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Invitation, Post, Role, SecondFactorReset
from rohnamo.staff.tests.conftest import MakeUser

pytestmark = pytest.mark.django_db
KEEPERS = {Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER}


def test_given_three_accounts_when_a_keeper_reads_then_all_are_there_with_their_factor_in_one_query(
    make_user: MakeUser, django_assert_num_queries
) -> None:
    keeper = make_user(Role.ADMINISTRATOR)
    make_user(Role.TRAINER, has_factor=False)
    gone = make_user(Role.FIELD_OFFICER)
    actions.disable_account(gone, by=SYSTEM, reason="left the mission")

    with django_assert_num_queries(1):
        rows = [(a.username, a.is_active, a.has_factor) for a in queries.accounts_visible_to(keeper)]

    assert rows == [
        ("invented.administrator", True, True),
        ("invented.trainer", True, False),
        ("invented.field_officer", False, True),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_given_a_role_that_may_not_when_it_reads_accounts_then_there_are_none(
    role: str, make_user: MakeUser
) -> None:
    reader = make_user(role, has_factor=False)
    reader.is_superuser = True
    actions.invite("invented@example.org", Role.TRAINER, by=SYSTEM)
    actions.ask_factor_reset(
        make_user(Role.CASE_MANAGER, username="other"), by=make_user(Role.ADMINISTRATOR), reason="phone lost"
    )

    read = [queries.accounts_visible_to, queries.open_invitations, queries.open_resets]

    assert [list(rows(reader)) for rows in read] == [[], [], []]
    assert [list(rows(AnonymousUser())) for rows in read] == [[], [], []]


def test_given_used_withdrawn_and_lapsed_links_when_read_then_only_the_open_one_is_there(
    make_user: MakeUser,
) -> None:
    keeper = make_user(Role.ADMINISTRATOR)
    for name in ("open", "used", "withdrawn", "lapsed"):
        actions.invite(f"{name}@example.org", Role.TRAINER, by=SYSTEM)
    now = timezone.now()
    Invitation.objects.filter(email="used@example.org").update(accepted_at=now)
    Invitation.objects.filter(email="withdrawn@example.org").update(withdrawn_at=now)
    Invitation.objects.filter(email="lapsed@example.org").update(expires_at=now)

    assert [invitation.email for invitation in queries.open_invitations(keeper)] == ["open@example.org"]


def test_given_an_unknown_token_when_its_invitation_is_read_then_there_is_none() -> None:
    assert queries.invitation_of("no such token") is None


def test_given_wishes_when_a_keeper_reads_then_their_own_and_lapsed_ones_are_left_out(
    make_user: MakeUser,
) -> None:
    keeper, asker = make_user(Role.ADMINISTRATOR), make_user(Role.CHIEF_OF_MISSION)
    trainer, officer = make_user(Role.TRAINER), make_user(Role.FIELD_OFFICER)
    for user in (keeper, trainer, officer):
        actions.ask_factor_reset(user, by=asker, reason="phone lost")
    SecondFactorReset.objects.filter(user=officer).update(asked_at=timezone.now() - timedelta(days=8))

    assert [reset.user for reset in queries.open_resets(keeper)] == [trainer]


def test_given_accounts_of_an_organisation_when_read_then_only_active_ones_of_it_are_there(
    make_user: MakeUser,
) -> None:
    ours = make_user(Role.PARTNER_REPORTER, partner="ngo-a")
    make_user(Role.PARTNER_REPORTER, username="theirs", partner="ngo-b")
    gone = make_user(Role.PARTNER_REPORTER, username="gone", partner="ngo-a")
    actions.disable_account(gone, by=SYSTEM, reason="left")

    assert list(queries.users_of_partner("ngo-a")) == [ours]
    assert list(queries.users_of_partner("")) == []


def test_given_posts_when_counted_then_filled_or_not_each_counts() -> None:
    Post.objects.bulk_create([Post(code="driver"), Post(code="cook")])

    assert queries.posts_count() == 2


def test_given_no_app_when_its_code_is_asked_for_then_it_is_refused(make_user: MakeUser) -> None:
    with pytest.raises(Refused):
        queries.totp_code(make_user(has_factor=False))
