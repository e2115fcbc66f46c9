"""`rohnamo projects`: what the mission undertakes."""

import json
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

import click
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation

from rohnamo.core.errors import WrongData
from rohnamo.core.languages import LANGUAGES
from rohnamo.engines.finance import Burn
from rohnamo.projects import queries
from rohnamo.projects.models import PartnerRole, Project, Status
from rohnamo.projects.queries import ProjectCard, ProjectMoney

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
        _print_json([_data(card, language) for card in cards])
        return
    click.echo(f"{'project':<8} {'from':<10} {'to':<10}  {'status':<16} title")
    for card in cards:
        status = _in_words(Status(card.status), language)
        click.echo(f"{card.code:<8} {card.starts_on} {card.ends_on}  {status:<16} {card.title}")


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
        _print_json(_data(card, language))
        return
    for line in _lines(card, language):
        click.echo(line)


@group.command("money", epilog="Example: rohnamo projects money EX.03 --on 2026-10-31 --json")
@click.argument("code")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Until which day; today without it.")
@as_json_option
@language_option
def show_money(code: str, on: datetime | None, as_json: bool, language: str) -> None:
    """Money of one project: agreed, received, spent, by year and agreement, beside the time gone.

    Sums are in US dollars, each movement at the rate of its own day. Ends with status 1 where a rate is missing.
    """
    try:
        project = queries.by_code(code)
    except Project.DoesNotExist:
        raise WrongData(f"There is no project {code}. `rohnamo projects list` shows all.") from None
    money = queries.money_of(project, on.date() if on else timezone.localdate(), language)
    if as_json:
        _print_json(asdict(money))
    else:
        click.echo("\n".join(_money_lines(money)))
    if money.missing:
        named = "; ".join(f"{one.currency} on {one.day} ({one.move})" for one in money.missing)
        raise WrongData(f"Sums of {code} are not complete: no rate for {named}.")


def _money_lines(money: ProjectMoney) -> list[str]:
    lines = [f"{money.code}  {money.title}", f"  on        {money.on}"]
    if money.programme:
        return [*lines, f"  money     stands with its programme, {money.programme}"]
    return [
        *lines,
        f"  agreed    {_dollars(money.sums.agreed_usd)}",
        f"  received  {_dollars(money.sums.received_usd)}",
        f"  spent     {_dollars(money.sums.spent_usd)}{_beside_time(money.burn)}",
        *(
            f"  {year.year}      planned {_dollars(year.planned_usd)}, spent {_dollars(year.spent_usd)}"
            for year in money.years
        ),
        *(
            f"  {grant.reference}  {grant.amount} {grant.currency}, spent {_dollars(grant.sums.spent_usd)}"
            f"{_beside_time(grant.burn)}"
            for grant in money.grants
        ),
    ]


def _dollars(amount: Decimal | None) -> str:
    return "not known: a rate is missing" if amount is None else f"USD {amount}"


def _beside_time(burn: Burn | None) -> str:
    if burn is None or burn.share_spent is None:
        return ""
    return f" ({burn.share_spent:.0%} of the money, {burn.share_of_time:.0%} of the time, on {burn.on})"


def _data(card: ProjectCard, language: str) -> dict[str, object]:
    """Money as text, so that no cent is lost; days as 2025-01-31. Codes are IATI's, with their words beside them."""
    partners = [
        {**asdict(one), "role_name": _in_words(PartnerRole(one.role), language)} for one in card.partners
    ]
    return {
        **asdict(card),
        "status_name": _in_words(Status(card.status), language),
        "partners": partners,
        "planned_usd": card.planned_usd,
        "spent_usd": card.spent_usd,
    }


def _in_words(code: Status | PartnerRole, language: str) -> str:
    with translation.override(language):
        return str(code.label)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def _lines(card: ProjectCard, language: str) -> list[str]:
    lines = [
        f"{card.code}  {card.title}",
        f"  area      {card.area.name}",
        f"  status    {_in_words(Status(card.status), language)}, {card.starts_on} to {card.ends_on}",
        *(f"  donor     {donor.name}, {donor.agreement}, USD {donor.amount_usd}" for donor in card.donors),
        *(
            f"  partner   {partner.name}, {_in_words(PartnerRole(partner.role), language).lower()}"
            for partner in card.partners
        ),
        f"  districts {', '.join(district.name for district in card.districts)}",
        *(f"  {year.year}      planned USD {year.planned_usd}, spent {_spent(year)}" for year in card.money),
    ]
    return [*lines, f"  {card.modelled_on}"] if card.modelled_on else lines


def _spent(year: queries.YearOfMoney) -> str:
    return "not reported" if year.spent_usd is None else f"USD {year.spent_usd} until {year.spent_until}"
