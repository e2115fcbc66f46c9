"""The home's chart: a share over the years as a line, and counts of people below it on the same years."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rohnamo.ui.drawing.canvas import WIDTH, Box, Caption, Label, Layout, at, first_free, frame, words
from rohnamo.ui.spelling import number, percent

MOST_GRID_LINES = 3
PHONE_MARKS = 3
LABELLED_EVERY = 4


@dataclass(frozen=True)
class YearValue:
    """A share in per cent in one year."""

    year: int
    value: float


@dataclass(frozen=True)
class Stem:
    """A count of people in one year, in the unit that the title names.

    is_official: as the authority printed it; False for a derived figure, a part of a year, an inferred year.
    """

    year: int
    value: float
    is_official: bool


@dataclass(frozen=True)
class _Field:
    """Where years and values lie in one layout."""

    layout: Layout
    first_year: int
    last_year: int
    start: float
    end: float
    line_top: float
    line_foot: float
    stems_title: float
    stems_top: float
    stems_foot: float

    @property
    def width(self) -> int:
        return WIDTH[self.layout]

    @property
    def height(self) -> float:
        return self.stems_foot + 24

    def x(self, year: int) -> float:
        return self.start + (year - self.first_year) / (self.last_year - self.first_year) * (
            self.end - self.start
        )


def line_and_stems(
    line: Sequence[YearValue],
    stems: Sequence[Stem],
    *,
    caption: Caption,
    stems_title: str,
    grid: Mapping[float, str],
    marks: Sequence[int],
    layout: Layout,
    language: str,
) -> str:
    """Draw money as a line with a tint and, under it, people as points on stems.

    line: at least two years, each once, in order. A missing year breaks neither: the line joins its neighbours,
    so leave out only years that do not exist. stems: any years inside the line's; gaps stay empty, nothing is joined.
    stems_title: names what the stems count, with its unit.
    grid: value -> the words on its line, at most three. marks: years whose number is written, the most telling
    first; a phone writes the first three of them. A mark for which there is no room is left to the table.
    """
    if len(line) < 2:
        raise ValueError("A line needs at least two years.")
    if len(grid) > MOST_GRID_LINES:
        raise ValueError("At most three grid lines: more is a fence, not a scale.")
    field = _field(line, stems, layout)
    written = marks[:PHONE_MARKS] if layout == "phone" else marks
    body = "".join(
        (
            _line(line, field, grid=grid, marks=written, language=language),
            _axis(field, field.line_foot),
            words(0, field.stems_title, stems_title, kind="strong") if stems else "",
            _stems(stems, field, language=language),
            _axis(field, field.stems_foot) if stems else "",
        )
    )
    height = field.height if stems else field.line_foot + 24
    return frame(caption, layout, width=field.width, height=height, body=body)


def _field(line: Sequence[YearValue], stems: Sequence[Stem], layout: Layout) -> _Field:
    years = [point.year for point in line] + [stem.year for stem in stems]
    first, last = min(years), max(years)
    if layout == "phone":
        return _Field("phone", first, last, 11, 302, 42, 186, 242, 276, 352)
    return _Field("wide", first, last, 10, 630, 28, 288, 352, 388, 500)


def _line(
    line: Sequence[YearValue],
    field: _Field,
    *,
    grid: Mapping[float, str],
    marks: Sequence[int],
    language: str,
) -> str:
    top = max([*grid, *(point.value for point in line)])

    def y(value: float) -> float:
        return field.line_foot - value / top * (field.line_foot - field.line_top)

    spots = [(field.x(point.year), y(point.value)) for point in line]
    track = "L".join(f"{at(x)} {at(down)}" for x, down in spots)
    tint = f"M{track}V{at(field.line_foot)}H{at(spots[0][0])}z"
    rules = "".join(f'<path class="grid" d="M0 {at(y(value))}H{field.width}"/>' for value in grid)
    notes = [Label(0, y(value) - 6, "", text) for value, text in grid.items()]
    taken = [note.box for note in notes] + _along(spots)
    return (
        f'<path class="tint" d="{tint}"/>{rules}<path class="line" d="M{track}" fill="none"/>'
        + "".join(note.svg() for note in notes)
        + _marks(line, spots, marks=marks, taken=taken, field=field, language=language)
    )


def _along(spots: Sequence[tuple[float, float]]) -> list[Box]:
    """Small boxes along the line, so that no label is written over it."""
    steps = 12
    return [
        Box(
            x1 + (x2 - x1) * i / steps - 1,
            y1 + (y2 - y1) * i / steps - 1,
            x1 + (x2 - x1) * i / steps + 1,
            y1 + (y2 - y1) * i / steps + 1,
        )
        for (x1, y1), (x2, y2) in itertools.pairwise(spots)
        for i in range(steps + 1)
    ]


def _marks(
    line: Sequence[YearValue],
    spots: Sequence[tuple[float, float]],
    *,
    marks: Sequence[int],
    taken: list[Box],
    field: _Field,
    language: str,
) -> str:
    inside = Box(0, 0, field.width, field.line_foot - 4)
    places = {point.year: place for place, point in enumerate(line)}
    drawn = []
    for year in marks:
        if year not in places:
            continue
        place = places[year]
        value = percent(line[place].value, language)
        label = first_free(_around(spots, place, strong=value, plain=str(year)), taken, inside=inside)
        if label:
            taken.append(label.box)
            x, y = spots[place]
            drawn.append(f'<circle class="mark" cx="{at(x)}" cy="{at(y)}" r="5.5"/>{label.svg()}')
    return "".join(drawn)


def _around(spots: Sequence[tuple[float, float]], place: int, *, strong: str, plain: str) -> Iterator[Label]:
    """Places for a label in the order of looks: over a peak, under a valley, beside an end of the line."""
    x, y = spots[place]
    beside = Label(x + 12, y + 5, strong, plain)
    before = Label(x - 10, y + 4, strong, plain, "end")
    above = Label(x, y - 14, strong, plain, "middle")
    below = Label(x, y + 28, strong, plain, "middle")
    above_end = Label(x + 8, y - 26, strong, plain, "end")
    below_end = Label(x + 8, y + 30, strong, plain, "end")
    if place == 0:
        yield from (Label(x + 12, y + 10, strong, plain), beside, above)
    elif place == len(spots) - 1:
        yield from (beside, above_end, below_end, above, before)
    elif y <= spots[place - 1][1] and y <= spots[place + 1][1]:
        yield from (above, before, beside, above_end, below)
    else:
        yield from (below, above, before, beside)


def _axis(field: _Field, foot: float) -> str:
    years = range(field.first_year, field.last_year + 1)
    every = LABELLED_EVERY if len(years) > 12 else 2 if len(years) > 6 else 1
    named = [year for year in years if year % every == 0]
    short = "".join(f"M{at(field.x(year))} {at(foot)}v3" for year in years if year not in named)
    long = "".join(f"M{at(field.x(year))} {at(foot)}v6" for year in named)
    texts = "".join(
        words(min(field.x(year), field.width - 17), foot + 20, str(year), anchor="middle", kind="quiet")
        for year in named
    )
    return f'<path class="axis" d="M0 {at(foot)}H{field.width}{short}{long}" fill="none"/>{texts}'


def _stems(stems: Sequence[Stem], field: _Field, *, language: str) -> str:
    if not stems:
        return ""
    top = max(stem.value for stem in stems)
    spots = {
        stem: (field.x(stem.year), field.stems_foot - stem.value / top * (field.stems_foot - field.stems_top))
        for stem in stems
    }
    sticks = "".join(f"M{at(x)} {at(field.stems_foot)}V{at(y)}" for x, y in spots.values())
    dots = "".join(
        f'<circle class="{"official" if stem.is_official else "derived"}" cx="{at(x)}" cy="{at(y)}" r="4.5"/>'
        for stem, (x, y) in spots.items()
    )
    return (
        f'<path class="stem" d="{sticks}" fill="none"/>{dots}{_stem_numbers(spots, field, language=language)}'
    )


def _stem_numbers(spots: Mapping[Stem, tuple[float, float]], field: _Field, *, language: str) -> str:
    inside = Box(0, field.stems_title + 4, field.width, field.stems_foot)
    taken = [Box(x - 5, y - 5, x + 5, y + 5) for x, y in spots.values()]
    newest = max(spots, key=lambda stem: stem.year)
    drawn = []
    for stem in _telling_first(list(spots)):
        x, y = spots[stem]
        text = number(round(stem.value), language)
        strong, plain = (text, "") if stem is newest else ("", text)
        above = Label(x, y - 10, strong, plain, "middle")
        beside = Label(x + 9, y + 5, strong, plain)
        before = Label(x - 8, y + 5, strong, plain, "end")
        order = (
            (above, beside) if stem is newest else (above, before) if y > field.stems_foot - 30 else (above,)
        )
        if label := first_free(order, taken, inside=inside):
            taken.append(label.box)
            drawn.append(label.svg())
    return "".join(drawn)


def _telling_first(stems: Sequence[Stem]) -> list[Stem]:
    """Newest, highest, lowest, oldest; then the others from the newest back."""
    by_year = sorted(stems, key=lambda stem: -stem.year)
    by_value = sorted(stems, key=lambda stem: stem.value)
    return list(dict.fromkeys([by_year[0], by_value[-1], by_value[0], by_year[-1], *by_year]))
