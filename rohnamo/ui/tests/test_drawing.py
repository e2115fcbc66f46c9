"""Drawings say what they show, keep inside their frame, and cost little on the wire."""

import gzip
import re
from dataclasses import replace
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest

from rohnamo.ui.drawing import (
    Caption,
    Layout,
    Place,
    Share,
    Stem,
    Step,
    YearOfMoney,
    YearValue,
    cascade_bars,
    district_map,
    line_and_stems,
    money_by_year,
    progress_bar,
    result_bar,
    shares_bar,
)
from rohnamo.ui.drawing.canvas import Box, Label, Line
from rohnamo.ui.drawing.regions import project, regions

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("try", "Пул, фоизи <ММД>", "Аз 6 то 48 фоиз.")
LINE = [
    YearValue(2002 + place, value)
    for place, value in enumerate([6.4, 9, 12, 24, 34, 41, 44, 31, 36, 42, 42, 43.8, 37, 27, 26.7, 30])
]
STEMS = [
    Stem(2005, 412, is_official=False),
    Stem(2013, 800, is_official=False),
    Stem(2016, 517, is_official=True),
]
KULOB = Place("Кӯлоб", "TJ-KT", 37.91, 69.78, 1240)
KHUJAND = Place("Хуҷанд", "TJ-SU", 40.28, 69.62, 870)


def chart(layout: Layout, *, line: list[YearValue] = LINE, stems: list[Stem] = STEMS) -> str:
    return line_and_stems(
        line,
        stems,
        caption=CAPTION,
        stems_title="Рафтанд, ҳазор нафар",
        grid={50: "50 %, нисфи ММД", 25: "25 %"},
        marks=[2017, 2002, 2009, 2013],
        layout=layout,
        language="tg",
    )


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def classes(svg: str, tag: str) -> list[str | None]:
    return [element.get("class") for element in ElementTree.fromstring(svg).iter(f"{SVG}{tag}")]


def test_given_a_chart_when_drawn_then_a_screen_reader_gets_title_and_description() -> None:
    svg = ElementTree.fromstring(chart("phone"))

    assert svg.get("aria-labelledby") == "try-phone-t try-phone-d"
    assert [svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text] == [
        "Пул, фоизи <ММД>",
        "Аз 6 то 48 фоиз.",
    ]


def test_given_more_marks_than_a_phone_holds_when_drawn_then_it_writes_the_three_most_telling() -> None:
    assert classes(chart("phone"), "circle").count("mark") == 3
    assert classes(chart("wide"), "circle").count("mark") == 4


def test_given_official_and_derived_counts_when_drawn_then_only_the_official_point_is_filled() -> None:
    points = [name for name in classes(chart("wide"), "circle") if name != "mark"]

    assert points == ["derived", "derived", "official"]


def test_given_years_without_a_count_when_drawn_then_the_stems_are_never_joined() -> None:
    stem = re.search(r'class="stem" d="([^"]+)"', chart("wide"))

    assert stem
    assert re.findall("[A-Z]", stem[1]) == ["M", "V"] * 3


def test_given_a_dot_when_drawn_then_its_number_is_written_in_the_readers_language() -> None:
    assert "43,8\u202f% 2013" in texts(chart("wide"))


def test_given_no_stems_when_drawn_then_the_line_stands_alone() -> None:
    assert "Рафтанд, ҳазор нафар" not in texts(chart("wide", stems=[]))


def test_given_a_single_year_when_drawn_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="two years"):
        chart("wide", line=LINE[:1])


def test_given_four_grid_lines_when_drawn_then_they_are_refused() -> None:
    with pytest.raises(ValueError, match="three grid lines"):
        line_and_stems(
            LINE, [], caption=CAPTION, stems_title="", grid=dict.fromkeys([10, 20, 30, 40], "x"), marks=[], layout="wide", language="en"
        )  # fmt: skip


def _box(text: ElementTree.Element) -> Box:
    """The room that a drawn name takes."""
    strong, _space, plain = ["".join(text.itertext()).rpartition(" ")[place] for place in (0, 1, 2)]
    anchor = text.get("text-anchor", "start")
    return Label(float(text.get("x", 0)), float(text.get("y", 0)), strong, plain, anchor).box  # type: ignore[arg-type]


def _gap(circle: ElementTree.Element, box: Box) -> float:
    """From the edge of a bubble to the nearest point of a box."""
    x, y = float(circle.get("cx", 0)), float(circle.get("cy", 0))
    across, down = max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0)
    return hypot(across, down) - float(circle.get("r", 0))


