"""The staff door: what every page behind it begins with, in whatever app it lives."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rohnamo.staff.models import User

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def staff_page(*methods: str, may: Callable[[User], bool]) -> Callable[[Page[Rest]], Page[Rest]]:
    """A page for signed-in users who may open it. For all others there is no such page.

    Never kept by a browser or a proxy: it may name people.
    """

    def wrap(page: Page[Rest]) -> Page[Rest]:
        @never_cache
        @login_required
        @require_http_methods(list(methods))
        @wraps(page)
        def answer(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            allow(may=may(reader(request)))
            return page(request, *args, **kwargs)

        return cast("Page[Rest]", answer)

    return wrap


def reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def allow(*, may: bool) -> None:
    """Denied and missing look alike."""
    if not may:
        raise Http404


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """What breadcrumbs.html takes, from (address, text); the last step is this page."""
    return [{"href": href, "text": text} for href, text in steps]


def action(href: str, text: str, *, is_main: bool = False) -> dict[str, Any]:
    return {"href": href, "text": text, "is_main": is_main}
