"""`rohnamo demo`: an example mission at work, in one command."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import click
from django.conf import settings
from django.db import connection

from rohnamo.config.commands import spelled
from rohnamo.config.example.accounts import ACCOUNTS, code_of, keep, kept, make_accounts, marker
from rohnamo.config.example.content import Made, fill
from rohnamo.config.example.history import keep_promises, report_periods, report_to_donors
from rohnamo.config.example.plan import FULL_SIZE
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
USUAL_SIZE = 60_000
# Up to here a size is called full: the work differs from what was promised by no more than it does anyway.
NEARLY = 1.2
T = TypeVar("T")


@click.command(
    name="demo",
    epilog="Example: rohnamo demo --people 5000 --port 8001. A new second-factor code: rohnamo demo --code project_officer",
)
@click.option(
    "--people",
    default=USUAL_SIZE,
    show_default=True,
    type=click.IntRange(100, 10_000_000),
    help="About how many people are known by name; many more are counted without names.",
)
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
    _step("database and mission", lambda: open_mission(MISSION))
    if not marker().exists():
        _make_work(people, seed)
    changes.work_off_all()


def _make_work(people: int, seed: int) -> None:
    click.echo(of_size(people))
    made = _step("people and services", lambda: _fill(people, seed))
    click.echo(met(made))
    accounts = _step("accounts", make_accounts)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("counting", count_anew),
        ("approvals and promises", lambda: _look_back(seed)),
        ("figures", lambda: publish_all(by=SYSTEM)),
        ("reports to donors", report_to_donors),
        ("registers to try", write_registers),
        ("public pages", rewrite_stale),
        ("finishing", lambda: keep(accounts)),
    ]
    for name, work in steps:
        _step(name, work)


def _step(name: str, work: Callable[[], T]) -> T:
    started = time.monotonic()
    click.echo(f"{name} ...")
    done = work()
    click.echo(f"{name}: {time.monotonic() - started:.1f} s")
    return done


def of_size(people: int) -> str:
    """How the example compares with what its projects promised. Targets are data of the mission, and stay as they are."""
    times = people / FULL_SIZE
    if 1 / NEARLY <= times <= NEARLY:
        return "Full example: projects do about as much as they promised, some more, some less."
    if times < 1:
        return f"Small example: targets are those of the full size; what is counted is about 1/{1 / times:.0f} of it."
    return f"Large example: targets are those of the full size; what is counted is about {times:.0f} times as much."


def met(made: Made) -> str:
    """Who was met: each register once."""
    lines = (
        f"{made.people} people met: {made.named} by name, {made.coded} by a code, {made.officials} officials",
        f"trained, {made.in_groups} counted in groups without names; {made.calls} calls besides.",
        f"{made.again} times a second project wrote somebody in another script: most are found, some are doubtful.",
    )
    return "\n".join(f"  {line}" for line in lines)


def _look_back(seed: int) -> None:
    report_periods(seed=seed)
    keep_promises(seed=seed)


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


def _fill(people: int, seed: int) -> Made:
    # An earlier run was stopped half-way: its people would be counted beside the new ones.
    if Person.objects.exists():
        raise Refused(
            f"An unfinished example lies in {home()}. Delete that folder and run the command again."
        )
    return fill(people=people, seed=seed, progress=_show)


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
    for account in kept():
        click.echo(f"{account.username:<28}{account.password:<24}{code_of(account.username)}")
    click.echo(f"\nCodes last 30 seconds. A new one: {spelled()} demo --code {next(iter(ACCOUNTS)).value}\n")


verbs = {"demo": demo}
