"""How figures change: declared, promised, released; and the numbers of others, loaded from files."""

from rohnamo.figures.actions.measures import Declaration, Promise, declare_measure, set_targets
from rohnamo.figures.actions.reference import load_series, load_sourced_figures
from rohnamo.figures.actions.releases import Counted, publish

__all__ = [
    "Counted",
    "Declaration",
    "Promise",
    "declare_measure",
    "load_series",
    "load_sourced_figures",
    "publish",
    "set_targets",
]
