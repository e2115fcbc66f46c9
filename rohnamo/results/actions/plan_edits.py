"""How a framework is edited: outcomes and outputs, indicators, periods and their targets.

Whatever was approved is locked, and nothing that was ever approved is deleted. From the first edit on the file of the
project no longer speaks for its framework (`Framework`): what somebody changed here, a file does not undo.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused
from rohnamo.core.periods import Period as Days
from rohnamo.figures.models import Release
from rohnamo.places.models import Place
from rohnamo.projects.models import Project
from rohnamo.results import rules
from rohnamo.results.actions.periods import OPEN
from rohnamo.results.actions.plans import kind_of_periods
from rohnamo.results.models import (
    Framework,
    Indicator,
    Period,
    PeriodState,
    PeriodTarget,
    PlanStep,
    Result,
    StepKind,
)
from rohnamo.results.queries.given import IndicatorWords, Promised, ResultWords
from rohnamo.results.queries.lines import CategoryTarget
from rohnamo.staff.models import User
from rohnamo.ui import words

TOPIC = "indicator.changed"


@transaction.atomic
def save_result(project: Project, given: ResultWords, *, by: User, result: Result | None = None) -> Result:
    """Make or change an outcome (without a parent) or an output. Raises Refused for a code that is taken."""
    require_editor(project, by)
    taken = Result.objects.filter(project=project, code=given.code).exclude(pk=result.pk if result else 0)
    if taken.exists():
        raise Refused(_("Another result of this project has the code %(code)s.") % {"code": given.code})
    last = Result.objects.filter(project=project).aggregate(last=Max("order"))["last"] or 0
    saved = result or Result(project=project, order=last + 1)
    saved.code, saved.titles, saved.parent = given.code, dict(given.titles), given.parent
    saved.kind = "output" if given.parent else "outcome"
    saved.save()
    note_edit(project, by)
    audit.record(by, "results.save_result", saved, fields=["code", "titles", "parent"])
    changes.leave(TOPIC, saved.indicators.values_list("pk", flat=True))
    return saved


@transaction.atomic
def remove_result(result: Result, *, by: User) -> None:
    """Take an outcome or output away with all below it. Refused as `remove_indicator` is, for any of them."""
    require_editor(result.project, by)
    below = Indicator.objects.filter(Q(result=result) | Q(result__parent=result))
    _refuse_standing(below)
    audit.record(by, "results.remove_result", result)
    _leave(below)
    project = result.project
    result.delete()
    note_edit(project, by)


@transaction.atomic
def save_indicator(
    result: Result,
    given: IndicatorWords,
    *,
    by: User,
    indicator: Indicator | None = None,
    reason: str = "",
) -> Indicator:
    """Make or change an indicator. Its code is that of its public figures and stays once one was released.

    Whether it counts since the start is part of what was promised: to change it after an approval needs a reason, and
    while a period is submitted it stays.
    """
    require_editor(result.project, by)
    _refuse_code(result, given.code, indicator)
    if indicator and indicator.is_cumulative != given.is_cumulative:
        _note_reading(indicator, given, by=by, reason=reason)
    last = Indicator.objects.filter(result=result).aggregate(last=Max("order"))["last"] or 0
    saved = indicator or Indicator(order=last + 1)
    for name, value in asdict(given).items():
        setattr(saved, name, value)
    saved.result = result
    saved.save()
    note_edit(result.project, by)
    audit.record(by, "results.save_indicator", saved, fields=list(asdict(given)), reason=reason)
    changes.leave(TOPIC, [saved.pk])
    return saved


@transaction.atomic
def remove_indicator(indicator: Indicator, *, by: User) -> None:
    """Take an indicator away with its periods.

    Refused when one was ever approved or is submitted, or when a figure of it was released.
    """
    project = indicator.result.project
    require_editor(project, by)
    _refuse_standing(Indicator.objects.filter(pk=indicator.pk))
    audit.record(by, "results.remove_indicator", indicator)
    _leave(Indicator.objects.filter(pk=indicator.pk))
    indicator.delete()
    note_edit(project, by)


@transaction.atomic
def add_period(indicators: Iterable[Indicator], days: Days, *, by: User) -> list[Period]:
    """Give these indicators a reporting period more, without a target yet.

    A longer one may hold shorter ones whole (a year with its halves). Raises Refused for one that overlaps another,
    that stands already, or that is not made of whole months.
    """
    added = []
    for indicator in indicators:
        require_editor(indicator.result.project, by)
        _refuse_days(indicator, days)
        added.append(Period.objects.create(indicator=indicator, start=days.start, end=days.end))
        _note(indicator, "period", None, days.label, by=by, period=added[-1])
        note_edit(indicator.result.project, by)
    for period in added:
        audit.record(by, "results.add_period", period, fields=["start", "end"])
    changes.leave(TOPIC, [period.indicator_id for period in added])
    return added


@transaction.atomic
def remove_period(period: Period, *, by: User) -> None:
    """Take a reporting period away. Refused when it was ever approved, or is locked."""
    require_editor(period.indicator.result.project, by)
    if period.approved_at or period.steps.filter(kind=StepKind.APPROVED).exists():
        raise Refused(_("This period was approved. It cannot be deleted."))
    if period.state not in OPEN:
        raise Refused(_("This period is submitted. It must be returned before it can be deleted."))
    audit.record(by, "results.remove_period", period)
    changes.leave(TOPIC, [period.indicator_id])
    _note(period.indicator, "period", Days(period.start, period.end).label, None, by=by)
    note_edit(period.indicator.result.project, by)
    period.delete()


@transaction.atomic
def promise(period: Period, given: Promised, *, by: User, reason: str = "") -> Period:
    """Set baseline and targets of a period. What was promised before is changed with a reason only, and both are kept.

    Raises Refused when it or another period of the indicator is submitted or it is approved, when a reason is wanted, and
    for categories that exceed the whole.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("indicator__result__project").get(
        pk=period.pk
    )  # fmt: skip
    require_editor(period.indicator.result.project, by)
    if period.state not in OPEN:
        raise Refused(_("This period is locked. Its target can be changed when it was returned or reopened."))
    refuse_submitted(period.indicator)
    refuse_too_much(given)
    before, after = _told(_stands(period)), _told(given)
    if before == after:
        return period
    if before["target"] is not None and _is_under_way(period):
        _require_reason(reason)
    _note(period.indicator, "target", before, after, by=by, reason=reason, period=period)
    period.baseline, period.target = given.baseline, given.target
    period.save(update_fields=["baseline", "target"])
    _write_targets(period, given.targets)
    note_edit(period.indicator.result.project, by)
    audit.record(by, "results.promise", period, fields=["baseline", "target", "targets"], reason=reason)
    changes.leave(TOPIC, [period.indicator_id])
    return period


