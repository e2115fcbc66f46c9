"""Public pages as every app announces them in its `pages` room: what a site map, a search and publishing read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Page:
    """One public page in one language.

    address: path from the root, as in "/tg/projects/EX.01/". text: what a search reads. topics: what it depends on,
    as (topic, key) pairs of core.changes or a bare topic; a change of any of them makes it stale. valid_until: last
    day on which it is true as it stands, none when it depends on no day. render: makes the bytes.
    """

    address: str
    language: str
    title: str
    render: Callable[[], bytes]
    topics: frozenset[str]
    text: str = ""
    valid_until: date | None = None
    is_listed: bool = field(default=True)


Provider = Callable[[], Iterable[Page]]

_providers: dict[str, Provider] = {}


def announce(name: str, provider: Provider) -> None:
    """Say that an app has public pages. Called from its `apps.ready`."""
    _providers[name] = provider


def all_pages() -> list[Page]:
    """Every public page of the house, in the order of addresses."""
    return sorted(
        (page for provider in _providers.values() for page in provider()), key=lambda page: page.address
    )
