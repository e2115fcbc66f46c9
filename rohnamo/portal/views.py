"""Public pages on demand: the same bytes as the published files, for whoever comes before they are written."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from rohnamo.core.languages import LANGUAGES
from rohnamo.core.models import ClockRound
from rohnamo.core.pages import all_pages
from rohnamo.portal import files
from rohnamo.portal.pages import data, projects

FIRST_LANGUAGE = "tg"
CLOCK_STANDS_STILL_AFTER = timedelta(minutes=15)
Made = TypeVar("Made")
Render = Callable[..., bytes]
View = Callable[..., HttpResponse]


def front(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django gives it
    """Tajik first: most of those who come read it best. Nobody's browser is asked."""
    return HttpResponseRedirect(f"/{FIRST_LANGUAGE}/")


def page(render: Render) -> View:
    """A view that answers with a page made by one of the functions in `pages`."""

    def view(request: HttpRequest, language: str, **names: str) -> HttpResponse:  # noqa: ARG001 -- Django gives it
        return _answer(_made(render, language, **names))

    return view


def private_page(render: Render) -> View:
    """The same for pages that neither a browser nor anybody between may keep."""

    def view(request: HttpRequest, language: str) -> HttpResponse:  # noqa: ARG001 -- Django gives it
        response = _answer(render(language))
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return view


def project_list(request: HttpRequest, language: str) -> HttpResponse:
    return _answer(projects.render_list(language, area=request.GET.get("area", "")[:40]))


def figure_data(request: HttpRequest, language: str, slug: str, kind: str) -> HttpResponse:  # noqa: ARG001
    return _download(_made(data.figure, language, slug), slug, kind)


def project_data(request: HttpRequest, language: str, code: str, kind: str) -> HttpResponse:  # noqa: ARG001
    return _download(_made(data.project, language, code), code, kind)


def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django gives it
    lines = ["User-agent: *", "Disallow: /work/", *(f"Disallow: /{code}/help/" for code in LANGUAGES)]
    lines.append(f"Sitemap: {settings.ORIGIN}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every listed page with the same page in the other languages."""
    origin = settings.ORIGIN or f"{request.scheme}://{request.get_host()}"
    pages = [one for one in all_pages() if one.is_listed]
    known = {one.address for one in pages}
    body = "".join(_site(one.address, known, origin) for one in pages)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n"
    )
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django gives it
    """Whether database and clock go. Strangers learn no more than that."""
    try:
        last = ClockRound.objects.order_by("-done_at").values_list("done_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"database": "down", "clock": "unknown"}, status=503)
    goes = last is not None and timezone.now() - last < CLOCK_STANDS_STILL_AFTER
    response = JsonResponse(
        {"database": "up", "clock": "up" if goes else "down"}, status=200 if goes else 503
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _made(make: Callable[..., Made], language: str, *names: str, **named: str) -> Made:
    try:
        return make(language, *names, **named)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _answer(html: bytes) -> HttpResponse:
    return HttpResponse(html, headers=dict(files.page_headers()))


def _download(rows: data.Rows, name: str, kind: str) -> HttpResponse:
    body, content_type = (
        (rows.as_csv(), "text/csv") if kind == "csv" else (rows.as_json(), "application/json")
    )
    response = HttpResponse(body, content_type=f"{content_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _site(address: str, known: set[str], origin: str) -> str:
    _empty, _code, rest = address.split("/", 2)
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(f"{origin}/{code}/{rest}")}"/>'
        for code in LANGUAGES
        if f"/{code}/{rest}" in known
    )
    return f"<url><loc>{escape(origin + address)}</loc>{others}</url>\n"
