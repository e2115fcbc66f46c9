"""What a reader from outside sees of results: numbers that were released, never what is counted behind them."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from rohnamo.figures.models import Release
from rohnamo.figures.queries.figures import told
from rohnamo.projects.models import Project
from rohnamo.results.queries import Line, Number, Report


def as_released(report: Report) -> Report:
    """The report with released values in the place of counted ones; nothing where nothing was released. One query."""
    standing = Release.objects.filter(
        measure__project=report.project.code, is_current=True, start=report.start, end=report.end
    )
    values = dict(standing.values_list("measure__key", "value"))
    return replace(report, lines=tuple(_line(line, values.get(line.key)) for line in report.lines))


def people_reached(projects: Iterable[Project]) -> dict[int, Number]:
    """Project → people reached, as last released. One query."""
    numbers = {f"{project.code}.reached": project.pk for project in projects}
    standing = told().filter(measure__key__in=numbers).order_by("end", "start")
    return {numbers[key]: value for key, value in standing.values_list("measure__key", "value")}


def _line(line: Line, value: Decimal | None) -> Line:
    """The promise of the line, with nothing of what is counted, reported or decided inside."""
    return Line(
        line.indicator,
        line.key,
        line.unit,
        line.period,
        line.baseline,
        line.target,
        value,
        counted=None,
        is_approved=False,
        way=line.way,
        why_empty="" if value is not None else "not_released",
    )
