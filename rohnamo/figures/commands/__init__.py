"""`rohnamo figures`: what is public. `rohnamo disclosure`: what of a table may become so."""

from rohnamo.figures.commands.disclosure import group as disclosure
from rohnamo.figures.commands.released import group

verbs = {"figures": group, "disclosure": disclosure}

__all__ = ["disclosure", "group", "verbs"]
