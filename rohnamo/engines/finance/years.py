"""An amount cut at calendar years, so that the parts add up to it to the cent."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def year_spans(first: date, last: date) -> dict[int, tuple[date, date]]:
    """Year -> its first and last day inside the span, both included. Raises ValueError if the span is reversed."""
    if first > last:
        raise ValueError(f"A span cannot end ({last}) before it starts ({first}).")
    return {
        year: (max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    }


def split_by_year(amount: Decimal, first: date, last: date) -> dict[int, Decimal]:
    """The amount spread evenly over the days, by calendar year, in whole cents that add up to it exactly.

    amount: whole cents; ValueError otherwise, because nobody could pay the rest.
    """
    spans = year_spans(first, last)
    weights = {year: (end - start).days + 1 for year, (start, end) in spans.items()}
    return dict(zip(weights, parts_by_weight(amount, list(weights.values())), strict=True))


def parts_by_weight(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """The amount in whole cents by weight: each part is its exact share or the next cent above it, below if negative.

    The cents that rounding down leaves over go to the largest remainders, the earlier part first among equals.
    weights: not negative, not all zero.
    """
    cents = amount / CENT
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} is not a whole number of cents.")
    if min(weights, default=0) < 0 or not sum(weights):
        raise ValueError("Weights must not be negative, and one must be more than zero.")
    sign = -1 if cents < 0 else 1
    shares = [Fraction(abs(int(cents)) * weight, sum(weights)) for weight in weights]
    whole = _rounded_to_sum(shares, abs(int(cents)))
    return [Decimal(sign * part) * CENT for part in whole]


def _rounded_to_sum(shares: Sequence[Fraction], total: int) -> list[int]:
    parts = [int(share) for share in shares]
    remainders: Mapping[int, Fraction] = {at: share - parts[at] for at, share in enumerate(shares)}
    largest = sorted(remainders, key=lambda at: (-remainders[at], at))
    for at in largest[: total - sum(parts)]:
        parts[at] += 1
    return parts
