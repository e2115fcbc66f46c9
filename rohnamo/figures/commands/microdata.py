"""Files of `rohnamo disclosure`: rows of persons in, tables out and in again."""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path

from rohnamo.core.errors import WrongData
from rohnamo.core.writing import write_file
from rohnamo.engines.disclosure import Cell, Released
from rohnamo.engines.registers import RegisterError
from rohnamo.engines.registers.encoding import decode

COUNT, SUM, MEAN = "count", "sum", "mean"
HIDDEN = "*"
UNKNOWN = "unknown"
"""What an empty value is called, because an empty attribute of the table means "all"."""
_SEPARATORS = (",", ";", "\t", "|")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+")


@dataclass(frozen=True)
class Microdata:
    """Rows of a file, one a person, of the columns that were asked for. unknown: how many values were empty."""

    rows: list[tuple[str, ...]]
    amounts: list[Decimal]
    unknown: int


def read_persons(path: Path, attributes: Sequence[str], amount: str = "") -> Microdata:
    """Read the columns of a CSV in any usual encoding, separated by comma, semicolon, tab or bar.

    Raises WrongData, which names columns and line numbers, never what stands in a cell.
    """
    wanted = [*attributes, *([amount] if amount else [])]
    records = _records(path, wanted)
    titles = next(records, [])
    places = [_place(name, titles, path) for name in wanted]
    rows: list[tuple[str, ...]] = []
    amounts: list[Decimal] = []
    unknown = 0
    for line, cells in enumerate(records, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(titles):
            raise WrongData(
                f"Row {line} of {path.name} has {len(cells)} columns, the titles have {len(titles)}."
            )
        values = [cells[place].strip() for place in places]
        unknown += sum(not value for value in values[: len(attributes)])
        rows.append(tuple(value or UNKNOWN for value in values[: len(attributes)]))
        if amount:
            amounts.append(_amount(values[-1], line, amount))
    if not rows:
        raise WrongData(f"{path.name} has no rows of persons.")
    return Microdata(rows, amounts, unknown)


def write_table(path: Path, titles: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows(lines)
    write_file(path, text.getvalue().encode())


def read_table(path: Path) -> Released | None:
    """A table that was published before; None when even its total was hidden, so that it told nothing."""
    records = _records(path, [COUNT])
    titles = next(records, [])
    place = _place(COUNT, titles, path)
    names = [name for name in titles if name not in (COUNT, SUM, MEAN)]
    cells: dict[Cell, int | None] = {}
    for line, values in enumerate(records, 2):
        if len(values) != len(titles):
            raise WrongData(
                f"Row {line} of {path.name} is not a row of a table that `disclosure protect` wrote."
            )
        named = dict(zip(titles, values, strict=True))
        cells[Cell.of(**{name: named[name] for name in names if named[name]})] = _count(
            values[place], line, path
        )
    if Cell() not in cells:
        raise WrongData(
            f"{path.name} has no row for the total. Give a table that `disclosure protect` wrote."
        )
    total = cells.pop(Cell())
    if total is None:
        return None
    categories = {
        name: sorted({value for cell in cells for one, value in cell.attributes if one == name})
        for name in names
    }
    return Released("", total, cells, categories=categories, are_zeros_hidden=True)


def _records(path: Path, wanted: Sequence[str]) -> Iterator[list[str]]:
    try:
        text = decode(path.read_bytes())
    except RegisterError as error:
        raise WrongData(f"{path.name}: {error}") from error
    except OSError as error:
        raise WrongData(f"{path} cannot be read: {os.strerror(error.errno or 0)}.") from error
    first = text.partition("\n")[0]
    found = {one: set(next(csv.reader([first], delimiter=one), [])) for one in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda one: (len(found[one] & set(wanted)), len(found[one])))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _place(name: str, titles: Sequence[str], path: Path) -> int:
    stripped = [title.strip() for title in titles]
    if stripped.count(name) > 1:
        raise WrongData(f"{path.name} has two columns {name}.")
    if name in stripped:
        return stripped.index(name)
    if not any(stripped):
        raise WrongData(f"{path.name} is empty.")
    alike = get_close_matches(name, stripped, n=1) or [one for one in stripped if one.lower() == name.lower()]
    hint = f" Did you mean {alike[0]}?" if alike else f" It has {', '.join(stripped[:20])}."
    raise WrongData(f"{path.name} has no column {name}.{hint}")


def _amount(text: str, line: int, name: str) -> Decimal:
    if _THOUSANDS.fullmatch(text.strip()):
        raise WrongData(
            f"Row {line}: {name} may be thousands or a decimal: a comma and three digits. Write it without the comma,"
            " or with a point."
        )
    try:
        amount = Decimal(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise WrongData(f"Row {line}: {name} is not a number. Write 0 where somebody got nothing.")
    if amount < 0:
        raise WrongData(
            f"Row {line}: {name} is below zero. Sums are protected only where everybody's share is not."
        )
    return amount


def _count(text: str, line: int, path: Path) -> int | None:
    if text == HIDDEN:
        return None
    if not text.isdecimal():
        raise WrongData(f"Row {line} of {path.name}: the count is neither a whole number nor {HIDDEN}.")
    return int(text)
