"""`rohnamo iati` from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rohnamo.core.errors import WrongData
from rohnamo.iati.commands import group
from rohnamo.iati.models import Activity, Import
from rohnamo.iati.tests.factories import make_mission, make_project, others

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, arguments)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "others.xml"
    path.write_bytes(others("EX.1", "EX.2"))
    return path


def test_given_a_dry_run_when_a_file_is_imported_then_verdicts_are_told_and_nothing_changes(
    file: Path,
) -> None:
    told = json.loads(run("import", str(file), "--dry-run", "--json").stdout)

    assert (told["verdicts"]["added"], told["problems"], told["dry_run"]) == (2, [], True)
    assert (Activity.objects.count(), Import.objects.count()) == (0, 0)


def test_given_a_file_when_it_is_imported_twice_then_the_second_time_nothing_is_news(file: Path) -> None:
    first = json.loads(run("import", str(file), "--json").stdout)
    second = json.loads(run("import", str(file), "--json").stdout)

    assert (first["verdicts"]["added"], second["verdicts"]["unchanged"], second["verdicts"]["added"]) == (
        2,
        2,
        0,
    )


def test_given_a_bad_part_when_a_file_is_imported_then_line_rule_and_sentence_are_told_in_the_language(
    file: Path,
) -> None:
    file.write_bytes(others("EX.1").replace(b'<value currency="USD"', b'<value currency="USX"', 1))

    (problem,) = json.loads(run("import", str(file), "--json", "--language", "en").stdout)["problems"]

    assert (problem["rule"], problem["fate"], problem["line"] > 1) == ("9.9.1", "noted", True)
    assert problem["sentence"] == "“USX” is no code of the list Currency."


def test_given_our_export_when_it_is_checked_then_nothing_is_found(tmp_path: Path) -> None:
    make_mission()
    make_project()
    out = tmp_path / "ours.xml"

    run("export", "--out", str(out))
    checked = run("check", str(out), "--ours", "--warnings", "--json")

    told = json.loads(checked.stdout)
    assert (checked.exit_code, told["activities"], told["errors"], told["warnings"]) == (0, 1, 0, 0)


def test_given_a_broken_file_when_it_is_checked_then_rules_are_counted_and_the_exit_status_says_so(
    file: Path,
) -> None:
    file.write_bytes(file.read_bytes().replace(b'code="TJ"', b'code="ZZ"'))

    checked = run("check", str(file), "--json")

    assert checked.exit_code == 1
    assert json.loads(checked.stdout)["by_rule"] == {"9.50.1/error": 2}


def test_given_something_else_when_it_is_checked_then_one_sentence_says_what_to_do(file: Path) -> None:
    file.write_bytes(b'<iati-activities version="1.05"/>')

    refused = run("check", str(file))

    assert isinstance(refused.exception, WrongData)
    assert str(refused.exception) == (
        "The file is of IATI version 1.05, which is no longer supported. Ask the publisher for version 2.03."
    )


def test_given_an_unknown_profile_when_it_is_exported_then_the_known_ones_are_named() -> None:
    make_mission()
    make_project()

    refused = run("export", "--profile", "donor-z")

    assert str(refused.exception) == (
        "There is no profile 'donor-z'. Known profiles: full, one-indicator-per-category, totals, donor-a."
    )


def test_given_the_rules_when_they_are_listed_then_public_ids_stand_there() -> None:
    assert "7.5.3" in run("rules").stdout.split()
