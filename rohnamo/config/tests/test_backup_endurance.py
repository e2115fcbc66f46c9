"""Backup and restore when they are killed, when the disk is full, and while the house goes on writing."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rohnamo.config.backup.make import make
from rohnamo.config.backup.restore import restore
from rohnamo.config.tests.conftest import Query
from rohnamo.core.errors import Refused
from rohnamo.core.home import REPOSITORY

pytestmark = pytest.mark.drill
IS_FULL = os.environ.get("ROHNAMO_DRILL") == "full"
ROHNAMO = Path(sys.executable).with_name("rohnamo")
PATIENCE_SECONDS = 120
SMALL_DISK_BYTES = 1_000_000
BACKUPS = 40 if IS_FULL else 4

# Each transaction leaves one person, one delivery and one line of the log more: a copy that cuts one in two shows it.
WRITE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "rohnamo.config.settings"
import django
django.setup()
from datetime import date
from pathlib import Path
from django.db import transaction
from rohnamo.core import files
from rohnamo.core.audit import SYSTEM, record as log
from rohnamo.deliveries.actions import Draft, record, source_key
from rohnamo.people.actions import NewPerson, register
from rohnamo.projects.models import Project, Service, Source
source, project, service = Source.objects.get(), Project.objects.get(), Service.objects.get(code="consultation")
number, stored = 0, None
while not Path(sys.argv[1]).exists():
    number += 1
    with transaction.atomic():
        one = register(NewPerson(full_name=f"Мисолов{number} Зафар", sex="m"), source=source, project=project, by=SYSTEM)
        draft = Draft(service, project, source_key(source, ("w", number)), date(2025, 1, 1), person_id=one.person_id)
        record(draft, source=source, by=SYSTEM)
        log(SYSTEM, "test.wrote", "people.person", subject_id=one.person_id)
    if number % 7 == 0:
        before, stored = stored, files.store(os.urandom(50_000), content_type="text/csv")
        if before:
            with transaction.atomic():
                files.delete(before)
print(number)
"""


def start(environment_of: Path, *arguments: object, limit_bytes: int = 0) -> subprocess.Popen[str]:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return subprocess.Popen(
        [str(one) for one in arguments],
        env=os.environ | {"ROHNAMO_HOME": str(environment_of)},
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=small_disk if limit_bytes else None,  # noqa: PLW1509 -- no threads here
    )  # fmt: skip


def killed_when(process: subprocess.Popen[str], pattern: str, folder: Path) -> int:
    """Kill a process as soon as something of that name lies in the folder. Returns its exit status."""
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until and not any(folder.glob(pattern)):
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode


def kill_backup(home: Path, backups: Path, step: str) -> None:
    """Kill a backup at a step. On a busy machine it may be through before anybody has seen the step: then once more."""
    before = whole(backups)
    for _attempt in range(10):
        process = start(home, ROHNAMO, "backup", "--to", backups, "--keep", "all")
        status = killed_when(process, f".half-*{step}", backups)
        if status == -signal.SIGKILL and whole(backups) == before:
            return
        assert status in (0, -signal.SIGKILL)
        for name in set(whole(backups)) - set(before):
            shutil.rmtree(backups / name)
    pytest.fail(f"No backup could be killed at {step!r}.")


