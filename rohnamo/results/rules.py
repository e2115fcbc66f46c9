"""Who may see results and who may approve them. Figures are public; results are not."""

from rohnamo.projects import rules as project_rules
from rohnamo.projects.models import Project
from rohnamo.projects.rules import Visitor
from rohnamo.staff import rules as staff_rules


def may_see_results(user: Visitor, project: Project) -> bool:
    """Somebody who works with results, and sees this project."""
    return staff_rules.may_see_results(user) and project_rules.may_see_project(user, project)


def may_approve(user: Visitor, project: Project) -> bool:
    """Whether the user may freeze a counted value of this project."""
    return staff_rules.may_approve_results(user) and project_rules.may_see_project(user, project)
