"""`rohnamo deliveries`: the ledger from the command line."""

import json

import click

from rohnamo.deliveries import queries


@click.group(name="deliveries", help="The ledger of what was done.")
def group() -> None:
    pass


@group.command(name="count", epilog="Example: rohnamo deliveries count --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def count(*, as_json: bool) -> None:
    """How many lines the ledger has, and how many of them count."""
    totals = queries.totals()
    if as_json:
        click.echo(json.dumps(totals))
    else:
        click.echo(
            f"{totals['counting']} deliveries count ({totals['lines']} lines, {totals['reversed']} taken back)."
        )
