"""How people are read. Lists take the user; only finding a double looks further, and says nothing of what it saw."""

from rohnamo.people.queries.candidates import Candidates, Earlier, name_of
from rohnamo.people.queries.find import Hit, find
from rohnamo.people.queries.registry import counts, names_of, spellings_for, visible_to

__all__ = [
    "Candidates",
    "Earlier",
    "Hit",
    "counts",
    "find",
    "name_of",
    "names_of",
    "spellings_for",
    "visible_to",
]
