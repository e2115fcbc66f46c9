"""What a paper says, before it is a file. The writers only give it a shape, so that all shapes say the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from rohnamo.ui.spelling import Language, day, number, percent

NOTHING = "–"
HIDDEN_SIGN = "*"


class Kind(StrEnum):
    """What a column holds: text left, everything else right."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


class Hidden(Enum):
    """A number that is there and is not told, because it is small or would tell a small one."""

    HIDDEN = HIDDEN_SIGN


# None: there is no number. Decimal and int are told as they are, never rounded on the way.
Cell = str | int | Decimal | date | Hidden | None


@dataclass(frozen=True)
class Column:
    """title: as printed. share: of the width of the page, beside the other columns."""

    title: str
    kind: Kind = Kind.TEXT
    share: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph. level: 0 for running text, 1 and 2 for headings."""

    words: str
    level: int = 0


@dataclass(frozen=True)
class Table:
    """rows: cells in the order of the columns; every row as long as `columns`. name: of its sheet, at most 31 signs.

    strong: numbers of rows (from 0) that stand out, as totals do. note: a line below.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    note: str = ""


Block = Text | Table


@dataclass(frozen=True)
class Paper:
    """facts: lines of label and value below the title. foot: on every page, as what an example installation must say."""

    language: Language
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: str = ""
    is_landscape: bool = False


def cell_text(cell: Cell, column: Column, language: Language) -> str:
    """A cell as people read it. The same words in every file."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Hidden):
        return HIDDEN_SIGN
    if isinstance(cell, date):
        return day(cell, language)
    if isinstance(cell, str):
        return cell
    if column.kind is Kind.PERCENT:
        return percent(cell, language)
    return number(cell, language)
