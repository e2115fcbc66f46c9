"""Shares: released once they were approved, and only where neither the whole nor one of its two sides is small.

"1 of 2" is a person. What is published of a share is the share alone; numerator and denominator are no figures.
"""

from decimal import Decimal

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period
from rohnamo.figures.actions import Counted, publish
from rohnamo.figures.models import Measure
from rohnamo.figures.queries.small import small_numbers
from rohnamo.results.models import Indicator, Tally
from rohnamo.results.published.measures import COUNTED_BY_US, words
from rohnamo.results.queries.lines import DENOMINATOR, SHARE, tallies_of, way_of
from rohnamo.results.queries.sums import UNIQUE

METHOD = "numerator and denominator counted by first contact, 1"


def is_share(indicator: Indicator) -> bool:
    return way_of(indicator) == SHARE


def publish_shares(measure: Measure, indicator: Indicator, *, by: audit.Actor) -> None:
    """Release what was approved and points at nobody."""
    whole = tallies_of(indicator).get(DENOMINATOR)
    for reported in indicator.periods.all():
        value, part, of = (
            reported.approved_value,
            reported.approved_numerator,
            reported.approved_denominator,
        )
        if value is None or part is None or of is None or _is_small(part, of, whole):
            continue
        counted = Counted(
            period=Period(reported.start, reported.end),
            value=value,
            source=words(COUNTED_BY_US),
            method=METHOD,
        )
        publish(measure, counted, as_of=timezone.localdate(), by=by)


def _is_small(part: Decimal, whole: Decimal, tally: Tally | None) -> bool:
    """Whether somebody could be found in it: one of the two sides is small and not empty."""
    thresholds = small_numbers()
    least = max([thresholds.default, *(one.least for one in thresholds.stricter)])
    is_of_people = tally is None or tally.count in {*UNIQUE, "contacts"}
    return is_of_people and (whole < least or 0 < part < least or 0 < whole - part < least)
