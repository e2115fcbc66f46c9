"""What a project and the whole portfolio amount to, beside what was promised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Sum
from django.db.models.functions import Coalesce

from rohnamo.core.periods import Period as Days
from rohnamo.deliveries.queries import counting
from rohnamo.projects.models import Project
from rohnamo.results.models import Indicator, Period, Tally
from rohnamo.results.queries.lines import Line, indicators, lines
from rohnamo.results.queries.sums import Span


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
    """What is counted for an indicator; None when it is a share, typed, or told in words."""
    return Tally.objects.filter(indicator=indicator, part="").first()


def value_of(indicator: Indicator, span: Span) -> Line:
    """One indicator in a period, without breakdowns."""
    return _lines([indicator], span)[0]


def project_report(project: Project, span: Span) -> Report:
    """All indicators of a project with every breakdown. The number of queries does not grow with indicators."""
    ours = list(indicators().filter(result__project=project))
    return Report(project, span.start, span.end, tuple(_lines(ours, span, with_breakdowns=True)))


def project_reports(projects: Iterable[Project], span: Span) -> list[Report]:
    """All indicators of these projects in a period, without breakdowns. Constant queries, however many projects."""
    asked = list(projects)
    by_project: dict[int, list[Line]] = {project.pk: [] for project in asked}
    for line in _lines(list(indicators().filter(result__project__in=asked)), span):
        by_project[line.indicator.result.project_id].append(line)
    return [Report(project, span.start, span.end, tuple(by_project[project.pk])) for project in asked]


def portfolio(today: date) -> list[Report]:
    """Every project with every indicator, up to this day: each in its current period, or its last one."""
    by_project: dict[int, list[Line]] = {}
    for line in _lines_at(list(indicators()), today):
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


def _lines(of: list[Indicator], span: Span, *, with_breakdowns: bool = False) -> list[Line]:
    asked = [(indicator, span, _period_of(indicator, span)) for indicator in of]
    return lines(asked, with_breakdowns=with_breakdowns)


def _lines_at(of: list[Indicator], today: date) -> list[Line]:
    """Indicators in the periods that this day finds them in."""
    year_so_far = Days(date(today.year, 1, 1), today)
    periods = [(indicator, current_period(indicator, today)) for indicator in of]
    return lines([(indicator, period or year_so_far, period) for indicator, period in periods])


def _period_of(indicator: Indicator, span: Span) -> Period | None:
    """The framework's period of exactly these days. What was promised or approved of a longer one is not said of them."""
    exact = (one for one in indicator.periods.all() if (one.start, one.end) == (span.start, span.end))
    return next(exact, None)


def current_period(indicator: Indicator, today: date) -> Period | None:
    """The reporting period of a day, else the last one that ended, else the first; None without any."""
    periods = sorted(indicator.periods.all(), key=lambda period: (period.start, period.end))
    holding = [period for period in periods if period.start <= today <= period.end]
    past = [period for period in periods if period.end < today]
    return next(iter([*holding, *reversed(past), *periods]), None)
