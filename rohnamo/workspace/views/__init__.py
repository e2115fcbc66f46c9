"""Pages of the staff door. They decide what to show; what may be shown stands in rules, how it is read in queries."""

from rohnamo.workspace.views.briefing import briefing, briefing_about, briefing_file, strike_note
from rohnamo.workspace.views.day import day
from rohnamo.workspace.views.people import judge, pairs, people, person, withdraw
from rohnamo.workspace.views.projects import project, projects
from rohnamo.workspace.views.results import behind
from rohnamo.workspace.views.search import search
from rohnamo.workspace.views.training import officials

__all__ = [
    "behind",
    "briefing",
    "briefing_about",
    "briefing_file",
    "day",
    "judge",
    "officials",
    "pairs",
    "people",
    "person",
    "project",
    "projects",
    "search",
    "strike_note",
    "withdraw",
]
