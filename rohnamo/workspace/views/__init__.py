"""Pages of the staff door. They decide what to show; what may be shown stands in rules, how it is read in queries."""

from rohnamo.workspace.views.day import day
from rohnamo.workspace.views.people import judge, pairs, people, person, withdraw
from rohnamo.workspace.views.projects import approve, project, projects
from rohnamo.workspace.views.results import behind
from rohnamo.workspace.views.search import search
from rohnamo.workspace.views.training import officials

__all__ = [
    "approve",
    "behind",
    "day",
    "judge",
    "officials",
    "pairs",
    "people",
    "person",
    "project",
    "projects",
    "search",
    "withdraw",
]