def test_given_labels_when_drawn_then_no_two_stand_on_each_other() -> None:
    crowd = [
        replace(KULOB, name=f"Ноҳия {place}", lat=37.9 + place / 50, count=1000 - place)
        for place in range(12)
    ]

    svg = ElementTree.fromstring(district_map(crowd, caption=CAPTION, layout="phone", language="tg"))

    boxes = [_box(text) for text in svg.iter(f"{SVG}text")]
    assert 1 < len(boxes) <= 6
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_given_two_near_bubbles_when_drawn_then_each_name_stands_nearest_to_its_own() -> None:
    near = replace(KULOB, name="Восеъ", lon=KULOB.lon - 0.5, count=1200)

    svg = ElementTree.fromstring(district_map([KULOB, near], caption=CAPTION, layout="phone", language="tg"))

    circles = [one for one in svg.iter(f"{SVG}circle") if one.get("class") == "bubble"]
    boxes = [_box(text) for text in svg.iter(f"{SVG}text")]
    assert 'class="leader"' not in ElementTree.tostring(svg, encoding="unicode")
    assert [
        _gap(circle, box) < _gap(other, box)
        for circle, other, box in zip(circles, circles[::-1], boxes, strict=True)
    ] == [True, True]


def test_given_a_place_among_many_when_drawn_then_a_line_leads_from_its_point_to_its_name() -> None:
    ring = [(up / 4, aside / 3) for up in (-1, 0, 1) for aside in (-1, 0, 1) if up or aside]
    crowd = [replace(KULOB, lat=KULOB.lat + up, lon=KULOB.lon + aside, count=900) for up, aside in ring]
    places = [KULOB, *crowd]

    svg = ElementTree.fromstring(district_map(places, caption=CAPTION, layout="phone", language="tg"))

    leaders = [one.get("d", "") for one in svg.iter(f"{SVG}path") if one.get("class") == "leader"]
    spots = [one for one in svg.iter(f"{SVG}circle") if one.get("class") == "spot"]
    assert leaders
    assert [line.split("L")[0] for line in leaders] == [f"M{one.get('cx')} {one.get('cy')}" for one in spots]


def test_given_a_city_that_is_a_region_of_its_own_when_drawn_small_then_it_is_named_before_larger_districts() -> (
    None
):
    larger = [replace(KHUJAND, name=f"Ноҳия {one}", lon=68.4 + one / 2, count=900 - one) for one in range(5)]
    city = Place("Душанбе", "TJ-DU", 38.56, 68.77, 40)

    named = texts(district_map([*larger, city], caption=CAPTION, layout="phone", language="tg"))

    assert "Душанбе 40" in named


def test_given_lines_when_they_are_compared_then_crossing_touching_and_distance_are_exact() -> None:
    line = Line(0, 0, 10, 10)

    assert [line.crosses(other) for other in (Line(0, 10, 10, 0), Line(11, 0, 20, 9))] == [True, False]
    assert [line.meets(box) for box in (Box(4, 4, 6, 6), Box(8, 8, 20, 20), Box(0, 5, 3, 9))] == [
        True, True, False,
    ]  # fmt: skip
    assert [round(line.distance(x, y), 3) for x, y in ((10, 0), (-3, -4), (5, 5))] == [7.071, 5.0, 0.0]


def test_given_places_when_mapped_then_the_largest_of_each_region_is_named_with_its_number() -> None:
    named = texts(district_map([KULOB, KHUJAND], caption=CAPTION, layout="wide", language="tg"))

    assert named == ["Кӯлоб 1\u202f240", "Хуҷанд 870"]


def test_given_two_places_when_mapped_then_the_areas_of_their_bubbles_are_as_their_counts() -> None:
    svg = ElementTree.fromstring(
        district_map([KULOB, KHUJAND], caption=CAPTION, layout="wide", language="ru")
    )

    large, small = (float(circle.get("r", 0)) for circle in svg.iter(f"{SVG}circle"))
    assert round((small / large) ** 2, 2) == round(870 / 1240, 2)


def test_given_no_place_when_mapped_then_the_five_regions_stand_bare() -> None:
    svg = district_map([], caption=CAPTION, layout="wide", language="ru")

    assert len(classes(svg, "path")) == 5
    assert texts(svg) == []


def test_given_the_shapes_when_read_then_our_five_codes_have_one_each() -> None:
    assert list(regions()["paths"]) == ["TJ-SU", "TJ-KT", "TJ-RA", "TJ-GB", "TJ-DU"]


