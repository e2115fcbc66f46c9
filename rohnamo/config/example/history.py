"""What happened since the work was done: values typed and told, periods approved, reports to donors, promises kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from rohnamo.config.example.words import ANSWERS, RETURNED_BECAUSE, STORIES
from rohnamo.core.periods import Period as Days
from rohnamo.projects.actions import mark_done
from rohnamo.projects.models import Project
from rohnamo.projects.queries import Deadline, deadlines_of
from rohnamo.results import rules
from rohnamo.results.actions import approve_many, give_back_many, submit_many, tell, write_value
from rohnamo.results.actions.donorreports import begin_report, freeze_report, write_report
from rohnamo.results.models import Period
from rohnamo.results.queries.lines import TOLD, TYPED, way_of
from rohnamo.staff.models import Role, User

# How far the last period that has ended has come; earlier ones are approved. Of all others it is a draft.
LAST_APPROVED = frozenset({"EX.02", "EX.09"})
LAST_SUBMITTED = frozenset({"EX.01", "EX.03", "EX.08"})
LAST_RETURNED = frozenset({"EX.06"})
# Nobody has typed anything of their last period yet.
LAST_UNTYPED = frozenset({"EX.05", "EX.11"})
REPORTED, BEING_WRITTEN = "EX.01", "EX.03"
STAY_LATE = 2
WRITERS = (Role.PROJECT_OFFICER, Role.PROGRAMME_MANAGER, Role.CHIEF_OF_MISSION)


def report_periods(*, seed: int) -> None:
    """Type, tell, submit and approve what has ended, as the example's staff would."""
    random = Random(seed)  # noqa: S311 -- example data, the same for the same seed
    approver = _account(Role.MONITORING_OFFICER)
    for project in Project.objects.order_by("code"):
        periods = _ended(project)
        if periods:
            _type(periods, random, by=_writer(project))
            _decide(project.code, periods, by=_writer(project), approver=approver)


def report_to_donors() -> None:
    """One report that was sent, and one that is being written."""
    writer, approver = _account(Role.PROJECT_OFFICER), _account(Role.MONITORING_OFFICER)
    if days := _days_before_the_last(REPORTED):
        report = begin_report(Project.objects.get(code=REPORTED), days, by=writer)
        freeze_report(write_report(report, ANSWERS, by=writer), by=approver)
    if days := _days_before_the_last(BEING_WRITTEN):
        begin_report(Project.objects.get(code=BEING_WRITTEN), days, by=_account(Role.PROGRAMME_MANAGER))


def keep_promises(*, seed: int) -> None:
    """Mark what donors wanted by a day that has passed as done, but for the two latest."""
    random = Random(seed)  # noqa: S311 -- example data, the same for the same seed
    chief, today = _account(Role.CHIEF_OF_MISSION), timezone.localdate()
    projects = {project.code: project for project in Project.objects.order_by("code")}
    late = [one for project in projects.values() for one in deadlines_of(project, today) if one.is_late]
    for one in _but_the_latest(late):
        mark_done(
            projects[one.project],
            agreement=one.agreement,
            code=one.code,
            due_on=one.due_on,
            done_on=one.due_on - timedelta(days=random.randint(1, 12)),
            by=chief,
        )


def _but_the_latest(late: Iterable[Deadline]) -> list[Deadline]:
    """All but the latest of two projects, so that not one project alone looks careless."""
    done: list[Deadline] = []
    staying: set[str] = set()
    for one in sorted(late, key=lambda one: (one.due_on, one.project, one.agreement), reverse=True):
        if one.project in staying or len(staying) == STAY_LATE:
            done.append(one)
        else:
            staying.add(one.project)
    return done


def _ended(project: Project) -> list[Period]:
    periods = Period.objects.filter(indicator__result__project=project, end__lt=timezone.localdate())
    related = periods.select_related("indicator__result__project")
    return list(related.prefetch_related("indicator__versions").order_by("start", "indicator__pk"))


def _type(periods: Sequence[Period], random: Random, *, by: User) -> None:
    last = max(one.end for one in periods)
    by_indicator: dict[int, list[Period]] = defaultdict(list)
    for one in periods:
        by_indicator[one.indicator_id].append(one)
    for of_one in by_indicator.values():
        project = of_one[0].indicator.result.project.code
        due = [one for one in of_one if one.end < last or project not in LAST_UNTYPED]
        if way_of(of_one[0].indicator) == TYPED:
            _type_values(due, random, by=by)
        elif way_of(of_one[0].indicator) == TOLD:
            stories = STORIES.get(f"{project}.{of_one[0].indicator.code}", ())
            for one, story in zip(due, stories, strict=False):
                tell(one, story, by=by)


def _type_values(periods: Iterable[Period], random: Random, *, by: User) -> None:
    """So far from the baseline towards the target, a little more or less each time."""
    pace = random.uniform(0.7, 1.1)
    for one in periods:
        if one.target is not None:
            baseline = one.baseline or Decimal(0)
            way = float(one.target - baseline) * pace * random.uniform(0.95, 1.05)
            write_value(one, baseline + round(way), by=by)


def _decide(project: str, periods: Sequence[Period], *, by: User, approver: User) -> None:
    """Submit what has something to report; approve what is older than the last, and of some projects the last."""
    last = max(one.end for one in periods)
    ready = [one for one in Period.objects.filter(pk__in=[one.pk for one in periods]) if _is_ready(one)]
    earlier = [one for one in ready if one.end < last]
    of_last = [one for one in ready if one.end == last]
    if project in LAST_APPROVED:
        earlier, of_last = ready, []
    approve_many(submit_many(earlier, by=by), by=approver)
    if project in LAST_SUBMITTED | LAST_RETURNED:
        submit_many(of_last, by=by)
    if project in LAST_RETURNED:
        give_back_many(of_last, by=approver, reason=RETURNED_BECAUSE)


def _is_ready(period: Period) -> bool:
    way = way_of(period.indicator)
    if way == TYPED:
        return period.typed_value is not None
    return way != TOLD or any(period.told.values())


def _days_before_the_last(project: str) -> Days | None:
    """The last reporting period of a project that is approved as a whole."""
    ended = Period.objects.filter(indicator__result__project__code=project, end__lt=timezone.localdate())
    spans = sorted(set(ended.values_list("start", "end")), key=lambda span: span[1])
    return Days(*spans[-2]) if len(spans) > 1 else None


def _writer(project: Project) -> User:
    """Whoever of the example's staff may write this project's numbers, the nearest to the work first."""
    accounts = [_account(role) for role in WRITERS]
    return next(user for user in accounts if rules.may_submit(user, project))


def _account(role: Role) -> User:
    return User.objects.get(username=role.value)
