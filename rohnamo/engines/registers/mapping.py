"""The caller's own word on what columns mean: a TOML or CSV file of titles and fields."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from rohnamo.engines.registers.encoding import decode
from rohnamo.engines.registers.errors import BadMapping
from rohnamo.engines.registers.fields import Field
from rohnamo.engines.registers.folding import fold

_LONGEST_ENTRY = 60


def read_mapping(path: str | PathLike[str]) -> dict[str, str]:
    """Titles and fields of a mapping file; raises BadMapping.

    TOML: `"Ваш возраст" = "age"`, at the top or under [columns]. CSV: two columns, title and field, with
    any of ; , or a tab between them; a first row "title;field" is not taken for a column.
    """
    text = decode(Path(path).read_bytes())
    entries = _from_toml(text) if str(path).lower().endswith(".toml") else _from_csv(text)
    fields_by_title(entries)
    return entries


def fields_by_title(mapping: Mapping[str, str]) -> dict[str, Field]:
    """Folded title -> field. Raises BadMapping for a field that does not exist or a title said twice."""
    fields: dict[str, Field] = {}
    for title, name in mapping.items():
        folded = fold(title)
        try:
            field = Field(name.strip().lower() or Field.IGNORED)
        except ValueError as error:
            raise BadMapping(entry=name[:_LONGEST_ENTRY]) from error
        if not folded or fields.get(folded, field) is not field:
            raise BadMapping(entry=title[:_LONGEST_ENTRY])
        fields[folded] = field
    return fields


def _from_toml(text: str) -> dict[str, str]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(entry="TOML") from error
    entries = tables.get("columns", tables)
    if not isinstance(entries, dict) or not all(isinstance(field, str) for field in entries.values()):
        raise BadMapping(entry="TOML")
    return entries


def _from_csv(text: str) -> dict[str, str]:
    separator = max(";,\t", key=text.partition("\n")[0].count)
    entries: dict[str, str] = {}
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if not any(row) or [cell.strip().lower() for cell in row] == ["title", "field"]:
                continue
            if len(row) != 2 or entries.get(row[0], row[1]) != row[1]:
                raise BadMapping(entry=row[0][:_LONGEST_ENTRY])
            entries[row[0]] = row[1]
    except csv.Error as error:
        raise BadMapping(entry="CSV") from error
    return entries
