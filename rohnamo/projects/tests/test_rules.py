"""Who sees which project. Alice is a member of one, Bob of another, Charlie of none."""

import pytest
from django.contrib.auth.models import AnonymousUser

from rohnamo.projects import rules
from rohnamo.projects.models import PartnerRole, Project
from rohnamo.projects.queries import visible_to
from rohnamo.projects.tests.factories import a_member, a_partner, a_project, a_user
from rohnamo.staff.models import Role

pytestmark = pytest.mark.django_db


def _two_projects() -> tuple[Project, Project]:
    return a_project("EX.01"), a_project("EX.02")


def _seen(user: rules.Visitor) -> list[str]:
    """What a user sees, asked in both ways, which must agree."""
    seen = [project.code for project in visible_to(user)]
    assert seen == [project.code for project in Project.objects.all() if rules.may_see_project(user, project)]
    return seen


def test_given_alice_and_bob_in_two_projects_when_they_look_then_each_sees_their_own() -> None:
    one, two = _two_projects()
    alice, bob = a_user("alice"), a_user("bob")
    a_member(alice, one)
    a_member(bob, two)

    assert _seen(alice) == ["EX.01"]
    assert _seen(bob) == ["EX.02"]


def test_given_charlie_outside_all_projects_when_he_looks_then_he_sees_none() -> None:
    one, _ = _two_projects()
    a_member(a_user("alice"), one)

    assert _seen(a_user("charlie")) == []


def test_given_a_member_of_two_projects_when_she_looks_then_each_comes_once() -> None:
    one, two = _two_projects()
    alice = a_user("alice")
    a_member(alice, one)
    a_member(alice, two)
    a_member(a_user("bob"), one)
    a_partner("donor-a", one, PartnerRole.FUNDING)
    a_partner("namuna", one)

    assert _seen(alice) == ["EX.01", "EX.02"]


@pytest.mark.parametrize("role", list(Role))
def test_given_a_role_without_membership_when_it_looks_then_only_mission_wide_roles_see_projects(
    role,
) -> None:
    _two_projects()

    mission_wide = {Role.CHIEF_OF_MISSION, Role.MONITORING_OFFICER, Role.DATA_PROTECTION_OFFICER}
    assert _seen(a_user("someone", role)) == (["EX.01", "EX.02"] if role in mission_wide else [])


def test_given_a_donor_reader_when_they_look_then_only_projects_they_pay_for_exist() -> None:
    one, two = _two_projects()
    a_partner("donor-a", one, PartnerRole.FUNDING)
    a_partner("donor-a", two, PartnerRole.EXTENDING)
    a_partner("donor-b", two, PartnerRole.FUNDING)
    donor = a_user("dora", Role.DONOR_READER, partner="donor-a")
    a_member(donor, two)

    assert _seen(donor) == ["EX.01"]


def test_given_a_partner_reporter_when_they_look_then_only_projects_of_their_organisation_exist() -> None:
    one, two = _two_projects()
    a_partner("namuna", one)
    a_partner("other", two)
    reporter = a_user("paul", Role.PARTNER_REPORTER, partner="namuna")
    a_member(reporter, two)

    assert _seen(reporter) == ["EX.01"]


@pytest.mark.parametrize("role", [Role.PARTNER_REPORTER, Role.DONOR_READER])
def test_given_an_outside_account_without_organisation_when_it_looks_then_nothing_matches(role) -> None:
    one, _ = _two_projects()
    a_partner("", one, PartnerRole.FUNDING)

    assert _seen(a_user("nobody", role)) == []


def test_given_an_administrator_who_is_a_member_when_they_look_then_they_see_none() -> None:
    one, _ = _two_projects()
    administrator = a_user("adam", Role.ADMINISTRATOR)
    a_member(administrator, one)

    assert _seen(administrator) == []


def test_given_a_superuser_of_a_mission_wide_role_when_they_look_then_they_see_none() -> None:
    one, _ = _two_projects()
    superuser = a_user("root", Role.CHIEF_OF_MISSION, is_superuser=True)
    a_member(superuser, one)

    assert _seen(superuser) == []


def test_given_an_account_that_was_stopped_when_it_looks_then_it_sees_none() -> None:
    one, _ = _two_projects()
    alice = a_user("alice", is_active=False)
    a_member(alice, one)

    assert _seen(alice) == []
    assert _seen(a_user("chief", Role.CHIEF_OF_MISSION, is_active=False)) == []


def test_given_nobody_signed_in_when_they_look_then_there_is_nothing() -> None:
    one, _ = _two_projects()
    nobody = AnonymousUser()

    assert _seen(nobody) == []
    assert not rules.may_edit_project(nobody, one)
    assert not rules.may_import_for(nobody, one)


def test_given_members_of_several_roles_when_they_edit_then_only_those_who_manage_the_project_may() -> None:
    one, two = _two_projects()
    alice, trainer = a_user("alice"), a_user("tom", Role.TRAINER)
    a_member(alice, one)
    a_member(alice, two, Role.MONITORING_OFFICER)
    a_member(trainer, one, Role.TRAINER)

    assert rules.may_edit_project(alice, one)
    assert not rules.may_edit_project(alice, two)
    assert not rules.may_edit_project(trainer, one)
    assert rules.may_edit_project(a_user("chief", Role.CHIEF_OF_MISSION), two)
    assert not rules.may_edit_project(a_user("mel", Role.MONITORING_OFFICER), two)


def test_given_outside_readers_with_an_editing_membership_when_they_edit_then_they_may_not() -> None:
    one, _ = _two_projects()
    a_partner("donor-a", one, PartnerRole.FUNDING)
    donor = a_user("dora", Role.DONOR_READER, partner="donor-a")
    administrator = a_user("adam", Role.ADMINISTRATOR)
    a_partner("namuna", one)
    reporter = a_user("paul", Role.PARTNER_REPORTER, partner="namuna")
    for user in (donor, administrator, reporter):
        a_member(user, one)

    assert not rules.may_edit_project(donor, one)
    assert not rules.may_edit_project(reporter, one)
    assert not rules.may_edit_project(administrator, one)


def test_given_users_who_may_import_when_they_bring_a_register_then_only_into_projects_they_see() -> None:
    one, two = _two_projects()
    a_partner("namuna", one)
    a_partner("donor-a", one, PartnerRole.FUNDING)
    alice, case_manager = a_user("alice"), a_user("tom", Role.CASE_MANAGER)
    a_member(alice, one)
    a_member(case_manager, one, Role.CASE_MANAGER)
    reporter = a_user("paul", Role.PARTNER_REPORTER, partner="namuna")
    donor = a_user("dora", Role.DONOR_READER, partner="donor-a")

    assert [rules.may_import_for(alice, project) for project in (one, two)] == [True, False]
    assert [rules.may_import_for(reporter, project) for project in (one, two)] == [True, False]
    assert not rules.may_import_for(case_manager, one)
    assert not rules.may_import_for(donor, one)


def test_given_a_user_when_asked_whether_they_see_a_project_then_it_takes_one_query(
    django_assert_num_queries,
) -> None:
    one, _ = _two_projects()
    alice = a_user("alice")

    with django_assert_num_queries(1):
        rules.may_see_project(alice, one)
    with django_assert_num_queries(1):
        list(visible_to(alice))
