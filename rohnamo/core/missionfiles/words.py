"""Text in several languages and stretches of days: what every part of a mission is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Words = Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included; None is "not known" or "still so".

    A bound given as a year or a month is widened to that whole year or month, and `is_exact` is then false:
    two names of one place may overlap in the year of the renaming.
    """

    first_on: date | None
    last_on: date | None
    is_exact: bool

    def holds(self, day: date) -> bool:
        return (self.first_on is None or self.first_on <= day) and (
            self.last_on is None or day <= self.last_on
        )
