"""That something a donor wants was done."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused, WrongData
from rohnamo.projects import queries, rules
from rohnamo.projects.models import DeadlineDone, Project
from rohnamo.staff.models import User


@transaction.atomic
def mark_done(
    project: Project, *, agreement: str, code: str, due_on: date, done_on: date, by: User
) -> DeadlineDone:
    """Mark one deadline of a project as done on a day. Twice is once. Raises WrongData for one that there is not."""
    _require(project, by)
    deadline = _deadline(project, agreement, code, due_on)
    if done_on > timezone.localdate():
        raise WrongData(_("What will be done later is not done yet. Choose a day until today."))
    mark, is_new = DeadlineDone.objects.get_or_create(
        grant_id=deadline.grant_id,
        code=code,
        due_on=due_on,
        defaults={"done_on": done_on, "marked_by": by, "marked_at": timezone.now()},
    )
    if is_new:
        audit.record(by, "projects.deadline_done", mark, reason=_which(project, agreement, code, due_on))
    return mark


@transaction.atomic
def unmark_done(project: Project, *, agreement: str, code: str, due_on: date, by: User) -> bool:
    """Take the mark back; the log keeps that it was there. Returns whether there was one."""
    _require(project, by)
    deadline = _deadline(project, agreement, code, due_on)
    mark = DeadlineDone.objects.filter(grant_id=deadline.grant_id, code=code, due_on=due_on).first()
    if mark is None:
        return False
    audit.record(by, "projects.deadline_not_done", mark, reason=_which(project, agreement, code, due_on))
    mark.delete()
    return True


def _require(project: Project, by: User) -> None:
    if not rules.may_record_money(by, project):
        raise Refused(
            _("The deadlines of project %(project)s are not yours to mark.") % {"project": project.code}
        )


def _deadline(project: Project, agreement: str, code: str, due_on: date) -> queries.Deadline:
    for deadline in queries.deadlines_of(project, due_on):
        if (deadline.agreement, deadline.code, deadline.due_on) == (agreement, code, due_on):
            return deadline
    raise WrongData(_("There is no such deadline. The agreement or the donor's rules may have changed."))


def _which(project: Project, agreement: str, code: str, due_on: date) -> str:
    return f"{project.code}, {agreement}, {code}, {due_on}"
