"""Millions of rows between the database and columns of whole numbers, several times faster than row by row.

SQLite takes a hundred rows a statement: what a statement costs beside its rows is then paid once in a hundred.
PostgreSQL is written and read by COPY in its binary format, whose rows are put together a column at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Numbers = NDArray[Any]
Columns = dict[str, Numbers]
_ROWS_READ, _ROWS_WRITTEN, _ROWS_A_STATEMENT = 2_000, 20_000, 100


@dataclass(frozen=True)
class Column:
    """kind: bigint, integer, boolean, text, numeric (two places) or reference.

    values: whole numbers, always: of text the places of its words in `words`, of numeric the hundredths, of a
    reference 0 for none.
    """

    kind: str
    values: Numbers
    words: tuple[str, ...] = ()

    def __getitem__(self, rows: slice | Numbers) -> "Column":
        return Column(self.kind, self.values[rows], self.words)


def read(sql: str, kinds: Mapping[str, np.dtype[Any]]) -> Columns:
    """The rows of a SELECT of whole numbers, none of them NULL, as columns. kinds: of its columns, in their order."""
    read_blocks = _blocks_of_postgresql if connection.vendor == "postgresql" else _blocks_of_sqlite
    blocks: list[Columns] = [
        {name: block[place].astype(kind) for place, (name, kind) in enumerate(kinds.items())}
        for block in read_blocks(sql, tuple(kinds))
    ]
    return {name: np.concatenate([block.pop(name) for block in blocks]) for name in kinds}


def write(table: str, columns: Mapping[str, Column]) -> None:
    """Insert rows; those of a table that comes in the order of its key are inserted fastest."""
    if not len(next(iter(columns.values())).values):
        return
    if connection.vendor == "postgresql":
        _write_postgresql(table, columns)
    else:
        _write_sqlite(table, columns)


def _blocks_of_sqlite(sql: str, names: Sequence[str]) -> Iterator[Numbers]:
    yield np.empty((len(names), 0), dtype=np.int64)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(_ROWS_READ):
            flat = np.fromiter(chain.from_iterable(rows), np.int64, count=len(rows) * len(names))
            yield flat.reshape(-1, len(names)).T


def _write_sqlite(table: str, columns: Mapping[str, Column]) -> None:
    # What is the same in all rows stands in the statement: not to bind it spares a tenth of the time for each.
    fixed = {name: _literal(column[:1]) for name, column in columns.items() if _is_fixed(column)}
    bound = [column for name, column in columns.items() if name not in fixed]
    row = f"({', '.join(fixed.get(name, '%s') for name in columns)})"
    rows = len(next(iter(columns.values())).values)
    whole = rows - rows % _ROWS_A_STATEMENT
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 -- names of our own tables
    many = insert + ", ".join([row] * _ROWS_A_STATEMENT)
    with connection.cursor() as cursor:
        # Not all at once as an iterator: Django would keep what it has read of it until the end.
        for start in range(0, whole, _ROWS_WRITTEN):
            cursor.executemany(many, _parameters(bound, slice(start, min(start + _ROWS_WRITTEN, whole))))
        if rows > whole:
            cursor.execute(insert + ", ".join([row] * (rows - whole)), _flat(bound, slice(whole, rows)))


def _is_fixed(column: Column) -> bool:
    return len(column.values) >= _ROWS_A_STATEMENT and bool((column.values == column.values[0]).all())


def _literal(column: Column) -> str:
    (value,) = _python_values(column)
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def _parameters(bound: Sequence[Column], rows: slice) -> list[list[Any]]:
    """Values of a hundred rows each."""
    flat, width = _flat(bound, rows), len(bound) * _ROWS_A_STATEMENT
    return [flat[place : place + width] for place in range(0, len(flat), width)]


def _flat(bound: Sequence[Column], rows: slice) -> list[Any]:
    """Values row after row."""
    flat: list[Any] = [None] * (len(bound) * (rows.stop - rows.start))
    for place, column in enumerate(bound):
        flat[place :: len(bound)] = _python_values(column[rows])
    return flat


def _python_values(column: Column) -> list[Any]:
    values = column.values
    if column.kind == "text":
        return list(np.array(column.words, dtype=object)[values])
    if column.kind == "numeric":
        # Nearest to the hundredths, as SQLite itself would read them from text.
        return list((values / 100).tolist())
    if column.kind == "reference":
        return [number or None for number in values.tolist()]
    return list(values.astype(np.int64).tolist())


# What stands before the rows: a signature, flags, no extension. Source: PostgreSQL's manual, COPY, binary format.
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NUMERIC = np.dtype(
    [("count", ">i2"), ("weight", ">i2"), ("sign", ">i2"), ("scale", ">i2"), ("digits", ">i2", 5)]
)
_KINDS: dict[str, np.dtype[Any]] = {
    "bigint": np.dtype(">i8"),
    "reference": np.dtype(">i8"),
    "integer": np.dtype(">i4"),
    "boolean": np.dtype("u1"),
    "numeric": _NUMERIC,
}


def _blocks_of_postgresql(sql: str, names: Sequence[str]) -> Iterator[Numbers]:
    row = np.dtype([("fields", ">i2"), ("values", [("size", ">i4"), ("value", ">i8")], len(names))])
    whole = ", ".join(f"{name}::bigint" for name in names)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY (SELECT {whole} FROM ({sql}) met) TO STDOUT (FORMAT BINARY)"  # noqa: S608
        ) as copy,
    ):
        for block in _joined(copy):
            yield np.frombuffer(block, row)["values"]["value"].T


def _joined(copy: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """Rows, many at a time, without what stands before the first and after the last."""
    rows = iter(copy)
    some = [bytes(next(rows))[len(_HEAD) :]]
    while some:
        some += map(bytes, islice(rows, _ROWS_READ))
        if some[-1] == _END:
            some.pop()
        yield b"".join(some)
        some = [bytes(row) for row in islice(rows, 1)]


def _write_postgresql(table: str, columns: Mapping[str, Column]) -> None:
    names = ", ".join(columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.write(_HEAD)
        for rows in _alike(list(columns.values())):
            for start in range(0, len(rows), _ROWS_WRITTEN):
                some = rows[start : start + _ROWS_WRITTEN]
                copy.write(_binary([column[some] for column in columns.values()]))
        copy.write(_END)


def _alike(columns: Sequence[Column]) -> list[Numbers]:
    """The places of rows whose fields are equally long each, so that a row is a record of fixed length."""
    shape = np.zeros(len(columns[0].values), dtype=np.int64)
    for column in columns:
        if column.kind in {"text", "reference"}:
            shape = shape * 16 + _lengths(column)
    return [np.flatnonzero(shape == one) for one in np.unique(shape)]


def _lengths(column: Column) -> Numbers:
    if column.kind == "reference":
        return np.where(column.values == 0, 0, 8)
    return np.array([len(word) for word in column.words])[column.values]


def _binary(columns: Sequence[Column]) -> bytes:
    """Rows whose fields are equally long, as COPY takes them: the number of fields, then each with its length."""
    kinds = [_kind(column) for column in columns]
    fields = [(f"size{n}", ">i4") for n in range(len(columns))]
    parts: list[Any] = [("fields", ">i2")]
    for field, kind, n in zip(fields, kinds, range(len(columns)), strict=True):
        parts += [field] if kind is None else [field, (f"value{n}", kind)]
    rows = np.empty(len(columns[0].values), dtype=np.dtype(parts))
    rows["fields"] = len(columns)
    for n, (column, kind) in enumerate(zip(columns, kinds, strict=True)):
        rows[f"size{n}"] = -1 if kind is None else kind.itemsize
        if kind is not None:
            _fill(rows[f"value{n}"], column)
    return rows.tobytes()


def _kind(column: Column) -> np.dtype[Any] | None:
    """None for a field without a value."""
    if column.kind == "text":
        return np.dtype(("S", int(_lengths(column[:1])[0])))
    if column.kind == "reference" and not column.values[0]:
        return None
    return _KINDS[column.kind]


def _fill(field: Numbers, column: Column) -> None:
    if column.kind == "text":
        field[:] = np.array([word.encode() for word in column.words])[column.values]
    elif column.kind == "numeric":
        _fill_numeric(field, column.values)
    else:
        field[:] = column.values


def _fill_numeric(field: Numbers, hundredths: Numbers) -> None:
    """PostgreSQL keeps digits of ten thousand: four before the point are enough for 10^16, one stands behind it."""
    whole, rest = np.divmod(np.abs(hundredths), 100)
    field["count"], field["weight"], field["scale"] = 5, 3, 2
    field["sign"] = np.where(hundredths < 0, 0x4000, 0)
    for place in range(3, -1, -1):
        whole, field["digits"][:, place] = np.divmod(whole, 10_000)
    field["digits"][:, 4] = rest * 100
