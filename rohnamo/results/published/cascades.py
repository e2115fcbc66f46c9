"""Cascades: each step of a project's way as one number since its first day, without a breakdown."""

from collections.abc import Mapping

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period
from rohnamo.figures.actions import Counted, declare_measure, publish
from rohnamo.figures.queries import cascade_key
from rohnamo.projects.models import Identity, Project, Service
from rohnamo.results.models import Count
from rohnamo.results.published import measures
from rohnamo.results.queries.reports import Step, cascades

METHOD = "each once since the first day, 1"
# Of a service of the vault nothing is known on this side; what is released of it comes from there.
_COUNTS: Mapping[str, Count] = {
    Identity.NAMED: Count.PERSONS,
    Identity.CODED: Count.PERSONS,
    Identity.COUNTED: Count.CONTACTS,
}


def publish_cascades(project: Project, *, by: audit.Actor) -> int:
    """Release every step of a project that has begun. Returns how many measures there are.

    The period is the whole time of the project and stays open until its last day, so that there is one total.
    """
    if project.starts_on > timezone.localdate() or not project.cascades:
        return 0
    counts = _counts(project)
    steps = [
        (cascade_key(project.code, cascade.code, step.service), step)
        for cascade in cascades(project)
        for step in cascade.steps
        if step.service in counts
    ]
    for key, step in steps:
        _publish_step(key, step, counts[step.service], project, by=by)
    return len(steps)


def _counts(project: Project) -> dict[str, Count]:
    """Service → what is counted of it."""
    codes = {step["service"] for cascade in project.cascades for step in cascade["steps"]}
    identities = Service.objects.filter(code__in=codes).values_list("code", "identity")
    return {code: _COUNTS[identity] for code, identity in identities if identity in _COUNTS}


def _publish_step(key: str, step: Step, count: Count, project: Project, *, by: audit.Actor) -> None:
    measure = declare_measure(measures.of_step(key, step.titles, count, project))
    counted = Counted(
        period=Period(project.starts_on, project.ends_on),
        value=step.persons if count == Count.PERSONS else step.contacts,
        source=measures.words(measures.COUNTED_BY_US),
        method=METHOD,
    )
    publish(measure, counted, as_of=timezone.localdate(), by=by)
