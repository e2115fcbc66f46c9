"""`rohnamo places`."""

import json

import pytest
from click.testing import CliRunner

from rohnamo.places.actions import load
from rohnamo.places.commands import group
from rohnamo.places.tests.factories import CELLS, REGION_A, SOYA

pytestmark = pytest.mark.django_db


def test_given_places_when_listed_as_json_then_the_output_is_json_and_nothing_else() -> None:
    load([REGION_A, SOYA], [], [], small_cells=CELLS)

    done = CliRunner().invoke(group, ["list", "--json"])

    assert done.exit_code == 0
    assert done.stderr == "Coordinates: GeoNames, CC BY 4.0.\n"
    assert json.loads(done.stdout)[1] == {
        "code": "XX-A-soya",
        "pcode": "",
        "level": 2,
        "parent": "XX-A",
        "names": {"tg": "Соя", "ru": "Соя", "en": "Soya"},
        "latitude": 38.5,
        "longitude": 68.7,
        "point_basis": "geonames",
    }


def test_given_places_when_listed_then_there_is_one_line_for_each_in_the_asked_language() -> None:
    load([REGION_A, SOYA], [], [], small_cells=CELLS)

    done = CliRunner().invoke(group, ["list", "--language", "ru"])

    assert done.stdout == "XX-A                 Область А\nXX-A-soya            Соя\n"


def test_given_an_unknown_language_when_listed_then_the_status_is_wrong_usage() -> None:
    assert CliRunner().invoke(group, ["list", "--language", "xx"]).exit_code == 2


def test_given_the_verb_when_help_is_asked_then_it_shows_an_example() -> None:
    assert "Example: rohnamo places list --json" in CliRunner().invoke(group, ["list", "--help"]).stdout