def whole(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_given_a_backup_that_is_killed_at_any_step_when_it_is_made_again_then_only_whole_ones_bear_a_name(
    home: Path, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    make(home, backups)
    before = whole(backups)
    steps = (
        "",
        "/main.sqlite3",
        "/main.sqlite3.gz",
        "/files.tar",
        "/scratch",
        "/scratch/data/rohnamo.sqlite3",
    )

    names = []
    for step in steps:
        kill_backup(home, backups, step)
        names.append(whole(backups))
    made = start(home, ROHNAMO, "backup", "--to", backups, "--keep", "1,0,0")
    said = made.communicate()

    assert names == [before] * len(steps)
    assert made.returncode == 0, said
    assert len(whole(backups)) == 1  # the newer one is kept
    assert whole(backups) != before
    assert not list(backups.glob(".*"))


def test_given_a_restore_that_is_killed_at_any_step_when_one_looks_then_the_home_is_whole_and_it_can_be_repeated(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    source, _made = make(home, tmp_path / "backups")
    asked(home, "UPDATE staff_user SET first_name = 'since the backup'")
    present = "SELECT DISTINCT first_name FROM staff_user"
    steps = ("", "/keys/match-001.key", "/data/rohnamo.sqlite3", "/files/*", "/data/rohnamo.sqlite3-wal")

    statuses, found = [], []
    for step in steps:
        process = start(home, ROHNAMO, "restore", source, "--over")
        statuses.append(killed_when(process, f".home.restoring-*{step}", tmp_path))
        found.append(asked(home, present))
    done = start(home, ROHNAMO, "restore", source, "--over")
    said = done.communicate()

    assert statuses == [-signal.SIGKILL] * len(steps)
    assert found == [[("since the backup",)]] * len(steps)
    assert done.returncode == 0, said
    assert asked(home, present) == [("",)]
    assert not list(tmp_path.glob(".home.*"))


def test_given_a_full_disk_when_a_backup_is_made_or_restored_then_one_sentence_says_so_and_nothing_is_lost(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    backups = tmp_path / "backups"
    source, _made = make(home, backups)

    making = start(home, ROHNAMO, "backup", "--to", backups, limit_bytes=SMALL_DISK_BYTES)
    _out, making_said = making.communicate()
    restoring = start(home, ROHNAMO, "restore", source, "--over", limit_bytes=SMALL_DISK_BYTES)
    _out, restoring_said = restoring.communicate()

    assert (making.returncode, restoring.returncode) == (1, 1)
    assert making_said.startswith("The backup could not be finished: "), making_said
    assert making_said.endswith("Nothing of it is left; earlier ones are untouched.\n")
    assert restoring_said.startswith("The backup could not be restored: "), restoring_said
    assert restoring_said.endswith(f"{home} is as it was.\n")
    assert sorted(path.name for path in backups.iterdir()) == [source.name]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "home"]
    assert asked(home, "SELECT count(*) FROM people_person") == [(20,)]


def test_given_a_house_that_writes_and_deletes_when_backups_are_made_then_each_shows_one_moment_with_all_its_files(
    home: Path, tmp_path: Path, asked: Query
) -> None:
    stop = tmp_path / "stop"
    writer = start(home, sys.executable, "-c", WRITE, stop)
    while asked(home, "SELECT count(*) FROM people_person") == [(20,)]:
        assert writer.poll() is None, writer.communicate()
        time.sleep(0.05)

    made = [make(home, tmp_path / f"backups-{number}") for number in range(BACKUPS)]
    stop.touch()
    written, complaints = writer.communicate(timeout=PATIENCE_SECONDS)

    people = [one.rows("people_person") for _path, one in made]
    assert writer.returncode == 0, complaints
    assert [one.rows("deliveries_delivery") for _path, one in made] == people
    assert people == sorted(people)
    assert 20 < people[0] <= people[-1] <= 20 + int(written)
    assert [one.damaged for _path, one in made] == [()] * BACKUPS
    path, newest = made[-1]
    new = tmp_path / "new"
    restore(path, new, keys_from=home / "keys", over=False)
    deeds = asked(new, "SELECT count(*) FROM core_auditentry WHERE verb = 'test.wrote'")
    assert deeds == [(newest.rows("people_person") - 20,)]
    assert asked(new, "PRAGMA integrity_check") == [("ok",)]


def test_given_a_restore_under_way_when_another_one_or_a_server_is_started_then_it_waits_outside(
    home: Path, tmp_path: Path
) -> None:
    source, _made = make(home, tmp_path / "backups")
    first = start(home, ROHNAMO, "restore", source, "--over")
    while first.poll() is None and not any(tmp_path.glob(".home.restoring-*")):
        time.sleep(0.001)

    with pytest.raises(Refused, match="is under way already"):
        restore(source, home, keys_from=None, over=True)
    tick = start(home, ROHNAMO, "tick")
    _out, said = tick.communicate()

    first.communicate()
    assert first.returncode == 0
    assert (tick.returncode, said) == (
        1, "A backup is being restored into this home. Wait until it is done.\n",
    )  # fmt: skip
