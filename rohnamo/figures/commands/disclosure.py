"""`rohnamo disclosure`: a table of persons in which nobody can be worked out. No database is needed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rohnamo.core.errors import Refused
from rohnamo.engines.disclosure import SMALL_NUMBERS, Cell, Contradiction, Threshold, Verdict
from rohnamo.engines.disclosure.amounts import ToldAmounts, tell_amounts
from rohnamo.engines.disclosure.cells import MOST_ATTRIBUTES
from rohnamo.engines.disclosure.persons import ROOM, Told, table_of, tell
from rohnamo.figures.commands.microdata import (
    COUNT,
    HIDDEN,
    MEAN,
    SUM,
    UNKNOWN,
    Microdata,
    read_persons,
    read_table,
    write_table,
)

PERCENT = 10
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("disclosure")
def group() -> None:
    """Hide small numbers of a table, and what would give them away."""


@group.command(
    "protect",
    epilog="Example: rohnamo disclosure protect persons.csv --attributes district,age,sex --k 10 --out t.csv",
)
@click.argument("persons", type=_FILE)
@click.option("--attributes", required=True, help="One to three columns, separated by commas.")
@click.option(
    "--k",
    "least",
    type=click.IntRange(min=2),
    default=SMALL_NUMBERS.default,
    show_default=True,
    help="No count below is shown.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the table goes."
)
@click.option(
    "--sum", "amount", default="", help="A column of amounts: sums and means are told with the counts."
)
@click.option(
    "--percent",
    type=click.IntRange(1, 100),
    default=PERCENT,
    show_default=True,
    help="Nobody's amount may be worked out closer than that.",
)
@click.option(
    "--earlier",
    type=_FILE,
    multiple=True,
    help="A table of the same persons that was published before; repeat for each, in order.",
)
def protect_file(  # noqa: PLR0917 -- click gives the options one by one
    persons: Path,
    attributes: str,
    least: int,
    out: Path,
    amount: str,
    percent: int,
    earlier: tuple[Path, ...],
) -> None:
    """Count PERSONS, a CSV with one row a person, and write what may be published.

    Columns: the attributes, and count. An empty attribute means all, * means hidden. Combinations of nobody are
    hidden like small ones. Standard error says how much is hidden.
    """
    names = _names(attributes, amount)
    if out.resolve() in {persons.resolve(), *(one.resolve() for one in earlier)}:
        raise click.UsageError("--out would overwrite a file that is read.")
    data = read_persons(persons, names, amount)
    threshold = Threshold(least, room=ROOM)
    before = [found for one in earlier if (found := read_table(one))]
    try:
        if amount:
            rows = zip(data.rows, data.amounts, strict=True)
            answer = tell_amounts(rows, names, threshold, percent=percent, earlier=before)
        else:
            answer = ToldAmounts(tell(table_of(data.rows, names), names, threshold, earlier=before), {})
    except Contradiction as error:
        raise Refused(
            "The earlier tables contradict each other or this one. Are they of the same persons?"
        ) from error
    _refuse_small_change(answer.told)
    titles = [*names, COUNT, *([SUM, MEAN] if amount else [])]
    write_table(out, titles, _lines(answer, with_amounts=bool(amount)))
    _say(answer, data, threshold, with_amounts=bool(amount))


def _names(attributes: str, amount: str) -> list[str]:
    names = [name.strip() for name in attributes.split(",")]
    if not all(names) or not 1 <= len(names) <= MOST_ATTRIBUTES:
        raise click.UsageError(f"--attributes takes 1 to {MOST_ATTRIBUTES} columns, separated by commas.")
    if len(set(names)) < len(names):
        raise click.UsageError("--attributes names a column twice.")
    for name in names:
        if name in (COUNT, SUM, MEAN):
            raise click.UsageError(
                f"A column {name} cannot be an attribute: the table's own column has that name."
            )
    if amount in names:
        raise click.UsageError("--sum names an attribute.")
    return names


def _refuse_small_change(told: Told) -> None:
    if told.verdict == Verdict.KEPT_EARLIER:
        raise Refused(
            "Nothing was written: beside the earlier table a number that differs by a few would tell who came or went."
            " Let the earlier table stand."
        )


def _lines(answer: ToldAmounts, *, with_amounts: bool) -> Iterator[Sequence[str]]:
    for cell, key in answer.told.combinations():
        count = answer.told.counts.get(cell)
        shown = [HIDDEN if count is None else str(count)]
        if with_amounts:
            shown += _amounts(answer, cell)
        yield *key, *shown


def _amounts(answer: ToldAmounts, cell: Cell) -> list[str]:
    mean = answer.mean(cell)
    return [HIDDEN, HIDDEN] if mean is None else [f"{answer.sums[cell]:f}", f"{mean:f}"]


def _say(answer: ToldAmounts, data: Microdata, threshold: Threshold, *, with_amounts: bool) -> None:
    told = answer.told
    if told.protected is None:
        click.echo(f"There are fewer than {threshold.default} persons: everything is hidden.", err=True)
        return
    lost, cells = told.lost(threshold), told.table.cells
    click.echo(
        f"{len(data.rows)} persons. {len(told.counts)} numbers are shown; {len(cells) + 1 - len(told.counts)} are hidden,"
        f" {len(lost)} of them of at least {threshold.default} persons, because they would give others away.",
        err=True,
    )
    if data.unknown:
        click.echo(f"{data.unknown} empty values are counted as {UNKNOWN}.", err=True)
    for names in told.withheld:
        click.echo(f"{' × '.join(names)} is hidden whole: it cannot be protected.", err=True)
    if with_amounts and not answer.sums:
        click.echo("All sums and means are hidden: they cannot be protected.", err=True)
