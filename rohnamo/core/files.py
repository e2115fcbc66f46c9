"""Private files: by content hash, sealed at rest, served only through the rule of their owner."""

import hashlib
import secrets
import time
from datetime import date
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit, keys
from rohnamo.core.home import folder
from rohnamo.core.models import StoredFile

CONTEXT = "core.storedfile"
SUFFIX = ".sealed"
# A file is written before its row is committed. One that is older than this and has no row belongs to nobody.
ORPHAN_AFTER_SECONDS = 3_600


def store(content: bytes, *, content_type: str, kept_until: date | None = None) -> StoredFile:
    """Keep a file. The same content is kept once; the later of two days of deletion wins.

    The name is a keyed hash: a plain one would let whoever steals the database guess what was in a file.
    """
    digest = keys.keyed_hash(hashlib.sha256(content).hexdigest(), purpose="file").hex()
    path = _path(digest)
    if not path.exists():
        draft = path.with_name(f"{digest}.{secrets.token_hex(4)}")
        draft.write_bytes(keys.seal(content, ring="data", context=CONTEXT))
        draft.replace(path)
    stored, is_new = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={"size_bytes": len(content), "content_type": content_type, "kept_until": kept_until},
    )
    if not is_new and stored.kept_until and (kept_until is None or kept_until > stored.kept_until):
        stored.kept_until = kept_until
        stored.save(update_fields=["kept_until"])
    return stored


def read(stored: StoredFile, *, by: audit.Actor, reason: str) -> bytes:
    """Open a file for someone whose right the caller has checked. The read is logged."""
    audit.record(by, "files.read", stored, reason=reason)
    return keys.unseal(_path(stored.digest).read_bytes(), ring="data", context=CONTEXT)


def delete(stored: StoredFile) -> None:
    """Remove a file and its row; the file goes when the row's deletion is committed."""
    path = _path(stored.digest)
    stored.delete()
    transaction.on_commit(partial(path.unlink, missing_ok=True))


def delete_expired() -> int:
    """Remove every file whose day has passed, and what was left behind without a row. Returns how many."""
    expired = list(StoredFile.objects.filter(kept_until__lt=timezone.localdate()))
    for stored in expired:
        delete(stored)
    return len(expired) + _delete_orphans()


def _delete_orphans() -> int:
    known = set(StoredFile.objects.values_list("digest", flat=True))
    oldest = time.time() - ORPHAN_AFTER_SECONDS
    orphans = [
        path
        for path in folder("files").iterdir()
        if path.name.split(".")[0] not in known and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _path(digest: str) -> Path:
    return folder("files") / f"{digest}{SUFFIX}"
