"""What every drawing stands on: the frame, words, and room for words.

A server cannot measure type, so widths are estimated from the phone's usual sans: generous on purpose,
because a label that is left out stands in the table below, and two labels on each other stand nowhere.
"""

from __future__ import annotations

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
