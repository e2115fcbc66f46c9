"""What was counted, read from kept sums. Rows of contacts are touched only where sums cannot answer.

A cumulative tally is read from its first day to the end of the period asked for, any other within the period. Persons
of a period made of several counted ones (a year, where half-years are counted) cannot be added up: they are taken from
reach, each at their first contact in the period.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet, Sum

from rohnamo.core.periods import calendar_period
from rohnamo.results.models import Count, Reach, ReachedCell, ReachedTotal, Tally

Number = int | Decimal
Key = tuple[str, str, int]
"""sex, age band, number of the district (0: unknown)"""

UNIQUE = frozenset({Count.PERSONS, Count.HOUSEHOLDS})


class Span(Protocol):
    """A stretch of days: a Period of `core.periods`, or one of an indicator."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


@dataclass(frozen=True)
class Reading:
    """How some tallies are read alike. first, last: counted periods as in `Reach.period`."""

    column: str
    first: int
    last: int
    is_from_reach: bool


def period_number(day: date, kind: str) -> int:
    """The counted period that a day falls into, as in `Reach.period`."""
    start = calendar_period(day, kind).start
    return start.year * 10_000 + start.month * 100 + start.day


def reading(tally: Tally, span: Span) -> Reading:
    """How a tally is read for a stretch of days."""
    first = 0 if tally.is_cumulative else period_number(span.start, tally.period_kind)
    last = period_number(span.end, tally.period_kind)
    if tally.count not in UNIQUE:
        return Reading(
            "quantity" if tally.count == Count.QUANTITY else "contacts", first, last, is_from_reach=False
        )
    if tally.is_cumulative:
        return Reading("firsts", first, last, is_from_reach=False)
    return Reading("persons", first, last, is_from_reach=first != last)


def totals(tallies: Iterable[Tally], span: Span) -> dict[int, Number]:
    """Number of the tally → its value in the period."""
    return totals_at((tally, span) for tally in tallies)


def totals_at(asked: Iterable[tuple[Tally, Span]]) -> dict[int, Number]:
    """Number of the tally → its value, each in a period of its own."""
    return {tally: value for (tally, _, _), value in values_in(asked).items()}


def values_in(asked: Iterable[tuple[Tally, Span]]) -> dict[tuple[int, date, date], Number]:
    """Number of the tally, first and last day → the value: any tallies in any periods.

    One query for all that can be added up, however many periods; one more for each stretch of those that cannot.
    """
    spans = {(tally, span.start, span.end): reading(tally, span) for tally, span in asked}
    kept = _kept_totals({_rows_of(tally) for tally, _, _ in spans})
    from_reach = _persons_of_reach((tally, how) for (tally, _, _), how in spans.items() if how.is_from_reach)
    return {
        (tally.pk, start, end): from_reach.get((_rows_of(tally), how), 0)
        if how.is_from_reach
        else _added(kept.get(_rows_of(tally), ()), how)
        for (tally, start, end), how in spans.items()
    }


def cells(tallies: Iterable[Tally], span: Span) -> dict[int, dict[Key, Number]]:
    """Number of the tally → its value by sex, age and district. Cells without anybody are left out."""
    groups: dict[Reading, list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[reading(tally, span)].append(tally)
    found: dict[int, dict[Key, Number]] = {}
    for how, group in groups.items():
        rows = {_rows_of(tally) for tally in group}
        sums = _cells_of_reach(rows, how) if how.is_from_reach else _kept_cells(rows, how)
        found.update({tally.pk: sums.get(_rows_of(tally), {}) for tally in group})
    return found


def margin(cells_of_tally: Mapping[Key, Number], *places: int) -> dict[tuple[str | int, ...], Number]:
    """Cells added up over all but some parts of their key: 0 sex, 1 age, 2 district."""
    sums: dict[tuple[str | int, ...], Number] = {}
    part = itemgetter(*places) if len(places) > 1 else None
    for key, value in cells_of_tally.items():
        at = part(key) if part else (key[places[0]],)
        sums[at] = sums.get(at, 0) + value
    return sums


def reached(tally: Tally, span: Span) -> QuerySet[Reach]:
    """The rows of reach that a number of persons or households was counted from: as many as the number."""
    how = reading(tally, span)
    rows = _rows_between({_rows_of(tally)}, how).filter(persons=1)
    return rows.filter(is_first=True) if how.column == "firsts" else rows


def reached_rows(tally: Tally, span: Span) -> QuerySet[Reach]:
    """All rows of reach that a number of contacts, events or quantities was added up from."""
    return _rows_between({_rows_of(tally)}, reading(tally, span))


def _rows_of(tally: Tally) -> int:
    return tally.rows_of_id or tally.pk


def _kept_totals(rows: set[int]) -> dict[int, list[ReachedTotal]]:
    kept: dict[int, list[ReachedTotal]] = defaultdict(list)
    for total in ReachedTotal.objects.filter(tally__in=rows):
        kept[total.tally_id].append(total)
    return kept


def _added(kept: Iterable[ReachedTotal], how: Reading) -> Number:
    values: list[Number] = [
        getattr(total, how.column) for total in kept if how.first <= total.period <= how.last
    ]
    return sum(values)


def _persons_of_reach(asked: Iterable[tuple[Tally, Reading]]) -> dict[tuple[int, Reading], Number]:
    groups: dict[Reading, set[int]] = defaultdict(set)
    for tally, how in asked:
        groups[how].add(_rows_of(tally))
    found: dict[tuple[int, Reading], Number] = {}
    for how, group in groups.items():
        sums = _rows_between(group, how).values("tally_id").annotate(value=Sum("persons"))
        found.update({(tally, how): value for tally, value in sums.values_list("tally_id", "value")})
    return found


def _kept_cells(rows: set[int], how: Reading) -> dict[int, dict[Key, Number]]:
    kept = ReachedCell.objects.filter(tally__in=rows, period__range=(how.first, how.last))
    keys = ("tally_id", "sex", "age", "district")
    if how.first == how.last:
        # Of a single period each cell is one row: nothing is to be added up.
        return _by_tally(kept.values_list(*keys, how.column))
    return _by_tally(kept.values(*keys).annotate(value=Sum(how.column)).values_list(*keys, "value"))


def _cells_of_reach(rows: set[int], how: Reading) -> dict[int, dict[Key, Number]]:
    keys = ("tally_id", "sex", "age", "district_id")
    reach = _rows_between(rows, how).values(*keys).annotate(value=Sum(how.column))
    return _by_tally(reach.values_list(*keys, "value"))


def _by_tally(rows: Iterable[tuple[int, str, str, int | None, Number]]) -> dict[int, dict[Key, Number]]:
    sums: dict[int, dict[Key, Number]] = defaultdict(dict)
    for tally, sex, age, district, value in rows:
        if value:
            sums[tally][sex, age, district or 0] = value
    return sums


def _rows_between(rows: set[int], how: Reading) -> QuerySet[Reach]:
    """Rows of reach of these periods; where several are read as one, each subject at its first contact only."""
    found = Reach.objects.filter(tally__in=rows, period__range=(how.first, how.last))
    if not how.is_from_reach:
        return found
    earlier = Reach.objects.filter(
        tally=OuterRef("tally"),
        subject=OuterRef("subject"),
        period__gte=how.first,
        period__lt=OuterRef("period"),
    )
    return found.filter(~Exists(earlier))
