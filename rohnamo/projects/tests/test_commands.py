"""`rohnamo projects`."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from rohnamo.core.errors import WrongData
from rohnamo.projects.commands import group
from rohnamo.projects.models import BudgetYear, PartnerRole, ProjectPartner, ProjectPlace
from rohnamo.projects.tests.factories import a_partner, a_place, a_project
from rohnamo.projects.tests.ledger import a_move

pytestmark = pytest.mark.django_db


def _a_full_project() -> None:
    project = a_project("EX.01")
    ProjectPartner.objects.create(
        project=project,
        partner=a_partner("donor-a"),
        role=PartnerRole.FUNDING,
        agreement="A-1",
        amount_usd=300,
    )
    a_partner("namuna", project)
    ProjectPlace.objects.create(project=project, place=a_place("XX-A", "Soya"))
    BudgetYear.objects.create(
        project=project, year=2025, planned_usd="300.10", spent_usd=150, spent_until=date(2025, 6, 30)
    )
    BudgetYear.objects.create(project=project, year=2026, planned_usd=100)


def test_given_projects_when_listed_then_there_is_one_line_for_each_in_the_asked_language_under_a_head() -> (
    None
):
    a_project("EX.02")
    a_project("EX.01")

    done = CliRunner().invoke(group, ["list", "--language", "ru"])

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "project  from       to          status           title",
        "EX.01    2024-01-01 2026-12-31  Действует        Project EX.01 ру",
        "EX.02    2024-01-01 2026-12-31  Действует        Project EX.02 ру",
    ]


def test_given_projects_when_listed_as_json_then_the_output_is_json_and_nothing_else() -> None:
    _a_full_project()

    done = CliRunner().invoke(group, ["list", "--json"])

    assert [(row["code"], row["planned_usd"], row["spent_usd"]) for row in json.loads(done.stdout)] == [
        ("EX.01", "400.10", "150.00")
    ]


def test_given_a_project_when_shown_as_json_then_everything_a_page_shows_stands_in_it() -> None:
    _a_full_project()

    done = CliRunner().invoke(group, ["show", "EX.01", "--json"])

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "code": "EX.01",
        "title": "Project EX.01",
        "summary": "",
        "history": "",
        "area": {"code": "health", "name": "Health"},
        "status": "2",
        "status_name": "Under way",
        "starts_on": "2024-01-01",
        "ends_on": "2026-12-31",
        "is_example": False,
        "modelled_on": "",
        "modelled_on_source": "",
        "donors": [{"code": "donor-a", "name": "Donor-A", "agreement": "A-1", "amount_usd": "300.00"}],
        "partners": [{"code": "namuna", "name": "Namuna", "role": "4", "role_name": "Implementing"}],
        "districts": [{"code": "XX-A", "name": "Soya"}],
        "services": [],
        "money": [
            {"year": 2025, "planned_usd": "300.10", "spent_usd": "150.00", "spent_until": "2025-06-30"},
            {"year": 2026, "planned_usd": "100.00", "spent_usd": None, "spent_until": None},
        ],
        "sdg_targets": [],
        "gcm_objectives": [],
        "planned_usd": "400.10",
        "spent_usd": "150.00",
    }


def test_given_a_project_when_shown_then_it_reads_as_lines() -> None:
    _a_full_project()

    done = CliRunner().invoke(group, ["show", "EX.01"])

    assert done.stdout.splitlines() == [
        "EX.01  Project EX.01",
        "  area      Health",
        "  status    Under way, 2024-01-01 to 2026-12-31",
        "  donor     Donor-A, A-1, USD 300.00",
        "  partner   Namuna, implementing",
        "  districts Soya",
        "  2025      planned USD 300.10, spent USD 150.00 until 2025-06-30",
        "  2026      planned USD 100.00, spent not reported",
    ]


def test_given_an_unknown_code_when_shown_then_it_is_refused_in_a_sentence_and_output_is_empty() -> None:
    done = CliRunner().invoke(group, ["show", "EX.99", "--json"])

    assert done.exit_code == 1
    assert done.stdout == ""
    assert isinstance(done.exception, WrongData)
    assert str(done.exception) == "There is no project EX.99. `rohnamo projects list` shows all."


def test_given_no_code_when_shown_then_the_status_is_wrong_usage() -> None:
    assert CliRunner().invoke(group, ["show"]).exit_code == 2


@pytest.mark.parametrize(
    ("verb", "example"),
    [("list", "rohnamo projects list --json"), ("show", "rohnamo projects show EX.03 --json")],
)
def test_given_a_verb_when_help_is_asked_then_it_shows_an_example(verb, example) -> None:
    assert f"Example: {example}" in CliRunner().invoke(group, [verb, "--help"]).stdout


def test_given_a_missing_rate_when_money_is_asked_on_the_command_line_then_it_is_named_and_the_status_is_one() -> (
    None
):
    project = a_project("EX.03")
    a_move(project, "10.00", date(2024, 6, 30))
    whole = CliRunner().invoke(group, ["money", "EX.03", "--on", "2024-12-31", "--json"])
    a_move(project, "5.00", date(2024, 6, 30), currency="EUR", code="tea")
    broken = CliRunner().invoke(group, ["money", "EX.03", "--on", "2024-12-31"])

    assert json.loads(whole.output)["sums"]["spent_usd"] == "10.00"
    assert isinstance(broken.exception, WrongData)
    assert str(broken.exception) == "Sums of EX.03 are not complete: no rate for EUR on 2024-06-30 (tea)."
    assert "not known: a rate is missing" in broken.output