def refuse_too_much(given: Promised) -> None:
    """Raises Refused when the categories of one kind promise more than the whole."""
    if given.target is None:
        return
    for name in ("sex", "age", "district"):
        promised = sum((one.target for one in given.targets if getattr(one, name)), Decimal(0))
        if promised > given.target:
            raise Refused(
                _("The targets of the parts come to more than the target of the whole. Mend one of them.")
            )


def refuse_submitted(indicator: Indicator) -> None:
    """Raises Refused while a period is submitted: whoever decides about it must find what was submitted."""
    if indicator.periods.filter(state=PeriodState.SUBMITTED).exists():
        raise Refused(_("A period of this indicator is submitted and waits for a decision. Return it first."))


def require_editor(project: Project, by: User) -> None:
    if not rules.may_edit_framework(by, project):
        raise Refused(_("The framework of project %(code)s is not yours to edit.") % {"code": project.code})


def note_edit(project: Project, by: User) -> None:
    """From now on the file of the project no longer speaks for its framework."""
    Framework.objects.update_or_create(
        project=project, defaults={"edited_at": timezone.now(), "edited_by": by}
    )


def _leave(indicators: Any) -> None:
    changes.leave(TOPIC, list(indicators.values_list("pk", flat=True)))


def _note(
    indicator: Indicator,
    what: str,
    before: object,
    after: object,
    *,
    by: User,
    reason: str = "",
    period: Period | None = None,
) -> None:
    PlanStep.objects.create(
        indicator=indicator,
        period=period,
        what=what,
        before=before,
        after=after,
        reason=reason.strip(),
        by=by,
        at=timezone.now(),
    )


