"""The framework of a project as a tree: outcome → output → indicator → one line for each reporting period.

It reads sums only. The number of queries is the same for one indicator and for a hundred, for one period and for ten.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rohnamo.core import changes
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Project, ThematicArea
from rohnamo.results.models import Indicator, IndicatorVersion, Result, Tally
from rohnamo.results.queries.lines import Asked, Line, indicators, lines, way_of
from rohnamo.results.queries.sums import Number, Span, totals

READER_NAME = "results"


@dataclass(frozen=True)
class IndicatorNode:
    """An indicator with a line for each of its reporting periods, the earliest first. version: the newest one."""

    indicator: Indicator
    key: str
    way: str
    version: IndicatorVersion | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ResultNode:
    """An outcome with its outputs, or an output."""

    result: Result
    indicators: tuple[IndicatorNode, ...]
    outputs: tuple["ResultNode", ...] = ()


@dataclass(frozen=True)
class FrameworkTree:
    """is_counting: changes still wait to be counted, so that numbers will move."""

    project: Project
    outcomes: tuple[ResultNode, ...]
    is_counting: bool

    @property
    def nodes(self) -> list[IndicatorNode]:
        """All indicators, in the order of the framework."""
        of_results = [node for outcome in self.outcomes for node in (outcome, *outcome.outputs)]
        return [indicator for node in of_results for indicator in node.indicators]


def framework(
    project: Project, *, periods: Collection[Days] | None = None, with_breakdowns: bool = False
) -> FrameworkTree:
    """The whole framework. periods: only lines of these; without them of all."""
    ours = list(indicators().filter(result__project=project))
    by_indicator = _lines_of(ours, periods, with_breakdowns=with_breakdowns)
    by_result: dict[int, list[IndicatorNode]] = {}
    for indicator in ours:
        node = _node(indicator, by_indicator.get(indicator.pk, ()))
        by_result.setdefault(indicator.result_id, []).append(node)
    results = list(Result.objects.filter(project=project).order_by("order", "pk"))
    return FrameworkTree(project, _tree(results, by_result), bool(changes.waiting(READER_NAME)))


def periods_of(project: Project) -> list[Days]:
    """The reporting periods of a project's indicators, the earliest first."""
    spans = Indicator.objects.filter(result__project=project).exclude(periods=None)
    return sorted({Days(start, end) for start, end in spans.values_list("periods__start", "periods__end")})


def people_reached(span: Span, *, project: Project | None = None, area: ThematicArea | None = None) -> Number:
    """Everybody once, in a project, an area or (without both) the whole mission: counted on persons, never added up."""
    key = f"{project.code}.reached" if project else f"area.{area.code}.reached" if area else "mission.reached"
    tally = Tally.objects.filter(key=key).first()
    return totals([tally], span)[tally.pk] if tally else 0


def _lines_of(
    ours: Iterable[Indicator], periods: Collection[Days] | None, *, with_breakdowns: bool
) -> dict[int, tuple[Line, ...]]:
    asked: list[Asked] = [
        (indicator, Days(period.start, period.end), period)
        for indicator in ours
        for period in sorted(indicator.periods.all(), key=lambda period: (period.start, period.end))
        if periods is None or Days(period.start, period.end) in periods
    ]
    found: dict[int, tuple[Line, ...]] = {}
    for line in lines(asked, with_breakdowns=with_breakdowns):
        found[line.indicator.pk] = (*found.get(line.indicator.pk, ()), line)
    return found


def _node(indicator: Indicator, of_periods: tuple[Line, ...]) -> IndicatorNode:
    return IndicatorNode(
        indicator,
        key=f"{indicator.result.project.code}.{indicator.code}",
        way=way_of(indicator),
        version=max(indicator.versions.all(), key=lambda version: version.number, default=None),
        lines=of_periods,
    )


def _tree(results: Iterable[Result], by_result: Mapping[int, list[IndicatorNode]]) -> tuple[ResultNode, ...]:
    below: dict[int | None, list[Result]] = {}
    for result in results:
        below.setdefault(result.parent_id, []).append(result)
    return tuple(
        ResultNode(
            outcome,
            tuple(by_result.get(outcome.pk, ())),
            tuple(
                ResultNode(output, tuple(by_result.get(output.pk, ())))
                for output in below.get(outcome.pk, ())
            ),
        )
        for outcome in below.get(None, ())
    )
