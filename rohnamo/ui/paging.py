"""Fifty rows a page, the page in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rohnamo.ui import spelling

PAGE_ROWS = 50


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

    @property
    def words(self) -> str:
        """Which rows stand here; empty for a list without any."""
        if not self.whole:
            return ""
        return _("Rows %(first)s–%(last)s of %(whole)s") % {
            "first": _number(self.first + 1),
            "last": _number(self.last),
            "whole": _number(self.whole),
        }

    def pager(self, kept: Mapping[str, str]) -> dict[str, str] | None:
        """What pager.html takes; None for a list that fits on one page. kept: filters that stay in the address."""
        if self.whole <= PAGE_ROWS:
            return None
        return {
            "words": self.words,
            "previous_href": _address(kept, self.number - 1) if self.number > 1 else "",
            "next_href": _address(kept, self.number + 1) if self.last < self.whole else "",
        }


def slice_of(page: str, whole: int) -> Slice:
    """The page an address asks for; the first one for anything that is no page of this list."""
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    pages = max(1, -(-whole // PAGE_ROWS))
    return Slice(number if 1 <= number <= pages else 1, whole)


def page_with(position: int) -> str:
    """The page on which a row stands, by its position from 0, as an address says it."""
    return str(position // PAGE_ROWS + 1)


def _address(kept: Mapping[str, str], number: int) -> str:
    return "?" + urlencode({**{name: value for name, value in kept.items() if value}, "page": number})


def _number(value: int) -> str:
    return spelling.number(value, get_language() or settings.LANGUAGE_CODE)
