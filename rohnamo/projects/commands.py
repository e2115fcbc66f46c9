"""`rohnamo projects`: what the mission undertakes."""

import json
from dataclasses import asdict

import click
from django.core.serializers.json import DjangoJSONEncoder

from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES
from rohnamo.projects import queries
from rohnamo.projects.models import Project, Status
from rohnamo.projects.queries import ProjectCard

as_json_option = click.option("--json", "as_json", is_flag=True, help="Data only, as JSON.")
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Language of titles and names."
)


@click.group("projects")
def group() -> None:
    """Projects: where, with whom, for how much."""


@group.command("list", epilog="Example: rohnamo projects list --json")
@as_json_option
@language_option
def list_projects(as_json: bool, language: str) -> None:
    """Every project, in the order of codes."""
    cards = [
        queries.project_card(project, language) for project in queries.with_card_parts(Project.objects.all())
    ]
    if as_json:
        _print_json([_data(card) for card in cards])
        return
    for card in cards:
        click.echo(f"{card.code:<8} {card.starts_on} {card.ends_on}  {card.title}")


@group.command("show", epilog="Example: rohnamo projects show EX.03 --json")
@click.argument("code")
@as_json_option
@language_option
def show_project(code: str, as_json: bool, language: str) -> None:
    """One project with its partners, places and money."""
    try:
        card = queries.project_card(queries.by_code(code), language)
    except Project.DoesNotExist:
        raise WrongData(f"There is no project {code}. `rohnamo projects list` shows all.") from None
    if as_json:
        _print_json(_data(card))
        return
    for line in _lines(card):
        click.echo(line)


def _data(card: ProjectCard) -> dict[str, object]:
    """Money as text, so that no cent is lost; days as 2025-01-31."""
    return {**asdict(card), "planned_usd": card.planned_usd, "spent_usd": card.spent_usd}


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def _lines(card: ProjectCard) -> list[str]:
    lines = [
        f"{card.code}  {card.title}",
        f"  area      {card.area.name}",
        f"  status    {Status(card.status).name.lower()}, {card.starts_on} to {card.ends_on}",
        *(f"  donor     {donor.name}, {donor.agreement}, USD {donor.amount_usd}" for donor in card.donors),
        *(f"  partner   {partner.name}" for partner in card.partners),
        f"  districts {', '.join(district.name for district in card.districts)}",
        *(f"  {year.year}      planned USD {year.planned_usd}, spent {_spent(year)}" for year in card.money),
    ]
    return [*lines, f"  {card.modelled_on}"] if card.modelled_on else lines


def _spent(year: queries.YearOfMoney) -> str:
    return "not reported" if year.spent_usd is None else f"USD {year.spent_usd} until {year.spent_until}"
