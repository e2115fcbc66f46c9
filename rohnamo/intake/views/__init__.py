"""Pages of registers: the list, sending one, looking it through, what became of it, and back again."""

from rohnamo.intake.views.afterwards import taken, undo
from rohnamo.intake.views.due import rhythm
from rohnamo.intake.views.mending import columns
from rohnamo.intake.views.registers import new, register_list
from rohnamo.intake.views.returning import give_back
from rohnamo.intake.views.uploads import accept, answer, close, discard, look_anew, refused, upload

__all__ = [
    "accept",
    "answer",
    "close",
    "columns",
    "discard",
    "give_back",
    "look_anew",
    "new",
    "refused",
    "register_list",
    "rhythm",
    "taken",
    "undo",
    "upload",
]
