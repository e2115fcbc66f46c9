"""What tallies count, as a fingerprint: so that a later re-planning shows."""

import hashlib
from collections.abc import Iterable

from rohnamo.results.models import Tally

_LINE = ("service_id", "project_id", "district_id", "sex", "age_min", "age_max", "valid_from", "valid_to")


def fingerprint(tallies: Iterable[Tally]) -> str:
    """SHA-256 of what these tallies count, whatever their order; empty for none. Prefetch their rules."""
    told = [
        (
            tally.part,
            tally.count,
            tally.is_cumulative,
            tally.period_kind,
            sorted(repr([getattr(rule, name) for name in _LINE]) for rule in tally.rules.all()),
        )
        for tally in sorted(tallies, key=lambda tally: tally.part)
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest() if told else ""
