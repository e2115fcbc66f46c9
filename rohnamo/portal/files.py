"""Published pages: written as files with their compressed twins, answered before Django is asked.

A file that is not there is no error: Django then renders the page on demand, so deleting is always safe.
A page that depends on the day carries its last day in a small file beside it and is not served after that day.
Pages lie in a folder named after the code that made them: after an upgrade none of the old ones is served, whose style
the policy of the new code would not allow.
"""

import gzip
import hashlib
import math
import os
import re
import secrets
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.utils import timezone

from rohnamo.core.middleware import POLICY
from rohnamo.ui.stylesheet import public_css_hash

Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], Any]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

SAFE_ADDRESS = re.compile(r"/(tg|ru|en)/(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*")
# Content coding → ending of the twin; the better one first.
TWINS = {"br": ".br", "gzip": ".gz"}
MOST_IN_MEMORY = 600
OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"
# What a page is made of, below the package.
MADE_OF = ("portal", "ui", "locale")
MADE_OF_KINDS = frozenset({".py", ".html", ".css", ".json", ".mo"})


@dataclass(frozen=True)
class _Body:
    """path: of the twin that was read. valid_before: seconds since 1970; infinite when it depends on no day."""

    path: str
    content: bytes
    stamp: tuple[int, int]
    headers: Headers
    etag: str
    valid_before: float


def write(address: str, html: bytes, *, valid_until: date | None = None) -> None:
    """Publish a page. Its last day first, twins next, the plain file last: a reader finds the old page or the new one."""
    path = file_of(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    bodies = {".br": brotli.compress(html, quality=10), ".gz": gzip.compress(html, 9, mtime=0), "": html}
    if valid_until:
        bodies = {".until": valid_until.isoformat().encode(), **bodies}
    else:
        _twin(path, ".until").unlink(missing_ok=True)
    for suffix, body in bodies.items():
        # A name of its own for each writer: two processes may publish the same page at once.
        draft = path.with_name(f".{path.name}{suffix}.{secrets.token_hex(4)}")
        draft.write_bytes(body)
        draft.replace(_twin(path, suffix))


def delete(address: str) -> None:
    """Take a page back; it is rendered on demand until it is written again."""
    path = file_of(address)
    for suffix in ("", ".br", ".gz", ".until"):
        _twin(path, suffix).unlink(missing_ok=True)


def stands(address: str) -> bool:
    """Whether a page is published and its last day has not passed."""
    path = file_of(address)
    last_day = _last_day(path)
    return path.exists() and (last_day is None or timezone.localdate() <= last_day)


def state() -> str:
    """A mark that is another one after every `renew_state`.

    Whoever renders a page reads it before and after: when it changed meanwhile, what was rendered may be old already.
    """
    try:
        return _state_file().read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def renew_state() -> None:
    """Say that something changed, before pages are deleted for it."""
    path = _state_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.write_text(secrets.token_hex(8), encoding="ascii")
    draft.replace(path)


def published() -> set[str]:
    """Addresses of all pages that lie ready."""
    root = Path(settings.PUBLIC_ROOT) / edition()
    return {f"/{path.parent.relative_to(root).as_posix()}/" for path in root.rglob("index.html")}


def file_of(address: str) -> Path:
    """Where a page lies. Raises ValueError for anything but a plain public address."""
    if not SAFE_ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is no public address.")
    return Path(settings.PUBLIC_ROOT) / edition() / address.strip("/") / "index.html"


@cache
def edition() -> str:
    """A name for the code, templates, style and words that pages are made of. Read once a process."""
    package = Path(__file__).parents[1]
    made_of = [
        path for part in MADE_OF for path in (package / part).rglob("*") if path.suffix in MADE_OF_KINDS
    ]
    digest = hashlib.sha256()
    for path in sorted(path for path in made_of if "tests" not in path.parts):
        digest.update(path.read_bytes())
    return f"edition-{digest.hexdigest()[:12]}"


def drop_other_editions() -> None:
    """Delete the pages that an earlier version of the code wrote."""
    for folder in Path(settings.PUBLIC_ROOT).glob("edition-*"):
        if folder.name != edition():
            shutil.rmtree(folder, ignore_errors=True)


def page_headers() -> Headers:
    """What every public page is answered with, from a file or on demand."""
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        # Kept by the phone, but asked again each time: a changed page must never be followed by the old one.
        ("Cache-Control", "public, no-cache"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Content-Security-Policy", f"{POLICY} '{public_css_hash()}'"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return headers


class PublishedFiles:
    """A WSGI layer that answers with published files and leaves all else to the application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._bodies: OrderedDict[tuple[str, str], _Body] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING"):
            body = self._find(environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", ""))
            if body is not None and time.time() < body.valid_before:
                return _answer(body, environ, start_response)
        return self.application(environ, start_response)

    def _find(self, address: str, accepted: str) -> _Body | None:
        # This runs for every visitor: one look at the disk, and paths as plain text.
        encoding = next((name for name in TWINS if name in accepted), "")
        kept = self._bodies.get((address, encoding))
        if kept is not None:
            try:
                stat = os.stat(kept.path)  # noqa: PTH116 -- Path.stat costs twice as much
            except OSError:
                return None
            if kept.stamp == (stat.st_mtime_ns, stat.st_size):
                return kept
        return self._read(address, encoding)

    def _read(self, address: str, encoding: str) -> _Body | None:
        if not SAFE_ADDRESS.fullmatch(address):
            return None
        try:
            body = _body(file_of(address), encoding)
        except OSError:  # not there, or deleted between two looks: render on demand
            return None
        self._bodies[address, encoding] = body
        if len(self._bodies) > MOST_IN_MEMORY:
            self._bodies.popitem(last=False)
        return body


def _body(page: Path, encoding: str) -> _Body:
    path = _twin(page, TWINS[encoding]) if encoding else page
    stat, content, last_day = path.stat(), path.read_bytes(), _last_day(page)
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = [*page_headers(), ("Content-Length", str(len(content))), ("ETag", etag)]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    stamp = (stat.st_mtime_ns, stat.st_size)
    return _Body(str(path), content, stamp, headers, etag, _end_of(last_day) if last_day else math.inf)


def _end_of(day: date) -> float:
    """The moment at which a day of the mission's time zone is over."""
    return datetime.combine(
        day + timedelta(days=1), datetime.min.time(), timezone.get_default_timezone()
    ).timestamp()


def _twin(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _last_day(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.with_name("index.html.until").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def _state_file() -> Path:
    return Path(settings.PUBLIC_ROOT) / ".state"


def _answer(body: _Body, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
    if environ.get("HTTP_IF_NONE_MATCH") == body.etag:
        kept = ("ETag", "Cache-Control", "Vary", "Content-Security-Policy")
        start_response(NOT_MODIFIED, [pair for pair in body.headers if pair[0] in kept])
        return []
    start_response(OK, body.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.content]
