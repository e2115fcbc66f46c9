"""What came in, what was decided about each row, and what is due."""

from rohnamo.intake.models.due import Every, Rhythm
from rohnamo.intake.models.entry import Entry
from rohnamo.intake.models.register import DoubtfulRow, Import, RowVerdict, Upload
from rohnamo.intake.models.titles import KnownTitle

__all__ = [
    "DoubtfulRow",
    "Entry",
    "Every",
    "Import",
    "KnownTitle",
    "Rhythm",
    "RowVerdict",
    "Upload",
]
