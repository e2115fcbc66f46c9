"""`rohnamo people`: the register from the command line. It counts; it names nobody."""

import json

import click
from django.db.models import Count

from rohnamo.people import queries
from rohnamo.people.models import PersonName


@click.group(name="people", help="The register of people served and of officials trained.")
def group() -> None:
    pass


@group.command(name="count", epilog="Example: rohnamo people count --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def count(*, as_json: bool) -> None:
    """How many people the mission knows: each once, however many records and spellings they have.

    A record is what was made the first time a register wrote somebody down. A register that finds the person again adds
    a spelling to the record; only somebody's judgement makes two records one person.
    """
    counts = queries.counts() | _spellings()
    if as_json:
        click.echo(json.dumps(counts))
        return
    click.echo(f"{counts['persons']:>9} persons, each counted once")
    click.echo(
        f"{counts['records']:>9} records of them: more where some were judged to be one person, or were erased"
    )
    click.echo(
        f"{counts['spellings']:>9} spellings of their names; "
        f"{counts['in_more_scripts']} records are written in more than one script"
    )
    click.echo(f"{counts['officials']:>9} officials who were trained, in a register of their own")
    click.echo(f"{counts['coded']:>9} people known by a code only")


def _spellings() -> dict[str, int]:
    scripts = PersonName.objects.values("person").annotate(scripts=Count("script", distinct=True))
    return {
        "spellings": PersonName.objects.count(),
        "in_more_scripts": scripts.filter(scripts__gt=1).count(),
    }
