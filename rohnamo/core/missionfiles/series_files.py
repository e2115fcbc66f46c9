"""series/series.toml and one CSV file a series: numbers of the country that others counted."""

from pathlib import Path

from .codes import Quality
from .files import csv_rows, toml_row
from .ledger import Ledger
from .mission import Observation, Series
from .rows import Row


def read_series(ledger: Ledger, folder: Path) -> tuple[Series, ...]:
    whole = toml_row(ledger, folder, "series/series.toml")
    if whole is None:
        return ()
    series = tuple(_one_series(row, folder) for row in whole.tables("series"))
    whole.done()
    return series


def _one_series(row: Row, folder: Path) -> Series:
    code = row.own_code("series")
    parts = row.table("parts")
    part_titles = {part: parts.words(part) for part in parts.values}
    rows = csv_rows(row.ledger, folder, f"series/{code}.csv")
    if code and not rows:
        row.wrong("code", f"a file series/{code}.csv with rows", "none")
    series = Series(
        code=code,
        title=row.words("title"),
        unit=row.words("unit"),
        definition=row.words("definition"),
        source=row.words("source"),
        licence=row.words("licence"),
        indicator=row.text("indicator", default=""),
        parts=part_titles,
        breaks=row.wholes("breaks"),
        lines=row.numbers("lines"),
        observations=tuple(_observation(observed, tuple(part_titles)) for observed in rows),
    )
    row.done()
    _check_years(rows, series)
    return series


def _observation(row: Row, parts: tuple[str, ...]) -> Observation:
    value = row.number_or_none("value")
    observation = Observation(
        year=row.whole("year", least=1900),
        value=value,
        quality=row.choice("quality", Quality) if row.has("quality") or value is not None else None,
        parts={part: row.number(part) for part in parts if row.has(part)},
        note=row.text("note", default=""),
        source=row.text("source") if value is not None else row.text("source", default=""),
    )
    row.done()
    return observation


def _check_years(rows: list[Row], series: Series) -> None:
    """One row a year, in order, none left out: a year without a number is a row with an empty value."""
    for row, before, now in zip(rows[1:], series.observations, series.observations[1:], strict=False):
        if now.year != before.year + 1:
            row.wrong("year", str(before.year + 1), now.year)
