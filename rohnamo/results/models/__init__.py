"""Frameworks as promised to donors, and the counted contacts behind every number."""

from rohnamo.results.models.approval import ApprovedCell, ApprovedRow, PeriodStep, PlanStep, StepKind
from rohnamo.results.models.donorreport import DonorReport, ReportForm, WordTemplate
from rohnamo.results.models.framework import (
    Direction,
    Framework,
    Indicator,
    IndicatorVersion,
    Period,
    PeriodState,
    PeriodTarget,
    Result,
)
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
    "ApprovedCell",
    "ApprovedRow",
    "Count",
    "Direction",
    "DonorReport",
    "Framework",
    "Indicator",
    "IndicatorVersion",
    "Period",
    "PeriodState",
    "PeriodStep",
    "PeriodTarget",
    "PlanStep",
    "Reach",
    "ReachedCell",
    "ReachedTotal",
    "ReportForm",
    "Result",
    "StepKind",
    "SubjectKind",
    "Tally",
    "TallyRule",
    "WordTemplate",
]
