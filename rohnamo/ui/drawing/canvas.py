"""What every drawing stands on: the frame, words, and room for words.

A server cannot measure type, so widths are estimated from the phone's usual sans: generous on purpose,
because a label that is left out stands in the table below, and two labels on each other stand nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Layout = Literal["phone", "wide"]

WIDTH: dict[Layout, int] = {"phone": 328, "wide": 744}
WORD_SIZE = 14
SANS, SANS_BOLD, SERIF = 0.56, 0.61, 0.58


@dataclass(frozen=True)
class Caption:
    """What a drawing says to those who do not see it.

    name: unique on the page, letters and hyphens: the ids of title and description begin with it.
    title: subject and unit. description: the course of it in one or two sentences.
    """

    name: str
    title: str
    description: str


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def wider(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True)
class Line:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float

    def distance(self, x: float, y: float) -> float:
        """From a point to the nearest point of the line."""
        across, down = self.x2 - self.x1, self.y2 - self.y1
        length = across * across + down * down
        along = ((x - self.x1) * across + (y - self.y1) * down) / length if length else 0
        along = min(max(along, 0), 1)
        return math.hypot(x - self.x1 - along * across, y - self.y1 - along * down)

    def crosses(self, other: Line) -> bool:
        return self._parts(other) and other._parts(self)

    def meets(self, box: Box) -> bool:
        """Whether the line touches a box: it ends in it, or crosses one of its diagonals."""
        ends_in = box.left <= self.x2 <= box.right and box.top <= self.y2 <= box.bottom
        falling = Line(box.left, box.top, box.right, box.bottom)
        rising = Line(box.left, box.bottom, box.right, box.top)
        return ends_in or self.crosses(falling) or self.crosses(rising)

    def _parts(self, other: Line) -> bool:
        """Whether the ends of the other line lie on different sides of this one."""
        return self._side(other.x1, other.y1) * self._side(other.x2, other.y2) < 0

    def _side(self, x: float, y: float) -> float:
        return (self.x2 - self.x1) * (y - self.y1) - (self.y2 - self.y1) * (x - self.x1)


@dataclass(frozen=True)
class Label:
    """A bold and a plain word side by side, standing on a base line at (x, y)."""

    x: float
    y: float
    strong: str
    plain: str = ""
    anchor: Literal["start", "middle", "end"] = "start"
    size: int = WORD_SIZE

    @property
    def box(self) -> Box:
        space = " " if self.strong and self.plain else ""
        width = text_width(self.strong, self.size, letter=SANS_BOLD) + text_width(
            space + self.plain, self.size
        )
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - self.size * 0.82, left + width, self.y + self.size * 0.26)

    def svg(self) -> str:
        if not self.strong:
            return words(self.x, self.y, self.plain, anchor=self.anchor, kind="quiet halo")
        plain = f' <tspan class="quiet">{escape(self.plain)}</tspan>' if self.plain else ""
        inner = f'<tspan class="strong">{escape(self.strong)}</tspan>{plain}'
        return f'<text x="{at(self.x)}" y="{at(self.y)}"{_anchor(self.anchor)} class="halo">{inner}</text>'


def at(number: float) -> str:
    """A coordinate in as few signs as the eye can tell apart."""
    return f"{number:.1f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"


def text_width(text: str, size: float, *, letter: float = SANS) -> float:
    return (len(text) - 0.6 * text.count("\u202f")) * size * letter


def words(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "") -> str:
    dress = f' class="{kind}"' if kind else ""
    return f'<text x="{at(x)}" y="{at(y)}"{_anchor(anchor)}{dress}>{escape(text)}</text>'


def lines_of(text: str, width: float, *, size: float = WORD_SIZE) -> list[str]:
    """Break a sentence into lines that fit; a single long word stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def first_free(candidates: Iterable[Label], taken: Sequence[Box], *, inside: Box) -> Label | None:
    """The first place where a label stands inside the drawing and on nothing else; None when there is none."""
    for label in candidates:
        box = label.box
        if box.within(inside) and not any(box.meets(other) for other in taken):
            return label
    return None


def frame(caption: Caption, layout: Layout, *, width: float, height: float, body: str) -> str:
    """The SVG element round a drawing, named and described for a screen reader."""
    name = f"{caption.name}-{layout}"
    return (
        f'<svg class="drawing on-{layout}" viewBox="0 0 {at(width)} {at(height)}" width="{at(width)}" '
        f'height="{at(height)}" role="img" aria-labelledby="{name}-t {name}-d" font-size="{WORD_SIZE}" '
        f'xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-t">{escape(caption.title)}</title>'
        f'<desc id="{name}-d">{escape(caption.description)}</desc>{body}</svg>'
    )


def _anchor(anchor: str) -> str:
    return "" if anchor == "start" else f' text-anchor="{anchor}"'
