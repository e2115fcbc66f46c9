"""The command line: exit statuses, help with an example, data and nothing else on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rohnamo.config.commands import GROUPS, Verbs, rohnamo
from rohnamo.core.home import REPOSITORY
from rohnamo.intake.commands import intake
from rohnamo.intake.tests.factories import REGISTER, make_setting

ROHNAMO = Path(sys.executable).with_name("rohnamo")


def run(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ROHNAMO_HOME": str(tmp_path / "home")}
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [ROHNAMO, *arguments], env=environment, capture_output=True, text=True, cwd=REPOSITORY
    )


def test_given_every_verb_when_its_help_is_asked_then_it_shows_an_example() -> None:
    bare = []
    verbs: list[tuple[tuple[str, ...], object]] = [
        ((name,), Verbs().get_command(None, name))
        for name in sorted(GROUPS)  # type: ignore[arg-type]
    ]
    while verbs:
        path, verb = verbs.pop()
        below = getattr(verb, "commands", {})
        verbs += [((*path, name), one) for name, one in below.items()]
        help_text = CliRunner().invoke(verb, ["--help"]).output  # type: ignore[arg-type]
        if not below and "Example" not in help_text:
            bare.append(" ".join(path))

    assert bare == []


def test_given_no_verb_when_rohnamo_is_called_then_it_lists_them() -> None:
    output = CliRunner().invoke(rohnamo, ["--help"]).output

    assert [
        name for name in ("init", "demo", "serve", "tick", "intake", "projects") if name not in output
    ] == []


def test_given_a_home_when_verbs_end_well_refuse_or_are_misused_then_the_exit_status_says_so(
    tmp_path: Path,
) -> None:
    early = run(tmp_path, "people", "count")
    loaded = run(tmp_path, "init", "--mission", "tajikistan")
    again = run(tmp_path, "init", "--mission", "tajikistan")
    projects = run(tmp_path, "projects", "list", "--json")
    unknown = run(tmp_path, "init", "--mission", "atlantis")
    misused = run(tmp_path, "intake", "no-such-file.xlsx", "--source", "x", "--project", "y")
    outside = run(tmp_path, "demo", "--code", "project_officer")

    assert (loaded.returncode, again.returncode, projects.returncode) == (0, 0, 0), loaded.stderr
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr.startswith("This home holds no mission yet")
    assert again.stdout == "Nothing has changed.\n"
    assert len(json.loads(projects.stdout)) == 12
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("There is no mission 'atlantis'. Known missions: tajikistan")
    assert (misused.returncode, misused.stdout) == (2, "")
    assert outside.returncode == 1
    assert outside.stderr == "This home holds no example accounts; codes are shown in a demo home only.\n"


def test_given_a_new_mission_when_it_is_written_and_started_then_it_is_a_mission_of_its_own(
    tmp_path: Path,
) -> None:
    written = run(tmp_path, "new-mission", f"{tmp_path}/somewhere")
    started = run(tmp_path, "init", "--mission", f"{tmp_path}/somewhere")
    again = run(tmp_path, "new-mission", f"{tmp_path}/somewhere")

    assert (written.returncode, started.returncode) == (0, 0), started.stderr
    assert json.loads(run(tmp_path, "projects", "list", "--json").stdout) == []
    assert again.returncode == 1


def test_given_wrong_mission_data_when_they_are_loaded_then_file_line_and_expectation_are_named(
    tmp_path: Path,
) -> None:
    run(tmp_path, "new-mission", f"{tmp_path}/wrong")
    profile = tmp_path / "wrong" / "profile.toml"
    profile.write_text(
        profile.read_text(encoding="utf-8").replace("is_example = true", 'is_example = "perhaps"')
    )
    line = next(n for n, text in enumerate(profile.read_text().splitlines(), 1) if "perhaps" in text)

    refused = run(tmp_path, "init", "--mission", f"{tmp_path}/wrong")

    assert refused.returncode == 1
    assert f"profile.toml:{line}" in refused.stderr.replace(", line ", ":")


@pytest.mark.django_db
def test_given_a_register_when_it_is_taken_in_with_a_report_then_there_is_one_json_line_a_row(
    tmp_path: Path,
) -> None:
    make_setting()
    sheet, report = tmp_path / "register.csv", tmp_path / "rows.jsonl"
    sheet.write_bytes(REGISTER)
    arguments = [str(sheet), "--source", "partner", "--project", "EX.90", "--report", str(report), "--json"]

    output = CliRunner().invoke(intake, arguments, catch_exceptions=False).output

    assert json.loads(output) == {
        "rows": 4, "dry_run": False, "verdicts": {"new": 1, "counted": 1, "coded": 2},
    }  # fmt: skip
    rows = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(row["row"], row["verdict"]) for row in rows] == [
        (2, "new"),
        (3, "counted"),
        (4, "coded"),
        (5, "coded"),
    ]
    assert rows[1]["reasons"] == ["Counted without a name: name and phone were dropped."]
    assert set(rows[0]) >= {"row", "verdict", "person", "reasons"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 not a table", "not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "."),
        ("Салом, ин ҷадвал нест.\n".encode(), "titles"),
    ],
    ids=["empty", "pdf", "broken-ole", "no-titles"],
)
def test_given_what_is_no_register_when_it_is_sent_then_one_sentence_says_so_and_nothing_is_written(
    tmp_path: Path, content: bytes, says: str
) -> None:
    from rohnamo.core.errors import WrongData
    from rohnamo.deliveries.models import Delivery
    from rohnamo.intake.models import Import

    make_setting()
    sheet = tmp_path / "register.xlsx"
    sheet.write_bytes(content)

    with pytest.raises(WrongData, match=says):
        CliRunner().invoke(
            intake, [str(sheet), "--source", "partner", "--project", "EX.90"], catch_exceptions=False,
            standalone_mode=False,
        )  # fmt: skip

    assert (Delivery.objects.count(), Import.objects.count()) == (0, 0)
