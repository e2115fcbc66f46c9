"""One at a time: work that reads and then writes what others may read and write at the same moment."""

import hashlib

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait until nobody else does this, and keep others waiting until the transaction ends.

    On PostgreSQL an advisory lock; on SQLite nothing is needed, because a transaction begins as the only writer.
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
