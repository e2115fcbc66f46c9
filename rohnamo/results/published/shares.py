"""Shares: released once they were approved, and only where neither the whole nor one of its two sides is small.

"1 of 2" is a person. What is published of a share is the share alone; numerator and denominator are no figures.
"""

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period
from rohnamo.figures.actions import Counted, publish
from rohnamo.figures.models import Measure
from rohnamo.figures.queries.small import small_numbers
from rohnamo.results.models import Indicator
from rohnamo.results.published.measures import COUNTED_BY_US, words
from rohnamo.results.queries.lines import DENOMINATOR, SHARE, is_small_share, tallies_of, way_of

METHOD = "numerator and denominator counted by first contact, 1"


def is_share(indicator: Indicator) -> bool:
    return way_of(indicator) == SHARE


def publish_shares(measure: Measure, indicator: Indicator, *, by: audit.Actor) -> None:
    """Release what was approved and points at nobody."""
    whole, thresholds = tallies_of(indicator).get(DENOMINATOR), small_numbers()
    for reported in indicator.periods.all():
        value, part, of = (
            reported.approved_value,
            reported.approved_numerator,
            reported.approved_denominator,
        )
        if value is None or part is None or of is None or is_small_share(part, of, whole, thresholds):
            continue
        counted = Counted(
            period=Period(reported.start, reported.end),
            value=value,
            source=words(COUNTED_BY_US),
            method=METHOD,
        )
        publish(measure, counted, as_of=timezone.localdate(), by=by)
