"""Files on their way in: how far each is, and what of them is shown."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from django.core.files import File
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rohnamo.iati.models import Activity, Import, Incoming, Verdict

# Larger files are looked through and taken in by the worker: nobody should wait at a white page.
AT_ONCE_BYTES = 1024 * 1024
AT_ONCE_ACTIVITIES = 200
MOST_BYTES = 200 * 1024 * 1024
# A worker that was killed leaves its work "running" for ever. No file takes so long.
STOPPED_AFTER = timedelta(minutes=30)


class State(StrEnum):
    """How far a file is.

    stopped: looking it through began and never ended. failed: taking it in began and stopped; accepted again, it
    goes on. unreadable: nothing of it can be read.
    """

    LOOKING = "looking"
    STOPPED = "stopped"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    RUNNING = "running"
    FAILED = "failed"
    TAKEN = "taken"
    DISCARDED = "discarded"


_GZIP = b"\x1f\x8b"

TASKS = {"rohnamo.iati.tasks.look_through": State.LOOKING, "rohnamo.iati.tasks.accept": State.RUNNING}


def is_packed(sent: File[bytes]) -> bool:
    """Whether a file that was sent is packed, by its first bytes: a name says what its sender likes."""
    sent.seek(0)
    head = sent.read(len(_GZIP))
    sent.seek(0)
    return bool(head == _GZIP)


def state_of(one: Import) -> State:
    """Asks the queue of tasks for a file that nobody decided about."""
    return states_of([one])[one.pk]


def states_of(listed: Sequence[Import]) -> dict[int, State]:
    """The state of each of these. One query."""
    at_work = _at_work() if any(one.decided_at is None for one in listed) else {}
    return {one.pk: _state(one, at_work) for one in listed}


def waiting() -> QuerySet[Import]:
    """Files that nobody decided about yet."""
    return Import.objects.filter(decided_at=None)


def taken() -> QuerySet[Import]:
    return Import.objects.filter(is_taken=True)


def incoming(one: Import, verdict: str = "") -> QuerySet[Incoming]:
    """The activities of a file, all of them or those of one verdict. "problems": those with something to tell."""
    listed = one.incoming.defer("xml").order_by("number")
    if verdict == "problems":
        return listed.exclude(problems=[])
    return listed.filter(verdict=verdict) if verdict in Verdict.values else listed


def activities(search: str = "") -> QuerySet[Activity]:
    """Activities of others; by words of title, identifier, publisher or country code."""
    listed = Activity.objects.defer("xml")
    for word in search.lower().split():
        listed = listed.filter(words__contains=word)
    return listed


def _state(one: Import, at_work: dict[int, State]) -> State:
    if one.decided_at is not None:
        return State.TAKEN if one.is_taken else State.DISCARDED
    if one.pk in at_work:
        return at_work[one.pk]
    if one.unreadable:
        return State.UNREADABLE
    if one.looked_at is None:
        return State.STOPPED
    return State.FAILED if one.taking_since else State.WAITING


def _at_work() -> dict[int, State]:
    is_alive = Q(status="READY") | Q(status="RUNNING", started_at__gt=timezone.now() - STOPPED_AFTER)
    work = DBTaskResult.objects.filter(is_alive, task_path__in=TASKS).values_list("task_path", "args_kwargs")
    return {arguments["args"][0]: TASKS[path] for path, arguments in work}
