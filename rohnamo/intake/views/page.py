"""What every page of registers shares: for whom it is, and where one is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rohnamo.intake import rules
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries import uploads
from rohnamo.staff.models import User

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def register_page(*methods: str) -> Callable[[Page[Rest]], Page[Rest]]:
    """A page for those who send registers; for all others there is none. Never kept: it may name people."""

    def wrap(page: Page[Rest]) -> Page[Rest]:
        @never_cache
        @login_required
        @require_http_methods(list(methods))
        @wraps(page)
        def answer(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not rules.may_see_registers(reader(request)):
                raise Http404
            return page(request, *args, **kwargs)

        return cast("Page[Rest]", answer)

    return wrap


def reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def require(*, may: bool) -> None:
    """Denied and missing look alike."""
    if not may:
        raise Http404


def found_upload(request: HttpRequest, pk: int) -> Upload:
    """A register that was sent, when the reader may see it."""
    visible = uploads.uploads_visible_to(reader(request))
    return get_object_or_404(visible.select_related("source", "project", "stored", "register"), pk=pk)


def found_register(request: HttpRequest, pk: int) -> Import:
    """A register that was taken in, when the reader may see it."""
    visible = uploads.imports_visible_to(reader(request))
    found: Import = get_object_or_404(visible.select_related("source", "project", "upload__stored"), pk=pk)
    return found


def title_of_list() -> str:
    return pgettext("page", "Registers")


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way here from the list: (address, words), the last one without an address."""
    return [
        {"href": reverse("intake:registers"), "text": title_of_list()},
        *({"href": href, "text": text} for href, text in steps),
    ]
