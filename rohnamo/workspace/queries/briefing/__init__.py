"""One page before a meeting: what we do there, whom we reached, what we promised, what not to say."""

from rohnamo.workspace.queries.briefing.paper import notes_about, paper_about
from rohnamo.workspace.queries.briefing.subjects import Subject, choices, projects_of, subject

__all__ = ["Subject", "choices", "notes_about", "paper_about", "projects_of", "subject"]
