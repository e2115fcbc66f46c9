"""How figures are read. All of them are public."""

from rohnamo.figures.queries.figures import (
    Figure,
    Part,
    breakdown,
    broken_down,
    cascade_key,
    current,
    figure_with_everything,
    history,
    listed,
    measure,
    released_periods,
    series,
)

__all__ = [
    "Figure",
    "Part",
    "breakdown",
    "broken_down",
    "cascade_key",
    "current",
    "figure_with_everything",
    "history",
    "listed",
    "measure",
    "released_periods",
    "series",
]
