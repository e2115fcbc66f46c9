"""Intake of a large register into a large register of people, beside openpyxl's bare reading of the same sheet.

    .venv/bin/python -m bench.intake --known 1000000 --rows 100000 [--home FOLDER] [--seed S]

Makes its own mission home (kept with --home, so that a second run need not make the people again;
another --seed writes other rows), writes a sheet of
12 columns in which half of the rows are people who are known in another script, and prints times, memory and ratios.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BATCH = 5_000
TITLES = (
    "№", "Насаб", "Ном", "Номи падар", "Ҷинс", "Санаи таваллуд", "Ноҳия", "Телефон", "Ҳуҷҷат", "Сана", "Хизмат", "Кишвар",
)  # fmt: skip


def main() -> None:
    asked = _arguments()
    home = Path(asked.home or tempfile.mkdtemp(prefix="rohnamo-bench-"))
    os.environ["ROHNAMO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
    if asked.step:
        STEPS[asked.step](home)
        return
    sheet = home / f"register-2025-{asked.rows}-{asked.seed}.xlsx"
    _make(home, sheet, asked)
    bare = _run(home, sheet, "openpyxl")
    checked = _run(home, sheet, "read")
    taken = _command(["intake", str(sheet), "--source", "migration-service", "--project", "EX.01"], home)
    again = _command(["intake", str(sheet), "--source", "migration-service", "--project", "EX.01"], home)
    print(f"{asked.rows} rows of {len(TITLES)} columns into {asked.known} known people")
    for name, (wall, cpu, memory) in {
        "openpyxl, bare reading": bare,
        "ours, reading and checking": checked,
        "ours, whole intake": taken,
        "ours, the same file again": again,
    }.items():
        print(f"  {name:<28} {wall:8.1f} s  {cpu:8.1f} s of CPU  {memory:6.0f} MB")
    print(
        f"  reading and checking / openpyxl bare: {checked[1] / bare[1]:.2f} of its CPU, {checked[0] / bare[0]:.2f} of its time"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--known", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--home")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--step", choices=["openpyxl", "read"], help=argparse.SUPPRESS)
    return parser.parse_args()


def _make(home: Path, sheet: Path, asked: argparse.Namespace) -> None:
    import django

    django.setup()
    from random import Random

    import xlsxwriter

    from rohnamo.config.example.content import made_up
    from rohnamo.config.mission import open_mission
    from rohnamo.core.audit import SYSTEM
    from rohnamo.people.actions import load_many
    from rohnamo.people.models import Person
    from rohnamo.places.models import Place
    from rohnamo.projects.models import Project, Source

    open_mission("tajikistan")
    known, rows = asked.known, asked.rows
    random, chosen, districts = Random(7), Random(asked.seed), list(Place.objects.filter(level=2))
    source, project = Source.objects.get(code="pre-departure"), Project.objects.get(code="EX.02")
    present = Person.objects.count()
    people = []
    for start in range(0, known, BATCH):
        batch = [made_up(random, districts) for _ in range(min(BATCH, known - start))]
        if start >= present:
            load_many([one.written("tg") for one in batch], source=source, project=project, by=SYSTEM)
            print(f"\r  {start + len(batch)} of {known} people", end="", file=sys.stderr)
        people += chosen.sample(batch, k=len(batch) * rows // (2 * known))
    print(file=sys.stderr)
    people += [made_up(chosen, districts) for _ in range(rows - len(people))]
    chosen.shuffle(people)
    book = xlsxwriter.Workbook(sheet, {"constant_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, TITLES)
    for number, one in enumerate(people, start=1):
        family, given, father = one.name.written("ru")
        born = one.born.strftime("%d.%m.%Y") if one.knows_day else str(one.born.year)
        place = one.district.names["ru"]
        page.write_row(
            number, 0,
            (number, family, given, father, one.name.sex, born, place, one.phone, "", "11.02.2025", "машварат", "Русия"),
        )  # fmt: skip
    book.close()


def _openpyxl(home: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(_sheet(home), read_only=True)
    assert sum(1 for _row in book.active.iter_rows(values_only=True)) > 1


def _read(home: Path) -> None:
    """The reader alone: every row typed and checked, with the places of the mission; no database."""
    from datetime import date

    from rohnamo.core.home import REPOSITORY
    from rohnamo.core.missionfiles import read_mission
    from rohnamo.engines.registers import Gazetteer, GazetteerRow, read_register

    places = read_mission(REPOSITORY / "missions" / "tajikistan").places
    gazetteer = Gazetteer(GazetteerRow(one.code, one.level, tuple(one.name.values())) for one in places)
    sheet = _sheet(home)
    register = read_register(sheet.read_bytes(), sheet.name, gazetteer, today=date(2026, 1, 1))
    assert sum(1 for _row in register.rows) > 1


def _sheet(home: Path) -> Path:
    return max(home.glob("register-2025-*.xlsx"), key=lambda path: path.stat().st_mtime)


STEPS = {"openpyxl": _openpyxl, "read": _read}


def _run(home: Path, sheet: Path, step: str) -> tuple[float, float, float]:
    sheet.touch()
    return _timed([sys.executable, "-m", "bench.intake", "--home", str(home), "--step", step])


def _command(arguments: list[str], home: Path) -> tuple[float, float, float]:
    return _timed([str(Path(sys.executable).with_name("rohnamo")), *arguments])


def _timed(command: list[str]) -> tuple[float, float, float]:
    """(seconds, seconds of CPU, peak megabytes) of a process."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
