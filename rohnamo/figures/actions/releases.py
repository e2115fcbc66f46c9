"""How a number becomes public: protected, checked against all that was said before, and kept for ever."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet

from rohnamo.core import ages, audit, changes
from rohnamo.core.missionfiles.codes import SEXES
from rohnamo.core.periods import Period
from rohnamo.engines import disclosure
from rohnamo.figures.models import Cell, Measure, Release, Verdict, Withheld
from rohnamo.figures.queries.small import OF_PEOPLE, small_numbers
from rohnamo.places.models import Level, Place

log = logging.getLogger("rohnamo.figures")

TOPIC = "figure.released"
ATTRIBUTES = ("sex", "age", "district")
UNKNOWN = "u"
_BATCH = 500


@dataclass(frozen=True)
class Counted:
    """What was counted of a measure in a period.

    cells: breakdowns that each add up to the value, of whole numbers, "u" for unknown. None are given for money,
    shares and sums of quantities. source: who says so, in each language. method: by which rule. approved_by: who said
    that the number stands, as in the audit log; blank where nobody but the one who releases it did.
    """

    period: Period
    value: Decimal | int
    cells: Mapping[disclosure.Cell, int] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    method: str = ""
    approved_by: str = ""


@transaction.atomic
def publish(measure: Measure, counted: Counted, *, as_of: date, by: audit.Actor) -> Release | None:
    """Release a number, and its breakdowns once the period has ended before the day `as_of`.

    The same number from the same cells makes no new release: the one that stands is returned. Nothing is released
    (None) while the number itself is so small that it could point at somebody.
    """
    # One after the other, because each release is checked against all before it.
    Measure.objects.select_for_update().get(pk=measure.pk)
    is_closed = counted.period.end < as_of
    inputs = _digest(measure, counted, is_closed=is_closed)
    standing = Release.objects.filter(
        measure=measure, start=counted.period.start, end=counted.period.end, is_current=True
    ).first()
    if standing is not None and (standing.inputs == inputs or _says_the_same(standing, counted)):
        return standing
    threshold = small_numbers()
    if measure.unit in OF_PEOPLE and 0 < counted.value < threshold.default:
        _withhold(measure, counted, as_of=as_of)
        return None
    measure.withheld.filter(start=counted.period.start, end=counted.period.end).delete()
    release = _draft(measure, counted, as_of=as_of, by=by, inputs=inputs, threshold=threshold)
    cells: list[Cell] = []
    if is_closed and counted.cells:
        cells = _protect(release, counted, threshold, standing=standing)
    elif is_closed and standing is not None and _tells_of_few(release, threshold):
        release.verdict, release.value = Verdict.KEPT_EARLIER, standing.value
    if standing is not None:
        Release.objects.filter(pk=standing.pk).update(is_current=False)
    release.save()
    Cell.objects.bulk_create(cells, batch_size=_BATCH)
    changes.leave(TOPIC, [measure.key])
    return release


def _withhold(measure: Measure, counted: Counted, *, as_of: date) -> None:
    """Remember that there is a number: an older one must not be read as the latest."""
    days = {"start": counted.period.start, "end": counted.period.end}
    _row, is_news = Withheld.objects.get_or_create(measure=measure, **days, defaults={"as_of": as_of})
    if is_news:
        changes.leave(TOPIC, [measure.key])


def _categories() -> disclosure.Categories:
    """All that can be counted, whether it ever was or not: whoever reads our forms knows these lists."""
    districts = Place.objects.filter(level=Level.DISTRICT).values_list("code", flat=True)
    return {"sex": SEXES, "age": ages.BAND_NAMES, "district": [*districts, UNKNOWN]}


def _says_the_same(standing: Release, counted: Counted) -> bool:
    """Whether the public has this number already, and neither had a breakdown nor gets one."""
    return (
        standing.verdict == Verdict.TOTAL_ONLY
        and not counted.cells
        and standing.value == counted.value
        and standing.method == counted.method
    )


def _draft(
    measure: Measure,
    counted: Counted,
    *,
    as_of: date,
    by: audit.Actor,
    inputs: str,
    threshold: disclosure.Threshold,
) -> Release:
    is_closed = counted.period.end < as_of
    return Release(
        measure=measure,
        start=counted.period.start,
        end=counted.period.end,
        as_of=as_of,
        released_by=str(by.pk),
        value=counted.value,
        source=dict(counted.source),
        inputs=inputs,
        method=counted.method,
        approved_by=counted.approved_by,
        verdict=Verdict.TOTAL_ONLY if is_closed else Verdict.OPEN,
        least=threshold.default,
    )


def _protect(
    release: Release, counted: Counted, threshold: disclosure.Threshold, *, standing: Release | None
) -> list[Cell]:
    """Set the verdict, and return the cells that may be shown."""
    categories = _categories()
    table = disclosure.Table(
        period=_label(counted.period),
        total=int(counted.value),
        cells=counted.cells,
        cumulative=release.measure.is_cumulative,
        categories=categories,
    )
    earlier = list(_said_before(release.measure))
    try:
        protected = disclosure.protect(
            table, threshold, [_released(before, categories) for before in earlier]
        )
    except disclosure.Contradiction:
        # True numbers cannot contradict each other: a kept release was changed, or the engine is wrong. Until
        # somebody has looked, what cannot be proven safe counts as unsafe.
        log.exception("no breakdown of %s for %s: its releases contradict", release.measure.key, table.period)
        release.hiding, release.evidence = disclosure.METHOD, {"contradiction": True}
        return []
    release.verdict = Verdict(protected.verdict.value)
    release.hiding, release.evidence = protected.method, _evidence(protected, len(earlier))
    if release.verdict == Verdict.KEPT_EARLIER:
        same = [one for one in earlier if (one.start, one.end) == (release.start, release.end)]
        release.cells_of = next((one for one in reversed(same) if one.cells.all()), None)
        if protected.new_total is not None:
            release.value = Decimal(protected.new_total)
        elif standing is not None:
            release.value = standing.value
        return []
    return [
        _cell(release, cell, count) for cell, count in sorted(protected.release.cells.items()) if count != 0
    ]


def _evidence(protected: disclosure.Protected, earlier: int) -> dict[str, object]:
    """What the checker found. Only a pattern that both attackers failed at gets here."""
    return {
        "hidden_primary": protected.hidden_primary,
        "hidden_complementary": protected.hidden_complementary,
        "withheld": [list(names) for names in protected.withheld],
        "earlier_releases": earlier,
    }


def _tells_of_few(release: Release, threshold: disclosure.Threshold) -> bool:
    """Whether a number without a breakdown, beside what was said of the closed period, tells that a few came or went."""
    if release.measure.unit not in OF_PEOPLE:
        return False
    same = _said_before(release.measure).filter(start=release.start, end=release.end)
    return any(0 < abs(release.value - before.value) < threshold.default for before in same)


def _said_before(measure: Measure) -> QuerySet[Release]:
    """All that was released of a measure, in its order, but the totals of a period that had not ended.

    Those are never hidden, lie between the tables before and after them, and there may be one for each day. A total of
    a period that has ended is a correction: beside the number before it, it tells of those who came late.
    """
    rows = Release.objects.filter(Q(cells__isnull=False) | Q(as_of__gt=F("end")), measure=measure).distinct()
    return rows.order_by("released_at", "pk").prefetch_related("cells")


def _released(release: Release, categories: disclosure.Categories) -> disclosure.Released:
    # Zeros are not kept. A breakdown that was published still has a cell, because it adds up to a number that is not
    # zero; so one without any was withheld, and only there is a missing cell unknown.
    cells = {
        disclosure.Cell.of(
            **{name: getattr(cell, name) for name in ATTRIBUTES if getattr(cell, name)}
        ): cell.count
        for cell in release.cells.all()
    }
    return disclosure.Released(
        period=_label(Period(release.start, release.end)),
        total=int(release.value),
        cells=cells,
        cumulative=release.measure.is_cumulative,
        categories=categories,
    )


def _label(period: Period) -> str:
    """Sorts by time as text, whatever the lengths of the periods."""
    return f"{period.end.isoformat()}/{period.start.isoformat()}"


def _cell(release: Release, cell: disclosure.Cell, count: int | None) -> Cell:
    return Cell(release=release, count=count, **dict(cell.attributes))


def _digest(measure: Measure, counted: Counted, *, is_closed: bool) -> str:
    # An open period shows its total only, so only its total makes a new release.
    cells = sorted((cell.attributes, count) for cell, count in counted.cells.items()) if is_closed else []
    said = [
        measure.key,
        counted.period.label,
        str(Decimal(counted.value).normalize()),
        cells,
        counted.method,
        is_closed,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
