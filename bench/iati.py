"""Import of many activities, beside lxml's bare parsing of the same file, and the public schema where it is at hand.

    .venv/bin/python -m bench.iati [--activities 900] [--transactions 60] [--home FOLDER] [--schema FILE.xsd]

Makes a file of whole activities with results and money, and prints times, memory and ratios. Each step runs in a
process of its own. --schema: the activity schema of IATI 2.03, which is not part of this project; without it a copy
beside the repository is taken, or the comparison is left out.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "iati" / "xsd" / "iati-activities-schema.xsd"


def main() -> None:
    asked = _arguments()
    home = Path(asked.home or tempfile.mkdtemp(prefix="rohnamo-bench-"))
    os.environ["ROHNAMO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
    file = home / f"activities-{asked.activities}-{asked.transactions}.xml"
    if asked.step:
        STEPS[asked.step](file, asked)
        return
    _step("make", asked, home)
    size = file.stat().st_size / 1024 / 1024
    print(f"{asked.activities} activities with {asked.transactions} transactions each, {size:.1f} MB")
    bare = _told("lxml, bare parsing", "parse", asked, home)
    schema = _told("lxml, parsing and schema", "schema", asked, home) if asked.schema.exists() else None
    checked = _told("ours, all public rules", "check", asked, home)
    taken = _told("ours, import: look and take in", "import", asked, home)
    _told("ours, the same file again", "import", asked, home)
    print(f"  all public rules / lxml bare parsing: {checked / bare:.1f} of its time")
    print(f"  whole import / lxml bare parsing: {taken / bare:.1f} of its time")
    if schema:
        print(f"  whole import / lxml parsing and schema: {taken / schema:.1f} of its time")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--activities", type=int, default=900)
    parser.add_argument("--transactions", type=int, default=60)
    parser.add_argument("--home")
    parser.add_argument("--schema", type=Path, default=SCHEMA)
    parser.add_argument("--step", help=argparse.SUPPRESS)
    return parser.parse_args()


def _told(name: str, step: str, asked: argparse.Namespace, home: Path) -> float:
    seconds, memory = _step(step, asked, home)
    print(f"  {name:<32} {seconds:8.1f} s  {memory:6.0f} MB")
    return seconds


def _step(step: str, asked: argparse.Namespace, home: Path) -> tuple[float, float]:
    """Seconds of the work itself and the most memory of its process."""
    command = [
        sys.executable,
        "-m",
        "bench.iati",
        "--step",
        step,
        "--home",
        str(home),
        "--schema",
        str(asked.schema),
    ]
    sizes = ["--activities", str(asked.activities), "--transactions", str(asked.transactions)]
    done = subprocess.run([*command, *sizes], capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def _timed(work: Callable[[], object]) -> None:
    begun = time.monotonic()
    work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.monotonic() - begun, memory)


def _make(file: Path, asked: argparse.Namespace) -> None:
    import django

    django.setup()
    from rohnamo.config.mission import open_mission
    from rohnamo.engines.iati.tests.factories import NOW, an_activity
    from rohnamo.engines.iati.writing import element_of, written

    open_mission("tajikistan")
    transactions = an_activity().transactions * (asked.transactions // 2)
    elements = (
        element_of(replace(an_activity(f"BENCH.{number:05d}"), transactions=transactions))
        for number in range(asked.activities)
    )
    with file.open("wb") as out:
        out.writelines(written(elements, at=NOW))
    print(0, 0)


def _parse(file: Path, asked: argparse.Namespace) -> None:
    from lxml import etree

    _timed(lambda: etree.parse(str(file)))


def _schema(file: Path, asked: argparse.Namespace) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(asked.schema)))
    _timed(lambda: schema.validate(etree.parse(str(file))))


def _check(file: Path, asked: argparse.Namespace) -> None:
    from datetime import UTC, datetime

    from rohnamo.engines import iati

    def work() -> None:
        with file.open("rb") as source:
            found = sum(
                len(iati.check(one, now=datetime.now(UTC))) for one in iati.activities(source, iati.File())
            )
        if found:
            raise SystemExit(f"{found} findings in a file that should have none")

    _timed(work)


def _import(file: Path, asked: argparse.Namespace) -> None:
    import django

    django.setup()
    from rohnamo.core.audit import SYSTEM
    from rohnamo.iati.actions import import_file

    _timed(lambda: import_file(file, by=SYSTEM))


STEPS = {"make": _make, "parse": _parse, "schema": _schema, "check": _check, "import": _import}

if __name__ == "__main__":
    main()
