"""The sealed pieces of an upload: its reduced lines, and the file as it was sent.

The file names people whom we may only count. It is sealed under a key that is nowhere on this side: only the browser
that sent it holds the key, so that its owner can mend the columns. Whoever takes the whole house opens nothing.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils import timezone

from rohnamo.core import audit, files
from rohnamo.core.models import StoredFile
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.uploads import Sealed

KEPT = timedelta(days=30)
NONCE_BYTES = 12
CONTEXT = b"intake.upload.raw"


def last_day() -> date:
    """The day until which a sealed file of today is kept."""
    return timezone.localdate() + KEPT


def new_key() -> bytes:
    """A key for one file, to be kept by its sender."""
    return AESGCM.generate_key(bit_length=256)


def seal_raw(content: bytes, key: bytes) -> StoredFile:
    """Keep a file as sent, sealed under its sender's key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, CONTEXT)
    return files.store(sealed, content_type="application/octet-stream", kept_until=last_day())


def open_raw(waiting: Upload, key: bytes, *, by: audit.Actor) -> bytes | None:
    """The file as sent; None when it is gone, or for any other key."""
    if waiting.raw is None:
        return None
    try:
        sealed = files.read(waiting.raw, by=by, reason="intake columns")
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], CONTEXT)
    except (FileNotFoundError, InvalidTag, ValueError):
        return None


def seal_lines(sealed: Mapping[str, Any], *, kept_until: date | None) -> StoredFile:
    """Keep reduced lines, verdicts and answers together."""
    # The same content is kept once. With a word of its own each file can be deleted without taking another's lines:
    # one register sent twice, or one answer given twice.
    content = json.dumps({**sealed, "once": secrets.token_hex(8)}, ensure_ascii=False).encode()
    return files.store(content, content_type="application/json", kept_until=kept_until)


def seal_anew(locked: Upload, stored: StoredFile, sealed: Sealed) -> None:
    """Put another file in the place of the one that was sealed. The thirty days do not begin again."""
    locked.stored = seal_lines(sealed, kept_until=stored.kept_until)
    locked.save(update_fields=["stored"])
    files.delete(stored)


def drop_sealed(locked: Upload, *, keeps_lines: bool = False) -> None:
    """Delete what was sealed with a register about which somebody decided."""
    doomed = [locked.raw, None if keeps_lines else locked.stored]
    locked.raw = None
    if not keeps_lines:
        locked.stored = None
    locked.save(update_fields=["raw", "stored"])
    for stored in doomed:
        if stored:
            files.delete(stored)
