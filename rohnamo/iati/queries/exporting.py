"""The file itself: our projects, or what others published, as it came in."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from rohnamo.engines.iati.writing import written
from rohnamo.iati.models import Activity
from rohnamo.iati.queries import ours
from rohnamo.iati.queries.identity import identity
from rohnamo.iati.queries.profiles import Profile

EXAMPLE = (
    "Example installation. Everything in this file is invented. Not the publication of any organisation."
)
DRAFT = "Draft for headquarters: not the publication of record."


def exported(profile: Profile, *, now: datetime | None = None) -> Iterator[bytes]:
    """Our projects by a profile, as IATI 2.03, piece by piece.

    Raises Refused before the mission is set up, NotWritable when a project lacks what the standard needs. What is in
    it was released: the public may have it as it is.
    """
    now = (now or timezone.now()).replace(microsecond=0)
    elements = (one.element for one in ours.activities(profile, now=now))
    return written(elements, at=timezone.localtime(now), remark=_remark())


def of_others(listed: QuerySet[Activity]) -> Iterator[bytes]:
    """Activities of others as they were taken in: canonical, nothing added, nothing moved."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
    for xml in listed.values_list("xml", flat=True).iterator(chunk_size=50):
        yield xml.encode() + b"\n"
    yield b"</iati-activities>\n"


def _remark() -> str:
    who = identity()
    if who is None:
        return ""
    return " ".join([EXAMPLE] * who.is_example + [DRAFT] * (not who.is_publisher))
