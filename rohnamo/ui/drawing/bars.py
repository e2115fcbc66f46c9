"""Thin bars: from baseline to actual with a tick at the target; the shares of a whole; how far a work has come.

They stand beside their own numbers in words, so they are hidden from screen readers unless given a title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rohnamo.ui.drawing.canvas import at

LENGTH = 120
HEIGHT = 14
MIDDLE = HEIGHT / 2


@dataclass(frozen=True)
class Share:
    """A part of a whole. kind: new, known, doubtful, counted or refused; the style sheet dresses it."""

    kind: str
    count: int


def result_bar(*, baseline: float, target: float | None, actual: float | None, title: str = "") -> str:
    """Draw one indicator on a scale from zero to the largest of the three; less may be better.

    target None draws no tick, actual None no bar. Negative values move the scale's start below zero.
    """
    known = [value for value in (baseline, target, actual) if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    reach = (high - low) or 1.0

    def x(value: float) -> float:
        return 1.5 + (value - low) / reach * (LENGTH - 3)

    parts = [f'<path class="axis" d="M0 {at(MIDDLE)}H{LENGTH}"/>']
    if actual is not None:
        left, right = sorted((x(baseline), x(actual)))
        parts.append(f'<path class="done" d="M{at(left)} {at(MIDDLE)}H{at(right)}"/>')
    parts.append(f'<path class="start" d="M{at(x(baseline))} {at(MIDDLE - 3)}v6"/>')
    if target is not None:
        parts.append(f'<path class="target" d="M{at(x(target))} 1v{HEIGHT - 2}"/>')
    return _thin("result-bar", LENGTH, HEIGHT, "".join(parts), title=title)


def shares_bar(shares: Sequence[Share], *, title: str = "") -> str:
    """Draw the parts of a whole beside each other, as long as their counts; a count above zero is never invisible."""
    width, gap, least = 1000.0, 2.0, 8.0
    seen = [share for share in shares if share.count > 0]
    whole = sum(share.count for share in seen) or 1
    free = width - gap * max(len(seen) - 1, 0)
    lengths = [max(least, free * share.count / whole) for share in seen]
    shrink = free / (sum(lengths) or 1)
    parts, left = [], 0.0
    for share, length in zip(seen, lengths, strict=True):
        parts.append(
            f'<rect class="share-{escape(share.kind)}" x="{at(left)}" y="1" width="{at(length * shrink)}" height="12"/>'
        )
        left += length * shrink + gap
    return _thin("shares-bar", 1000, HEIGHT, "".join(parts), title=title)


def progress_bar(done: int, whole: int, *, title: str = "") -> str:
    """Draw how many of how many; a whole of zero draws an empty bar."""
    share = min(1.0, done / whole) if whole else 0.0
    body = f'<rect class="rest" width="1000" height="12"/><rect class="done" width="{at(1000 * share)}" height="12"/>'
    return _thin("shares-bar", 1000, 12, body, title=title)


def _thin(kind: str, width: int, height: int, body: str, *, title: str) -> str:
    seen = ' role="img"' if title else ' aria-hidden="true"'
    name = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" preserveAspectRatio="none"{seen} '
        f'focusable="false">{name}{body}</svg>'
    )
