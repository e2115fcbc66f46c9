"""Asking a database of either kind, in the SQL that both speak: what was backed up may be older than our models."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

# Runs one statement and gives its rows.
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


def moment(value: object) -> str:
    """A moment of either database in one spelling, which sorts as text. A day counts as its end."""
    if isinstance(value, str):
        value = (
            date.fromisoformat(value) if len(value) == len("2026-01-25") else datetime.fromisoformat(value)
        )
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value + timedelta(days=1), time(), UTC)
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} is no moment.")
    return (
        (value if value.tzinfo else value.replace(tzinfo=UTC))
        .astimezone(UTC)
        .isoformat(timespec="microseconds")
    )