def _refuse_code(result: Result, code: str, indicator: Indicator | None) -> None:
    own = Indicator.objects.exclude(pk=indicator.pk if indicator else 0)
    if own.filter(result__project=result.project, code=code).exists():
        raise Refused(_("Another indicator of this project has the code %(code)s.") % {"code": code})
    if indicator and indicator.code == code:
        return
    if indicator and (_is_approved([indicator.pk]) or _are_released([_key(result, indicator.code)])):
        raise Refused(_("Figures are known under the code %(code)s. It stays.") % {"code": indicator.code})
    if _are_released([_key(result, code)]):
        raise Refused(
            _("Figures of an earlier indicator are public under the code %(code)s. Choose another code.")
            % {"code": code}
        )


def _refuse_standing(indicators: QuerySet[Indicator]) -> None:
    """Raises Refused when somebody stands by a number of one of these: approved, submitted, or made public."""
    if _is_approved(indicators.values("pk")):
        raise Refused(_("Periods of it were approved. It cannot be deleted."))
    if Period.objects.filter(indicator__in=indicators, state=PeriodState.SUBMITTED).exists():
        raise Refused(_("Periods of it are submitted. They must be returned before it can be deleted."))
    if _are_released([_key(one.result, one.code) for one in indicators.select_related("result__project")]):
        raise Refused(_("Figures of it are public. It cannot be deleted."))


def _note_reading(indicator: Indicator, given: IndicatorWords, *, by: User, reason: str) -> None:
    refuse_submitted(indicator)
    if _is_approved([indicator.pk]):
        _require_reason(reason)
        _note(indicator, "words", indicator.is_cumulative, given.is_cumulative, by=by, reason=reason)


def _is_approved(indicators: Any) -> bool:
    was = Q(approved_at__isnull=False) | Q(steps__kind=StepKind.APPROVED)
    return Period.objects.filter(was, indicator__in=indicators).exists()


def _key(result: Result, code: str) -> str:
    return f"{result.project.code}.{code}"


def _are_released(keys: Sequence[str]) -> bool:
    return Release.objects.filter(measure__key__in=keys).exists()


def _refuse_days(indicator: Indicator, days: Days) -> None:
    standing = [Days(period.start, period.end) for period in indicator.periods.all()]
    if days in standing:
        raise Refused(_("Indicator %(code)s has this period already.") % {"code": indicator.code})
    for other in standing:
        if days.start <= other.end and other.start <= days.end and not _holds(days, other):
            raise Refused(
                _(
                    "It overlaps the period %(period)s of indicator %(code)s. Periods follow one another, or one holds others whole."
                )
                % {"period": words.period(other), "code": indicator.code}
            )
    try:
        kind_of_periods([*standing, days])
    except ValueError:
        raise Refused(
            _(
                "A period begins on the first and ends on the last day of a month. Only the first may begin, and the last end, in between."
            )
        ) from None


def _holds(one: Days, other: Days) -> bool:
    return (one.start in other and one.end in other) or (other.start in one and other.end in one)


def _stands(period: Period) -> Promised:
    rows = period.targets.select_related("district")
    targets = [
        CategoryTarget(row.sex, row.age, row.district.code if row.district else "", row.target)
        for row in rows
    ]
    return Promised(period.baseline, period.target, targets)


def _told(given: Promised) -> dict[str, Any]:
    targets = sorted([one.sex, one.age, one.district, _text(one.target)] for one in given.targets)
    return {"baseline": _text(given.baseline), "target": _text(given.target), "targets": targets}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value.quantize(Decimal("0.01")), "f")


def _is_under_way(period: Period) -> bool:
    return period.start <= timezone.localdate() or _is_approved([period.indicator_id])


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("What was promised changes. Write the reason in a few words."))


def _write_targets(period: Period, targets: Sequence[CategoryTarget]) -> None:
    districts = dict(
        Place.objects.filter(code__in=[one.district for one in targets]).values_list("code", "pk")
    )
    period.targets.all().delete()
    PeriodTarget.objects.bulk_create(
        [
            PeriodTarget(
                period=period,
                sex=one.sex,
                age=one.age,
                district_id=districts.get(one.district),
                target=one.target,
            )
            for one in targets
        ]
    )
