"""A period on its way: submitted, returned, approved, reopened; one or a hundred at once, all or none.

Submitting keeps the value that was counted then, and only that is approved: what has moved since is returned first.
Approval freezes: the value, the rows that it was counted from, and their breakdown. Later changes of the ledger no
longer move them. Every step is kept (`PeriodStep`) and written into the audit log.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused
from rohnamo.projects.models import Project
from rohnamo.results import rules
from rohnamo.results.actions.freezing import freeze
from rohnamo.results.actions.periods import OPEN, count_what_waits
from rohnamo.results.models import Period, PeriodState, PeriodStep, StepKind
from rohnamo.results.models.approval import APPROVED_TOPIC
from rohnamo.results.queries import wording
from rohnamo.results.queries.board import lines_of
from rohnamo.results.queries.fingerprints import fingerprint
from rohnamo.results.queries.lines import (
    COUNTED,
    DENOMINATOR,
    NUMERATOR,
    SHARE,
    TOLD,
    TYPED,
    Line,
    Standing,
    share,
    tallies_of,
    way_of,
)
from rohnamo.staff.models import User
from rohnamo.ui import words


class CouldNot(Refused):
    """Some of many periods stood against a step, so that nothing was changed. problems: period and why."""

    def __init__(self, problems: Sequence[tuple[Period, str]]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(dict.fromkeys(sentence for _period, sentence in problems)))


def submit(period: Period, *, by: User) -> Period:
    """Say that the report of a period is ready. From then on it is locked."""
    return submit_many([period], by=by)[0]


def give_back(period: Period, *, by: User, reason: str) -> Period:
    """Return a submitted period for correction."""
    return give_back_many([period], by=by, reason=reason)[0]


def approve(period: Period, *, by: User) -> Period:
    """Freeze the value of a submitted period: later changes of the ledger no longer move it."""
    return approve_many([period], by=by)[0]


def reopen(period: Period, *, by: User, reason: str) -> Period:
    """Unlock an approved period. Its value and rows stay in the history; the number follows the ledger again."""
    return reopen_many([period], by=by, reason=reason)[0]


@transaction.atomic
def submit_many(periods: Iterable[Period], *, by: User) -> list[Period]:
    """Submit all of these, or raise CouldNot with what stood against it. What is counted now is kept with the step."""
    count_what_waits()
    locked = _locked(periods)
    _check(locked, _Hand.of(by, locked), _against_submitting)
    steps = _steps(locked, StepKind.SUBMITTED, by=by)
    for period, step, line in zip(locked, steps, lines_of(locked), strict=True):
        _keep_counted(step, line)
        period.state = PeriodState.SUBMITTED
    PeriodStep.objects.bulk_update(steps, _FROZEN, batch_size=_BATCH)
    return _stepped(locked, StepKind.SUBMITTED, by=by, steps=steps)


@transaction.atomic
def give_back_many(periods: Iterable[Period], *, by: User, reason: str) -> list[Period]:
    """Return all of these with a reason, or raise CouldNot with what stood against it."""
    _require_reason(reason)
    locked = _locked(periods)
    _check(locked, _Hand.of(by, locked), _against_returning)
    for period in locked:
        period.state = PeriodState.RETURNED
    steps = _steps(locked, StepKind.RETURNED, by=by, reason=reason)
    return _stepped(locked, StepKind.RETURNED, by=by, steps=steps)


@transaction.atomic
def approve_many(periods: Iterable[Period], *, by: User) -> list[Period]:
    """Approve all of these, or raise CouldNot with what stood against it. Rows are copied by the database.

    What is counted otherwise now than it was submitted stands against it, too: nobody approves a number unseen.
    """
    count_what_waits()
    locked = _locked(periods)
    hand = _Hand.of(by, locked)
    _check(locked, hand, _against_approving)
    steps = _steps(locked, StepKind.APPROVED, by=by)
    for period, step in zip(locked, steps, strict=True):
        _freeze(period, step)
        period.state = PeriodState.APPROVED
        period.approved_by, period.approved_at = str(by.pk), step.at
    # Compared with what was frozen, not with what was counted just before: nothing can come in between.
    _check(locked, hand, _moved_since_submitted)
    PeriodStep.objects.bulk_update(steps, _FROZEN, batch_size=_BATCH)
    _stepped(locked, StepKind.APPROVED, by=by, steps=steps)
    changes.leave(APPROVED_TOPIC, sorted({period.indicator_id for period in locked}))
    return locked


@transaction.atomic
def reopen_many(periods: Iterable[Period], *, by: User, reason: str) -> list[Period]:
    """Unlock all of these with a reason, or raise CouldNot with what stood against it."""
    _require_reason(reason)
    locked = _locked(periods)
    _check(locked, _Hand.of(by, locked), _against_reopening)
    steps = _steps(locked, StepKind.REOPENED, by=by, reason=reason)
    for period in locked:
        period.state = PeriodState.DRAFT
        period.approved_value = period.approved_numerator = period.approved_denominator = None
        period.approved_told, period.approved_by, period.approved_at = {}, "", None
    _stepped(locked, StepKind.REOPENED, by=by, steps=steps)
    changes.leave(APPROVED_TOPIC, sorted({period.indicator_id for period in locked}))
    return locked


_BATCH = 500
_HUNDREDTH = Decimal("0.01")
_FROZEN = ("value", "numerator", "denominator", "told", "rules")
_COLUMNS = (
    "state",
    "approved_value",
    "approved_numerator",
    "approved_denominator",
    "approved_told",
    "approved_by",
    "approved_at",
)


@dataclass(frozen=True)
class _Hand:
    """Who acts, with what they may do in each project, asked once. submissions: period → its last submission."""

    by: User
    may_submit: dict[int, bool] = field(default_factory=dict)
    may_approve: dict[int, bool] = field(default_factory=dict)
    submissions: dict[int, PeriodStep] = field(default_factory=dict)

    @classmethod
    def of(cls, by: User, periods: Sequence[Period]) -> "_Hand":
        projects: dict[int, Project] = {
            period.indicator.result.project_id: period.indicator.result.project for period in periods
        }
        submitted = PeriodStep.objects.filter(period__in=periods, kind=StepKind.SUBMITTED).order_by("pk")
        return cls(
            by,
            {pk: rules.may_submit(by, project) for pk, project in projects.items()},
            {pk: rules.may_approve(by, project) for pk, project in projects.items()},
            {step.period_id: step for step in submitted},
        )


Against = Callable[[Period, _Hand], str]
"""What stands against a step, in one sentence; empty for nothing."""


def _locked(periods: Iterable[Period]) -> list[Period]:
    """These periods as they stand now, so that nobody else decides about them at the same moment."""
    numbers = [period.pk for period in periods]
    found = Period.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    related = found.select_related("indicator__result__project")
    return list(related.prefetch_related("indicator__tallies__rules", "indicator__versions"))


def _check(periods: Sequence[Period], hand: _Hand, against: Against) -> None:
    problems = [(period, sentence) for period in periods if (sentence := against(period, hand))]
    if problems:
        raise CouldNot(problems)


def _against_submitting(period: Period, hand: _Hand) -> str:
    if not hand.may_submit[period.indicator.result.project_id]:
        return _("Period %(number)s is not yours to submit.") % {"number": period.pk}
    if period.state not in OPEN:
        return _was_decided(period)
    if period.end >= timezone.localdate():
        return _not_ended(period)
    return _nothing_to_report(period)


def _nothing_to_report(period: Period) -> str:
    way = way_of(period.indicator)
    if way in {COUNTED, SHARE} and not tallies_of(period.indicator):
        return _("Nothing is counted for this indicator. Mend its measure first.")
    if way == TYPED and period.typed_value is None:
        return _("Nothing is reported yet. Type the value of this period first.")
    if way == TOLD and not any(period.told.values()):
        return _("Nothing is reported yet. Tell in words what became of it first.")
    return ""


def _against_deciding(period: Period, hand: _Hand) -> str:
    if not hand.may_approve[period.indicator.result.project_id]:
        return _("Period %(number)s is not yours to approve. Ask the project's programme manager.") % {
            "number": period.pk
        }
    submission = hand.submissions.get(period.pk)
    if submission is not None and submission.by_id == hand.by.pk:
        return _("You submitted it yourself. Somebody else must decide about it.")
    return ""


def _against_returning(period: Period, hand: _Hand) -> str:
    denied = _against_deciding(period, hand)
    return denied or ("" if period.state == PeriodState.SUBMITTED else _was_decided(period))


def _against_approving(period: Period, hand: _Hand) -> str:
    denied = _against_deciding(period, hand)
    if denied:
        return denied
    if period.state != PeriodState.SUBMITTED:
        return _was_decided(period)
    return _not_ended(period) if period.end >= timezone.localdate() else ""


def _moved_since_submitted(period: Period, hand: _Hand) -> str:
    """One that was submitted before the number was kept has none to compare, and must be submitted again."""
    submission = hand.submissions.get(period.pk)
    before: Standing = (
        (submission.value, submission.numerator, submission.denominator) if submission else (None, None, None)
    )
    now = period.approved_value, period.approved_numerator, period.approved_denominator
    if before == now:
        return ""
    return _(
        "%(submitted)s was submitted, and %(counted)s is counted now. Return it, so that it is submitted again."
    ) % {"submitted": _told(before), "counted": _told(now)}


def _told(standing: Standing) -> str:
    value, part, whole = standing
    if whole is None:
        return wording.number(value) or "–"
    return _("%(part)s of %(whole)s") % {"part": wording.number(part), "whole": wording.number(whole)}


def _against_reopening(period: Period, hand: _Hand) -> str:
    denied = _against_deciding(period, hand)
    return denied or ("" if period.state == PeriodState.APPROVED else _was_decided(period))


def _was_decided(period: Period) -> str:
    """Why a state does not allow a step. Whoever comes second reads that somebody was faster."""
    if period.approved_at is not None:
        at = timezone.localtime(period.approved_at)
        return _("It was approved before, on %(day)s at %(time)s. Nothing was changed.") % {
            "day": words.day(at.date()),
            "time": f"{at:%H:%M}",
        }
    return {
        PeriodState.SUBMITTED: _("It was submitted before and waits for a decision. Nothing was changed."),
        PeriodState.RETURNED: _("It was returned for correction. It must be submitted again first."),
    }.get(PeriodState(period.state), _("It is a draft: nobody has submitted it yet."))


def _not_ended(period: Period) -> str:
    return _("The period has not ended: wait until after %(day)s.") % {"day": words.day(period.end)}


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason in a few words."))


def _steps(periods: Sequence[Period], kind: StepKind, *, by: User, reason: str = "") -> list[PeriodStep]:
    """Steps with what the period says at this moment."""
    at = timezone.now()
    made = [
        PeriodStep(
            period=period,
            kind=kind,
            by=by,
            at=at,
            reason=reason.strip(),
            value=period.approved_value if period.approved_at else period.typed_value,
            numerator=period.approved_numerator,
            denominator=period.approved_denominator,
            told=period.told,
        )
        for period in periods
    ]
    return PeriodStep.objects.bulk_create(made, batch_size=_BATCH)


def _stepped(periods: list[Period], kind: StepKind, *, by: User, steps: Sequence[PeriodStep]) -> list[Period]:
    """Save the periods and write down each step."""
    Period.objects.bulk_update(periods, _COLUMNS, batch_size=_BATCH)
    reason = next((step.reason for step in steps), "")
    numbers = [period.pk for period in periods]
    audit.record_many(
        by, f"results.{_VERBS[kind]}", "results.period", numbers, fields=["state"], reason=reason
    )
    return periods


_VERBS = {
    StepKind.SUBMITTED: "submit",
    StepKind.RETURNED: "return",
    StepKind.APPROVED: "approve",
    StepKind.REOPENED: "reopen",
}


def _keep_counted(step: PeriodStep, line: Line) -> None:
    """What is typed or told is in the step already."""
    step.rules = fingerprint(tallies_of(line.indicator).values())
    if line.way in {COUNTED, SHARE}:
        step.value, step.numerator, step.denominator = (
            None if one is None else Decimal(one).quantize(_HUNDREDTH)
            for one in (line.counted, line.numerator, line.denominator)
        )


def _freeze(period: Period, step: PeriodStep) -> None:
    """Let value, rows and breakdown of a period stand as they are at this moment."""
    tallies, way = tallies_of(period.indicator), way_of(period.indicator)
    step.rules = fingerprint(tallies.values())
    if way == COUNTED and "" in tallies:
        step.value = freeze(step.pk, "", tallies[""], period)
    elif way == SHARE:
        step.numerator = freeze(step.pk, "", tallies[NUMERATOR], period)
        step.denominator = freeze(step.pk, DENOMINATOR, tallies[DENOMINATOR], period)
        step.value = share(step.numerator, step.denominator)
    elif way == TYPED:
        step.value = Decimal(period.typed_value) if period.typed_value is not None else None
    step.told = period.told if way == TOLD else {}
    period.approved_value = step.value
    period.approved_numerator, period.approved_denominator = step.numerator, step.denominator
    period.approved_told = step.told
