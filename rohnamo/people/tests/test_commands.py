"""The register on the command line: counts, never a name."""

import json

import pytest
from click.testing import CliRunner

from rohnamo.core.audit import SYSTEM
from rohnamo.engines.linkage import Birth, Precision
from rohnamo.people.actions import NewCoded, NewPerson, register, register_coded
from rohnamo.people.commands import group
from rohnamo.people.tests.factories import make_project, make_source

pytestmark = pytest.mark.django_db

BORN = Birth(1988, 3, 14, Precision.DAY)


def _a_register() -> None:
    project = make_project()
    for family, given in (("Раҳмонзода", "Ҷамшед"), ("Rakhmonov", "Jamshed"), ("Мисолов", "Далер")):
        person = NewPerson(family=family, given=given, patronymic="Каримович", sex="m", birth=BORN)
        register(person, source=make_source(), project=project, by=SYSTEM)
    register_coded([NewCoded("f", 1990), NewCoded("m", 1985)], project=project, by=SYSTEM)


def test_given_somebody_written_in_two_scripts_when_people_are_counted_then_spellings_are_told_from_records() -> (
    None
):
    _a_register()

    lines = CliRunner().invoke(group, ["count"]).output.splitlines()

    assert lines == [
        "        2 persons, each counted once",
        "        2 records of them: more where some were judged to be one person, or were erased",
        "        3 spellings of their names; 1 records are written in more than one script",
        "        0 officials who were trained, in a register of their own",
        "        2 people known by a code only",
    ]


def test_given_people_when_they_are_counted_as_json_then_it_is_json_and_nothing_else() -> None:
    _a_register()

    assert json.loads(CliRunner().invoke(group, ["count", "--json"]).output) == {
        "persons": 2,
        "records": 2,
        "officials": 0,
        "coded": 2,
        "spellings": 3,
        "in_more_scripts": 1,
    }
