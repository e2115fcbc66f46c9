"""`rohnamo people`: the register from the command line. It counts; it names nobody."""

import json

import click

from rohnamo.people import queries


@click.group(name="people", help="The register of people served and of officials trained.")
def group() -> None:
    pass


@group.command(name="count", epilog="Example: rohnamo people count --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def count(*, as_json: bool) -> None:
    """How many people the mission knows: each once, however many records and spellings they have."""
    counts = queries.counts()
    if as_json:
        click.echo(json.dumps(counts))
        return
    click.echo(
        f"{counts['persons']} persons in {counts['records']} records, {counts['officials']} officials,"
    )
    click.echo(f"{counts['coded']} people known by a code only.")
