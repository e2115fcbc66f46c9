"""The command line prints what the queries say."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from rohnamo.core.errors import WrongData
from rohnamo.projects.models import Project
from rohnamo.results.actions import CouldNot, set_up_tallies
from rohnamo.results.commands import group
from rohnamo.results.models import Period
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}


def mission() -> None:
    project, service = make.project("EX.03"), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, targets=(10, 20, 30))
    make.delivery(project, service, date(2025, 2, 1), person=make.person(sex="f"))
    set_up_tallies()


@pytest.mark.django_db
def test_given_a_project_when_its_results_are_listed_as_json_then_output_is_data_and_nothing_else() -> None:
    mission()

    answer = CliRunner().invoke(group, ["list", "EX.03", "--period", "2025-H1", "--json"])

    (line,) = json.loads(answer.output)
    assert (line["key"], line["actual"], line["target"], line["by_sex"]) == (
        "EX.03.1.1.a",
        1,
        "30.00",
        {"f": 1},
    )


@pytest.mark.django_db
def test_given_an_indicator_when_its_value_is_asked_then_it_is_the_number() -> None:
    mission()

    answer = CliRunner().invoke(group, ["value", "EX.03.1.1.a", "--period", "2025-H1"])

    assert answer.output == "1\n"


@pytest.mark.django_db
def test_given_no_such_indicator_when_its_value_is_asked_then_it_says_where_to_look() -> None:
    answer = CliRunner().invoke(group, ["value", "EX.99.1"])

    assert isinstance(answer.exception, WrongData)
    assert str(answer.exception).startswith("There is no indicator EX.99.1.")


@pytest.mark.django_db
def test_given_a_wrong_period_when_asked_then_usage_is_wrong() -> None:
    mission()

    answer = CliRunner().invoke(group, ["value", "EX.03.1.1.a", "--period", "spring"])

    assert answer.exit_code == 2


@pytest.mark.django_db
def test_given_a_ledger_when_it_is_recounted_and_published_then_it_says_so() -> None:
    mission()

    assert CliRunner().invoke(group, ["recount"]).output == "Everything was counted again.\n"
    assert CliRunner().invoke(group, ["publish"]).output == "7 measures are up to date.\n"


@pytest.mark.django_db
def test_given_a_period_when_submitted_and_approved_from_the_command_line_then_all_its_values_stand() -> None:
    mission()
    project = Project.objects.get()
    officer, manager = make.member(project, "project_officer"), make.member(project)

    first = CliRunner().invoke(
        group, ["submit", "EX.03", "--period", "2025-H1", "--as", officer.username], catch_exceptions=False
    )
    second = CliRunner().invoke(
        group, ["approve", "EX.03", "--period", "2025-H1", "--as", manager.username], catch_exceptions=False
    )

    assert first.output == "EX.03 2025-H1: 1 submitted.\n"
    assert second.output == "EX.03 2025-H1: 1 approved.\n"
    assert Period.objects.get(start=date(2025, 1, 1)).approved_value == 1


@pytest.mark.django_db
def test_given_who_submitted_when_they_approve_from_the_command_line_then_it_is_refused() -> None:
    mission()
    manager = make.member(Project.objects.get())
    CliRunner().invoke(group, ["submit", "EX.03", "--period", "2025-H1", "--as", manager.username])

    answer = CliRunner().invoke(group, ["approve", "EX.03", "--period", "2025-H1", "--as", manager.username])

    assert isinstance(answer.exception, CouldNot)
    assert str(answer.exception) == "You submitted it yourself. Somebody else must decide about it."


@pytest.mark.django_db
def test_given_late_values_when_what_is_overdue_is_asked_as_json_then_output_is_data() -> None:
    mission()

    answer = CliRunner().invoke(group, ["overdue", "--json"], catch_exceptions=False)

    kinds = {(one["kind"], one["project"], one["period"]) for one in json.loads(answer.output)}
    assert ("no_actual", "EX.03", "2025-H1") in kinds


@pytest.mark.django_db
def test_given_days_that_no_plan_knows_when_a_report_is_asked_then_the_periods_are_named(
    tmp_path: Path,
) -> None:
    mission()

    answer = CliRunner().invoke(
        group, ["report", "EX.03", "--period", "2019-H1", "--out", str(tmp_path / "r.pdf")]
    )

    assert isinstance(answer.exception, WrongData)
    assert str(answer.exception).startswith("Nothing was planned or released for 2019-H1.")
    assert "2025-H1" in str(answer.exception)


@pytest.mark.django_db
def test_given_a_folder_that_is_not_there_when_a_report_is_written_then_it_is_said(tmp_path: Path) -> None:
    mission()
    out = tmp_path / "nowhere" / "r.xlsx"

    answer = CliRunner().invoke(group, ["report", "EX.03", "--period", "2025-H1", "--out", str(out)])

    assert isinstance(answer.exception, WrongData)
    assert str(answer.exception).startswith(f"{out} cannot be written")
