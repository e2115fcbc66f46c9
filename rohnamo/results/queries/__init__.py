"""How results are read."""

from rohnamo.results.queries.behind import Behind, list_behind
from rohnamo.results.queries.reports import (
    Breakdowns,
    Cascade,
    Line,
    Report,
    Step,
    cascades,
    portfolio,
    project_report,
    tally_of,
    value_of,
)
from rohnamo.results.queries.sums import Number, cells, margin, totals

__all__ = [
    "Behind",
    "Breakdowns",
    "Cascade",
    "Line",
    "Number",
    "Report",
    "Step",
    "cascades",
    "cells",
    "list_behind",
    "margin",
    "portfolio",
    "project_report",
    "tally_of",
    "totals",
    "value_of",
]
