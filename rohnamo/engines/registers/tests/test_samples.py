"""The four registers that partners sent as examples, where the folder beside the repository has them.

They are not part of the repository; the counts here are of rows, never of people by name.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rohnamo.engines.registers import Gazetteer, GazetteerRow, Kind, Register, read_register

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
REGISTERS = SHARED / "samples" / "registers"

pytestmark = pytest.mark.skipif(
    not REGISTERS.is_dir(), reason=f"the example registers are not beside the repository ({REGISTERS})"
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    with (SHARED / "facts" / "admin-divisions.csv").open(encoding="utf-8", newline="") as file:
        return Gazetteer([_row(entry) for entry in csv.DictReader(file)])


def _row(entry: dict[str, str]) -> GazetteerRow:
    kinds = {"district": Kind.DISTRICT, "city": Kind.CITY, "capital city": Kind.CITY}
    names = [entry[column] for column in ("name_en", "name_tg", "name_ru", "former_names")]
    seats = re.findall(r"seat (\w+)", entry["note"])
    return GazetteerRow(
        entry["proposed_code"], int(entry["level"]), names, seats, kinds.get(entry["type"], Kind.ANY)
    )


def _read(name: str, gazetteer: Gazetteer) -> Register:
    return read_register(REGISTERS / name, name, gazetteer, today=date(2026, 11, 24))


def _fields(register: Register) -> str:
    return " ".join(str(column.field) for column in register.columns)


def _reasons(register: Register) -> dict[str, int]:
    return dict(Counter(reason.code.value for row in register.rows for reason in row.reasons))


def test_given_the_health_register_when_it_is_read_then_rows_columns_and_reasons_are_these(
    gazetteer: Gazetteer,
) -> None:
    register = _read("health-outreach-2025-q1.xlsx", gazetteer)

    rows = list(register.rows)

    assert (register.header_row, len(rows), dict(register.rows.skipped)) == (3, 427, {"blank": 5, "total": 1})
    assert _fields(register) == "serial full_name sex birth place phone day service consent notes"
    assert _reasons(register) == {
        "notes_dropped": 7, "place_unknown": 5, "birth_unreadable": 2, "birth_impossible": 1,
    }  # fmt: skip
    assert Counter(row.birth.precision for row in rows) == {
        "day": 357,
        "year": 44,
        "estimated": 22,
        "none": 4,
    }
    assert Counter(row.sex for row in rows) == {"f": 215, "m": 212}
    assert Counter(row.consent for row in rows) == {False: 390, True: 37}
    assert sum(row.phone is not None for row in rows) == 315
    assert register.context.period == (date(2025, 1, 1), date(2025, 3, 31))
    assert not any(row.is_refused for row in rows)


def test_given_the_migration_register_when_it_is_read_then_rows_columns_and_reasons_are_these(
    gazetteer: Gazetteer,
) -> None:
    register = _read("migration-service-consultations-2025.xlsx", gazetteer)

    rows = list(register.rows)

    assert (register.header_row, len(rows), dict(register.rows.skipped)) == (1, 380, {})
    assert _fields(register) == (
        "serial family given patronymic sex birth place phone day service destination"
    )
    assert _reasons(register) == {"place_unknown": 6, "name_missing": 3}
    assert [row.number for row in rows if row.is_refused] == [143, 231, 290]
    assert Counter(row.birth.precision for row in rows) == {"year": 369, "none": 11}
    assert Counter(row.sex for row in rows) == {"f": 204, "m": 176}
    assert sum(row.phone is not None for row in rows) == 295


def test_given_the_course_register_when_it_is_read_then_rows_columns_and_reasons_are_these(
    gazetteer: Gazetteer,
) -> None:
    register = _read("pre-departure-course-2025.csv", gazetteer)

    rows = list(register.rows)

    assert (register.header_row, len(rows), dict(register.rows.skipped)) == (1, 260, {})
    assert _fields(register) == (
        "family given patronymic sex birth place document course hours pretest posttest"
    )
    assert _reasons(register) == {"place_unknown": 8, "birth_unreadable": 1}
    assert Counter(row.birth.precision for row in rows) == {
        "day": 209,
        "year": 29,
        "estimated": 20,
        "none": 2,
    }
    assert Counter(row.course_text for row in rows).keys() == {
        "PDO Russia",
        "PDO Kazakhstan",
        "Welding basics",
    }
    assert {(row.day, row.day_precision.value) for row in rows} == {(date(2025, 1, 1), "year")}


def test_given_the_border_register_when_it_is_read_then_the_afghan_side_is_counted_and_not_named(
    gazetteer: Gazetteer,
) -> None:
    register = _read("joint-border-training-2013-11.xlsx", gazetteer)

    rows = list(register.rows)

    assert (register.header_row, len(rows), _reasons(register)) == (2, 20, {})
    assert _fields(register) == "full_name agency post sex count pretest posttest"
    assert [(row.count, row.sex.value, row.full_name) for row in rows if row.is_afghan_side] == [
        (9, "m", ""),
        (3, "f", ""),
    ]
    assert sum(row.count for row in rows) == 30
    assert register.context.period == (date(2013, 11, 1), date(2013, 11, 30))
    assert register.context.place == gazetteer.find("Хорог").code
