"""`rohnamo places`: what is where, and what it is called."""

import json

import click
from django.utils import translation

from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.places import queries
from rohnamo.places.models import Place


@click.group("places")
def group() -> None:
    """Countries, regions, districts and their names."""


@group.command("list", epilog="Example: rohnamo places list --json")
@click.option("--json", "as_json", is_flag=True, help="Data only, as JSON, with names in all languages.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="Language of the names.")
def list_places(as_json: bool, language: str) -> None:
    """Every place of the mission, in the order of codes.

    Whom to credit for the list stands on standard error.
    """
    with translation.override(language):
        if credit := queries.credits_text():
            click.echo(credit, err=True)
    places = list(queries.places_by_code().values())
    if as_json:
        click.echo(json.dumps([_data(place) for place in places], ensure_ascii=False, indent=2))
        return
    for place in places:
        click.echo(f"{place.code:<20} {in_language(place.names, language)}")


def _data(place: Place) -> dict[str, object]:
    return {
        "code": place.code,
        "pcode": place.pcode,
        "level": place.level,
        "parent": place.parent.code if place.parent else "",
        "names": place.names,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "point_basis": place.point_basis,
    }
