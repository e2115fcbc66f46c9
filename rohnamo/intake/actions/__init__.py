"""How registers are taken in: previewed without a trace, written batch by batch, the same file once."""

from rohnamo.intake.actions.taking import RowReport, TakenIn, preview, take_in
from rohnamo.intake.actions.uploads import accept, answer, discard, upload

__all__ = ["RowReport", "TakenIn", "accept", "answer", "discard", "preview", "take_in", "upload"]
