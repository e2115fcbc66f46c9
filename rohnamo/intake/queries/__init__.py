"""How registers are read and what is known of them."""

from rohnamo.intake.queries.lines import Line, Setting, Why, line_of, lines_of, setting_of
from rohnamo.intake.queries.opening import Opened, open_register, open_stored

__all__ = [
    "Line",
    "Opened",
    "Setting",
    "Why",
    "line_of",
    "lines_of",
    "open_register",
    "open_stored",
    "setting_of",
]
