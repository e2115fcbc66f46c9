"""What was counted, period by period: every total, and the breakdowns that may follow."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core.periods import Period, calendar_period
from rohnamo.engines.disclosure import Cell
from rohnamo.figures.actions import Counted, publish
from rohnamo.figures.models import Measure
from rohnamo.figures.queries import broken_down, released_periods
from rohnamo.places.models import Place
from rohnamo.results.models import Count, Tally
from rohnamo.results.published.measures import COUNTED_BY_US, words
from rohnamo.results.queries.approved import approvals_of, approved_cells
from rohnamo.results.queries.sums import Key, Number, cells, margin, totals

METHOD = "first contact, 1"
UNKNOWN = "u"
# Sums of quantities are no persons: they have no breakdown that could be protected by counting heads.
_NO_BREAKDOWN = frozenset({Count.QUANTITY})


@dataclass(frozen=True)
class Asked:
    """One number to be released. approved: the value that stands whatever the ledger says now; None: none does.

    period_number: number of the reporting period, whose approved breakdown is released with its approved value.
    """

    tally: Tally
    measure: Measure
    period: Period
    approved: Decimal | None = None
    period_number: int = 0


def calendar_periods(first: date, kind: str) -> list[Period]:
    """From the period of the first day to that of today, those with nothing in them too."""
    found, day = [], first
    while day <= timezone.localdate():
        period = calendar_period(day, kind)
        found.append(period)
        day = period.end + timedelta(days=1)
    return found


def publish_counts(asked: Iterable[Asked], *, by: audit.Actor) -> None:
    """Release all of these, the earlier periods first, because each release is checked against those before it."""
    asked = list(asked)
    with_breakdown = _with_breakdown(asked)
    before = released_periods({one.measure for one in asked})
    codes = dict(Place.objects.values_list("pk", "code"))
    frozen = _approved_cells(one for one in with_breakdown if one.approved is not None)
    by_period: dict[Period, list[Asked]] = defaultdict(list)
    for one in asked:
        by_period[one.period].append(one)
    for period, alike in sorted(by_period.items()):
        values = totals([one.tally for one in alike], period)
        by_cells = cells([one.tally for one in alike if one in with_breakdown], period)
        for one in alike:
            if _is_silent(one, values[one.tally.pk], before.get(one.measure.pk, ())):
                continue
            of_cells = frozen.get(one.period_number) or by_cells.get(one.tally.pk, {})
            counted = _counted(one, values[one.tally.pk], _breakdowns(of_cells, codes))
            publish(one.measure, counted, as_of=timezone.localdate(), by=by)


def _is_silent(one: Asked, value: Number, before: Container[Period]) -> bool:
    """A past period in which nothing was recorded: "0 people in 2015" would say that we looked and found nobody.

    What a project promised for a period is another matter: there a zero is an answer.
    """
    is_promised = one.tally.indicator_id is not None
    is_past = one.period.end < timezone.localdate()
    return is_past and not value and not is_promised and one.approved is None and one.period not in before


def _with_breakdown(asked: Sequence[Asked]) -> frozenset[Asked]:
    """Those whose breakdown may be released. Source: decision 0008, first publication.

    Of a cumulative measure the newest period that has ended, and those that were broken down before: a breakdown of
    an earlier period is never put below a later one.
    """
    ended = [one for one in asked if one.period.end < timezone.localdate() and _may_be_broken_down(one.tally)]
    newest: dict[int, Period] = {}
    for one in sorted(ended, key=lambda one: (one.period.end, one.period.start)):
        newest[one.measure.pk] = one.period
    before = broken_down({one.measure for one in ended})
    return frozenset(
        one
        for one in ended
        if not one.tally.is_cumulative
        or one.period == newest[one.measure.pk]
        or one.period in before.get(one.measure.pk, ())
    )


def _may_be_broken_down(tally: Tally) -> bool:
    """Not sums of quantities, and not the contacts of a project, an area or the mission.

    Contacts of projects add up to those of their area, and these to the mission's. Each table is protected by itself, so
    that what one hides could be subtracted from the others. Source: decision 0007.
    """
    adds_up = tally.indicator_id is None and tally.count == Count.CONTACTS
    return tally.count not in _NO_BREAKDOWN and not adds_up


def _approved_cells(asked: Iterable[Asked]) -> dict[int, dict[Key, Number]]:
    """Number of the reporting period → the breakdown that was approved; periods without one are left out."""
    approvals = approvals_of([one.period_number for one in asked if one.period_number])
    cells_of = approved_cells(approvals.values())
    return {period: cells_of[approval][""] for period, approval in approvals.items() if approval in cells_of}


def _counted(one: Asked, value: Number, breakdowns: Mapping[Cell, int]) -> Counted:
    """What was approved stands, with the breakdown that was approved; without one it would not add up, and has none."""
    standing = value if one.approved is None else one.approved
    whole = sum(count for cell, count in breakdowns.items() if cell.breakdown == ("sex",))
    return Counted(
        period=one.period,
        value=standing,
        cells=breakdowns if standing == whole else {},
        source=words(COUNTED_BY_US),
        method=METHOD,
    )


def _breakdowns(of_cells: Mapping[Key, Number], codes: Mapping[int, str]) -> dict[Cell, int]:
    """By sex, by age, by district, and by sex and age; never closer."""
    found: dict[Cell, int] = {}
    for places in ((0,), (1,), (2,), (0, 1)):
        for categories, value in margin(of_cells, *places).items():
            named = {
                ("sex", "age", "district")[place]: _category(place, category, codes)
                for place, category in zip(places, categories, strict=True)
            }
            cell = Cell.of(**named)
            found[cell] = found.get(cell, 0) + int(value)
    return found


def _category(place: int, category: str | int, codes: Mapping[int, str]) -> str:
    return codes.get(int(category), UNKNOWN) if place == 2 else str(category)
