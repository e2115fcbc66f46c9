"""The command line."""

import json

import pytest
from click.testing import CliRunner, Result

from rohnamo.staff import queries
from rohnamo.staff.commands import group
from rohnamo.staff.models import Invitation, Role
from rohnamo.staff.tests.conftest import MakeUser

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words))


def test_given_accounts_when_listed_as_json_then_the_output_is_data_and_nothing_else(
    make_user: MakeUser,
) -> None:
    make_user(Role.TRAINER)

    result = run("list", "--json")

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == [
        {
            "username": "invented.trainer",
            "role": "trainer",
            "partner": "invented-partner",
            "language": "en",
            "is_active": True,
            "has_factor": True,
        }
    ]


def test_given_accounts_when_listed_then_each_has_a_line(make_user: MakeUser) -> None:
    make_user(Role.TRAINER, has_factor=False)

    assert run("list").stdout == "invented.trainer\ttrainer\tactive\tno second factor\n"


def test_given_an_address_when_invited_then_the_link_on_standard_output_works() -> None:
    result = run("invite", "invented@example.org", "--role", "administrator")

    token = result.stdout.strip().rstrip("/").rsplit("/", 1)[1]
    assert result.exit_code == 0
    assert queries.invitation_of(token) == Invitation.objects.get()


def test_given_something_that_is_no_address_when_invited_then_it_is_refused_with_a_sentence() -> None:
    result = run("invite", "nobody", "--role", "trainer")

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_given_a_role_that_is_none_when_invited_then_the_usage_is_wrong() -> None:
    assert run("invite", "invented@example.org", "--role", "king").exit_code == 2


def test_given_an_account_when_disabled_then_it_is_so_and_its_name_is_not_repeated(
    make_user: MakeUser,
) -> None:
    user = make_user(Role.TRAINER)

    result = run("disable", "INVENTED.trainer", "--reason", "left the mission")

    user.refresh_from_db()
    assert (result.exit_code, result.stdout, user.is_active) == (
        0,
        f"Account {user.pk} is disabled.\n",
        False,
    )


def test_given_a_name_nobody_has_when_disabled_then_it_is_refused_without_repeating_it() -> None:
    result = run("disable", "canary", "--reason", "left")

    assert (result.exit_code, "canary" in result.output) == (1, False)


def test_given_the_last_administrator_when_disabled_then_it_is_refused(make_user: MakeUser) -> None:
    make_user(Role.ADMINISTRATOR)

    assert run("disable", "invented.administrator", "--reason", "left").exit_code == 1


@pytest.mark.parametrize("verb", ["list", "invite", "disable"])
def test_given_help_when_asked_for_then_there_is_an_example(verb: str) -> None:
    assert f"rohnamo staff {verb}" in run(verb, "--help").output
