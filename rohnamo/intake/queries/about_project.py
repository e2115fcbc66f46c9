"""What a project's page says of the registers behind its numbers."""

from rohnamo.intake.queries.line import one_line
from rohnamo.projects.models import Project


def about_project(project: Project) -> list[str]:
    """As in workspace/queries/rooms.py: nothing where no register came in."""
    return one_line(project).sentences
