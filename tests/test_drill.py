"""Endurance: many writers at once, and death in the middle. `make test` runs it at 1/50, `make drill` at full size."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from rohnamo.core.home import REPOSITORY

pytestmark = pytest.mark.drill
IS_FULL = os.environ.get("ROHNAMO_DRILL") == "full"
WRITERS = 8
ROUNDS = 240 if IS_FULL else 6
ROWS = 100_000 if IS_FULL else 2_500
ROHNAMO = Path(sys.executable).with_name("rohnamo")

READ_THEN_WRITE = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
import django
django.setup()
from django.db import transaction
from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.actions import Draft, record, source_key
from rohnamo.engines.linkage import Birth
from rohnamo.people.actions import NewPerson, register
from rohnamo.projects.models import Project, Service, Source
from datetime import date
source, project = Source.objects.get(code="migration-service"), Project.objects.get(code="EX.01")
service = Service.objects.get(code="consultation")
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        one = register(
            NewPerson(family=f"Намунаев{chr(1072 + int(sys.argv[1]))}", given=f"Далер{number}", sex="m"),
            source=source, project=project, by=SYSTEM,
        )
        key = source_key(source, (sys.argv[1], number))
        record(Draft(service, project, key, date(2025, 1, 1), person_id=one.person_id), source=source, by=SYSTEM)
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A fresh SQLite home with the mission in it."""
    environment = {**os.environ, "ROHNAMO_HOME": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    run(environment, "init", "--mission", "tajikistan")
    return environment


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [ROHNAMO, *arguments], env=environment, capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    return done.stdout


def count(environment: dict[str, str], what: str) -> dict[str, int]:
    numbers: dict[str, int] = json.loads(run(environment, what, "count", "--json"))
    return numbers


def test_given_eight_processes_that_read_then_write_when_they_run_at_once_then_none_finds_the_database_locked(
    home: dict[str, str],
) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", READ_THEN_WRITE, str(number), str(ROUNDS)],
            env=home, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True,
        )
        for number in range(WRITERS)
    ]  # fmt: skip

    complaints = [writer.communicate(timeout=1200)[1] for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * WRITERS, complaints
    assert count(home, "deliveries")["lines"] == WRITERS * ROUNDS


def test_given_an_import_that_is_killed_again_and_again_when_it_is_run_to_the_end_then_every_row_is_there_once(
    home: dict[str, str], tmp_path: Path
) -> None:
    register = tmp_path / "visits-2025.csv"
    with register.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(["Насаб", "Ном", "Ҷинс", "Соли таваллуд", "Ноҳия", "Намуди хизмат", "Санаи муроҷиат"])
        for number in range(ROWS):
            name = "".join(chr(1072 + int(digit)) for digit in str(number))
            writer.writerow([f"Намунаев{name}", f"Ном{name}", "М", 1980, "Кӯлоб", "машварат", "11.02.2025"])
    command = ("intake", str(register), "--source", "migration-service", "--project", "EX.01", "--json")

    runs = [killed_half_way(home, command) for _ in range(3)]
    verdicts = json.loads(run(home, *command))["verdicts"]

    progress = [lines for lines, _was_killed in runs]
    assert progress == sorted(progress)
    assert [lines for lines, was_killed in runs if was_killed and 0 < lines < ROWS], runs
    assert verdicts["repeat"] >= progress[-1]
    assert count(home, "deliveries") == {"lines": ROWS, "counting": ROWS, "reversed": 0}
    assert json.loads(run(home, *command))["verdicts"] == {"repeat": ROWS}


def killed_half_way(environment: dict[str, str], command: tuple[str, ...]) -> tuple[int, bool]:
    """Start an import, wait until it has written something new, kill it; return how many lines there are, and whether
    it was killed: a fast one may be through before."""
    before = lines_in(environment)
    process = subprocess.Popen(
        [ROHNAMO, *command],
        env=environment,
        cwd=REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and lines_in(environment) == before:
        time.sleep(0.01)
    process.kill()
    return_code = process.wait()
    assert return_code in {0, -signal.SIGKILL}
    return lines_in(environment), return_code == -signal.SIGKILL


def lines_in(environment: dict[str, str]) -> int:
    """Asked of the file itself: a command takes longer to start than a small import to end."""
    database = Path(environment["ROHNAMO_HOME"]) / "data" / "rohnamo.sqlite3"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
        lines: int = connection.execute("SELECT count(*) FROM deliveries_delivery").fetchone()[0]
    return lines
