"""Money spent beside time gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Span = tuple[date, date]


@dataclass(frozen=True)
class Burn:
    """on: the day both shares speak of. Shares are 0 to 1; the one of money may pass 1 where too much was spent.

    share_spent is None where nothing was agreed: a share of nothing is no number.
    """

    on: date
    share_spent: Decimal | None
    share_of_time: Decimal

    @property
    def gap(self) -> Decimal | None:
        """Money ahead of time, in shares; negative where spending lags behind."""
        return None if self.share_spent is None else self.share_spent - self.share_of_time


def burn(agreed: Decimal, spent: Decimal, spans: Iterable[Span], on: date) -> Burn:
    """spans: days of the agreements, first and last included; days between them are no time, days in two count once.

    spent: until `on`, that day included. Raises ValueError without a span.
    """
    gone, whole = days_gone(spans, on)
    share_spent = spent / agreed if agreed else None
    return Burn(on, share_spent, Decimal(gone) / whole)


def days_gone(spans: Iterable[Span], on: date) -> tuple[int, int]:
    """How many days of the spans have gone at the end of a day, and how many there are."""
    whole = gone = 0
    after: date | None = None
    for start, end in sorted(spans):
        first = start if after is None else max(start, after)
        if end < first:
            continue
        whole += (end - first).days + 1
        gone += max(0, (min(end, on) - first).days + 1)
        after = end + timedelta(days=1)
    if not whole:
        raise ValueError("There is no day in the spans.")
    return gone, whole
