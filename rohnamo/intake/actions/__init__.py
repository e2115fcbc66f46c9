"""How registers are taken in: previewed without a trace, written batch by batch, the same file once."""

from rohnamo.intake.actions.taking import RowReport, TakenIn, preview, take_in
from rohnamo.intake.actions.uploads import accept, answer, begin, discard, look_through, upload

__all__ = [
    "RowReport",
    "TakenIn",
    "accept",
    "answer",
    "begin",
    "discard",
    "look_through",
    "preview",
    "take_in",
    "upload",
]
