"""How results are read."""

from rohnamo.results.queries.approved import ApprovedList, approved_list
from rohnamo.results.queries.behind import Behind, list_behind
from rohnamo.results.queries.differences import Cause, Difference, differences
from rohnamo.results.queries.frameworks import (
    FrameworkTree,
    IndicatorNode,
    ResultNode,
    framework,
    people_reached,
    periods_of,
)
from rohnamo.results.queries.lines import Breakdowns, CategoryTarget, Line, lines
from rohnamo.results.queries.overdue import Overdue, overdue
from rohnamo.results.queries.reports import (
    Cascade,
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
    "ApprovedList",
    "Behind",
    "Breakdowns",
    "Cascade",
    "CategoryTarget",
    "Cause",
    "Difference",
    "FrameworkTree",
    "IndicatorNode",
    "Line",
    "Number",
    "Overdue",
    "Report",
    "ResultNode",
    "Step",
    "approved_list",
    "cascades",
    "cells",
    "differences",
    "framework",
    "lines",
    "list_behind",
    "margin",
    "overdue",
    "people_reached",
    "periods_of",
    "portfolio",
    "project_report",
    "tally_of",
    "totals",
    "value_of",
]
