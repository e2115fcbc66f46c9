"""Members come and go: audited, told, refused."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from rohnamo.core.audit import SYSTEM
from rohnamo.core.changes import Reader, readers_replaced
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.models import AuditEntry, Change
from rohnamo.projects.actions import add_member, remove_member
from rohnamo.projects.models import Membership, PartnerRole
from rohnamo.projects.tests.factories import a_member, a_partner, a_place, a_project, a_user
from rohnamo.staff.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    with readers_replaced(Reader("test", frozenset({"membership.changed"}), lambda lines: None)):
        yield


def _audited() -> list[tuple[str, list[str]]]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", "fields"))


def test_given_a_user_when_added_then_the_place_in_the_project_is_kept_audited_and_told() -> None:
    alice, project = a_user("alice"), a_project("EX.01")
    a_place("XX-A", "Soya")

    add_member(alice, project, role=Role.FIELD_OFFICER, districts=["XX-A"], by=SYSTEM)

    assert list(Membership.objects.values_list("user", "project", "role", "districts")) == [
        (alice.pk, project.pk, "field_officer", ["XX-A"])
    ]
    assert _audited() == [("projects.add_member", ["role", "districts"])]
    assert list(Change.objects.values_list("topic", "key")) == [("membership.changed", f"{alice.pk}:EX.01")]


def test_given_a_member_when_added_again_alike_then_nothing_changes() -> None:
    alice, project = a_user("alice"), a_project()
    add_member(alice, project, role=Role.FIELD_OFFICER, by=SYSTEM)

    add_member(alice, project, role=Role.FIELD_OFFICER, by=SYSTEM)

    assert Membership.objects.count() == 1
    assert _audited() == [("projects.add_member", ["role", "districts"])]
    assert Change.objects.count() == 1


def test_given_a_member_when_added_in_another_role_then_only_the_role_is_changed() -> None:
    alice, project = a_user("alice"), a_project()
    a_place("XX-A", "Soya")
    add_member(alice, project, role=Role.FIELD_OFFICER, districts=["XX-A"], by=SYSTEM)

    add_member(alice, project, role=Role.PROJECT_OFFICER, districts=["XX-A"], by=SYSTEM)

    assert list(Membership.objects.values_list("role", "districts")) == [("project_officer", ["XX-A"])]
    assert _audited()[1:] == [("projects.change_member", ["role"])]
    assert Change.objects.count() == 2


def test_given_a_member_when_removed_then_the_place_is_gone_audited_and_told() -> None:
    alice, project = a_user("alice"), a_project("EX.01")
    a_member(alice, project)

    assert remove_member(alice, project, by=SYSTEM) is True

    assert Membership.objects.count() == 0
    assert _audited() == [("projects.remove_member", [])]
    assert list(Change.objects.values_list("key", flat=True)) == [f"{alice.pk}:EX.01"]


def test_given_somebody_who_is_no_member_when_removed_then_nothing_is_written() -> None:
    assert remove_member(a_user("charlie"), a_project(), by=SYSTEM) is False

    assert _audited() == []


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        (Role.ADMINISTRATOR, {}),
        (Role.PROJECT_OFFICER, {"is_superuser": True}),
        (Role.PROJECT_OFFICER, {"is_active": False}),
        (Role.DONOR_READER, {"partner": "donor-a"}),
        (Role.PARTNER_REPORTER, {"partner": "elsewhere"}),
    ],
)
def test_given_an_account_that_may_work_on_no_project_when_added_then_it_is_refused(role, fields) -> None:
    project = a_project()
    a_partner("donor-a", project, PartnerRole.FUNDING)

    with pytest.raises(Refused):
        add_member(a_user("someone", role, **fields), project, role=Role.FIELD_OFFICER, by=SYSTEM)

    assert Membership.objects.count() == 0


def test_given_a_reporter_of_a_partner_in_the_project_when_added_then_they_are_a_member() -> None:
    project = a_project()
    a_partner("namuna", project)
    reporter = a_user("paul", Role.PARTNER_REPORTER, partner="namuna")

    add_member(reporter, project, role=Role.PARTNER_REPORTER, by=SYSTEM)

    assert Membership.objects.get().user == reporter


def test_given_an_unknown_role_or_place_when_added_then_it_is_refused_with_what_is_wrong() -> None:
    alice, project = a_user("alice"), a_project()

    with translation.override("en"):
        with pytest.raises(WrongData, match=r"There is no such role\. Roles: "):
            add_member(alice, project, role="boss", by=SYSTEM)
        with pytest.raises(WrongData, match="No place has the code XX-Z"):
            add_member(alice, project, role=Role.FIELD_OFFICER, districts=["XX-Z"], by=SYSTEM)

    assert Membership.objects.count() == 0
