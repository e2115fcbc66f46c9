"""Support to security services and advice, as they stand in a mission's files."""

from dataclasses import dataclass
from datetime import date

from .codes import AdviceStepKind, AdviceSubject, Decision, SupportKind
from .words import Words


@dataclass(frozen=True)
class Assessment:
    """Human-rights due diligence. `valid_to` is the day of review."""

    code: str
    project: str
    partner: str
    supports: tuple[SupportKind, ...]
    forces: Words
    risks: Words
    measures: Words
    mechanism: Words
    valid_from: date
    valid_to: date
    assessed_on: date
    decision: Decision
    decided_on: date | None
    reason: Words


@dataclass(frozen=True)
class Alert:
    """`project` and `service` are empty where it stops all support to the partner."""

    code: str
    partner: str
    project: str
    service: str
    day: date
    source: Words
    what: Words
    lifted_on: date | None
    lift_reason: Words


@dataclass(frozen=True)
class Support:
    assessment: str
    kind: SupportKind
    first_on: date
    last_on: date
    approved_on: date


@dataclass(frozen=True)
class AdviceStep:
    step: AdviceStepKind
    day: date
    document: str
    note: Words


@dataclass(frozen=True)
class Advice:
    code: str
    project: str
    asked_by: str
    subject: AdviceSubject
    title: Words
    steps: tuple[AdviceStep, ...]
