"""`rohnamo init` fills a home with a mission; `rohnamo new-mission` writes an empty one to fill in."""

from pathlib import Path

import click
from django.core.management import call_command
from django.db import transaction

from rohnamo.core import changes, keys
from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import REPOSITORY, home
from rohnamo.core.missionfiles import Mission, read_mission, write_empty
from rohnamo.figures import actions as figures
from rohnamo.people.models import CodedPerson, Person
from rohnamo.projects.actions import load_mission
from rohnamo.results import actions as results
from rohnamo.staff.actions import load_posts

MISSIONS = REPOSITORY / "missions"


@click.command(name="init", epilog="Example: rohnamo init --mission tajikistan")
@click.option("--mission", "name", required=True, help="A folder of missions/, or the path of another.")
def init(name: str) -> None:
    """Make the database and load a mission's data. Doing it again changes nothing."""
    changed = open_mission(name)
    click.echo(f"The mission is loaded into {home()}." if changed else "Nothing has changed.")


@click.command(name="new-mission", epilog="Example: rohnamo new-mission kyrgyzstan")
@click.argument("name")
def new_mission(name: str) -> None:
    """Write an empty mission, with commented examples, into missions/NAME."""
    path = write_empty(_folder(name, must_exist=False), name)
    click.echo(f"An empty mission lies in {path}. Fill it in, then: rohnamo init --mission {name}")


def open_mission(name: str) -> bool:
    """Bring database and mission up to date. Returns whether anything was news."""
    mission = read_mission(_folder(name, must_exist=True))
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _make_keys()
    return load(mission)


def _make_keys() -> None:
    """Keys are made with the home. Where somebody was registered already, a missing key is a loss to be mended."""
    if Person.objects.exists() or CodedPerson.objects.exists():
        for ring in keys.RINGS:
            keys.newest(ring)
    keys.make_rings()


@transaction.atomic
def load(mission: Mission) -> bool:
    """Load every part of a mission into the app that keeps it; all of it or nothing."""
    loaded = load_mission(mission, by=SYSTEM)
    load_posts(mission.posts)
    loaded += figures.load_series(mission.series)
    loaded += figures.load_sourced_figures(mission.profile.facts, mission.areas)
    units = {unit.code: unit.name for unit in mission.units}
    for project in mission.projects:
        loaded += results.load_framework(project, units=units)
    loaded += results.load_report_forms(mission.report_forms)
    results.set_up_tallies()
    changes.work_off_all()
    return loaded.is_news


def _folder(name: str, *, must_exist: bool) -> Path:
    path = Path(name) if "/" in name else MISSIONS / name
    if must_exist and not path.is_dir():
        known = ", ".join(sorted(one.name for one in MISSIONS.iterdir() if one.is_dir()))
        raise Refused(f"There is no mission {name!r}. Known missions: {known}.")
    return path


verbs = {"init": init, "new-mission": new_mission}
