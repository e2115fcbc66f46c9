"""The board on which periods are submitted and decided, and the history of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from rohnamo.core.periods import Period as Days
from rohnamo.projects.queries import visible_to
from rohnamo.results.models import Indicator, Period, PeriodState, PeriodStep, PlanStep
from rohnamo.results.queries.lines import Line, indicators, lines
from rohnamo.staff.models import User


@dataclass(frozen=True)
class Asked:
    """Filters of the board, as in its address; empty for all. period: label."""

    state: str = PeriodState.SUBMITTED.value
    project: str = ""
    period: Days | None = None


def board(user: User, asked: Asked, today: date | None = None) -> QuerySet[Period]:
    """Periods that have ended, of the projects a user sees, the longest ago first."""
    found = Period.objects.filter(
        indicator__result__project__in=visible_to(user).values("pk"), end__lt=today or timezone.localdate()
    )
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.project:
        found = found.filter(indicator__result__project__code=asked.project)
    if asked.period:
        found = found.filter(start=asked.period.start, end=asked.period.end)
    return found.order_by(
        "end", "indicator__result__project__code", "indicator__result__order", "indicator__order", "pk"
    )


def lines_of(periods: Sequence[Period]) -> list[Line]:
    """The lines of these periods, in their order; the same number of queries for one and for hundreds."""
    known = indicators().in_bulk([period.indicator_id for period in periods])
    return lines(
        [
            (
                known[period.indicator_id],
                Days(period.start, period.end),
                _same(known[period.indicator_id], period),
            )
            for period in periods
        ]
    )


def spans(user: User, today: date | None = None) -> list[Days]:
    """The periods that a board can be asked for, the latest first."""
    days = board(user, Asked(state=""), today).order_by().values_list("start", "end").distinct()
    return sorted((Days(start, end) for start, end in days), reverse=True)


def steps_of(periods: Sequence[Period]) -> list[PeriodStep]:
    """The steps of these periods, the latest first."""
    found = PeriodStep.objects.filter(period__in=periods).select_related("by", "period")
    return list(found.order_by("-at", "-pk"))


def plan_steps_of(indicator: int) -> list[PlanStep]:
    """What was re-planned, the latest first."""
    found = PlanStep.objects.filter(indicator=indicator).select_related("by", "period")
    return list(found.order_by("-at", "-pk"))


def _same(indicator: Indicator, period: Period) -> Period:
    """The period as it came with its indicator, so that both are of one moment."""
    return next(one for one in indicator.periods.all() if one.pk == period.pk)
