"""A report of 480 indicators with all breakdowns as a spreadsheet, beside openpyxl writing the same cells.

    .venv/bin/python -m bench.reports [--indicators 480]

Reading the numbers is `bench.counting`'s to measure; here they are made up.
"""

import argparse
import os
import time
from collections.abc import Callable
from io import BytesIO

import django
import openpyxl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rohnamo.config.settings")
django.setup()

from rohnamo.results.queries.donorreports import paper_of  # noqa: E402 -- models exist only after start
from rohnamo.ui.papers import Paper, Table, as_spreadsheet  # noqa: E402 -- as above

PROJECTS = 12
AGES = ("0-14", "15-17", "18-24", "25-34", "35-49", "50-64", "65+", "u")
DISTRICTS = [f"TJ-{number}" for number in range(68)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--indicators", type=int, default=480)
    indicators = parser.parse_args().indicators
    paper = paper_of(_data(indicators), language="tg")
    ours, peer = _timed(lambda: as_spreadsheet(paper)), _timed(lambda: _by_openpyxl(paper))
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
    print(f"{indicators} indicators, {rows} rows")
    print(f"  ours      {ours:6.2f} s of CPU")
    print(f"  openpyxl  {peer:6.2f} s of CPU")
    print(f"  ours / openpyxl: {ours / peer:.2f}")


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _by_openpyxl(paper: Paper) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for number, table in enumerate(block for block in paper.blocks if isinstance(block, Table)):
        sheet = book.create_sheet(str(number))
        sheet.append([column.title for column in table.columns])
        for row in table.rows:
            sheet.append([cell if isinstance(cell, str | int) else str(cell) for cell in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _data(indicators: int) -> dict[str, object]:
    each = indicators // PROJECTS
    return {
        "as_of": "2026-01-01",
        "period": {"label": "2025-H2", "start": "2025-07-01", "end": "2025-12-31"},
        "districts": {code: {"en": code} for code in DISTRICTS},
        "projects": [_project(f"EX.{number:02d}", each) for number in range(1, PROJECTS + 1)],
    }


def _project(code: str, indicators: int) -> dict[str, object]:
    made = [_indicator(f"1.{number}") for number in range(indicators)]
    return {
        "code": code,
        "titles": {"en": code},
        "is_example": True,
        "donors": [],
        "places": [],
        "money": None,
        "results": [{"code": "1", "kind": "output", "titles": {"en": "Result"}, "indicators": made}],
    }


def _indicator(code: str) -> dict[str, object]:
    return {
        "code": code,
        "titles": {"en": "People advised"},
        "unit_names": {"en": "people"},
        "baseline": "0",
        "target": "2000",
        "actual": "1234",
        "is_hidden": False,
        "is_approved": True,
        "parts": {
            "sex": [[sex, 400] for sex in "fmu"],
            "age": [[age, 150] for age in AGES],
            "district": [[district, 18] for district in DISTRICTS],
        },
    }


if __name__ == "__main__":
    main()
