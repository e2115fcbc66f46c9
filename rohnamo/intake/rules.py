"""Who may see a register that was sent, and what of it."""

from rohnamo.intake.models import Import, Upload
from rohnamo.projects import rules as projects
from rohnamo.projects.models import Membership, Project
from rohnamo.staff import rules as staff
from rohnamo.staff.models import Role, User


def may_see_registers(user: User) -> bool:
    """Those who may send registers; never an administrator, Django's is_superuser included."""
    return not user.is_superuser and staff.may_import_registers(user)


def may_see_rows(user: User) -> bool:
    """Names and single verdicts. A partner's reporter sees counts, and of rows only those to be corrected.

    Whether somebody is known to the mission is no answer to a list of names.
    """
    return may_see_registers(user) and user.role != Role.PARTNER_REPORTER and staff.may_see_people(user)


def may_decide(user: User, waiting: Upload) -> bool:
    """Accept or discard: whoever may send registers into the project."""
    return may_see_registers(user) and projects.may_import_for(user, waiting.project)


def may_judge(user: User) -> bool:
    """Answer for doubtful rows; that the record beside it may be seen is asked for each."""
    return may_see_rows(user) and staff.may_judge_people(user)


def may_send_back(user: User, waiting: Upload) -> bool:
    """Return a register, or rows of it, to its sender: the mission's own people who could accept it."""
    return may_decide(user, waiting) and may_see_rows(user)


def may_undo(user: User, register: Import) -> bool:
    """Take a whole register back: the officer of the project who took it in, and the project's programme manager."""
    if not may_see_rows(user):
        return False
    mine = Membership.objects.filter(user=user, project=register.project_id)
    is_manager = user.role == Role.PROGRAMME_MANAGER
    return mine.exists() and (is_manager or register.started_by == str(user.pk))


def may_set_rhythm(user: User, project: Project) -> bool:
    """Say when registers are due: those who manage the project."""
    return may_see_rows(user) and projects.may_edit_project(user, project)
