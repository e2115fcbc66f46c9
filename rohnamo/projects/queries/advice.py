"""Advice: how far each piece has come, and what was reached in a stretch of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from rohnamo.projects.models import Advice, AdviceStep, Project, Step
from rohnamo.projects.rules import NEXT_STEPS


@dataclass(frozen=True)
class AdviceState:
    """A piece of advice with its history: the steps that count, and all of them, struck ones too."""

    advice: Advice
    steps: tuple[AdviceStep, ...]
    history: tuple[AdviceStep, ...]

    @property
    def step(self) -> Step | None:
        return Step(self.steps[-1].step) if self.steps else None

    @property
    def since(self) -> date | None:
        return self.steps[-1].day if self.steps else None

    @property
    def next_steps(self) -> tuple[Step, ...]:
        return NEXT_STEPS[self.step]


def advice_of(project: Project) -> list[AdviceState]:
    """Every piece of advice in a project, the one that moved last first. Two queries."""
    found = Advice.objects.filter(project=project).select_related("asked_by")
    states = [state_of(advice) for advice in _with_steps(found)]
    return sorted(states, key=lambda state: (state.since or date.min, state.advice.pk), reverse=True)


def state_of(advice: Advice) -> AdviceState:
    """How far one piece has come. No query for one that came with its steps."""
    history = tuple(sorted(advice.steps.all(), key=lambda step: step.order))
    return AdviceState(advice, tuple(step for step in history if step.struck_at is None), history)


def advice_steps_between(
    first: date, last: date, projects: Iterable[Project] | None = None
) -> QuerySet[AdviceStep]:
    """Steps that were reached in the days and not struck out: what reports count. Both days included."""
    found = AdviceStep.objects.filter(day__range=(first, last), struck_at=None)
    if projects is not None:
        found = found.filter(advice__project__in=[project.pk for project in projects])
    return found.select_related("advice__project", "advice__asked_by").order_by("day", "pk")


def _with_steps(found: QuerySet[Advice]) -> QuerySet[Advice]:
    steps = AdviceStep.objects.select_related("document", "recorded_by", "struck_by").order_by("order")
    return found.prefetch_related(Prefetch("steps", steps))
