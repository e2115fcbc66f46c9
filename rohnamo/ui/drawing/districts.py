"""Where work goes on: one bubble for each district, its area the number of people, on the shapes of the regions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rohnamo.ui.drawing.canvas import WIDTH, Box, Caption, Label, Layout, at, first_free, frame
from rohnamo.ui.drawing.regions import project, regions
from rohnamo.ui.spelling import number

NAMED: dict[Layout, int] = {"phone": 5, "wide": 7}
LARGEST_RADIUS: dict[Layout, float] = {"phone": 18, "wide": 30}
SMALLEST_RADIUS = 3.5
WITH_LEADER = 3  # the largest places are named even where only a line can reach their name


@dataclass(frozen=True)
class Place:
    """One district with a number that may be published.

    region: our code of the region, TJ-SU. count: people, at least 1; a hidden number is not drawn: leave it out.
    """

    name: str
    region: str
    lat: float
    lon: float
    count: int


@dataclass(frozen=True)
class _Bubble:
    place: Place
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


def district_map(places: Sequence[Place], *, caption: Caption, layout: Layout, language: str) -> str:
    """Draw the country with a bubble for each place; no place gives the bare shapes.

    The largest place of each region is named first, then the largest of the others, while there is room:
    at most seven, on a phone five. All others stand in the table that belongs under the map, as does the
    sentence that boundaries and names shown do not imply endorsement or acceptance.
    """
    shapes = regions()
    scale = WIDTH[layout] / shapes["width"]
    height = shapes["height"] * scale
    bubbles = _bubbles(places, layout=layout, scale=scale)
    land = "".join(f'<path d="{shape}"/>' for shape in shapes["paths"].values())
    resize = "" if scale == 1 else f' transform="scale({scale:.4f})"'
    body = (
        f'<g class="land"{resize}>{land}</g>'
        + "".join(_circle(bubble) for bubble in bubbles)
        + _names(bubbles, inside=Box(-8, 0, WIDTH[layout] + 8, height), most=NAMED[layout], language=language)
    )
    return frame(caption, layout, width=WIDTH[layout], height=height, body=body)


def _bubbles(places: Sequence[Place], *, layout: Layout, scale: float) -> list[_Bubble]:
    """Largest first, so that a small one is never covered."""
    if not places:
        return []
    most = max(place.count for place in places)
    drawn = []
    for place in sorted(places, key=lambda place: -place.count):
        x, y = project(place.lat, place.lon)
        radius = max(SMALLEST_RADIUS, LARGEST_RADIUS[layout] * math.sqrt(place.count / most))
        drawn.append(_Bubble(place, x * scale, y * scale, radius))
    return drawn


def _circle(bubble: _Bubble) -> str:
    return f'<circle class="bubble" cx="{at(bubble.x)}" cy="{at(bubble.y)}" r="{at(bubble.radius)}"/>'


def _names(bubbles: Sequence[_Bubble], *, inside: Box, most: int, language: str) -> str:
    taken = [bubble.box for bubble in bubbles]
    drawn: list[str] = []
    for bubble in _telling_first(bubbles):
        if len(drawn) == most:
            break
        text = number(bubble.place.count, language)
        label = first_free(_around(bubble, text), taken, inside=inside)
        leader = ""
        if label is None and bubble in bubbles[:WITH_LEADER]:
            label = first_free(_farther(bubble, text), taken, inside=inside)
            leader = _leader(bubble, label) if label else ""
        if label:
            taken.append(label.box)
            drawn.append(leader + label.svg())
    return "".join(drawn)


def _telling_first(bubbles: Sequence[_Bubble]) -> list[_Bubble]:
    largest_of_region: dict[str, _Bubble] = {}
    for bubble in bubbles:
        largest_of_region.setdefault(bubble.place.region, bubble)
    return list(dict.fromkeys([*largest_of_region.values(), *bubbles]))


def _around(bubble: _Bubble, text: str) -> Iterator[Label]:
    name = bubble.place.name
    gap = bubble.radius + 6
    yield Label(bubble.x + gap, bubble.y + 5, name, text)
    yield Label(bubble.x - gap, bubble.y + 5, name, text, "end")
    yield Label(bubble.x - gap, bubble.y - 5, name, text, "end")
    yield Label(bubble.x + gap, bubble.y - 5, name, text)
    yield Label(bubble.x - gap, bubble.y + 14, name, text, "end")
    yield Label(bubble.x + gap, bubble.y + 14, name, text)
    yield Label(bubble.x - gap + 4, bubble.y - 12, name, text, "end")
    yield Label(bubble.x + gap - 4, bubble.y - 12, name, text)
    yield Label(bubble.x, bubble.y + bubble.radius + 15, name, text, "middle")
    yield Label(bubble.x, bubble.y - bubble.radius - 7, name, text, "middle")
    yield Label(bubble.x + bubble.radius, bubble.y + bubble.radius + 15, name, text, "end")
    yield Label(bubble.x - bubble.radius, bubble.y + bubble.radius + 15, name, text)
    yield Label(bubble.x + bubble.radius, bubble.y - bubble.radius - 7, name, text, "end")
    yield Label(bubble.x - bubble.radius, bubble.y - bubble.radius - 7, name, text)


def _farther(bubble: _Bubble, text: str) -> Iterator[Label]:
    """Places beyond the neighbours, to which a line leads."""
    for down in (40, 54, 68, -36, -50):
        for aside in (0, -30, -60, 30, 60):
            y = bubble.y + down + (bubble.radius if down > 0 else -bubble.radius) / 2
            yield Label(bubble.x + aside, y, bubble.place.name, text, "middle")


def _leader(bubble: _Bubble, label: Label) -> str:
    box = label.box
    x = min(max(bubble.x, box.left + 6), box.right - 6)
    y = box.top if label.y > bubble.y else box.bottom
    return f'<path class="leader" d="M{at(bubble.x)} {at(bubble.y)}L{at(x)} {at(y)}"/>'
