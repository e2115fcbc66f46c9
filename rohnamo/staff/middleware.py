"""The workspace opens to those who proved a second factor, and speaks the language its user chose."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from rohnamo.core.languages import LANGUAGES
from rohnamo.staff import queries

WORKSPACE = "/work/"
ACCOUNT = "/work/account/"
WELCOME = "/work/staff/welcome/"
PROVED = "staff_factor_proved_by"
LANGUAGE = "staff_language"

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageOfUser:
    """Below /work/ the language of the account holds; elsewhere the address decides.

    Before sign-in, and while the account has none of its own: the one named by ?language= (public pages lead here
    with theirs), kept in the session; else the first of ours that the browser asks for; else Russian.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Read before the page is made: after a sign-out there is no user any more.
        if not request.path_info.startswith(WORKSPACE):
            return self.get_response(request)
        language = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers["Content-Language"] = language
            return response


class SecondFactorRequired:
    """Nothing below /work/ opens without a second factor, proved in this session.

    Without a session: sign-in. With one and no factor: the pages of one's own account, where a factor is added.
    With a factor that this session did not prove: the session ends. Such a session was opened by the password
    alone before the factor was there, perhaps by somebody else, and must not be able to add a factor of its own.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_ours = request.path_info.startswith(WORKSPACE)
        elsewhere = _where_to_instead(request) if is_ours else None
        return _sent(request, elsewhere) if elsewhere else self.get_response(request)


def has_proved_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used, or added, in this session by its user."""
    if request.session.get(PROVED) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def mark_factor_proved(request: HttpRequest) -> None:
    """Adding a factor shows that one has it."""
    request.session[PROVED] = request.user.pk


def _language(request: HttpRequest) -> str:
    if request.user.is_authenticated and request.user.language:
        return request.user.language
    asked_for = request.GET.get("language")
    if asked_for in LANGUAGES and not request.user.is_authenticated:
        request.session[LANGUAGE] = asked_for
    chosen: str | None = request.session.get(LANGUAGE)
    return chosen or _of_browser(request)


def _of_browser(request: HttpRequest) -> str:
    asked_for = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ours = (code for tag, _weight in asked_for if (code := tag[:2]) in LANGUAGES)
    return next(ours, settings.LANGUAGE_CODE)


def _where_to_instead(request: HttpRequest) -> str | None:
    is_own_account = request.path_info.startswith(ACCOUNT)
    if request.path_info.startswith(WELCOME):
        return None
    if not request.user.is_authenticated:
        return None if is_own_account else _sign_in(request)
    if has_proved_factor(request):
        return None
    if queries.has_factor(request.user):
        logout(request)
        return _sign_in(request)
    return None if is_own_account else reverse("mfa_activate_totp")


def _sign_in(request: HttpRequest) -> str:
    """The way back holds no query: a search for a name must not end in an address or in the session."""
    page = request.headers.get("HX-Current-URL", "") if _is_htmx(request) else request.path
    page = urlsplit(page).path if request.method == "GET" or _is_htmx(request) else WORKSPACE
    if not page.startswith(WORKSPACE) or page.startswith(ACCOUNT):
        page = WORKSPACE
    return f"{reverse('account_login')}?{urlencode({'next': page})}"


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    """A part of a page cannot follow a redirect: htmx would put the sign-in page into the middle of another."""
    if _is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
