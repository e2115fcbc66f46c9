"""The plainest figures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import parse_period
from rohnamo.engines.disclosure import Cell
from rohnamo.figures.actions import Counted, Declaration, declare_measure, publish
from rohnamo.figures.models import Measure, Release, Unit

AFTER = date(2026, 1, 1)


def measure(key: str = "EX.01.reached", **fields: Any) -> Measure:
    fields = {
        "scope": "project",
        "unit": Unit.PERSONS,
        "titles": {"en": "People reached"},
        "definitions": {"en": "Everybody once."},
        **fields,
    }
    return declare_measure(Declaration(key=key, **fields))


def by_sex(women: int, men: int) -> dict[Cell, int]:
    return {Cell.of(sex="f"): women, Cell.of(sex="m"): men}


def release(
    of: Measure,
    label: str,
    cells: Mapping[Cell, int],
    *,
    value: Decimal | int | None = None,
    as_of: date = AFTER,
) -> Release | None:
    total = sum(cells.values()) if value is None else value
    counted = Counted(parse_period(label), total, cells, source={"en": "Records"}, method="first contact, 1")
    return publish(of, counted, as_of=as_of, by=SYSTEM)
