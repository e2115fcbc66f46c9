"""`rohnamo demo`: an example mission at work, in one command."""

import sys
import time
from collections.abc import Callable

import click
from django.conf import settings
from django.db import connection

from rohnamo.config.example.accounts import ACCOUNTS, code_of, make_accounts, marker
from rohnamo.config.example.content import fill
from rohnamo.config.example.registers import write_registers
from rohnamo.config.mission import open_mission
from rohnamo.config.serve import run
from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import home
from rohnamo.people.models import Person
from rohnamo.portal.actions import rewrite_stale
from rohnamo.projects.models import MissionProfile
from rohnamo.results.actions import count_anew
from rohnamo.results.published import publish_all

MISSION = "tajikistan"


@click.command(
    name="demo",
    epilog="Example: rohnamo demo --people 5000 --port 8001. A new second-factor code: rohnamo demo --code project_officer",
)
@click.option("--people", default=60_000, show_default=True, type=click.IntRange(100, 10_000_000))
@click.option("--seed", default=1994, show_default=True, help="The same seed makes the same example.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Make the example and stop.")
@click.option("--code", "role", help="Print the second-factor code of a role's example account.")
def demo(people: int, seed: int, port: int, role: str | None, *, no_serve: bool) -> None:
    """Show a country mission at work: made-up people, real counting, honest figures."""
    if role:
        click.echo(code_of(role))
        return
    _make(people, seed)
    _introduce(port)
    if not no_serve:
        run(port=port)


def _make(people: int, seed: int) -> None:
    _refuse_a_real_home()
    steps: list[tuple[str, Callable[[], object]]] = [("database and mission", lambda: open_mission(MISSION))]
    if not marker().exists():
        steps += [
            ("people and services", lambda: _fill(people, seed)),
            ("counting", count_anew),
            ("figures", lambda: publish_all(by=SYSTEM)),
            ("registers to try", write_registers),
            ("public pages", rewrite_stale),
            ("accounts", make_accounts),
        ]
    for name, step in steps:
        started = time.monotonic()
        click.echo(f"{name} ...")
        step()
        click.echo(f"{name}: {time.monotonic() - started:.1f} s")
    changes.work_off_all()


def _refuse_a_real_home() -> None:
    """Example people and accounts with printed passwords never go into a mission's own home."""
    if settings.ORIGIN:
        raise Refused(
            "ROHNAMO_ORIGIN is set: this is no place for an example. Unset it or take another home."
        )
    begun = home() / "demo.begun"
    if begun.exists() or marker().exists():
        return
    has_tables = MissionProfile._meta.db_table in connection.introspection.table_names()
    if has_tables and MissionProfile.objects.exists():
        raise Refused(f"{home()} holds a mission already. Take another home for the example.")
    begun.touch()


def _fill(people: int, seed: int) -> None:
    # An earlier run was stopped half-way: its people would be counted beside the new ones.
    if Person.objects.exists():
        raise Refused(
            f"An unfinished example lies in {home()}. Delete that folder and run the command again."
        )
    fill(people=people, seed=seed, progress=_show)


def _show(what: str, done: int, whole: int) -> None:
    end = "\n" if done >= whole else ""
    bar = f"  {what}: {done} of {whole}"
    click.echo(f"\r{bar}" if sys.stdout.isatty() else bar, nl=bool(end) or not sys.stdout.isatty())


def _introduce(port: int) -> None:
    click.echo(f"\nPublic site   http://localhost:{port}/")
    click.echo(f"The tour      http://localhost:{port}/tg/tour/   (also /ru/ and /en/)")
    click.echo(f"Workspace     http://localhost:{port}/work/")
    click.echo(f"Registers to try lie in {home() / 'example'}\n")
    click.echo(f"{'role and name to sign in':<28}{'password':<24}code now")
    for account in make_accounts():
        click.echo(f"{account.username:<28}{account.password:<24}{code_of(account.username)}")
    click.echo(f"\nCodes last 30 seconds. A new one: rohnamo demo --code {next(iter(ACCOUNTS)).value}\n")


verbs = {"demo": demo}
