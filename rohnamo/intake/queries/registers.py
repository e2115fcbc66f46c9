"""Lists of registers, and small words about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries.uploads import running
from rohnamo.results.queries import Number
from rohnamo.ui import spelling

PAGE_ROWS = 50
Cells = list[dict[str, Any]]


@dataclass(frozen=True)
class Slice:
    """A page of a list. number: from 1."""

    number: int
    whole: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_ROWS

    @property
    def last(self) -> int:
        return min(self.first + PAGE_ROWS, self.whole)

    def pager(self, kept: Mapping[str, str]) -> dict[str, str] | None:
        """What pager.html takes; None for a list that fits on one page. kept: filters that stay in the address."""
        if self.whole <= PAGE_ROWS:
            return None
        pages = {"previous_href": self.number - 1, "next_href": self.number + 1}
        is_there = {"previous_href": self.number > 1, "next_href": self.last < self.whole}
        filters = {name: value for name, value in kept.items() if value}
        addresses = {
            name: "?" + urlencode({**filters, "page": page}) if is_there[name] else ""
            for name, page in pages.items()
        }
        return {"words": rows_in_words(self), **addresses}


def slice_of(page: str, whole: int) -> Slice:
    """The page an address asks for; the first one for anything that is no page of this list."""
    asked = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    pages = max(1, -(-whole // PAGE_ROWS))
    return Slice(asked if 1 <= asked <= pages else 1, whole)


def rows_in_words(cut: Slice) -> str:
    if not cut.whole:
        return ""
    return _("Rows %(first)s–%(last)s of %(whole)s") % {
        "first": cut.first + 1,
        "last": cut.last,
        "whole": number(cut.whole),
    }


def waiting_columns() -> list[dict[str, Any]]:
    return [*columns()[:3], {"name": pgettext("of a register", "State")}, *columns()[4:5]]


def waiting_rows(listed: Sequence[Upload]) -> list[Cells]:
    """Registers between sending and acceptance."""
    under_way = running(listed)
    return [
        [
            {"text": one.label, "href": reverse("intake:upload", args=[one.pk])},
            {"text": in_language(one.source.names)},
            {"text": one.project.code, "is_quiet": True},
            {
                "kind": "waiting",
                "word": pgettext("a register", "is being taken in")
                if one.pk in under_way
                else pgettext("a register", "waits to be accepted"),
            },
            {"text": day(timezone.localdate(one.uploaded_at)), "is_quiet": True},
        ]
        for one in listed
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of a register", "File")},
        {"name": _("Who sent it")},
        {"name": _("Project")},
        {"name": _("Rows"), "is_number": True},
        {"name": _("Day")},
    ]


def rows(taken: QuerySet[Import], cut: Slice) -> list[Cells]:
    """A page of registers that were taken in, the newest first."""
    listed = taken.select_related("source", "project").order_by("-started_at", "-pk")
    return [
        [
            {"text": one.label, "href": reverse("intake:taken", args=[one.pk])},
            {"text": in_language(one.source.names)},
            {"text": one.project.code, "is_quiet": True},
            {"text": one.rows_done},
            {"text": day(timezone.localdate(one.started_at)), "is_quiet": True},
        ]
        for one in listed[cut.first : cut.last]
    ]


def taken_lead(found: Import) -> str:
    words = ngettext(
        "%(count)s row, project %(project)s, taken in on %(day)s.",
        "%(count)s rows, project %(project)s, taken in on %(day)s.",
        found.rows_done,
    )
    return words % {
        "count": number(found.rows_done),
        "project": found.project.code,
        "day": day(timezone.localdate(found.started_at)),
    }


def effect_in_words(effect: tuple[Number, Number] | None) -> list[dict[str, Any]]:
    """What totals.html takes: people reached before this register and with it."""
    if effect is None:
        return []
    was, now = effect
    return [
        {"number": was, "text": _("people reached without this register")},
        {"number": now, "text": _("people reached with it, each counted once")},
    ]


def number(value: float) -> str:
    return spelling.number(value, get_language() or "ru")


def day(on: date) -> str:
    return spelling.day(on, get_language() or "ru")
