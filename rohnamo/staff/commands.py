"""`rohnamo staff`: accounts from the command line, for the machine's own keeper."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused, RohnamoError
from rohnamo.core.languages import LANGUAGES
from rohnamo.staff import actions, queries
from rohnamo.staff.models import Role, User

LOCAL = "http://localhost:8000"


@click.group(
    "staff",
    help="Accounts: who works here, invitations, disabling. What is done here stands in the audit log.",
)
def group() -> None:
    """The verbs below."""


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output and nothing else.")
def list_accounts(*, as_json: bool) -> None:
    """List all accounts.

    \b
    Example:
      rohnamo staff list --json
    """
    rows = [_row(account) for account in queries.all_accounts()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        state = "active" if row["is_active"] else "disabled"
        factor = "second factor" if row["has_factor"] else "no second factor"
        click.echo(f"{row['username']}\t{row['role']}\t{state}\t{factor}")


@group.command()
@click.argument("email")
@click.option(
    "--role", required=True, type=click.Choice(Role.values), help="What the person is to the mission."
)
@click.option(
    "--partner", default="", help="Code of the organisation: for partner reporters and donor readers."
)
@click.option("--language", default="ru", show_default=True, type=click.Choice(LANGUAGES))
def invite(email: str, role: str, partner: str, language: str) -> None:
    """Make a link for one new account and print it. It works once, for seven days, and is not shown again.

    \b
    Example:
      rohnamo staff invite officer@example.org --role field_officer --language tg
    """
    with _refusals():
        link = actions.invite(email, role, by=SYSTEM, partner=partner, language=language)
        click.echo(f"{getattr(settings, 'ORIGIN', '') or LOCAL}{link}")


@group.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why, without naming the person: the log keeps it.")
def disable(username: str, reason: str) -> None:
    """Stop an account. All its sessions end at this moment.

    \b
    Example:
      rohnamo staff disable m.officer --reason "left the mission"
    """
    with _refusals():
        account = User.objects.filter(username__iexact=username).first()
        if account is None:
            raise Refused("There is no account with this user name. See: rohnamo staff list")
        actions.disable_account(account, by=SYSTEM, reason=reason)
        click.echo(f"Account {account.pk} is disabled.")


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is a sentence on standard error and exit status 1."""
    try:
        yield
    except RohnamoError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _row(account: User) -> dict[str, object]:
    return {
        "username": account.username,
        "role": account.role,
        "partner": account.partner,
        "language": account.language,
        "is_active": account.is_active,
        "has_factor": bool(getattr(account, "has_factor", False)),
    }
