"""`rohnamo backup` and `rohnamo restore`."""

import sys
from pathlib import Path

import click

from rohnamo.config.backup import keyring, stored, thinning
from rohnamo.config.backup.make import make
from rohnamo.config.backup.manifest import Manifest
from rohnamo.config.backup.restore import Restored
from rohnamo.config.backup.restore import restore as restore_from
from rohnamo.config.backup.thinning import Keep
from rohnamo.core.errors import Refused
from rohnamo.core.home import home as present_home

FOLDER = click.Path(file_okay=False, path_type=Path)
PRESENT = click.Path(exists=True, file_okay=False, path_type=Path)


class Rule(click.ParamType["Keep | None"]):
    """Days, weeks, months, or "all"."""

    name = "D,W,M"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Keep | None:
        try:
            return Keep.parse(str(value))
        except ValueError:
            self.fail('Give days, weeks and months, as in "7,4,12", or "all".', param, ctx)


@click.command(
    name="backup", epilog="Example: rohnamo backup --to /mnt/disk/rohnamo --keys-to /mnt/stick/rohnamo-keys"
)
@click.option(
    "--to", "target", type=FOLDER, help="Folder of backups; HOME-backups beside the home by default."
)
@click.option("--keys-to", type=FOLDER, help="Copy the keys too: into another folder, never with the data.")
@click.option(
    "--keep", type=Rule(), default="7,4,12", show_default=True, help='Days, weeks, months to keep, or "all".'
)
def backup(*, target: Path | None, keys_to: Path | None, keep: Keep | None) -> None:
    """Copy databases and files while the mission works, restore the copy, and call it good when it is."""
    home = present_home()
    target = (target or home.with_name(f"{home.name}-backups")).resolve()
    keys_to = keys_to.resolve() if keys_to else None
    _require_apart(home, target, keys_to)
    path, made = make(home, target)
    kept_keys = keyring.keep(home / "keys", keys_to) if keys_to else None
    _tell(home, path, made, kept_keys)
    if made.damaged:
        for sentence in made.damaged:
            click.echo(sentence, err=True)
        click.echo("The home itself is damaged as above. No older backup was deleted.", err=True)
        sys.exit(1)
    if keep:
        for name in thinning.thin(target, keep, mission=made.mission):
            click.echo(f"Deleted by the rule: {name}")


@click.command(
    name="restore",
    epilog="Example: rohnamo restore /mnt/disk/rohnamo/tajikistan-2026-01-25-030000 --keys-from /mnt/stick/rohnamo-keys",
)
@click.argument("source", metavar="FROM", type=PRESENT)
@click.option("--keys-from", type=PRESENT, help="Folder of keys; by default those that lie in the home.")
@click.option("--into", type=FOLDER, help="The home to restore; ROHNAMO_HOME by default.")
@click.option("--over", is_flag=True, help="Put it in the place of a home that is in use. It is kept beside.")
def restore(*, source: Path, keys_from: Path | None, into: Path | None, over: bool) -> None:
    """Put a backup in the place of a home, after it was checked."""
    home = (into or present_home()).resolve()
    done = restore_from(source.resolve(), home, keys_from=keys_from, over=over)
    _tell_restored(home, done)
    if done.by_hand or done.manifest.damaged:
        sys.exit(1)


def _require_apart(home: Path, target: Path, keys_to: Path | None) -> None:
    if target.is_relative_to(home):
        raise Refused(
            f"{target} lies in the home: it would be lost with it. Name a folder elsewhere, best on another disk."
        )
    if keys_to is None:
        return
    if keys_to.is_relative_to(target) or target.is_relative_to(keys_to):
        raise Refused(
            "Keys beside the data undo the encryption: whoever takes that folder reads every name in it. "
            "Give --keys-to another folder, best on another disk."
        )
    if keys_to.is_relative_to(home):
        raise Refused(f"{keys_to} lies in the home: it would be lost with it. Name a folder elsewhere.")


def _tell(home: Path, path: Path, made: Manifest, kept_keys: Path | None) -> None:
    size = sum(part.size_bytes for part in made.parts) / 1_000_000
    rows = sum(sum(one.rows.values()) for one in made.databases)
    opened = (
        ", ".join(f"{number} of ring {ring}" for ring, number in sorted(made.opened.items())) or "none there"
    )
    for name in stored.unknown(home):
        click.echo(f"Not in the backup, because nobody has decided about it: {home / name}", err=True)
    click.echo(f"{path}: {size:.1f} MB.")
    click.echo(
        f"Restored and compared: {rows} rows, {made.files} stored files; sealed values opened: {opened}."
    )
    if kept_keys:
        click.echo(f"The keys lie in {kept_keys}. Take them to another place than the data.")
    else:
        click.echo("Without the keys it cannot be read: are they kept elsewhere? See --keys-to.")


def _tell_restored(home: Path, done: Restored) -> None:
    made = done.manifest
    click.echo(f"{home} is the home of {made.day} again: {made.rows('people_person')} records of people, "
               f"{made.rows('deliveries_delivery')} deliveries, {made.files} stored files.")  # fmt: skip
    for sentence in made.damaged:
        click.echo(f"Damaged when the backup was made: {sentence}", err=True)
    for said in done.done:
        click.echo(f"Done again: {said}")
    for said in done.by_hand:
        click.echo(f"Could not be done again. Do it by hand: {said}", err=True)
    click.echo("Everybody has to sign in again.")
    for where in done.aside:
        click.echo(f"What was there before is kept: {where}. Delete it soon; it holds what was erased since.")


verbs = {"backup": backup, "restore": restore}
