"""SQLite out of the box, PostgreSQL by DATABASE_URL. The same tests pass on both."""

import os
from typing import Any

import dj_database_url

from rohnamo.core.home import folder

# IMMEDIATE: a transaction that reads and then writes takes its lock at once and waits its turn. With Django's
# default it fails at once with "database is locked" as soon as two processes do it, whatever the timeout.
# FULL: an acknowledged commit survives a power cut; we write in batches, so it costs little.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-64000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY"
    ),
}


def databases() -> dict[str, dict[str, Any]]:
    """The DATABASES setting."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return {"default": dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))}
    path = folder("data") / "rohnamo.sqlite3"
    return {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": dict(SQLITE)}}
