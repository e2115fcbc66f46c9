"""The canary hunt: whole registers go in, then every byte of the home folder is searched for what must not be there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from rohnamo.core.home import REPOSITORY
from rohnamo.intake.tests.factories import REGISTER

ROHNAMO = Path(sys.executable).with_name("rohnamo")
SAMPLES = REPOSITORY.parent / "shared" / "samples" / "registers"
REGISTERS = (
    ("migration-service-consultations-2025.xlsx", "migration-service", "EX.01"),
    ("pre-departure-course-2025.csv", "pre-departure", "EX.02"),
    ("health-outreach-2025-q1.xlsx", "health-outreach", "EX.03"),
    ("joint-border-training-2013-11.xlsx", "border-training", "EX.07"),
)
NAME_COLUMNS = {
    "migration-service-consultations-2025.xlsx": (1, 2, 3, 7),
    "pre-departure-course-2025.csv": (0, 1, 2, 6),
    "health-outreach-2025-q1.xlsx": (1, 5),
    "joint-border-training-2013-11.xlsx": (0,),
}
SHORTEST = 7


def home_with(
    tmp_path: Path, registers: list[tuple[Path, str, str]]
) -> tuple[Path, list[list[dict[str, object]]]]:
    """A fresh SQLite home into which the registers were taken, and their reports."""
    home = tmp_path / "home"
    environment = {**os.environ, "ROHNAMO_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    run = {"env": environment, "cwd": REPOSITORY, "check": True, "capture_output": True}
    subprocess.run([ROHNAMO, "init", "--mission", "tajikistan"], **run)
    reports = []
    for number, (sheet, source, project) in enumerate(registers):
        report = tmp_path / f"report-{number}.jsonl"
        command = [
            ROHNAMO,
            "intake",
            str(sheet),
            "--source",
            source,
            "--project",
            project,
            "--report",
            str(report),
        ]
        subprocess.run(command, **run)
        reports.append([json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()])
    return home, reports


def found_in(home: Path, secrets: set[str]) -> list[str]:
    """Secrets that stand in any file of the home, in clear."""
    whole = b"\x00".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
    return sorted(
        secret for secret in secrets if secret.encode() in whole or secret.encode("utf-16-le") in whole
    )


def test_given_an_invented_register_when_it_is_in_then_no_name_or_phone_of_it_stands_in_the_home(
    tmp_path: Path,
) -> None:
    sheet = tmp_path / "register.csv"
    sheet.write_bytes(REGISTER)
    secrets = {
        "Намунаев",
        "Мисолова",
        "Зулфия",
        "Пинҳонов",
        "Розизода",
        "918000001",
        "918000002",
        "918000003",
        "918000004",
    }

    home, (report,) = home_with(tmp_path, [(sheet, "health-outreach", "EX.03")])

    assert [row["verdict"] for row in report] == ["new", "counted", "coded", "coded"]
    assert found_in(home, secrets) == []
    assert [word for word in secrets if word in json.dumps(report, ensure_ascii=False)] == []


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="NOT RUN: the sample registers do not lie beside the repository"
)
def test_given_the_four_registers_when_they_are_in_then_verdicts_are_right_and_no_name_stands_in_the_home(
    tmp_path: Path,
) -> None:
    home, reports = home_with(
        tmp_path, [(SAMPLES / name, source, project) for name, source, project in REGISTERS]
    )

    verdicts = [{verdict: sum(row["verdict"] == verdict for row in report) for verdict in
                 ("new", "known", "doubtful", "repeat", "coded", "counted", "refused")} for report in reports]  # fmt: skip
    assert [sum(one.values()) for one in verdicts] == [380, 260, 427, 20]
    assert (verdicts[0]["counted"], verdicts[0]["refused"]) == (114, 2)
    assert verdicts[1]["refused"] == 0
    assert (verdicts[2]["counted"], verdicts[2]["coded"], verdicts[2]["new"]) == (320, 107, 0)
    assert verdicts[3] == {
        "new": 18,
        "known": 0,
        "doubtful": 0,
        "repeat": 0,
        "coded": 0,
        "counted": 2,
        "refused": 0,
    }
    assert found_in(home, names_and_phones()) == []


def names_and_phones() -> set[str]:
    """Every name of at least seven letters and every phone in the four registers, except words that are places."""
    found: set[str] = set()
    for name, columns in NAME_COLUMNS.items():
        for row in filter(is_data, rows_of(SAMPLES / name)):
            cells = [row[column].strip() for column in columns if column < len(row)]
            found.update(cells)
            found.update(word for cell in cells for word in cell.split())
            found.update(digits[-9:] for cell in cells if (digits := "".join(filter(str.isdigit, cell))))
    ours = " ".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "missions").rglob("*.*"))
    return {word for word in found if len(word) >= SHORTEST and word not in ours}


def is_data(row: list[str]) -> bool:
    """Title rows hold no cell that is a number."""
    return any(cell.replace(".", "", 1).isdigit() for cell in row)


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        return [line.split(";") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    book = CalamineWorkbook.from_path(path)
    return [[str(cell) for cell in row] for row in book.get_sheet_by_name(book.sheet_names[0]).to_python()]
