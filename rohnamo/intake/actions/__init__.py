"""How registers are taken in and back: previewed without a trace, written batch by batch, the same file once."""

from rohnamo.intake.actions.due import end_rhythm, set_rhythm
from rohnamo.intake.actions.entries import forget_what_was_said
from rohnamo.intake.actions.looking import look_anew, look_through
from rohnamo.intake.actions.mending import confirm, mend
from rohnamo.intake.actions.previewing import preview
from rohnamo.intake.actions.returning import return_rows, send_back
from rohnamo.intake.actions.sealing import new_key, open_raw
from rohnamo.intake.actions.subjects import RowReport
from rohnamo.intake.actions.taking import TakenIn, take_in
from rohnamo.intake.actions.undoing import begin_undo, undo
from rohnamo.intake.actions.uploads import (
    accept,
    answer,
    begin,
    close,
    confirm_by_hand,
    discard,
    upload,
)

__all__ = [
    "RowReport",
    "TakenIn",
    "accept",
    "answer",
    "begin",
    "begin_undo",
    "close",
    "confirm",
    "confirm_by_hand",
    "discard",
    "end_rhythm",
    "forget_what_was_said",
    "look_anew",
    "look_through",
    "mend",
    "new_key",
    "open_raw",
    "preview",
    "return_rows",
    "send_back",
    "set_rhythm",
    "take_in",
    "undo",
    "upload",
]
