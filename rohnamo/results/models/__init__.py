"""Frameworks as promised to donors, and the counted contacts behind every number."""

from rohnamo.results.models.framework import Direction, Indicator, IndicatorVersion, Period, Result
from rohnamo.results.models.tally import (
    Count,
    Reach,
    ReachedCell,
    ReachedTotal,
    SubjectKind,
    Tally,
    TallyRule,
)

__all__ = [
    "Count",
    "Direction",
    "Indicator",
    "IndicatorVersion",
    "Period",
    "Reach",
    "ReachedCell",
    "ReachedTotal",
    "Result",
    "SubjectKind",
    "Tally",
    "TallyRule",
]
