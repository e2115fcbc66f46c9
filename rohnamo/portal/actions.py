"""Publishing: pages are written as files, and taken back in the moment in which they stop being true."""

import logging
from collections.abc import Iterable

from rohnamo.core.pages import Page, all_pages
from rohnamo.portal import files

log = logging.getLogger("rohnamo.portal")


def take_back(changed: Iterable[tuple[str, str]]) -> list[str]:
    """Delete every published page that depends on one of these (topic, key) pairs. Returns their addresses.

    Pages that no app announces any more go too: what they were about is gone.
    """
    marks = {mark for topic, key in changed for mark in (topic, f"{topic}:{key}")}
    pages = all_pages()
    stale = {page.address for page in pages if page.topics & marks}
    orphans = files.published() - {page.address for page in pages}
    # First the mark, then the files: a page that is being rendered right now from what was there before is then
    # thrown away by its writer, whichever of the two comes first.
    files.renew_state()
    for address in stale | orphans:
        files.delete(address)
    return sorted(stale | orphans)


def rewrite_stale() -> int:
    """Write every page that is not there or whose last day has passed; remove those that no app announces any more.

    Returns how many were written. One page that fails does not stop the others: it goes on being rendered on demand.
    """
    files.drop_other_editions()
    pages = all_pages()
    for address in files.published() - {page.address for page in pages}:
        files.delete(address)
    return sum(_write(page) for page in pages if not files.stands(page.address))


def rewrite_all() -> int:
    """Write every page anew."""
    return sum(_write(page) for page in all_pages())


def _write(page: Page) -> bool:
    before = files.state()
    try:
        files.write(page.address, page.render(), valid_until=page.valid_until)
    except Exception:
        log.exception("page %s could not be published", page.address)
        files.delete(page.address)
        return False
    if files.state() != before:
        files.delete(page.address)
        return False
    return True
