"""Money by calendar year: the outline is what was planned, the filled bar what was spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rohnamo.ui.drawing.canvas import WIDTH, Box, Caption, Label, Layout, at, first_free, frame, words
from rohnamo.ui.spelling import number

TOP = 22
FOOT = 136
WIDEST_BAR = 28.0


@dataclass(frozen=True)
class YearOfMoney:
    """In the unit that the title names. spent None: the year has not begun or nothing was reported yet."""

    year: int
    planned: float | None
    spent: float | None


def money_by_year(
    years: Sequence[YearOfMoney], *, caption: Caption, layout: Layout = "phone", language: str
) -> str:
    """Draw two bars for each year, from one foot. A number for which there is no room is left to the table."""
    width = WIDTH[layout]
    most = max((value for year in years for value in (year.planned, year.spent) if value), default=0.0) or 1.0
    step = min(width / max(len(years), 1), 84.0)
    bar = min(WIDEST_BAR, (step - 10) / 2)
    body, labels = "", []
    for place, year in enumerate(years):
        left = place * step + 4
        for kind, value, x in (("planned", year.planned, left), ("done", year.spent, left + bar + 2)):
            if value is not None:
                body += _bar(kind, value / most * (FOOT - TOP), x, bar)
                text = number(round(value), language)
                y = FOOT - value / most * (FOOT - TOP) - 6
                strong, plain = (text, "") if kind == "done" else ("", text)
                labels.append(Label(x + bar / 2, y, strong, plain, "middle"))
        body += words(left + bar + 1, FOOT + 19, str(year.year), anchor="middle", kind="quiet")
    axis = f'<path class="axis" d="M0 {FOOT}H{at(len(years) * step)}"/>'
    return frame(caption, layout, width=width, height=FOOT + 26, body=body + axis + _numbers(labels, width))


def _bar(kind: str, height: float, left: float, width: float) -> str:
    inset = 0.75 if kind == "planned" else 0
    return (
        f'<rect class="{kind}" x="{at(left + inset)}" y="{at(FOOT - height + inset)}" '
        f'width="{at(width - 2 * inset)}" height="{at(max(height - inset, 0.5))}"/>'
    )


def _numbers(labels: Sequence[Label], width: float) -> str:
    """What was spent is written first: it is the number people come for."""
    taken: list[Box] = []
    drawn = []
    inside = Box(-4, 0, width + 4, FOOT)
    for label in sorted(labels, key=lambda label: not label.strong):
        if first_free([label], taken, inside=inside):
            taken.append(label.box)
            drawn.append(label.svg())
    return "".join(drawn)
