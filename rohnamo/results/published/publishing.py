"""What is released in one go: the mission with its areas, and each project with all that belongs to it."""

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period
from rohnamo.figures.actions import declare_measure, set_targets
from rohnamo.figures.models import Measure
from rohnamo.projects import queries as projects
from rohnamo.projects.models import Project
from rohnamo.results.models import Indicator, Tally
from rohnamo.results.published import measures, shares, typed
from rohnamo.results.published.cascades import publish_cascades
from rohnamo.results.published.counts import Asked, calendar_periods, publish_counts
from rohnamo.results.queries.lines import tallies_of


def publish_all(*, by: audit.Actor) -> int:
    """Release everything that is counted or approved. Returns how many measures there are."""
    published = publish_mission(by=by)
    for project in Project.objects.select_related("area"):
        published += publish_project(project, by=by)
    return published


@transaction.atomic
def publish_mission(*, by: audit.Actor) -> int:
    """Release the numbers of the mission and of each area, year by year. Returns how many measures there are."""
    tallies = list(Tally.objects.filter(project=None, indicator=None).select_related("area"))
    first = min(Project.objects.values_list("starts_on", flat=True), default=timezone.localdate())
    profile = projects.profile()
    is_example = profile.is_example if profile else False
    asked = [
        Asked(tally, declare_measure(measures.of_many(tally, is_example=is_example)), period)
        for tally in tallies
        for period in calendar_periods(first, tally.period_kind)
    ]
    publish_counts(asked, by=by)
    return len(tallies)


@transaction.atomic
def publish_project(project: Project, *, by: audit.Actor) -> int:
    """Release the numbers of a project, its indicators and its cascades. Returns how many measures there are."""
    whole = list(Tally.objects.filter(project=project, indicator=None))
    asked = [
        Asked(tally, declare_measure(measures.of_project(tally, project)), period)
        for tally in whole
        for period in calendar_periods(project.starts_on, tally.period_kind)
    ]
    publish_counts(asked, by=by)
    return len(whole) + _publish_indicators(project, by=by) + publish_cascades(project, by=by)


def _publish_indicators(project: Project, *, by: audit.Actor) -> int:
    """Those that are counted and those that are typed; one that is told in words has no number."""
    indicators = Indicator.objects.filter(result__project=project).order_by("result__order", "order", "pk")
    indicators = indicators.select_related("result").prefetch_related("periods", "tallies", "versions")
    asked: list[Asked] = []
    declared = 0
    for order, indicator in enumerate(indicators, start=1):
        tally, is_share = tallies_of(indicator).get(""), shares.is_share(indicator)
        if tally is None and not is_share and not typed.is_typed(indicator):
            continue
        declaration = measures.of_indicator(indicator, tally, project, order=order, is_share=is_share)
        measure = declare_measure(declaration)
        set_targets(measure, measures.promises(indicator))
        declared += 1
        if is_share:
            shares.publish_shares(measure, indicator, by=by)
        elif tally is None:
            typed.publish_approved(measure, indicator, by=by)
        else:
            asked += _reported(tally, measure, indicator)
    publish_counts(asked, by=by)
    return declared


def _reported(tally: Tally, measure: Measure, indicator: Indicator) -> list[Asked]:
    """The reporting periods that have begun; what was approved stands."""
    today = timezone.localdate()
    return [
        Asked(
            tally,
            measure,
            Period(reported.start, reported.end),
            approved=reported.approved_value,
            period_number=reported.pk,
        )
        for reported in indicator.periods.all()
        if reported.start <= today
    ]
