"""Indicators that are not counted: shares, medians and the like, reported by the project and approved."""

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period
from rohnamo.figures.actions import Counted, publish
from rohnamo.figures.models import Measure
from rohnamo.results.models import Indicator
from rohnamo.results.published.measures import REPORTED, words

METHOD = "reported and approved, 1"


def is_typed(indicator: Indicator) -> bool:
    """Whether the newest version of an indicator has its numbers typed in. One told in words has no number."""
    version = max(indicator.versions.all(), key=lambda version: version.number, default=None)
    return version is not None and version.measure.get("way") == "typed"


def publish_approved(measure: Measure, indicator: Indicator, *, by: audit.Actor) -> None:
    """Release what was approved; what was only typed is nobody's result yet."""
    for reported in indicator.periods.all():
        if reported.approved_value is None:
            continue
        counted = Counted(
            period=Period(reported.start, reported.end),
            value=reported.approved_value,
            source=words(REPORTED),
            method=METHOD,
        )
        publish(measure, counted, as_of=timezone.localdate(), by=by)