def test_given_two_regions_when_simplified_then_their_border_is_one_and_the_same() -> None:
    points = {code: set(_points(path)) for code, path in regions()["paths"].items()}

    assert points["TJ-DU"] <= points["TJ-RA"]  # the capital is a hole in the districts around it
    assert len(points["TJ-GB"] & points["TJ-KT"]) >= 5
    assert len(points["TJ-SU"] & points["TJ-RA"]) >= 20


def test_given_a_place_in_degrees_when_projected_then_north_is_up_and_it_lies_on_the_map() -> None:
    kulob, khujand = project(KULOB.lat, KULOB.lon), project(KHUJAND.lat, KHUJAND.lon)

    assert (round(kulob[0]), round(kulob[1])) == (233, 382)
    assert khujand[1] < kulob[1]


def test_given_the_home_when_sent_then_chart_and_map_in_both_layouts_keep_their_weight() -> None:
    places = [
        replace(KULOB, name=f"Ноҳия {place}", lat=37.2 + place / 6, lon=68 + place / 5, count=90 + 31 * place)
        for place in range(20)
    ]
    charts = chart("phone") + chart("wide")
    maps = "".join(
        district_map(places, caption=CAPTION, layout=layout, language="tg") for layout in ("phone", "wide")
    )

    assert len(gzip.compress(charts.encode())) < 4096
    assert len(gzip.compress(maps.encode())) < 5120


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "done", "tick"),
    [
        (0, 70, 61, "M1.5 7H103.5", "M118.5 1v12"),
        (46, 21, 27, "M70.2 7H118.5", "M54.9 1v12"),  # less is better: the bar runs back from its start
        (0, 12000, 12480, "M1.5 7H118.5", "M114 1v12"),
    ],
)
def test_given_a_result_when_drawn_then_the_bar_runs_from_baseline_to_actual_and_the_tick_is_the_target(
    baseline: float, target: float, actual: float, done: str, tick: str
) -> None:
    svg = result_bar(baseline=baseline, target=target, actual=actual)

    assert re.findall(r'class="(?:done|target)" d="([^"]+)"', svg) == [done, tick]


def test_given_nothing_counted_yet_when_drawn_then_neither_bar_nor_tick_is_made_up() -> None:
    svg = result_bar(baseline=0, target=None, actual=None)

    assert re.findall('class="(done|target)"', svg) == []


def test_given_one_row_of_thousands_when_drawn_as_share_then_it_can_still_be_seen() -> None:
    svg = shares_bar([Share("new", 5000), Share("doubtful", 1), Share("refused", 0)])

    widths = [float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg)]
    assert len(widths) == 2
    assert widths[1] > 7


def test_given_twenty_of_thirty_when_drawn_then_two_thirds_are_filled() -> None:
    assert 'class="done" width="666.7"' in progress_bar(20, 30)


def test_given_a_cascade_when_drawn_then_no_sum_is_written() -> None:
    steps = [Step("Суҳбат", 12480), Step("Роҳхат", 1236, "9,9 % иштирокчиён"), Step("Табобат", 0)]

    assert texts(cascade_bars(steps, caption=CAPTION, layout="wide", language="tg")) == [
        "Суҳбат",
        "12\u202f480",
        "Роҳхат",
        "1\u202f236",
        "9,9 % иштирокчиён",
        "Табобат",
        "0",
    ]


def test_given_a_year_to_come_when_money_is_drawn_then_only_the_plan_stands() -> None:
    svg = money_by_year(
        [YearOfMoney(2026, 240, 191), YearOfMoney(2027, 120, None)], caption=CAPTION, language="ru"
    )

    assert classes(svg, "rect") == ["planned", "done", "planned"]


@pytest.mark.parametrize("layout", ["phone", "wide"])
def test_given_words_with_signs_of_markup_when_drawn_then_they_stay_words(layout: Layout) -> None:
    evil = '<script>alert("1")</script>'

    drawings = [
        district_map(
            [replace(KULOB, name=evil)], caption=Caption("x", evil, evil), layout=layout, language="en"
        ),
        cascade_bars([Step(evil, 5, evil)], caption=CAPTION, layout=layout, language="en"),
        shares_bar([Share('"><script>', 5)], title=evil),
    ]

    assert ["<script" in drawing for drawing in drawings] == [False, False, False]


def _points(path: str) -> list[tuple[int, int]]:
    """The corners of a path written as absolute start and relative steps."""
    points = []
    for part in path.split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
    return points
