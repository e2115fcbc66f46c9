"""How results change: what is counted, counting it, and approving it."""

from rohnamo.results.actions.changed import READER, count_anew, work_changes
from rohnamo.results.actions.framework import load_framework
from rohnamo.results.actions.periods import approve, count_period
from rohnamo.results.actions.recounting import recount, recount_all, recount_tallies
from rohnamo.results.actions.tallies import set_up_tallies

__all__ = [
    "READER",
    "approve",
    "count_anew",
    "count_period",
    "load_framework",
    "recount",
    "recount_all",
    "recount_tallies",
    "set_up_tallies",
    "work_changes",
]
