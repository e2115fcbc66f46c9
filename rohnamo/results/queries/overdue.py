"""What should have happened with results and did not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Project, Status
from rohnamo.projects.queries import deadlines, visible_to
from rohnamo.results.models import Period, PeriodStep, PlanStep
from rohnamo.staff.models import User

NO_ACTUAL, NOT_FINISHED, UNTOUCHED, DEADLINE = "no_actual", "not_finished", "untouched", "deadline"
MONTHS_UNTOUCHED = 6
_RUNNING = (Status.IMPLEMENTATION, Status.FINALISATION)


@dataclass(frozen=True)
class Overdue:
    """One thing that is late. since: the day it was due; None of a project in which nothing ever happened.

    kind: no_actual (a period ended without a value that stands), not_finished (the end of the project has passed, its
    status says it goes on), untouched (nothing for six months), deadline (a donor waits; title: for what).
    state: of a period: draft, submitted or returned. count: how many indicators of the project share the period.
    """

    kind: str
    project: Project
    since: date | None
    period: Days | None = None
    state: str = ""
    count: int = 1
    title: str = ""


def overdue(user: User | None, today: date | None = None) -> list[Overdue]:
    """Everything that is late in the projects a user sees (None: in all), the longest overdue first. Constant queries."""
    today = today or timezone.localdate()
    seen = Project.objects.all() if user is None else visible_to(user)
    projects = list(seen.select_related("area"))
    found = [
        *_without_actual(projects, today),
        *_not_finished(projects, today),
        *_untouched(projects, today),
        *(_of_donors(user, {project.code: project for project in projects}, today) if user else ()),
    ]
    return sorted(found, key=lambda one: (one.since or date.min, one.project.code, one.kind))


def _without_actual(projects: Iterable[Project], today: date) -> Iterator[Overdue]:
    """Periods that ended without an approved value, all indicators of a project and state in one line."""
    ended = Period.objects.filter(
        indicator__result__project__in=list(projects), end__lt=today, approved_at=None
    )
    by_code = {project.pk: project for project in projects}
    groups: dict[tuple[int, date, date, str], int] = {}
    for key in ended.values_list("indicator__result__project", "start", "end", "state"):
        groups[key] = groups.get(key, 0) + 1
    for (project, start, end, state), count in groups.items():
        yield Overdue(NO_ACTUAL, by_code[project], end, Days(start, end), state=state, count=count)


def _not_finished(projects: Iterable[Project], today: date) -> Iterator[Overdue]:
    for project in projects:
        if project.ends_on < today and project.status == Status.IMPLEMENTATION:
            yield Overdue(NOT_FINISHED, project, project.ends_on)


def _untouched(projects: Iterable[Project], today: date) -> Iterator[Overdue]:
    running = [project for project in projects if project.status in _RUNNING and project.starts_on <= today]
    before = _months_before(today, MONTHS_UNTOUCHED)
    latest = _latest_days(running)
    for project in running:
        last = max([project.starts_on, *latest.get(project.pk, ())])
        if last < before:
            yield Overdue(UNTOUCHED, project, last)


def _latest_days(projects: list[Project]) -> dict[int, list[date]]:
    """The last days on which something was done for somebody, reported or planned, by project."""
    numbers = [project.pk for project in projects]
    found: dict[int, list[date]] = {}
    steps: QuerySet[PeriodStep] = PeriodStep.objects.filter(period__indicator__result__project__in=numbers)
    plans: QuerySet[PlanStep] = PlanStep.objects.filter(indicator__result__project__in=numbers)
    for rows in (
        steps.values_list("period__indicator__result__project").annotate(last=Max("at")),
        plans.values_list("indicator__result__project").annotate(last=Max("at")),
    ):
        for project, last in rows.order_by():
            found.setdefault(project, []).append(timezone.localdate(last))
    for project, day in _last_deliveries():
        found.setdefault(project, []).append(day)
    return found


def _last_deliveries() -> list[tuple[int, date]]:
    # For each pair one look at the end of the index on project, service and day; a grouping would read the ledger.
    sql = """
        SELECT project_id, day FROM (
          SELECT p.id AS project_id, (
            SELECT MAX(d.day) FROM deliveries_delivery d WHERE d.project_id = p.id AND d.service_id = s.id
          ) AS day FROM projects_project p CROSS JOIN projects_service s
        ) last WHERE day IS NOT NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    return [(project, day if isinstance(day, date) else date.fromisoformat(day)) for project, day in rows]


def _of_donors(user: User, by_code: dict[str, Project], today: date) -> Iterator[Overdue]:
    for one in deadlines(user, today):
        if one.is_late and one.project in by_code:
            title = f"{one.title} ({one.donor_name})" if one.donor_name else one.title
            yield Overdue(DEADLINE, by_code[one.project], one.due_on, title=title)


def _months_before(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, min(day.day, 28))
