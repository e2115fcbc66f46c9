"""What a project and the whole portfolio amount to, beside what was promised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count as CountOf
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from rohnamo.core.periods import Period as Days
from rohnamo.deliveries.queries import counting
from rohnamo.places.models import Place
from rohnamo.projects.models import Project
from rohnamo.results.models import Indicator, Period, Tally
from rohnamo.results.queries.sums import Key, Number, Span, cells, margin, totals, totals_at

UNKNOWN_DISTRICT = "u"


@dataclass(frozen=True)
class Breakdowns:
    """A value by attributes. "u" is an unknown sex, age or district; each adds up to the value."""

    by_sex: Mapping[str, Number]
    by_age: Mapping[str, Number]
    by_district: Mapping[str, Number]
    by_sex_and_age: Mapping[tuple[str, str], Number]


@dataclass(frozen=True)
class Line:
    """One indicator in one period.

    actual: what stands: the approved value, or else what is counted now; None for an indicator that is typed or told
    in words and not approved. counted: what the ledger says now; beside an approved value it shows late changes.
    period: the period of the framework that baseline and target belong to; None when it has none.
    breakdowns: of `counted`.
    """

    indicator: Indicator
    key: str
    unit: str
    period: Period | None
    baseline: Decimal | None
    target: Decimal | None
    actual: Number | None
    counted: Number | None
    is_approved: bool
    breakdowns: Breakdowns | None = None


@dataclass(frozen=True)
class Report:
    """All indicators of a project in a period, in the order of the framework."""

    project: Project
    start: date
    end: date
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Step:
    """One step of a cascade. persons: each once. contacts: groups without names are in these only."""

    service: str
    titles: Mapping[str, str]
    persons: int
    contacts: int


@dataclass(frozen=True)
class Cascade:
    """Steps are read one after the other and never added up."""

    code: str
    titles: Mapping[str, str]
    steps: tuple[Step, ...] = field(default=())


def tally_of(indicator: Indicator) -> Tally | None:
    """What is counted for an indicator; None when it is typed or told in words."""
    return Tally.objects.filter(indicator=indicator).first()


def value_of(indicator: Indicator, span: Span) -> Line:
    """One indicator in a period, without breakdowns."""
    return _lines([indicator], span)[0]


def project_report(project: Project, span: Span) -> Report:
    """All indicators of a project with every breakdown. The number of queries does not grow with indicators."""
    indicators = list(_indicators().filter(result__project=project))
    return Report(project, span.start, span.end, tuple(_lines(indicators, span, with_breakdowns=True)))


def portfolio(today: date) -> list[Report]:
    """Every project with every indicator, up to this day: each in its current period, or its last one."""
    by_project: dict[int, list[Line]] = {}
    for line in _lines_at(list(_indicators()), today):
        by_project.setdefault(line.indicator.result.project_id, []).append(line)
    return [
        Report(project, project.starts_on, today, tuple(by_project.get(project.pk, ())))
        for project in Project.objects.all()
    ]


def cascades(project: Project) -> list[Cascade]:
    """The project's cascades: who was reached at each step, over all its time."""
    services = {step["service"] for cascade in project.cascades for step in cascade["steps"]}
    reached = _reached_by_service(project, services)
    return [
        Cascade(
            code=cascade["code"],
            titles=cascade["titles"],
            steps=tuple(
                Step(step["service"], step["titles"], *reached.get(step["service"], (0, 0)))
                for step in cascade["steps"]
            ),
        )
        for cascade in project.cascades
    ]


def _indicators() -> QuerySet[Indicator]:
    ordered = Indicator.objects.order_by("result__order", "order", "pk")
    return ordered.select_related("result__project").prefetch_related("periods", "tallies")


def _reached_by_service(project: Project, services: Iterable[str]) -> dict[str, tuple[int, int]]:
    rows = (
        counting()
        .filter(project=project, service__code__in=list(services))
        .values("service__code")
        .annotate(
            persons=CountOf(Coalesce("person__root_id", "person_id"), distinct=True),
            codes=CountOf("coded", distinct=True),
            officials=CountOf("official", distinct=True),
            contacts=Sum(Coalesce("group_count", 1)),
        )
    )
    return {
        row["service__code"]: (row["persons"] + row["codes"] + row["officials"], row["contacts"])
        for row in rows
    }


def _lines(indicators: list[Indicator], span: Span, *, with_breakdowns: bool = False) -> list[Line]:
    counted_in = [tally for indicator in indicators if (tally := _tally(indicator))]
    values = totals(counted_in, span)
    by_cells = cells(counted_in, span) if with_breakdowns else {}
    codes = dict(Place.objects.values_list("pk", "code")) if with_breakdowns else {}
    breakdowns = {tally: _breakdowns(of_cells, codes) for tally, of_cells in by_cells.items()}
    return [
        _line(indicator, _period_of(indicator, span), values=values, breakdowns=breakdowns)
        for indicator in indicators
    ]


def _lines_at(indicators: list[Indicator], today: date) -> list[Line]:
    """Indicators in the periods that this day finds them in."""
    periods = {indicator.pk: _current_period(indicator, today) for indicator in indicators}
    year_so_far = Days(date(today.year, 1, 1), today)
    asked = [
        (tally, periods[indicator.pk] or year_so_far)
        for indicator in indicators
        if (tally := _tally(indicator))
    ]
    values = totals_at(asked)
    return [_line(indicator, periods[indicator.pk], values=values, breakdowns={}) for indicator in indicators]


def _line(
    indicator: Indicator,
    period: Period | None,
    *,
    values: Mapping[int, Number],
    breakdowns: Mapping[int, Breakdowns],
) -> Line:
    tally = _tally(indicator)
    counted = values[tally.pk] if tally else None
    approved = period.approved_value if period else None
    return Line(
        indicator=indicator,
        key=f"{indicator.result.project.code}.{indicator.code}",
        unit=tally.count if tally else "",
        period=period,
        baseline=period.baseline if period else None,
        target=period.target if period else None,
        actual=counted if approved is None else approved,
        counted=counted,
        is_approved=approved is not None,
        breakdowns=breakdowns.get(tally.pk) if tally else None,
    )


def _tally(indicator: Indicator) -> Tally | None:
    return next(iter(indicator.tallies.all()), None)


def _period_of(indicator: Indicator, span: Span) -> Period | None:
    """The framework's period that ends with the days asked for, or else the one that holds their end."""
    periods = list(indicator.periods.all())
    exact = [period for period in periods if (period.start, period.end) == (span.start, span.end)]
    holding = [period for period in periods if period.start <= span.end <= period.end]
    return next(iter([*exact, *holding]), None)


def _current_period(indicator: Indicator, today: date) -> Period | None:
    periods = sorted(indicator.periods.all(), key=lambda period: (period.start, period.end))
    holding = [period for period in periods if period.start <= today <= period.end]
    past = [period for period in periods if period.end < today]
    return next(iter([*holding, *reversed(past), *periods]), None)


def _breakdowns(of_cells: Mapping[Key, Number], codes: Mapping[int, str]) -> Breakdowns:
    return Breakdowns(
        by_sex={str(sex): value for (sex,), value in sorted(margin(of_cells, 0).items())},
        by_age={str(age): value for (age,), value in sorted(margin(of_cells, 1).items())},
        by_district={
            codes.get(int(district), UNKNOWN_DISTRICT): value
            for (district,), value in sorted(margin(of_cells, 2).items())
        },
        by_sex_and_age={
            (str(sex), str(age)): value for (sex, age), value in sorted(margin(of_cells, 0, 1).items())
        },
    )
