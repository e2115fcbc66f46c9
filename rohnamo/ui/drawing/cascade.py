"""A cascade: reached, referred, found, completed. Bars from one left edge; each a part of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rohnamo.ui.drawing.canvas import (
    SERIF,
    WIDTH,
    WORD_SIZE,
    Caption,
    Layout,
    at,
    frame,
    lines_of,
    text_width,
    words,
)
from rohnamo.ui.spelling import number

NUMBER_SIZE = 20
LINE = 19
BAR = 18
LEAST = 3.0


@dataclass(frozen=True)
class Step:
    """share: the part of the step before in words ("9.9 % of those reached"); empty for the first step."""

    name: str
    count: int
    share: str = ""


def cascade_bars(steps: Sequence[Step], *, caption: Caption, layout: Layout, language: str) -> str:
    """Draw one bar for each step. Steps are never added up, so no sum is drawn; no step draws an empty frame."""
    most = max((step.count for step in steps), default=0) or 1
    body, top = "", 0.0
    for step in steps:
        drawn, height = _step(step, top, most=most, layout=layout, language=language)
        body += drawn
        top += height
    return frame(caption, layout, width=WIDTH[layout], height=max(top, LINE), body=body)


def _step(step: Step, top: float, *, most: int, layout: Layout, language: str) -> tuple[str, float]:
    """The drawn step and how high it is."""
    if layout == "phone":
        names = lines_of(step.name, WIDTH["phone"])
        bar_top = top + len(names) * LINE + 3
        body = _name(names, top) + _bar(
            step, bar_top, left=0, room=212, most=most, layout=layout, language=language
        )
        return body, len(names) * LINE + BAR + 21 + (LINE if _share_goes_below(step, most) else 0)
    names = lines_of(step.name, 196)
    height = max(BAR, len(names) * LINE)
    middle = top + (height - BAR) / 2
    body = _name(names, top + (height - len(names) * LINE) / 2)
    body += _bar(step, middle, left=206, room=380, most=most, layout=layout, language=language)
    return body, height + 20


def _name(lines: Sequence[str], top: float) -> str:
    return "".join(words(0, top + 14 + place * LINE, line) for place, line in enumerate(lines))


def _bar(
    step: Step, top: float, *, left: float, room: float, most: int, layout: Layout, language: str
) -> str:
    length = max(LEAST, room * step.count / most) if step.count else 0
    figure = number(step.count, language)
    x = left + length + 9
    body = f'<rect class="done" x="{at(left)}" y="{at(top)}" width="{at(length)}" height="{BAR}"/>'
    body += words(x, top + BAR - 2, figure, kind="figure")
    if not step.share:
        return body
    if layout == "phone" and _share_goes_below(step, most):
        return body + words(0, top + BAR + LINE - 2, step.share, kind="quiet")
    x += text_width(figure, NUMBER_SIZE, letter=SERIF) + 10
    return body + words(x, top + BAR - 3, step.share, kind="quiet")


def _share_goes_below(step: Step, most: int) -> bool:
    """On a phone a long bar leaves no room for the words behind its number."""
    used = 212 * step.count / most + text_width(f"{step.count:,}", NUMBER_SIZE, letter=SERIF) + 20
    return bool(step.share) and used + text_width(step.share, WORD_SIZE) > WIDTH["phone"]
