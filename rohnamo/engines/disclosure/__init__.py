"""Statistical disclosure control: no published number may tell of a single person.

Source: decision 0007, small numbers.
"""

from .audit import Finding, Sensitive, Weakness, audit
from .cells import (
    SMALL_NUMBERS,
    TOTAL,
    Breakdown,
    Categories,
    Cell,
    Released,
    Stricter,
    Table,
    TableDoesNotAddUp,
    Threshold,
)
from .knowledge import Contradiction
from .protect import METHOD, Protected, Verdict, protect

__all__ = [
    "METHOD",
    "SMALL_NUMBERS",
    "TOTAL",
    "Breakdown",
    "Categories",
    "Cell",
    "Contradiction",
    "Finding",
    "Protected",
    "Released",
    "Sensitive",
    "Stricter",
    "Table",
    "TableDoesNotAddUp",
    "Threshold",
    "Verdict",
    "Weakness",
    "audit",
    "protect",
]
