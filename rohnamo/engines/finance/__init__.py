"""Money and days of agreements: exact to the cent, each movement at its own day's rate, nothing counted twice.

Amounts are Decimal, rounded half up to the cent where a rate or a share makes more places.
"""

from .burning import Burn, Span, burn, days_gone
from .deadlines import Due, add_months, due_days
from .families import Circle, carriers
from .rates import OLDEST_RATE_DAYS, RateMissing, Rates
from .years import parts_by_weight, split_by_year, year_spans

__all__ = [
    "OLDEST_RATE_DAYS",
    "Burn",
    "Circle",
    "Due",
    "RateMissing",
    "Rates",
    "Span",
    "add_months",
    "burn",
    "carriers",
    "days_gone",
    "due_days",
    "parts_by_weight",
    "split_by_year",
    "year_spans",
]
