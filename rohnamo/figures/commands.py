"""`rohnamo figures`: the numbers that are public, and everything one must know to trust them."""

import json
from dataclasses import fields
from typing import Any

import click
from django.core.serializers.json import DjangoJSONEncoder

from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.figures import queries

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
    """Every measure with the number that stands."""
    figures = queries.listed(project=project, area=area)
    if as_json:
        _print_json([_data(figure) for figure in figures])
        return
    for figure in figures:
        shown = "-" if figure.number is None else f"{figure.number:f}"
        click.echo(f"{figure.key:<24} {shown:>14}  {in_language(figure.what, language)}")


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
            click.echo(f"  {name}: {in_language(value, language) if _is_words(value) else value}")


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
