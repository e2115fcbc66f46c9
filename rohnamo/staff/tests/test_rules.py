"""Who may do what. The table is written out here a second time, by role, so that a slip in one shows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from rohnamo.staff import rules
from rohnamo.staff.models import Role, SecondFactorReset, User

CAPABILITIES = {
    "accounts": rules.may_see_accounts,
    "invite": rules.may_invite,
    "see": rules.may_see_people,
    "search": rules.may_search_people,
    "judge": rules.may_judge_people,
    "officials": rules.may_see_officials,
    "import": rules.may_import_registers,
    "results": rules.may_see_results,
    "approve": rules.may_approve_results,
    "release": rules.may_release_figures,
    "all": rules.may_see_all_projects,
    "audit": rules.may_see_audit,
}
BY_ROLE = {
    Role.CHIEF_OF_MISSION: "accounts invite see search results release all",
    Role.PROGRAMME_MANAGER: "see search judge officials import results approve",
    Role.PROJECT_OFFICER: "see search judge officials import results",
    Role.FIELD_OFFICER: "see search import results",
    Role.MONITORING_OFFICER: "see search judge officials import results approve release all",
    Role.BORDER_OFFICER: "see search officials import results",
    Role.HEALTH_OFFICER: "see search officials import results",
    Role.CASE_MANAGER: "see search judge results",
    Role.TRAINER: "see search officials import results",
    Role.HELPLINE_OPERATOR: "see search results",
    Role.COMMITTEE_MEMBER: "see results",
    Role.COMMUNICATIONS: "results release",
    Role.DATA_PROTECTION_OFFICER: "accounts see search results all audit",
    Role.PARTNER_REPORTER: "import",
    Role.DONOR_READER: "results",
    Role.ADMINISTRATOR: "accounts invite",
}


OF_RECORDS = {"see", "search", "judge", "officials", "import"}


def held(user: rules.Visitor) -> set[str]:
    return {name for name, may in CAPABILITIES.items() if may(user)}


def someone(role: str, pk: int = 1, **more: object) -> User:
    return User(pk=pk, role=role, **more)


def test_given_the_roles_of_the_mission_when_the_table_is_read_then_it_has_each_of_them() -> None:
    assert set(BY_ROLE) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_given_a_role_when_it_is_asked_for_then_it_holds_exactly_what_the_table_says(role: Role) -> None:
    assert held(someone(role)) == set(BY_ROLE[role].split())


@pytest.mark.parametrize("role", ["", *Role])
def test_given_a_superuser_when_asked_then_nothing_is_won_and_every_right_to_records_is_lost(
    role: str,
) -> None:
    plain = held(someone(role))

    assert held(someone(role, is_superuser=True, is_staff=True)) == plain - OF_RECORDS


def test_given_a_superuser_without_a_role_when_asked_then_nothing_is_held() -> None:
    assert held(someone("", is_superuser=True, is_staff=True)) == set()


@pytest.mark.parametrize("role", list(Role))
def test_given_a_disabled_account_when_asked_then_nothing_is_held(role: Role) -> None:
    assert held(someone(role, is_active=False)) == set()


def test_given_nobody_signed_in_when_asked_then_nothing_is_held() -> None:
    assert held(AnonymousUser()) == set()


def test_given_the_keepers_of_accounts_when_asked_then_each_may_stop_another_but_not_themselves() -> None:
    other = someone(Role.TRAINER, pk=9)
    keepers = {role for role in Role if rules.may_disable(someone(role), other)}

    assert keepers == {Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER}
    assert not any(rules.may_disable(someone(role, pk=9), other) for role in Role)


def test_given_a_stopped_account_when_asked_then_administrator_and_chief_may_bring_it_back() -> None:
    other = someone(Role.TRAINER, pk=9)

    assert {role for role in Role if rules.may_enable(someone(role), other)} == {
        Role.ADMINISTRATOR,
        Role.CHIEF_OF_MISSION,
    }


def wish(asked_by: User, owner: User) -> SecondFactorReset:
    return SecondFactorReset(user=owner, asked_by=asked_by, asked_at=timezone.now())


def test_given_a_wish_when_confirmed_then_it_takes_a_second_person_who_is_not_the_owner() -> None:
    owner = someone(Role.CHIEF_OF_MISSION, pk=1)
    asker = someone(Role.ADMINISTRATOR, pk=2)
    second = someone(Role.DATA_PROTECTION_OFFICER, pk=3)
    outsider = someone(Role.PROGRAMME_MANAGER, pk=4)
    reset = wish(asker, owner)

    may = {user.pk: rules.may_confirm_factor_reset(user, reset) for user in (owner, asker, second, outsider)}

    assert may == {1: False, 2: False, 3: True, 4: False}


def test_given_a_wish_of_somebody_disabled_meanwhile_when_confirmed_then_it_is_worth_nothing() -> None:
    asker = someone(Role.ADMINISTRATOR, pk=2, is_active=False)
    reset = wish(asker, someone(Role.TRAINER, pk=1))

    assert not rules.may_confirm_factor_reset(someone(Role.CHIEF_OF_MISSION, pk=3), reset)
