"""What every answer carries, and which language it speaks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from rohnamo.core.languages import LANGUAGES

Answer = Callable[[HttpRequest], HttpResponse]
# Scripts and pictures come from here only. Styles too, but for the one sheet that public pages carry inside
# themselves: its hash is added by the page (attribute `style_hashes` of the response).
POLICY = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; style-src 'self'"
)


class SecurityHeaders:
    """Content security policy and the like on every answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hashes = " ".join(f"'{value}'" for value in getattr(response, "style_hashes", ()))
        response.headers.setdefault("Content-Security-Policy", f"{POLICY} {hashes}".rstrip())
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class LanguageOfAddress:
    """The first part of a public address is the language. No cookie, no guessing from the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.path_info.lstrip("/").split("/", 1)[0]
        with translation.override(code if code in LANGUAGES else "ru"):
            request.LANGUAGE_CODE = translation.get_language() or "ru"
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
