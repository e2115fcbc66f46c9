"""Pieces of a file that waits to be looked through."""

from rohnamo.core import files
from rohnamo.iati.models import Import, Piece


def drop_pieces(one: Import) -> None:
    """Remove the pieces of a file; the same content that another file holds too stays for that one."""
    stored = [piece.stored for piece in one.pieces.select_related("stored")]
    one.pieces.all().delete()
    for each in stored:
        if not Piece.objects.filter(stored=each).exists():
            files.delete(each)
