"""Who may see and record money."""

from rohnamo.projects.models import Project
from rohnamo.projects.rules.visibility import Visitor, may_edit_project, may_see_project
from rohnamo.staff.models import Role, User

# A donor learns of money by its report, which is approved first; other donors' money stands in the same project.
MAY_SEE_MONEY = frozenset(
    {
        Role.CHIEF_OF_MISSION,
        Role.PROGRAMME_MANAGER,
        Role.PROJECT_OFFICER,
        Role.MONITORING_OFFICER,
        Role.DATA_PROTECTION_OFFICER,
    }
)


def may_see_money(user: Visitor, project: Project) -> bool:
    return isinstance(user, User) and user.role in MAY_SEE_MONEY and may_see_project(user, project)


def may_record_money(user: Visitor, project: Project) -> bool:
    """Record and reverse movements, mark what a donor wanted as done: whoever manages the project."""
    return may_see_money(user, project) and may_edit_project(user, project)
