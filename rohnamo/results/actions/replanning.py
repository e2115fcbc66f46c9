"""How an indicator is measured: said for the first time, corrected, or re-planned from a day on.

What a measure would count today is counted before it is kept, by the same statements, in a transaction that is taken
back: so the number that is shown is the number that will stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.periods import Period as Days
from rohnamo.results.actions.plan_edits import TOPIC, note_edit, refuse_submitted, require_editor
from rohnamo.results.actions.tallies import set_up_tallies
from rohnamo.results.models import Indicator, IndicatorVersion, Period, PlanStep
from rohnamo.results.queries.lines import indicators, lines
from rohnamo.results.queries.measures import busiest_services, parts_of, problems_of
from rohnamo.results.queries.reports import current_period
from rohnamo.results.queries.sums import Number
from rohnamo.staff.models import User
from rohnamo.ui import words

Measure = Mapping[str, Any]


class CountsNothing(Refused):
    """A measure would count nothing today. Whoever means it says so."""


@dataclass(frozen=True)
class Preview:
    """What a measure would count today: of a share both its numbers. None for what is not counted.

    period: of which; None where the indicator has none and the year so far is counted.
    """

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    period: Period | None

    @property
    def is_nothing(self) -> bool:
        counted = self.value if self.numerator is None else self.denominator
        return self.counts and not counted

    @property
    def counts(self) -> bool:
        return self.value is not None or self.denominator is not None


class _TakenBack(Exception):
    """Ends a transaction that was only tried."""


def preview(indicator: Indicator, measure: Measure, *, valid_from: date | None = None, by: User) -> Preview:
    """What a measure would count today. Nothing is changed. Raises WrongData when it cannot be counted."""
    require_editor(indicator.result.project, by)
    _refuse_problems(measure)
    try:
        with transaction.atomic():
            _write(indicator, measure, valid_from=valid_from, reason="", by=by)
            found = _counted_today(indicator)
            raise _TakenBack
    except _TakenBack:
        return found


@transaction.atomic
def set_measure(
    indicator: Indicator, measure: Measure, *, by: User, reason: str = "", although_nothing: bool = False
) -> Preview:
    """Say how an indicator is measured, or correct what was said. Returns what it counts today.

    Raises Refused when a period of the version was approved, which wants a new version (`replan`), and while one is
    submitted; CountsNothing, unless although_nothing; and WrongData when it cannot be counted.
    """
    return _set(indicator, measure, valid_from=None, by=by, reason=reason, although_nothing=although_nothing)


@transaction.atomic
def replan(
    indicator: Indicator,
    measure: Measure,
    *,
    valid_from: date,
    reason: str,
    by: User,
    although_nothing: bool = False,
) -> Preview:
    """Let another measure count from a day on, with a reason. The earlier versions stay.

    Raises Refused for a day that is not after the last version's, for another unit, and without a reason; and what
    `set_measure` raises.
    """
    if not reason.strip():
        raise Refused(_("What was promised changes. Write the reason in a few words."))
    return _set(
        indicator, measure, valid_from=valid_from, by=by, reason=reason, although_nothing=although_nothing
    )


def _set(
    indicator: Indicator,
    measure: Measure,
    *,
    valid_from: date | None,
    by: User,
    reason: str,
    although_nothing: bool,
) -> Preview:
    project = indicator.result.project
    require_editor(project, by)
    refuse_submitted(indicator)
    _refuse_problems(measure)
    before = indicator.versions.order_by("number").last()
    version = _write(indicator, measure, valid_from=valid_from, reason=reason, by=by)
    found = _counted_today(indicator)
    if found.is_nothing and not although_nothing:
        raise CountsNothing(_nothing(indicator))
    PlanStep.objects.create(
        indicator=indicator,
        what="version",
        before=before.measure if before else None,
        after={"number": version.number, "valid_from": version.valid_from.isoformat(), **dict(measure)},
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )
    note_edit(project, by)
    verb = "results.replan" if valid_from else "results.set_measure"
    audit.record(by, verb, version, fields=["measure", "valid_from"], reason=reason)
    changes.leave(TOPIC, [indicator.pk])
    return found


def _write(
    indicator: Indicator, measure: Measure, *, valid_from: date | None, reason: str, by: User
) -> IndicatorVersion:
    latest = indicator.versions.order_by("number").last()
    if latest is None or valid_from is not None:
        version = _new_version(indicator, latest, measure, valid_from=valid_from)
    else:
        _refuse_approved_version(indicator, latest)
        version = latest
    version.measure, version.reason = dict(measure), reason.strip() or version.reason
    version.made_by, version.made_at = by, timezone.now()
    version.save()
    set_up_tallies()
    return version


def _new_version(
    indicator: Indicator, latest: IndicatorVersion | None, measure: Measure, *, valid_from: date | None
) -> IndicatorVersion:
    if latest is None:
        return IndicatorVersion(
            indicator=indicator, number=1, valid_from=valid_from or indicator.result.project.starts_on
        )
    if valid_from is not None and valid_from <= latest.valid_from:
        raise Refused(
            _("The last version counts from %(day)s. A new one must begin later.")
            % {"day": words.day(latest.valid_from)}
        )
    if _shape(latest.measure) != _shape(measure):
        raise Refused(
            _(
                "A re-planned indicator counts the same unit in the same way as before. Make another indicator."
            )
        )
    return IndicatorVersion(
        indicator=indicator, number=latest.number + 1, valid_from=valid_from or latest.valid_from
    )


def _shape(measure: Measure) -> tuple[object, ...]:
    """Way and units."""
    return (measure.get("way", ""), *(part.get("count") for part in parts_of(measure)))


def _refuse_approved_version(indicator: Indicator, latest: IndicatorVersion) -> None:
    approved = indicator.periods.exclude(approved_at=None).filter(end__gte=latest.valid_from)
    if approved.exists():
        raise Refused(_("Periods were approved with this measure. Re-plan it from a day on, with a reason."))


def _refuse_problems(measure: Measure) -> None:
    if problems := problems_of(measure):
        raise WrongData(" ".join(problems))


def _counted_today(indicator: Indicator) -> Preview:
    fresh = indicators().get(pk=indicator.pk)
    today = timezone.localdate()
    period = current_period(fresh, today)
    days = Days(period.start, period.end) if period else Days(date(today.year, 1, 1), today)
    # Without its period, so that what was approved does not stand for what is counted now.
    (line,) = lines([(fresh, days, None)])
    return Preview(line.counted, line.numerator, line.denominator, period)


def _nothing(indicator: Indicator) -> str:
    services = busiest_services(indicator.result.project)
    if not services:
        return _("This measure counts nothing today: nothing is recorded in the project yet.")
    return _(
        "This measure counts nothing today. Recorded most in this project: %(services)s. Is one of them meant?"
    ) % {"services": ", ".join(services)}
