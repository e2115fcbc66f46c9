"""Looking for what must not be there: in every cell of every table, and in every form in which it could lie there."""

import json
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

from django.contrib.sessions.models import Session
from django.db import connection


def whole_database() -> bytes:
    """Every cell of every table as the database holds it: audit, cache, task results; sessions unpacked besides."""
    cells = [cell for table in connection.introspection.table_names() for cell in _cells(table)]
    sessions = [repr(one.get_decoded()).encode() for one in Session.objects.all()]
    return b"\x00".join([*cells, *sessions])


def found_in(whole: bytes, secrets: Iterable[str]) -> list[str]:
    """Those of the secrets that stand there, plainly or in a form that anybody can undo."""
    return sorted(secret for secret in secrets if any(form in whole for form in forms_of(secret)))


def forms_of(secret: str) -> set[bytes]:
    """As UTF-8 and UTF-16, as JSON and addresses write it, in hex, and in base64 wherever it begins."""
    plain = secret.encode()
    escaped = json.dumps(secret)[1:-1]
    in_base64 = {_inner(b64encode(b"\x00" * before + plain), before) for before in range(3)}
    others = {escaped, escaped.upper().replace("\\U", "\\u"), quote(secret), plain.hex()}
    return {plain, secret.encode("utf-16-le"), *(one.encode() for one in others), *in_base64}


def _inner(coded: bytes, before: int) -> bytes:
    """Without the letters at both ends that hold bits of what stands before and after."""
    return coded[-(-before * 8 // 6) :].rstrip(b"=")[:-1]


def _cells(table: str) -> Iterable[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows = cursor.fetchall()
    return [
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for row in rows
        for cell in row
    ]
