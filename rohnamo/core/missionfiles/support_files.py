"""support.toml and advice.toml: support to security services, what stops it, and advice with its steps."""

from collections.abc import Iterable
from itertools import pairwise

from .codes import AdviceStepKind, AdviceSubject, Decision, SupportKind
from .rows import Row
from .support import Advice, AdviceStep, Alert, Assessment, Support

# The same table as in the rules of projects, which hold what staff record to it.
FOLLOWS = {
    AdviceStepKind.ASKED: {AdviceStepKind.GIVEN, AdviceStepKind.DECLINED},
    AdviceStepKind.GIVEN: {AdviceStepKind.ADOPTED, AdviceStepKind.DECLINED},
    AdviceStepKind.ADOPTED: {AdviceStepKind.IN_FORCE, AdviceStepKind.DECLINED},
    AdviceStepKind.IN_FORCE: {AdviceStepKind.REPEALED},
}


def read_assessment(row: Row) -> Assessment:
    decision = row.choice("decision", Decision)
    is_decided = decision is not Decision.WAITING
    assessment = Assessment(
        code=row.own_code("assessment"),
        project=row.reference("project", "project"),
        partner=row.reference("partner", "partner"),
        supports=tuple(SupportKind(code) for code in _kinds(row)),
        forces=row.words("forces"),
        risks=row.words("risks"),
        measures=row.words("measures"),
        mechanism=row.words("mechanism"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        assessed_on=row.day("assessed_on"),
        decision=decision,
        decided_on=row.day("decided_on") if is_decided else row.day_or_none("decided_on"),
        reason=row.words("reason", needed=decision is Decision.REFUSED),
    )
    if assessment.valid_from > assessment.valid_to:
        row.wrong("valid_to", f"a day not before {assessment.valid_from}", assessment.valid_to)
    if assessment.decided_on and (not is_decided or assessment.decided_on < assessment.assessed_on):
        row.wrong("decided_on", "a day of a decision, not before assessed_on", assessment.decided_on)
    return assessment


def read_alert(row: Row) -> Alert:
    lifted_on = row.day_or_none("lifted_on")
    alert = Alert(
        code=row.own_code("alert"),
        partner=row.reference("partner", "partner"),
        project=row.reference("project", "project", default=""),
        service=row.reference("service", "service", default=""),
        day=row.day("day"),
        source=row.words("source"),
        what=row.words("what"),
        lifted_on=lifted_on,
        lift_reason=row.words("lift_reason", needed=lifted_on is not None),
    )
    if lifted_on and lifted_on < alert.day:
        row.wrong("lifted_on", f"a day not before {alert.day}", lifted_on)
    return alert


def read_support(row: Row) -> Support:
    return Support(
        assessment=row.reference("assessment", "assessment"),
        kind=row.choice("kind", SupportKind),
        first_on=row.day("first_on"),
        last_on=row.day("last_on"),
        approved_on=row.day("approved_on"),
    )


def check_supports(
    rows: Iterable[Row], supports: Iterable[Support], assessments: Iterable[Assessment]
) -> None:
    """Support stands on an approved assessment of that kind of support and ends with it at the latest."""
    known = {assessment.code: assessment for assessment in assessments}
    for row, support in zip(rows, supports, strict=True):
        base = known.get(support.assessment)
        if base is None:
            continue
        if base.decision is not Decision.APPROVED or support.kind not in base.supports:
            row.wrong("assessment", f"an approved assessment of {support.kind}", base.code)
        if not base.valid_from <= support.first_on <= support.last_on <= base.valid_to:
            found = f"{support.first_on} to {support.last_on}"
            row.wrong("last_on", f"days from {base.valid_from} to {base.valid_to}", found)


def read_advice(row: Row) -> Advice:
    tables = row.tables("step")
    advice = Advice(
        code=row.own_code("piece of advice"),
        project=row.reference("project", "project"),
        asked_by=row.reference("asked_by", "partner"),
        subject=row.choice("subject", AdviceSubject),
        title=row.words("title"),
        steps=tuple(_step(table) for table in tables),
    )
    if not advice.steps or advice.steps[0].step is not AdviceStepKind.ASKED:
        row.wrong("step", "a first step of kind asked", advice.steps[0].step if advice.steps else "none")
    for table, (before, now) in zip(tables[1:], pairwise(advice.steps), strict=True):
        if now.step not in FOLLOWS.get(before.step, set()):
            table.wrong("step", f"a step that can follow {before.step}", now.step)
        if now.day < before.day:
            table.wrong("day", f"a day not before {before.day}", now.day)
    return advice


def _step(row: Row) -> AdviceStep:
    step = AdviceStep(
        step=row.choice("step", AdviceStepKind),
        day=row.day("day"),
        document=row.reference("document", "document", default=""),
        note=row.words("note", needed=False),
    )
    row.done()
    return step


def _kinds(row: Row) -> tuple[str, ...]:
    """Of an unknown kind the ledger keeps the note; it must not stop the reading."""
    allowed = tuple(kind.value for kind in SupportKind)
    kinds = row.codes("supports", allowed)
    if not kinds:
        row.wrong("supports", f"one of {', '.join(allowed)} at least", "none")
    return tuple(kind for kind in kinds if kind in allowed)
