"""Projects, by who asks and by day."""

import secrets
from datetime import date

from django.db.models import QuerySet

from rohnamo.projects.models import Membership, Project, Status
from rohnamo.projects.rules import Visitor, visible_projects


def by_code(code: str) -> Project:
    """The project with a code, whoever asks. Raises Project.DoesNotExist."""
    return Project.objects.select_related("area").get(code=code)


def visible_to(user: Visitor) -> QuerySet[Project]:
    """The projects that exist for a user in the workspace."""
    return Project.objects.filter(visible_projects(user)).select_related("area")


def active_projects(on: date) -> QuerySet[Project]:
    """The projects that the mission calls under way and whose days hold that day. This is public."""
    running = Project.objects.filter(status=Status.IMPLEMENTATION, starts_on__lte=on, ends_on__gte=on)
    return running.select_related("area")


def members(project: Project) -> QuerySet[Membership]:
    """Who works on a project, with their accounts, in the order of user names."""
    return Membership.objects.filter(project=project).select_related("user").order_by("user__username")


def new_code(project: Project) -> str:
    """A code that nothing in the project has: in a form, sending it twice is sending it once."""
    return f"{project.code}-{secrets.token_hex(5)}"
