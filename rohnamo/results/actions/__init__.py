"""How results change: what is counted, counting it, and approving it."""

from rohnamo.results.actions.approval import (
    CouldNot,
    approve,
    approve_many,
    give_back,
    give_back_many,
    reopen,
    reopen_many,
    submit,
    submit_many,
)
from rohnamo.results.actions.changed import READER, count_anew, work_changes
from rohnamo.results.actions.erasing import forget_in_approved
from rohnamo.results.actions.framework import load_framework
from rohnamo.results.actions.periods import count_period, tell, write_value
from rohnamo.results.actions.plan_edits import (
    add_period,
    promise,
    remove_indicator,
    remove_period,
    remove_result,
    save_indicator,
    save_result,
)
from rohnamo.results.actions.recounting import recount, recount_all, recount_tallies
from rohnamo.results.actions.replanning import CountsNothing, Preview, preview, replan, set_measure
from rohnamo.results.actions.reportforms import load_report_forms
from rohnamo.results.actions.tallies import set_up_tallies

__all__ = [
    "READER",
    "CouldNot",
    "CountsNothing",
    "Preview",
    "add_period",
    "approve",
    "approve_many",
    "count_anew",
    "count_period",
    "forget_in_approved",
    "give_back",
    "give_back_many",
    "load_framework",
    "load_report_forms",
    "preview",
    "promise",
    "recount",
    "recount_all",
    "recount_tallies",
    "remove_indicator",
    "remove_period",
    "remove_result",
    "reopen",
    "reopen_many",
    "replan",
    "save_indicator",
    "save_result",
    "set_measure",
    "set_up_tallies",
    "submit",
    "submit_many",
    "tell",
    "work_changes",
    "write_value",
]
