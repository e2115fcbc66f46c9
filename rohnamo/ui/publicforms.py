"""Forms that anybody may send without being known: no session, no cookie, no address kept.

The page that shows such a form is never cached or published as a file, because each copy carries its own id:
`{% form_id %}` inside the form. It should answer with `Referrer-Policy: same-origin`; under `no-referrer`
older browsers send `Origin: null` and look like another site.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import ipaddress
import json
import re
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

FIELD = "form_id"
SHAPE = re.compile(r"[A-Za-z0-9_-]{20,64}")
SALT_LIVES_S = 26 * 3600
HOUR_S = 3600
ANSWER_LIVES_S = 2 * HOUR_S
PATIENCE_S = 3.0
WORKING = "working"
FINAL = frozenset({HTTPStatus.CREATED, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER})

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def new_form_id() -> str:
    return secrets.token_urlsafe(24)


def public_form(
    *, name: str, most_per_hour: int = 30
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Make a view that may be posted by strangers.

    name: of the form, for its own count. most_per_hour: posts from one address; a whole dormitory may share one.
    The view answers 302, 303 or 201 when the message was taken: from then on the same form gets the same answer
    and the view is not called again. Any other answer (a form with errors) leaves the form open.
    Refusals: 403 from another site, 400 without a form id, 429 too many, 409 when the first post is still at work.
    """

    def decorate(view: View[P]) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            _forget_who_asks(request)
            if request.method != "POST":
                return _without_traces(request, view(request, *args, **kwargs))
            refused = _refusal(request, name=name, most_per_hour=most_per_hour)
            answer = refused or _answer_once(request, lambda: view(request, *args, **kwargs), name=name)
            return _without_traces(request, answer)

        return guarded

    return decorate


def _forget_who_asks(request: HttpRequest) -> None:
    """A member of staff is a stranger here too; without a session nothing can set its cookie."""
    for trace in ("session", "_messages"):  # messages would open the session
        if hasattr(request, trace):
            delattr(request, trace)
    request.user = AnonymousUser()


def _without_traces(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.cookies.clear()
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
    response["Cache-Control"] = "no-store"
    return response


def _refusal(request: HttpRequest, *, name: str, most_per_hour: int) -> HttpResponse | None:
    if _comes_from_another_site(request):
        return _sentence(
            request,
            HTTPStatus.FORBIDDEN,
            _("This form was sent from another website. Open the form here and send it again."),
        )
    if not SHAPE.fullmatch(request.POST.get(FIELD, "")):
        return _sentence(
            request,
            HTTPStatus.BAD_REQUEST,
            _("This form is out of date. Go back, reload the page and send the form again."),
        )
    if _posts_this_hour(request, name=name) > most_per_hour:
        response = _sentence(
            request,
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Too many forms came from this connection. Wait an hour, or call us."),
        )
        response["Retry-After"] = str(HOUR_S)
        return response
    return None


def _comes_from_another_site(request: HttpRequest) -> bool:
    """Sec-Fetch-Site decides where it is sent, else Origin, else Referer.

    A browser old enough to send none of them is let in: no other page can make a browser keep silent about all
    three, and since nobody is signed in here, there is no authority that a foreign page could borrow.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc != request.get_host()
    if referer := request.headers.get("Referer"):
        return urlsplit(referer).netloc != request.get_host()
    return False


def _posts_this_hour(request: HttpRequest, *, name: str) -> int:
    """Count under a hash of address and day's salt. The salt lives only in the cache and is gone after the day."""
    now = timezone.now()
    salt_key = f"public-form-salt:{now:%Y-%m-%d}"
    cache.add(salt_key, secrets.token_hex(16), timeout=SALT_LIVES_S)
    salt = str(cache.get(salt_key, ""))
    who = hmac.new(salt.encode(), _network_of(request).encode(), hashlib.sha256).hexdigest()
    key = f"public-form-count:{name}:{now:%H}:{who}"
    if cache.add(key, 1, timeout=HOUR_S):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two calls
        return 1


def _network_of(request: HttpRequest) -> str:
    """A phone changes the lower half of its IPv6 address at will, so its network is what counts."""
    address: str = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a unix socket gives no address
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address


def _answer_once(request: HttpRequest, work: Callable[[], HttpResponse], *, name: str) -> HttpResponse:
    """Call the view for the first post of a form, repeat its answer for every later one."""
    form_id = request.POST[FIELD]
    key = f"public-form-answer:{name}:{hashlib.sha256(form_id.encode()).hexdigest()}"
    if not cache.add(key, WORKING, timeout=ANSWER_LIVES_S):
        return _answer_given_before(request, key, form_id)
    try:
        response = work()
    except BaseException:
        cache.delete(key)
        raise
    if response.status_code in FINAL:
        cache.set(key, _sealed(response, form_id), timeout=ANSWER_LIVES_S)
    else:
        cache.delete(key)
    return response


def _answer_given_before(request: HttpRequest, key: str, form_id: str) -> HttpResponse:
    """A double tap arrives while the first post is at work: wait a little for its answer."""
    patience_ends = time.monotonic() + PATIENCE_S
    kept = cache.get(key)
    while kept == WORKING and time.monotonic() < patience_ends:
        time.sleep(0.05)
        kept = cache.get(key)
    if kept is None or kept == WORKING:
        return _sentence(
            request,
            HTTPStatus.CONFLICT,
            _("Your message is being saved. Reload this page in a minute; nothing is sent twice."),
        )
    return _unsealed(kept, form_id)


def _sealed(response: HttpResponse, form_id: str) -> str:
    """The answer may hold a receipt. Only who holds the form id can open it; the cache holds its hash alone."""
    answer = {
        "status": response.status_code,
        "location": response.get("Location", ""),
        "type": response.get("Content-Type", ""),
        "body": response.content.decode(),
    }
    sealed: bytes = _seal(form_id).encrypt(json.dumps(answer).encode())
    return sealed.decode()


def _unsealed(kept: str, form_id: str) -> HttpResponse:
    answer = json.loads(_seal(form_id).decrypt(kept.encode()))
    response = HttpResponse(answer["body"], status=answer["status"], content_type=answer["type"])
    if answer["location"]:
        response["Location"] = answer["location"]
    return response


def _seal(form_id: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"public form answer" + form_id.encode()).digest()))


def _sentence(request: HttpRequest, status: HTTPStatus, text: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"text": text}, status=status)
