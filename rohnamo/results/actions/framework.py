"""A project's results framework, from its file into the database.

The file is the first version. Once somebody edited the framework in the workspace it is no longer read for it, because a
line that somebody changed or took away must not come back at the next loading.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.core.missionfiles import project as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.models import Project
from rohnamo.results.actions.periods import OPEN
from rohnamo.results.actions.plans import all_plans
from rohnamo.results.models import Framework, Indicator, IndicatorVersion, Period, Result

TOPIC = "indicator.changed"
Words = Mapping[str, str]


@transaction.atomic
def load_framework(project: files.Project, *, units: Mapping[str, Words]) -> Loaded:
    """Let the framework of a project say what its file says. Loading the same twice changes nothing.

    A framework that was edited in the workspace is left alone, as a whole. Targets of submitted and approved periods stay.
    units: code of a unit → its names. What is no longer in the file stays, because periods may be approved. A measure
    that changes after an approval becomes a new version, from the day after the approved days; before, the version
    is corrected. Raises Refused when the project was not loaded, and WrongData, naming the indicator, when a measure
    cannot be counted: it must not come to light only when the counting stops at it.
    """
    stored = Project.objects.filter(code=project.code).first()
    if stored is None:
        raise Refused(f"Project {project.code} is not loaded. Load the projects of the mission first.")
    if Framework.objects.filter(project=stored).exists():
        return Loaded(unchanged=len(project.results) + len(project.indicators))
    loaded = _load_results(project, stored)
    results = dict(Result.objects.filter(project=stored).values_list("code", "pk"))
    rows = [_indicator(one, order, results, units) for order, one in enumerate(project.indicators, start=1)]
    ours = Indicator.objects.filter(result__project=stored)
    loaded += bring_in_line(ours, rows, key=["result_id", "code"])
    numbers = {(row.result_id, row.code): row for row in ours.all()}
    pairs = [(numbers[results[one.result], one.code], one) for one in project.indicators]
    loaded += _load_periods(pairs, project.periods)
    loaded += sum((_load_version(row, one, project) for row, one in pairs), Loaded())
    if loaded.is_news:
        all_plans()
        changes.leave(TOPIC, [row.pk for row, _ in pairs])
    return loaded


def _load_results(project: files.Project, stored: Project) -> Loaded:
    """Outcomes first, because an output needs the number of its outcome."""
    loaded = Loaded()
    for has_parent in (False, True):
        numbers = dict(Result.objects.filter(project=stored).values_list("code", "pk"))
        rows = [
            Result(
                project=stored,
                parent_id=numbers.get(result.parent),
                code=result.code,
                kind=result.kind.value,
                order=order,
                titles=dict(result.title),
            )
            for order, result in enumerate(project.results, start=1)
            if bool(result.parent) == has_parent
        ]
        codes = [row.code for row in rows]
        stored_rows = Result.objects.filter(project=stored, code__in=codes)
        loaded += bring_in_line(stored_rows, rows, key=["project_id", "code"])
    return loaded


def _indicator(
    indicator: files.Indicator, order: int, results: Mapping[str, int], units: Mapping[str, Words]
) -> Indicator:
    return Indicator(
        result_id=results[indicator.result],
        code=indicator.code,
        order=order,
        titles=dict(indicator.title),
        unit_names=dict(units.get(indicator.unit, {})),
        notes=dict(indicator.note),
        direction=indicator.direction.value,
        is_cumulative=indicator.kind.value == "cumulative",
    )


def _load_periods(
    pairs: Iterable[tuple[Indicator, files.Indicator]], periods: Iterable[files.ProjectPeriod]
) -> Loaded:
    pairs, spans = list(pairs), list(periods)
    stored = Period.objects.filter(indicator__in=[row.pk for row, _ in pairs])
    before = {(period.indicator_id, period.start, period.end): period for period in stored}
    rows = [
        _period(row, one, span, before.get((row.pk, span.first_on, span.last_on)))
        for row, one in pairs
        for span in spans
    ]
    return bring_in_line(stored, rows, key=["indicator_id", "start", "end"])


def _period(row: Indicator, one: files.Indicator, span: files.ProjectPeriod, before: Period | None) -> Period:
    """The period as the file has it, with all that was reported and decided about it here."""
    period = copy(before) if before else Period(indicator=row, start=span.first_on, end=span.last_on)
    if before is None or before.state in OPEN:
        period.baseline, period.target = one.baseline, one.targets.get(span.code)
    return period


def _load_version(row: Indicator, indicator: files.Indicator, project: files.Project) -> Loaded:
    measure = measure_of(indicator)
    latest = row.versions.order_by("number").last()
    if latest is None:
        IndicatorVersion.objects.create(indicator=row, valid_from=project.first_on, measure=measure)
        return Loaded(created=1)
    if latest.measure == measure:
        return Loaded(unchanged=1)
    approved = row.periods.exclude(approved_at=None).aggregate(until=Max("end"))["until"]
    if approved is None or approved < latest.valid_from:
        IndicatorVersion.objects.filter(pk=latest.pk).update(measure=measure)
        return Loaded(changed=1)
    IndicatorVersion.objects.create(
        indicator=row,
        number=latest.number + 1,
        valid_from=approved + timedelta(days=1),
        measure=measure,
        reason="The file of the project was changed after an approval.",
    )
    return Loaded(created=1)


def measure_of(indicator: files.Indicator) -> dict[str, object]:
    """The measure as it is stored; of an indicator that is not counted only its way: typed or words."""
    measure = indicator.measure
    if measure is None:
        return {"way": indicator.way.value}
    only = {
        "sex": measure.only.sex,
        "age_min": measure.only.age_min,
        "age_max": measure.only.age_max,
        "places": list(measure.only.places),
    }
    return {
        "count": measure.count.value,
        "services": list(measure.services),
        "filter": {name: value for name, value in only.items() if value not in ("", None, [])},
        "unique_within": measure.unique_within.value,
    }
