"""Where work goes on: one bubble for each district, its area the number of people, on the shapes of the regions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rohnamo.ui.drawing.canvas import WIDTH, Box, Caption, Label, Layout, Line, at, first_free, frame
from rohnamo.ui.drawing.regions import project, regions
from rohnamo.ui.spelling import number

NAMED: dict[Layout, int] = {"phone": 6, "wide": 8}
LARGEST_RADIUS: dict[Layout, float] = {"phone": 12, "wide": 28}
SMALLEST_RADIUS = 3
FIRST = 3  # the largest of all are named before the largest of each region
# Where a name may stand round its bubble: right and left first, as one reads. Degrees, clockwise from the right.
ROUND = (0, 180, 30, 150, 330, 210, 60, 120, 300, 240, 90, 270)
NEAR, FARTHER = 6, (14, 22, 30, 38, 46, 54, 62)
BELOW: dict[Layout, int] = {"phone": 22, "wide": 0}  # room under the country: on a phone its south is full
CLEAR = 5  # what a name without a line keeps off other bubbles: nearer, it would seem to be theirs
CROSSED = 15  # a bubble that a line crosses weighs as much as that much more of line
MOST_CROSSED = 1


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

    The three largest are named first, then the largest of each region, then the others, while there is room:
    at most eight, on a phone six. All others stand in the table that belongs under the map, as does the
    sentence that boundaries and names shown do not imply endorsement or acceptance.
    """
    shapes = regions()
    scale = WIDTH[layout] / shapes["width"]
    height = shapes["height"] * scale + BELOW[layout]
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
    """A name stands beside its own bubble with no other one near, or at the end of a line that leads to it."""
    room = _Room(bubbles, inside)
    taken = (room.take(bubble, number(bubble.place.count, language)) for bubble in _telling_first(bubbles))
    return "".join(islice(filter(None, taken), most))


def _telling_first(bubbles: Sequence[_Bubble]) -> list[_Bubble]:
    """A city that is a region of its own is looked for before the largest districts of the others."""
    regions: dict[str, list[_Bubble]] = {}
    for bubble in bubbles:
        regions.setdefault(bubble.place.region, []).append(bubble)
    largest = [of[0] for of in sorted(regions.values(), key=lambda of: len(of) > 1)]
    return list(dict.fromkeys([*bubbles[:FIRST], *largest, *bubbles]))


class _Room:
    """What stands on the map already, and where there is room for one more name."""

    def __init__(self, bubbles: Sequence[_Bubble], inside: Box) -> None:
        self.bubbles = bubbles
        self.inside = inside
        self.names: list[Box] = []
        self.leaders: list[Line] = []

    def take(self, bubble: _Bubble, text: str) -> str:
        """The drawn name, with the line that leads to it where one is needed; "" where there is no room at all."""
        if label := self._beside(bubble, text):
            self.names.append(label.box)
            return label.svg()
        if found := self._led_to(bubble, text):
            label, leader = found
            self.names.append(label.box)
            self.leaders.append(leader)
            return _drawn_leader(leader) + label.svg()
        return ""

    def _beside(self, bubble: _Bubble, text: str) -> Label | None:
        near = [other.box.wider(CLEAR) for other in self.bubbles if other is not bubble]
        places = (label for angle in ROUND for label in _labels_at(bubble, text, angle, NEAR))
        return first_free(filter(self._is_off_leaders, places), [*near, *self.names], inside=self.inside)

    def _led_to(self, bubble: _Bubble, text: str) -> tuple[Label, Line] | None:
        """The place with the shortest line that touches no name and no other line, and at most one other bubble."""
        found: list[tuple[float, Label, Line]] = []
        boxes = [other.box for other in self.bubbles]
        for far, angle in product(FARTHER, ROUND):
            leader = _leader(bubble, angle, far)
            labels = filter(self._is_off_leaders, _labels_at(bubble, text, angle, far))
            label = first_free(labels, [*boxes, *self.names], inside=self.inside)
            crossed = self._crossed(leader, bubble)
            if label and crossed <= MOST_CROSSED and self._is_clear(leader):
                found.append((far + CROSSED * crossed, label, leader))
        best = min(found, key=lambda one: one[0], default=None)
        return best and best[1:]

    def _is_off_leaders(self, label: Label) -> bool:
        return not any(leader.meets(label.box) for leader in self.leaders)

    def _is_clear(self, leader: Line) -> bool:
        return not any(map(leader.crosses, self.leaders)) and not any(map(leader.meets, self.names))

    def _crossed(self, leader: Line, bubble: _Bubble) -> int:
        others = (other for other in self.bubbles if other is not bubble)
        return sum(leader.distance(other.x, other.y) < other.radius for other in others)


def _labels_at(bubble: _Bubble, text: str, angle: int, gap: float) -> Iterator[Label]:
    """Names that touch a circle round the bubble at an angle, from outside."""
    x, y = _point(bubble, angle, gap)
    across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    if abs(across) > 0.6:
        yield Label(x, y + 5, bubble.place.name, text, "start" if across > 0 else "end")
        return
    base = y + (12 if down > 0 else -4)
    yield Label(x, base, bubble.place.name, text, "middle")
    yield Label(x - 10, base, bubble.place.name, text)
    yield Label(x + 10, base, bubble.place.name, text, "end")


def _leader(bubble: _Bubble, angle: int, gap: float) -> Line:
    return Line(bubble.x, bubble.y, *_point(bubble, angle, gap - 3))


def _point(bubble: _Bubble, angle: int, gap: float) -> tuple[float, float]:
    far = bubble.radius + gap
    return bubble.x + far * math.cos(math.radians(angle)), bubble.y + far * math.sin(math.radians(angle))


def _drawn_leader(line: Line) -> str:
    """With a point where it begins, because bubbles lie on each other."""
    x, y = round(line.x1), round(line.y1)
    drawn = f'<path class="leader" d="M{x} {y}L{line.x2:.0f} {line.y2:.0f}"/>'
    return f'{drawn}<circle class="spot" cx="{x}" cy="{y}" r="2"/>'
