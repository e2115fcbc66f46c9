"""`rohnamo figures`: the numbers that are public, and everything one must know to trust them."""

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder

from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.figures import queries

_OF_A_RELEASE = (
    "start",
    "end",
    "as_of",
    "released_at",
    "released_by",
    "approved_by",
    "value",
    "inputs",
    "method",
    "hiding",
    "verdict",
    "least",
    "evidence",
    "is_current",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Data only, as JSON.")
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Language of titles."
)


@click.group("figures")
def group() -> None:
    """Published numbers. They are made by `rohnamo results publish`."""


@group.command("list", epilog="Example: rohnamo figures list --project EX.03 --json")
@click.option("--project", default="", help="Only those of this project.")
@click.option("--area", default="", help="Only those of this area.")
@json_option
@language_option
def list_figures(project: str, area: str, as_json: bool, language: str) -> None:
    """Every measure with the number that was released last, and the day it was counted. "-": nothing is released yet.

    What is counted at this moment, released or not, says `rohnamo results list`.
    """
    figures = queries.listed(project=project, area=area)
    if as_json:
        _print_json([_data(figure) for figure in figures])
        return
    click.echo(f"{'released figure':<34} {'number':>14}  {'as of':<10}  what it counts")
    for figure in figures:
        what = in_language(figure.what, language)
        click.echo(f"{figure.key:<34} {_shown(figure.number):>14}  {figure.as_of or '-'!s:<10}  {what}")


@group.command("show", epilog="Example: rohnamo figures show mission.reached --json")
@click.argument("key")
@json_option
@language_option
def show(key: str, as_json: bool, language: str) -> None:
    """One number: what it counts, where, when, as of which day, by which rule, and its breakdowns."""
    figure = queries.figure_with_everything(key)
    if figure is None:
        raise WrongData(f"There is no figure {key}. `rohnamo figures list` shows all measures.")
    data = _data(figure) | {"breakdowns": _breakdowns(figure)}
    if as_json:
        _print_json(data)
        return
    click.echo(in_language(figure.what, language))
    for name, value in data.items():
        if value not in (None, "", {}, []):
            shown = _shown(value) if isinstance(value, Decimal) else value
            click.echo(f"  {name}: {in_language(value, language) if _is_words(value) else shown}")


def _shown(number: Decimal | None) -> str:
    """Without zeros after the point: nobody is 379.00 persons."""
    if number is None:
        return "-"
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


@group.command("releases", epilog="Example: rohnamo figures releases mission.reached --json")
@click.argument("key")
@json_option
def releases(key: str, as_json: bool) -> None:
    """For reviewers: every release of a measure, what it was made from, how it was hidden, who approved it.

    Not for the public: the evidence says how many cells are hidden for their own smallness.
    """
    if queries.measure(key) is None:
        raise WrongData(f"There is no figure {key}. `rohnamo figures list` shows all measures.")
    found = [{name: getattr(release, name) for name in _OF_A_RELEASE} for release in queries.history(key)]
    if as_json:
        _print_json(found)
        return
    for one in found:
        click.echo(
            f"{one['start']} to {one['end']}, released {one['released_at']:%Y-%m-%d}: {one['value']:f}"
        )
        for name, value in one.items():
            if value not in ("", {}):
                click.echo(f"  {name}: {value}")


def _data(figure: queries.Figure) -> dict[str, Any]:
    return {one.name: getattr(figure, one.name) for one in fields(figure) if one.name != "release"}


def _breakdowns(figure: queries.Figure) -> list[dict[str, Any]]:
    """count null: hidden, because it could point at somebody."""
    if figure.release is None:
        return []
    return [
        {**part.attributes, "count": part.count}
        for parts in queries.breakdown(figure.release).values()
        for part in parts
    ]


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and value.keys() <= set(LANGUAGES)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
