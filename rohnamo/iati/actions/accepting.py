"""A file that was looked through is taken in, or not.

Whatever decides about a file locks its row for a short while. Activities are written batch by batch; killed half-way,
the file is accepted again and goes on.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.iati.actions.pieces import drop_pieces
from rohnamo.iati.models import Activity, Import, Incoming, Verdict
from rohnamo.iati.queries.identity import ours

BATCH = 100
UNDECIDED = timedelta(days=30)
KEPT = (
    "digest",
    "xml",
    "titles",
    "status",
    "starts_on",
    "ends_on",
    "reporting_ref",
    "reporting_names",
    "countries",
    "sums",
    "updated",
    "words",
    "file",
    "taken_at",
)


def begin(one: Import, *, by: audit.Actor) -> None:
    """Say that a file is being taken in: from now on it is not discarded. Raises Refused in the reader's words."""
    _begun(one, by=by)


def accept(one: Import, *, by: audit.Actor, progress: Callable[[Import], None] | None = None) -> Counter[str]:
    """Take in what is new or changed. Returns what became of the activities: verdict → number.

    Our own projects are never touched. Raises Refused as `begin` does.
    """
    one = _begun(one, by=by)
    mine = ours()
    news = one.incoming.filter(verdict__in=[Verdict.ADDED, Verdict.CHANGED]).order_by("number")
    numbers = list(news.values_list("number", flat=True))
    one.activities_done = 0
    for first in range(0, len(numbers), BATCH):
        if not _write(one, news.filter(number__in=numbers[first : first + BATCH]), mine):
            return Counter(one.counts)
        one.activities_done = min(first + BATCH, len(numbers))
        one.save(update_fields=["activities_done"])
        if progress:
            progress(one)
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=one.pk)
        if locked.decided_at is not None:
            return Counter(one.counts)
        locked.decided_at = timezone.now()
        locked.is_taken = True
        locked.save(update_fields=["decided_at", "is_taken"])
        # What was written stands in the activities; the rows keep their verdicts and problems.
        one.incoming.filter(verdict__in=[Verdict.ADDED, Verdict.CHANGED]).update(xml="")
        audit.record(
            by, "iati.accept", locked, fields=[f"{verdict}: {count}" for verdict, count in one.counts.items()]
        )
    return Counter(one.counts)


def discard(one: Import, *, by: audit.Actor) -> None:
    """Drop a file and what was looked at of it. Raises Refused, in the reader's words, once it is being taken in."""
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=one.pk)
        if locked.taking_since or locked.decided_at:
            raise Refused(_("The file is being taken in, or was decided about before. Nothing was changed."))
        locked.decided_at = timezone.now()
        locked.save(update_fields=["decided_at"])
        locked.incoming.all().delete()
        drop_pieces(locked)
        audit.record(by, "iati.discard", locked)


def drop_expired(*, by: audit.Actor) -> int:
    """Drop files that nobody decided about for 30 days. Returns how many.

    They name contact persons, and nobody waits for them. A file that is being taken in was decided about: it stays.
    """
    until = timezone.now() - UNDECIDED
    old = Import.objects.filter(decided_at=None, taking_since=None, sent_at__lt=until).order_by("pk")
    return sum(_dropped(one, by=by) for one in old)


def _dropped(one: Import, *, by: audit.Actor) -> bool:
    try:
        discard(one, by=by)
    except Refused:
        # Somebody accepted it just now.
        return False
    return True


@transaction.atomic
def _begun(one: Import, *, by: audit.Actor) -> Import:  # noqa: ARG001 -- the shape of an action
    locked = Import.objects.select_for_update().get(pk=one.pk)
    if locked.decided_at is not None:
        raise Refused(_("The file is being taken in, or was decided about before. Nothing was changed."))
    if locked.looked_at is None:
        raise Refused(_("The file has not been looked through yet. Nothing was changed."))
    locked.taking_since = locked.taking_since or timezone.now()
    locked.save(update_fields=["taking_since"])
    return locked


@transaction.atomic
def _write(one: Import, batch: Any, mine: set[str]) -> bool:
    """Whether the batch was written: not when somebody else, who accepted at the same time, was ready before us."""
    if Import.objects.select_for_update().get(pk=one.pk).decided_at is not None:
        return False
    # A row whose XML is gone was written before; without its XML the activity would be lost for good.
    rows = [_activity(one, each) for each in batch if each.xml and each.identifier not in mine]
    Activity.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["identifier"], update_fields=list(KEPT)
    )
    return True


def _activity(one: Import, each: Incoming) -> Activity:
    basics = each.basics
    return Activity(
        identifier=each.identifier,
        digest=each.digest,
        xml=each.xml,
        titles=each.titles,
        status=basics["status"][:10],
        starts_on=_day(basics["starts_on"]),
        ends_on=_day(basics["ends_on"]),
        reporting_ref=basics["reporting_ref"],
        reporting_names=basics["reporting_names"],
        countries=basics["countries"],
        sums=basics["sums"],
        updated=basics["updated"],
        words=_words(each),
        file=one,
        taken_at=timezone.now(),
    )


def _words(each: Incoming) -> str:
    basics = each.basics
    listed = [each.identifier, basics["reporting_ref"], *basics["countries"]]
    return " ".join([*listed, *each.titles.values(), *basics["reporting_names"].values()]).lower()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
