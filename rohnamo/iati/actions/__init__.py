"""How files come in: kept in pieces, looked through, accepted or discarded; the same file twice changes nothing."""

from rohnamo.iati.actions.accepting import accept, begin, discard, drop_expired
from rohnamo.iati.actions.donors import choose_way
from rohnamo.iati.actions.receiving import TooLarge, import_file, look_through, receive

__all__ = [
    "TooLarge",
    "accept",
    "begin",
    "choose_way",
    "discard",
    "drop_expired",
    "import_file",
    "look_through",
    "receive",
]
