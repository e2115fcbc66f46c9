"""The layer that answers with files: compressed, asked again by name, never outside its folder, silent where nothing lies."""

import gzip
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import brotli
import pytest
from django.conf import settings
from django.utils import timezone

from rohnamo.portal import files
from rohnamo.ui.stylesheet import public_css_hash

HTML = "<!doctype html><p>Тоҷикистон</p>".encode() * 40


def elsewhere(environ: dict[str, Any], start_response: files.StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("X-From", "application")])
    return [b"application"]


class Asked:
    """One request to the layer, and what came back."""

    def __init__(self, address: str, method: str = "GET", query: str = "", **headers: str) -> None:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        self.body = b"".join(files.PublishedFiles(elsewhere)(environ, self._start))

    def _start(self, status: str, headers: files.Headers) -> None:
        self.status, self.headers = status, dict(headers)


@pytest.mark.parametrize(
    ("accepted", "encoding", "open_"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_given_a_page_when_a_browser_asks_then_it_gets_the_smallest_twin_it_reads(
    accepted: str, encoding: str | None, open_: Any
) -> None:
    files.write("/tg/", HTML)

    asked = Asked("/tg/", accept_encoding=accepted)

    assert asked.status == "200 OK"
    assert asked.headers.get("Content-Encoding") == encoding
    assert open_(asked.body) == HTML
    assert asked.headers["Content-Length"] == str(len(asked.body))
    assert asked.headers["Vary"] == "Accept-Encoding"
    assert f"'{public_css_hash()}'" in asked.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in asked.headers


def test_given_a_page_when_it_is_asked_again_then_304_without_a_body_until_it_changes() -> None:
    files.write("/tg/", HTML)
    first = Asked("/tg/", accept_encoding="br")

    again = Asked("/tg/", accept_encoding="br", if_none_match=first.headers["ETag"])
    other = Asked("/tg/", accept_encoding="gzip", if_none_match=first.headers["ETag"])
    files.write("/tg/", HTML + b"!")
    changed = Asked("/tg/", accept_encoding="br", if_none_match=first.headers["ETag"])

    assert (again.status, again.body) == ("304 Not Modified", b"")
    assert other.status == "200 OK"
    assert changed.status == "200 OK"


def test_given_head_when_it_is_asked_then_the_length_comes_without_the_body() -> None:
    files.write("/tg/", HTML)

    asked = Asked("/tg/", "HEAD")

    assert (asked.status, asked.body, asked.headers["Content-Length"]) == ("200 OK", b"", str(len(HTML)))


@pytest.mark.parametrize(
    ("address", "method", "query"),
    [
        ("/en/", "GET", ""), ("/tg/", "POST", ""), ("/tg/", "GET", "area=health"), ("/tg/../secret/", "GET", ""),
        ("/tg/%2e%2e/", "GET", ""), ("/tg/..", "GET", ""), ("//etc/passwd", "GET", ""), ("/tg/.hidden/", "GET", ""),
        ("/de/", "GET", ""), ("/work/", "GET", ""), ("/tg/index.html", "GET", ""), ("", "GET", ""), ("/tg/\x00/", "GET", ""),
        ("/tg/\n", "GET", ""),
    ],
)  # fmt: skip
def test_given_anything_but_a_published_page_when_it_is_asked_then_the_application_answers(
    address: str, method: str, query: str
) -> None:
    files.write("/tg/", HTML)
    secret = files.file_of("/tg/").parents[1] / "secret" / "index.html"
    secret.parent.mkdir()
    secret.write_bytes(b"secret")

    assert Asked(address, method, query).body == b"application"


@pytest.mark.parametrize("address", ["/tg/../x/", "/x/", "/tg/x", "tg/", "/tg/.x/"])
def test_given_no_public_address_when_it_is_to_be_written_then_it_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="no public address"):
        files.write(address, HTML)


def test_given_a_page_that_is_true_until_a_day_when_the_day_has_passed_then_it_is_not_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = timezone.localdate()
    files.write("/tg/", HTML, valid_until=today)
    tomorrow = today + timedelta(days=1)
    midnight = datetime.combine(tomorrow, datetime.min.time(), ZoneInfo("Asia/Dushanbe"))

    bodies = []
    for seconds in (-1, 0):
        monkeypatch.setattr(files.time, "time", lambda seconds=seconds: midnight.timestamp() + seconds)
        bodies.append(Asked("/tg/").body)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)

    assert bodies == [HTML, b"application"]
    assert not files.stands("/tg/")


def test_given_a_published_page_when_it_is_deleted_then_nothing_of_it_stays() -> None:
    files.write("/tg/tour/", HTML, valid_until=date(2027, 1, 1))

    files.delete("/tg/tour/")

    assert [path for path in Path(settings.PUBLIC_ROOT).rglob("*") if path.is_file()] == []
    assert files.published() == set()


def test_given_pages_of_another_version_when_they_lie_there_then_they_are_neither_served_nor_kept() -> None:
    old = Path(settings.PUBLIC_ROOT) / "edition-of-yesterday" / "tg" / "index.html"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old style")
    files.write("/en/", HTML)

    answered = Asked("/tg/").body
    files.drop_other_editions()

    assert answered == b"application"
    assert not old.exists()
    assert files.published() == {"/en/"}


def test_given_a_cached_page_when_its_file_is_deleted_then_the_same_layer_asks_the_application() -> None:
    files.write("/tg/", HTML)
    layer = files.PublishedFiles(elsewhere)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/tg/"}
    before = b"".join(layer(environ, lambda *_: None))

    files.delete("/tg/")

    assert before == HTML
    assert b"".join(layer(environ, lambda *_: None)) == b"application"
