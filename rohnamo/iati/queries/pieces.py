"""A stored file read as one stream, a piece at a time."""

from rohnamo.core import audit, files
from rohnamo.iati.models import Import

REASON = "iati"


class Stream:
    """Gives the bytes of a file in their order; at most one piece is in memory."""

    def __init__(self, one: Import, *, by: audit.Actor) -> None:
        self._pieces = one.pieces.select_related("stored").order_by("order").iterator(chunk_size=1)
        self._by = by
        self._rest = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes, or what is left of the piece; nothing at the end."""
        if not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = memoryview(files.read(piece.stored, by=self._by, reason=REASON))
        cut = len(self._rest) if size < 0 else size
        found, self._rest = self._rest[:cut], self._rest[cut:]
        return bytes(found)
