"""Columns of numbers come out of the database and go into it as what they are, on either database."""

from decimal import Decimal

import numpy as np
import pytest
from django.db import connection

from rohnamo.results.actions.columns import Column, read, write

WIDE = np.dtype(np.int64)
KINDS = (
    "big bigint, small integer, sex varchar(1), age varchar(8), place bigint, is_first boolean,"
    " quantity numeric(16, 2)"
)
# More than go into one statement, and not a round number of them.
ROWS = 250


def kept(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT big, small, sex, age, place, is_first, quantity FROM {table} ORDER BY big")
        return [
            (*row[:5], bool(row[5]), Decimal(str(row[6])).quantize(Decimal("0.01")))
            for row in cursor.fetchall()
        ]


def make_table(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({KINDS})")


@pytest.mark.django_db
def test_given_rows_of_every_kind_when_written_then_they_are_read_as_they_were() -> None:
    make_table("every_kind")
    number = np.arange(ROWS)
    ages = ("u", "65+", "15-17")

    write(
        "every_kind",
        {
            "big": Column("bigint", 10**15 + number),
            "small": Column("integer", number - 100),
            "sex": Column("text", number % 2, ("f", "m")),
            "age": Column("text", number % 3, ages),
            "place": Column("reference", number % 4),
            "is_first": Column("boolean", number % 5 == 0),
            "quantity": Column("numeric", (number - 2) * 12_345_678_901),
        },
    )

    assert kept("every_kind") == [
        (
            10**15 + n,
            n - 100,
            "fm"[n % 2],
            ages[n % 3],
            n % 4 or None,
            n % 5 == 0,
            (n - 2) * Decimal("123456789.01"),
        )
        for n in range(ROWS)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 100, ROWS])
def test_given_columns_that_are_alike_in_all_rows_when_written_then_they_stand_in_each(rows: int) -> None:
    make_table("alike")
    number = np.arange(rows)
    nothing = np.zeros(rows, dtype=np.int64)

    write(
        "alike",
        {
            "big": Column("bigint", number),
            "small": Column("integer", nothing + 7),
            "sex": Column("text", nothing, ("f",)),
            "age": Column("text", nothing, ("0-14",)),
            "place": Column("reference", nothing),
            "is_first": Column("boolean", nothing == 0),
            "quantity": Column("numeric", nothing + 10),
        },
    )

    assert kept("alike") == [(n, 7, "f", "0-14", None, True, Decimal("0.10")) for n in range(rows)]


@pytest.mark.django_db
def test_given_no_rows_when_written_then_nothing_happens() -> None:
    make_table("empty")

    write("empty", {"big": Column("bigint", np.arange(0)), "small": Column("integer", np.arange(0))})

    assert kept("empty") == []


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 1, 2_001, 4_001, 4_002])
def test_given_a_select_when_read_then_each_column_in_its_width(rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE counted (n integer)")
        cursor.executemany("INSERT INTO counted VALUES (%s)", [(n,) for n in range(rows)])

    columns = read(
        "SELECT n, n * CAST(3000000000 AS bigint) AS product FROM counted",
        {"n": np.dtype(np.int32), "product": WIDE},
    )

    assert sorted(columns["n"].tolist()) == list(range(rows))
    assert sorted(columns["product"].tolist()) == [n * 3_000_000_000 for n in range(rows)]
    assert {name: column.dtype for name, column in columns.items()} == {
        "n": np.dtype(np.int32),
        "product": WIDE,
    }
