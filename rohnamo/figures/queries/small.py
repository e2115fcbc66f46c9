"""Which numbers are small: so few people that they could be recognised."""

from rohnamo.engines import disclosure
from rohnamo.figures.models import Unit
from rohnamo.places.models import Level, Place

# A small number of these could point at somebody; a small number of sessions or of dollars does not.
OF_PEOPLE = frozenset({Unit.PERSONS, Unit.HOUSEHOLDS, Unit.CONTACTS})


def small_numbers() -> disclosure.Threshold:
    """The thresholds of the mission's places: the usual one, and stricter ones for some districts."""
    thresholds = dict(Place.objects.filter(level=Level.DISTRICT).values_list("code", "small_cell_below"))
    default = min(thresholds.values(), default=disclosure.SMALL_NUMBERS.default)
    stricter = tuple(
        disclosure.Stricter("district", code, least)
        for code, least in sorted(thresholds.items())
        if least > default
    )
    return disclosure.Threshold(default=default, stricter=stricter)
