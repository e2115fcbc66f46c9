"""Who may see results, who writes and submits them, and who approves. Figures are public; results are not.

Whoever submitted never decides about it: a number that somebody vouches for was looked at by two.
"""

from rohnamo.projects import rules as project_rules
from rohnamo.projects.models import Project
from rohnamo.projects.rules import Visitor
from rohnamo.results.models import Period, PeriodStep, StepKind
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import Role, User


def may_see_results(user: Visitor, project: Project) -> bool:
    """Somebody who works with results, and sees this project."""
    return staff_rules.may_see_results(user) and project_rules.may_see_project(user, project)


def may_see_frameworks(user: Visitor) -> bool:
    """Frameworks, board and list of what is overdue show numbers as they are counted; a donor reads what was released."""
    return (
        isinstance(user, User)
        and not user.is_superuser
        and staff_rules.may_see_results(user)
        and user.role != Role.DONOR_READER
    )


def may_edit_framework(user: Visitor, project: Project) -> bool:
    """Those who manage the project; never readers and reporters of other organisations."""
    return may_see_frameworks(user) and project_rules.may_edit_project(user, project)


def may_submit(user: Visitor, project: Project) -> bool:
    """Whoever drafts may also say that the draft is ready."""
    return may_edit_framework(user, project)


def may_approve(user: Visitor, project: Project) -> bool:
    """Whether the user may freeze, return or reopen values of this project. Of a single one see `is_own`."""
    return staff_rules.may_approve_results(user) and project_rules.may_see_project(user, project)


def submitted_by(period: Period) -> int | None:
    """The user whose submission stands, or last stood; None when nobody submitted."""
    step = (
        PeriodStep.objects.filter(period=period, kind=StepKind.SUBMITTED).order_by("-pk").values_list("by_id")
    ).first()
    return step[0] if step else None


def is_own(user: User, period: Period) -> bool:
    """Whether the user submitted it, and so must leave the decision to somebody else."""
    return submitted_by(period) == user.pk


def may_write_report(user: Visitor, project: Project) -> bool:
    """Whether the user may draft a report of this project to its donor."""
    return project_rules.may_edit_project(user, project) or may_approve(user, project)


def may_freeze_report(user: Visitor, project: Project) -> bool:
    """Whether the user may close a report, so that it can be sent: who approves numbers answers for them."""
    return may_approve(user, project)


def may_read_drafts(user: Visitor, project: Project) -> bool:
    """Drafts are for those inside; a donor reads what was frozen."""
    return may_see_results(user, project) and getattr(user, "role", "") not in project_rules.OUTSIDE
