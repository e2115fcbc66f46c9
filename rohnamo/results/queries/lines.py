"""One indicator in one period: what was promised, what stands, and what is counted now.

What is counted is read from sums; what was approved from its own frozen sums. The number of queries does not grow with
the number of indicators or periods.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from rohnamo.engines.disclosure import Threshold
from rohnamo.figures.queries.small import OF_PEOPLE
from rohnamo.places.models import Place
from rohnamo.results.models import Indicator, Period, PeriodState, PeriodTarget, Tally
from rohnamo.results.queries.approved import approvals_of, approved_cells
from rohnamo.results.queries.sums import Key, Number, Span, cells, margin, values_in

UNKNOWN_DISTRICT = "u"
COUNTED, SHARE, TYPED, TOLD = "counted", "percent", "typed", "words"
NUMERATOR, DENOMINATOR = "numerator", "denominator"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Breakdowns:
    """A value by attributes. "u" is an unknown sex, age or district; each adds up to the value."""

    by_sex: Mapping[str, Number]
    by_age: Mapping[str, Number]
    by_district: Mapping[str, Number]
    by_sex_and_age: Mapping[tuple[str, str], Number]


@dataclass(frozen=True)
class CategoryTarget:
    """What was promised of one category. Empty means any. district: code."""

    sex: str
    age: str
    district: str
    target: Decimal


@dataclass(frozen=True)
class Line:
    """One indicator in one period.

    actual: what stands: the approved value, or else what is counted now; None for an indicator that is typed or told
    in words and not approved, and for a share of nobody. why_empty says why: denominator_zero, not_reported,
    not_approved, told. counted: what the ledger says now; beside an approved value it shows late changes.
    period: the period of the framework that baseline and target belong to; None when it has none; state: its own.
    way: counted, percent, typed or words. unit: what is counted; "percent" of a share; empty of what is not counted.
    numerator, denominator: of a share that stands. told: of what was told in words and approved. typed: what the project
    reports, approved or not.
    breakdowns: of what stands, of a share: of its numerator, and denominators those of its denominator; None where
    they were not asked for, or not kept with an old approval.
    """

    indicator: Indicator
    key: str
    unit: str
    period: Period | None
    baseline: Decimal | None
    target: Decimal | None
    actual: Number | None
    counted: Number | None
    is_approved: bool
    breakdowns: Breakdowns | None = None
    way: str = COUNTED
    state: str = ""
    numerator: Number | None = None
    denominator: Number | None = None
    why_empty: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    typed: Decimal | None = None
    targets: tuple[CategoryTarget, ...] = ()
    denominators: Breakdowns | None = None

    @property
    def has_moved(self) -> bool:
        """Whether the ledger says something else now than what was approved."""
        return self.is_approved and self.way in {COUNTED, SHARE} and self.counted != self.actual


Asked = tuple[Indicator, Span, Period | None]
"""An indicator, the days that are read, and the period of the framework that they belong to."""


def indicators() -> QuerySet[Indicator]:
    """Indicators with all that their lines need, in the order of the framework."""
    ordered = Indicator.objects.order_by("result__order", "order", "pk")
    return ordered.select_related("result__project").prefetch_related("periods", "tallies", "versions")


def way_of(indicator: Indicator) -> str:
    """How the newest version of an indicator comes to its value: counted, percent, typed or words."""
    version = max(indicator.versions.all(), key=lambda version: version.number, default=None)
    measure = version.measure if version else {}
    return measure.get("way") or (COUNTED if measure.get("services") else TYPED)


def tallies_of(indicator: Indicator) -> dict[str, Tally]:
    """Part → tally: one under the empty name, two for a share, none for what is not counted."""
    return {tally.part: tally for tally in indicator.tallies.all()}


def share(numerator: Number, denominator: Number) -> Decimal | None:
    """In per cent, to two places; None of nobody: there is no share of zero."""
    if not denominator:
        return None
    return (100 * Decimal(numerator) / Decimal(denominator)).quantize(_HUNDREDTH)


def is_small_share(part: Number, whole: Number, tally: Tally | None, thresholds: Threshold) -> bool:
    """Whether somebody could be found in a share: one of its two sides is small and not empty.

    tally: of the whole; None counts as one of people. Of the thresholds the strictest counts, because a share has no place.
    """
    least = max([thresholds.default, *(one.least for one in thresholds.stricter)])
    is_of_people = tally is None or tally.count in OF_PEOPLE
    return is_of_people and (whole < least or 0 < part < least or 0 < whole - part < least)


def lines(asked: Sequence[Asked], *, with_breakdowns: bool = False) -> list[Line]:
    """A line for each of these, in their order."""
    numbers = values_in(
        (tally, span) for indicator, span, _ in asked for tally in tallies_of(indicator).values()
    )
    targets = _targets([period for _, _, period in asked if period])
    parts = _Parts.of(asked) if with_breakdowns else _Parts()
    return [
        _line(indicator, span, period, numbers=numbers, targets=targets, parts=parts)
        for indicator, span, period in asked
    ]


Numbers = Mapping[tuple[int, date, date], Number]


@dataclass(frozen=True)
class _Parts:
    """Cells of what is counted now by tally and days, and of what was approved by period and part."""

    now: Mapping[tuple[int, date, date], Mapping[Key, Number]] = field(default_factory=dict)
    approved: Mapping[tuple[int, str], Mapping[Key, Number]] = field(default_factory=dict)
    codes: Mapping[int, str] | None = None

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> "_Parts":
        spans: dict[tuple[date, date], list[Tally]] = {}
        for indicator, span, _ in asked:
            spans.setdefault((span.start, span.end), []).extend(tallies_of(indicator).values())
        by_days = {days: span for _, span, _ in asked for days in [(span.start, span.end)]}
        now = {
            (tally, *days): of_cells
            for days, tallies in spans.items()
            for tally, of_cells in cells(tallies, by_days[days]).items()
        }
        approvals = approvals_of([period.pk for _, _, period in asked if period and period.approved_at])
        frozen = approved_cells(approvals.values())
        approved = {
            (period, part): of_cells
            for period, approval in approvals.items()
            for part, of_cells in frozen.get(approval, {}).items()
        }
        return cls(now, approved, dict(Place.objects.values_list("pk", "code")))


def _line(
    indicator: Indicator,
    span: Span,
    period: Period | None,
    *,
    numbers: Numbers,
    targets: Mapping[int, tuple[CategoryTarget, ...]],
    parts: _Parts,
) -> Line:
    tallies, way = tallies_of(indicator), way_of(indicator)
    now = {part: numbers[tally.pk, span.start, span.end] for part, tally in tallies.items()}
    is_approved = period is not None and period.approved_at is not None
    counted = _counted(now)
    standing = _approved(period) if period and is_approved else _current(now, counted)
    first = tallies.get("") or tallies.get(NUMERATOR)
    return Line(
        indicator=indicator,
        key=f"{indicator.result.project.code}.{indicator.code}",
        unit=SHARE if way == SHARE else first.count if first else "",
        period=period,
        baseline=period.baseline if period else None,
        target=period.target if period else None,
        actual=standing[0],
        counted=counted,
        is_approved=is_approved,
        way=way,
        state=_state(period),
        numerator=standing[1],
        denominator=standing[2],
        why_empty=_why_empty(way, standing[0], period),
        told=period.approved_told if period and is_approved else {},
        typed=period.typed_value if period else None,
        targets=targets.get(period.pk, ()) if period else (),
        breakdowns=_breakdowns_of(first, span, period, standing[1] if way == SHARE else standing, parts),
        denominators=_breakdowns_of(tallies.get(DENOMINATOR), span, period, standing[2], parts),
    )


def _counted(now: Mapping[str, Number]) -> Number | None:
    if "" in now:
        return now[""]
    return share(now[NUMERATOR], now[DENOMINATOR]) if NUMERATOR in now else None


Standing = tuple[Number | None, Number | None, Number | None]
"""Value, numerator and denominator."""


def _current(now: Mapping[str, Number], counted: Number | None) -> Standing:
    return counted, now.get(NUMERATOR), now.get(DENOMINATOR)


def _approved(period: Period) -> Standing:
    return period.approved_value, period.approved_numerator, period.approved_denominator


def _state(period: Period | None) -> str:
    if period is None:
        return ""
    return PeriodState.APPROVED.value if period.approved_at else str(period.state)


def _why_empty(way: str, value: Number | None, period: Period | None) -> str:
    if value is not None:
        return ""
    if way == SHARE:
        return "denominator_zero"
    if way == TOLD:
        return "told" if period and any(period.told.values()) else "not_reported"
    return "not_reported" if period is None or period.typed_value is None else "not_approved"


def _breakdowns_of(
    tally: Tally | None, span: Span, period: Period | None, standing: object, parts: _Parts
) -> Breakdowns | None:
    """standing: the value that the breakdown must add up to, or the tuple that it is the first of."""
    if tally is None or parts.codes is None:
        return None
    value = standing[0] if isinstance(standing, tuple) else standing
    now = parts.now.get((tally.pk, span.start, span.end), {})
    if period is None or period.approved_at is None:
        return _breakdowns(now, parts.codes)
    frozen = parts.approved.get((period.pk, "" if tally.part == NUMERATOR else tally.part))
    if frozen is None and value != sum(now.values()):
        return None
    return _breakdowns(now if frozen is None else frozen, parts.codes)


def _breakdowns(of_cells: Mapping[Key, Number], codes: Mapping[int, str]) -> Breakdowns:
    return Breakdowns(
        by_sex={str(sex): value for (sex,), value in sorted(margin(of_cells, 0).items())},
        by_age={str(age): value for (age,), value in sorted(margin(of_cells, 1).items())},
        by_district={
            codes.get(int(district), UNKNOWN_DISTRICT): value
            for (district,), value in sorted(margin(of_cells, 2).items())
        },
        by_sex_and_age={
            (str(sex), str(age)): value for (sex, age), value in sorted(margin(of_cells, 0, 1).items())
        },
    )


def _targets(periods: Iterable[Period]) -> dict[int, tuple[CategoryTarget, ...]]:
    rows = PeriodTarget.objects.filter(period__in=[period.pk for period in periods])
    found: dict[int, tuple[CategoryTarget, ...]] = {}
    for row in rows.select_related("district").order_by("pk"):
        code = row.district.code if row.district else ""
        target = CategoryTarget(row.sex, row.age, code, row.target)
        found[row.period_id] = (*found.get(row.period_id, ()), target)
    return found
