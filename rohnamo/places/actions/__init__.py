"""How places change: only by loading the mission's files."""

from rohnamo.places.actions.gazetteer import load
from rohnamo.places.actions.loading import Loaded, bring_in_line

__all__ = ["Loaded", "bring_in_line", "load"]
