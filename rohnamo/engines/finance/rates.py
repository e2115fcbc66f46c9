"""Amounts in US dollars, at the rate of the day they moved. A rate that is missing is named, never made up."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .years import CENT

USD = "USD"
# Operational rates come once a month, and a month may begin on a holiday.
OLDEST_RATE_DAYS = 35


class RateMissing(LookupError):
    """No rate for a currency on a day. last_on: the day of the last one before it, None if there is none at all."""

    def __init__(self, currency: str, day: date, last_on: date | None) -> None:
        self.currency, self.day, self.last_on = currency, day, last_on
        last = f"the last one is of {last_on}" if last_on else "there is none before it"
        super().__init__(f"No rate for {currency} on {day}: {last}.")


class Rates:
    """Rates of exchange: (currency, day, US dollars for one unit). A dollar is a dollar on every day."""

    def __init__(
        self, rates: Iterable[tuple[str, date, Decimal]], *, oldest_days: int = OLDEST_RATE_DAYS
    ) -> None:
        self._oldest_days = oldest_days
        self._days: dict[str, list[date]] = defaultdict(list)
        self._values: dict[tuple[str, date], Decimal] = {}
        for currency, day, usd_per_unit in sorted(rates):
            self._days[currency].append(day)
            self._values[currency, day] = usd_per_unit

    def usd_per_unit(self, currency: str, day: date) -> Decimal:
        """The rate of the day, or the last one before it that is at most `oldest_days` old.

        Raises RateMissing; a rate of a later day is never used.
        """
        if currency == USD:
            return Decimal(1)
        known = self._days.get(currency, [])
        at = bisect_right(known, day)
        last_on = known[at - 1] if at else None
        if last_on is None or (day - last_on).days > self._oldest_days:
            raise RateMissing(currency, day, last_on)
        return self._values[currency, last_on]

    def in_usd(self, value: Decimal, currency: str, day: date) -> Decimal:
        """The worth in US dollars on that day, half a cent up (away from zero). Raises RateMissing."""
        worth = value * self.usd_per_unit(currency, day)
        return worth.quantize(CENT, rounding=ROUND_HALF_UP)
