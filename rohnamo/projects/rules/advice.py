"""Who may see and record advice, and which step may follow which."""

from rohnamo.projects.models import Membership, Project, Step
from rohnamo.projects.rules.support import MAY_SEE_SUPPORT
from rohnamo.projects.rules.visibility import EDITORS, Visitor, may_edit_project, may_see_project
from rohnamo.staff.models import Role, User

NEXT_STEPS: dict[Step | None, tuple[Step, ...]] = {
    None: (Step.ASKED,),
    Step.ASKED: (Step.GIVEN, Step.DECLINED),
    Step.GIVEN: (Step.ADOPTED, Step.DECLINED),
    Step.ADOPTED: (Step.IN_FORCE, Step.DECLINED),
    Step.IN_FORCE: (Step.REPEALED,),
    Step.DECLINED: (),
    Step.REPEALED: (),
}


def may_see_advice(user: Visitor, project: Project) -> bool:
    return isinstance(user, User) and user.role in MAY_SEE_SUPPORT and may_see_project(user, project)


def may_record_advice(user: Visitor, project: Project) -> bool:
    """Those who manage the project, and its border officers, who give most of it."""
    if not isinstance(user, User) or not may_see_advice(user, project):
        return False
    writers = EDITORS | {Role.BORDER_OFFICER.value}
    return (
        may_edit_project(user, project)
        or Membership.objects.filter(user=user, project=project, role__in=writers).exists()
    )
