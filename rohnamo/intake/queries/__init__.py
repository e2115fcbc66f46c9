"""How registers are read and what is known of them."""

from rohnamo.intake.queries.line import ProjectLine, one_line
from rohnamo.intake.queries.lines import Line, Setting, Why, line_of, lines_of, setting_of
from rohnamo.intake.queries.opening import Opened, open_register, open_stored

__all__ = [
    "Line",
    "Opened",
    "ProjectLine",
    "Setting",
    "Why",
    "line_of",
    "lines_of",
    "one_line",
    "open_register",
    "open_stored",
    "setting_of",
]
