"""What templates need to show numbers, days, texts in three languages, icons and the way to other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rohnamo.core import languages
from rohnamo.core.languages import LANGUAGE_NAMES
from rohnamo.ui import icons, publicforms, spelling, stylesheet

register = template.Library()

VERDICT_ICONS = {
    "new": "plus",
    "known": "check",
    "agrees": "check",
    "done": "check",
    "doubtful": "doubtful",
    "differs": "doubtful",
    "counted": "counted",
    "refused": "cross",
    "late": "alert",
    "waiting": "clock",
}


class LanguageLink(TypedDict):
    code: str
    name: str
    href: str
    is_current: bool


@register.filter
def number(value: float | Decimal | str | None, places: int | None = None) -> str:
    """12480 as 12 480 or 12,480. Words ("30+") pass as they are; None gives an empty text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else spelling.number(value, _language(), places=places)


@register.filter
def percent(value: float | Decimal | None, places: int = 1) -> str:
    return "" if value is None else spelling.percent(value, _language(), places=places)


@register.filter
def day(on: date | None, precision: spelling.Precision = "day") -> str:
    """Written out; precision "month" or "year" where the day is not known. A moment is read in the mission's zone."""
    return "" if on is None else spelling.day(_as_day(on), _language(), precision=precision)


@register.filter
def day_of_week(on: date | None) -> str:
    return "" if on is None else spelling.day_of_week(_as_day(on), _language())


@register.filter
def day_without_year(on: date | None) -> str:
    return "" if on is None else spelling.day_without_year(_as_day(on), _language())


@register.filter
def in_language(text: Mapping[str, str] | str | None) -> str:
    """A text in three languages, as the reader reads it; a plain text passes. No line breaks inside its numbers."""
    return spelling.unbroken(text if isinstance(text, str) else languages.in_language(text))


@register.filter
def unbroken(text: str | None) -> str:
    """A plain text whose numbers stay on one line."""
    return spelling.unbroken(text or "")


@register.filter
def verdict_icon(kind: str) -> str:
    """The icon that goes with a verdict; one we do not know is a doubt."""
    return VERDICT_ICONS.get(kind, "doubtful")


@register.simple_tag
def paired(columns: Iterable[object], cells: Iterable[object]) -> list[tuple[object, object]]:
    """Columns with their cells: on a phone each cell says the name of its column."""
    return list(zip(columns, cells, strict=True))


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(icons.icon_svg(name))  # noqa: S308 -- a drawing of ours, no value in it


@register.simple_tag
def public_css() -> SafeString:
    return mark_safe(stylesheet.public_css())  # noqa: S308 -- a file of ours; ">" must stay as it is


@register.simple_tag
def drawing(svg: str | None) -> SafeString:
    """A drawing made by rohnamo.ui.drawing, which escapes every word given to it."""
    return mark_safe(svg or "")  # noqa: S308 -- escaped where it was drawn


@register.simple_tag
def form_id() -> SafeString:
    """The hidden field by which a public form knows that it was sent twice."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', publicforms.FIELD, publicforms.new_form_id()
    )


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The same page in each language.

    Reads the context's page_path where a page is written without a request, else the request's path.
    A path without a language in front leads to that language's home.
    """
    request = context.get("request")
    path = context.get("page_path") or (request.path if request else "/")
    current = spelling.known(get_language())
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "href": path_in(path, code),
            "is_current": code == current,
        }
        for code in LANGUAGE_NAMES
    ]


def path_in(path: str, code: str) -> str:
    """/tg/projects/ex-03/ in "ru" is /ru/projects/ex-03/."""
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}" if first in LANGUAGE_NAMES else f"/{code}/"


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _as_day(moment: date) -> date:
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment
