"""`rohnamo`: one entry point. Each app brings its own verbs in its `commands` room."""

import importlib
import os
import shlex
import shutil
import sys
from pathlib import Path

import click
from django.db import DatabaseError

from rohnamo.core.errors import RohnamoError

# Name of the verb → room it lives in. Looked up when it is asked for, so that `--help` answers at once.
GROUPS = {
    "projects": "rohnamo.projects.commands",
    "places": "rohnamo.places.commands",
    "staff": "rohnamo.staff.commands",
    "people": "rohnamo.people.commands",
    "deliveries": "rohnamo.deliveries.commands",
    "results": "rohnamo.results.commands",
    "figures": "rohnamo.figures.commands",
    "disclosure": "rohnamo.figures.commands",
    "intake": "rohnamo.intake.commands",
    "iati": "rohnamo.iati.commands",
    "init": "rohnamo.config.mission",
    "new-mission": "rohnamo.config.mission",
    "demo": "rohnamo.config.demo",
    "serve": "rohnamo.config.serve",
    "tick": "rohnamo.config.serve",
    "backup": "rohnamo.config.backup.commands",
    "restore": "rohnamo.config.backup.commands",
    "messages": "rohnamo.config.catalogues",
}


class Verbs(click.Group):
    """Verbs loaded on demand: Django is set up only for a verb that is really called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in GROUPS:
            return None
        _open_house()
        room = importlib.import_module(GROUPS[cmd_name])
        command: click.Command = room.verbs[cmd_name] if hasattr(room, "verbs") else room.group
        return command


@click.group(
    cls=Verbs, epilog="Example: rohnamo intake register.xlsx --source migration-service --project EX.01"
)
@click.version_option(package_name="rohnamo", prog_name="rohnamo", message="%(prog)s %(version)s")
def rohnamo() -> None:
    """Run a country migration mission. State lies in ROHNAMO_HOME."""


def main() -> None:
    """Run a verb. Exit status: 0 done, 1 refused or found wrong, 2 wrong usage."""
    os.umask(0o077)  # what a mission writes is for its own eyes
    try:
        rohnamo.main(standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except RohnamoError as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    except DatabaseError:
        # Asked only now: on a home that is as it should be, it would cost every command a tenth of a second.
        if not _waits_for_migrations():
            raise
        click.echo(
            f"This home holds no mission yet, or one of an earlier version. Run: {spelled()} init --mission tajikistan",
            err=True,
        )
        sys.exit(1)


def _waits_for_migrations() -> bool:
    from django.db import connection  # noqa: PLC0415 -- slow import, not needed for --help
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- as above

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def spelled() -> str:
    """How to call this program again: as it was called now, on the same home."""
    program = Path(sys.argv[0])
    is_ours = program.name == "rohnamo"
    is_on_path = is_ours and shutil.which("rohnamo") == str(program.absolute())
    name = str(program) if is_ours and not is_on_path else "rohnamo"
    home = os.environ.get("ROHNAMO_HOME")
    return f"ROHNAMO_HOME={shlex.quote(home)} {shlex.quote(name)}" if home else shlex.quote(name)


def _open_house() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
    import django  # noqa: PLC0415 -- slow import, not needed for --help

    django.setup()
