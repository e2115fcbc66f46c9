"""Which element of an activity may hold what, and in which order. Source: IATI 2.03, activity standard.

`elements.csv` says it in a notation of our own: of children and attributes "!" means exactly one, "+" one or more,
"?" at most one, "*" any number; "name:type" is a type other than text. An element that means different things under
different parents has a row for the parent too ("iati-activity/sector"). Whatever belongs to another namespace may
stand at the end of any element, and is none of our business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rohnamo.engines.iati.tables import table
from rohnamo.engines.iati.xml import Element, children, is_foreign

ROOT = "iati-activity"


@dataclass(frozen=True)
class Attribute:
    """kind: string, date, dateTime, decimal, boolean, int, nonNegativeInteger, positiveInteger or NMTOKEN."""

    kind: str
    is_required: bool


@dataclass(frozen=True)
class Child:
    """order: its place among its siblings, from 0."""

    order: int
    is_required: bool
    may_repeat: bool


@dataclass(frozen=True)
class Shape:
    """What one element may hold. text: type of its text, "" when it may hold none."""

    attributes: Mapping[str, Attribute]
    children: Mapping[str, Child]
    text: str


@cache
def shape_of(path: str) -> Shape:
    """The shape of an element by its path from the activity, as in "iati-activity/budget/value"."""
    rows = {row["element"]: row for row in table("elements")}
    *_above, parent, name = ["", *path.split("/")]
    row = rows.get(f"{parent}/{name}") or rows[name]
    return Shape(
        attributes=dict(_attribute(word) for word in row["attributes"].split()),
        children={
            word[:-1]: Child(order, is_required=word[-1] in "!+", may_repeat=word[-1] in "+*")
            for order, word in enumerate(row["children"].split())
        },
        text=row["text"],
    )


def put_in_order(element: Element, path: str = ROOT) -> None:
    """Sort children by the standard, extensions last, all the way down. The order among equals stays."""
    known = shape_of(path).children
    listed = children(element)
    ordered = sorted(listed, key=lambda child: _order(child, known))
    if ordered != listed:
        element[:] = ordered
    for child in ordered:
        if not is_foreign(child) and child.tag in known:
            put_in_order(child, f"{path}/{child.tag}")


def _order(child: Element, known: Mapping[str, Child]) -> int:
    found = known.get(child.tag)
    return found.order if found else len(known)


def _attribute(word: str) -> tuple[str, Attribute]:
    name, _, kind = word.rstrip("!").rpartition(":") if ":" in word and "xml:" not in word else (word, "", "")
    return name.rstrip("!"), Attribute(kind or "string", is_required=word.endswith("!"))
