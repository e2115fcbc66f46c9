"""The file itself: our projects, or what others published, as it came in."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.engines.iati.writing import NotWritable, written
from rohnamo.engines.iati.xml import Element
from rohnamo.iati.models import Activity
from rohnamo.iati.queries import ours
from rohnamo.iati.queries.identity import identity
from rohnamo.iati.queries.ours import Ours
from rohnamo.iati.queries.profiles import Profile

EXAMPLE = (
    "Example installation. Everything in this file is invented. Not the publication of any organisation."
)
DRAFT = "Draft for headquarters: not the publication of record."


def exported(
    profile: Profile, *, now: datetime | None = None, missed: Callable[[str], None] | None = None
) -> Iterator[bytes]:
    """Our projects by a profile, as IATI 2.03, piece by piece.

    Results in it were released; money in it (movements, planned payments) was not, so it is for those who may see
    money. A project that lacks what the standard needs is left out. missed: told the code of each such project.
    Raises Refused before the mission is set up.
    """
    now = (now or timezone.now()).replace(microsecond=0)
    elements = _writable(ours.activities(profile, now=now), missed)
    return written(elements, at=timezone.localtime(now), remark=_remark())


def missed_in_words(codes: Iterable[str]) -> str:
    """Which projects a file does not hold, for whoever fetched it."""
    text = _(
        "These projects are not in the file, because something is missing that the standard needs: %(codes)s. "
        "The check says what."
    )
    return text % {"codes": ", ".join(codes)}


def of_others(listed: QuerySet[Activity]) -> Iterator[bytes]:
    """Activities of others as they were taken in: canonical, nothing added, nothing moved."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
    for xml in listed.values_list("xml", flat=True).iterator(chunk_size=50):
        yield xml.encode() + b"\n"
    yield b"</iati-activities>\n"


def _writable(listed: Iterable[Ours], missed: Callable[[str], None] | None) -> Iterator[Element]:
    for one in listed:
        try:
            yield one.element
        except NotWritable:
            if missed:
                missed(one.project.code)


def _remark() -> str:
    who = identity()
    if who is None:
        return ""
    return " ".join([EXAMPLE] * who.is_example + [DRAFT] * (not who.is_publisher))
