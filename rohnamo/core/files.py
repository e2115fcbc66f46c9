"""Private files: by content hash, sealed at rest, served only through the rule of their owner."""

import hashlib
from datetime import date
from pathlib import Path

from django.utils import timezone

from rohnamo.core import audit, keys
from rohnamo.core.home import folder
from rohnamo.core.models import StoredFile

CONTEXT = "core.storedfile"


def store(content: bytes, *, content_type: str, kept_until: date | None = None) -> StoredFile:
    """Keep a file. The same content is kept once; the later of two days of deletion wins."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        draft = path.with_suffix(".part")
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
    """Remove a file and its row."""
    _path(stored.digest).unlink(missing_ok=True)
    stored.delete()


def delete_expired() -> int:
    """Remove every file whose day has passed. Returns how many."""
    expired = list(StoredFile.objects.filter(kept_until__lt=timezone.localdate()))
    for stored in expired:
        delete(stored)
    return len(expired)


def _path(digest: str) -> Path:
    return folder("files") / f"{digest}.sealed"
