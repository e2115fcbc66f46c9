"""Which registers are due, and what became of those that came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from rohnamo.core.periods import Period, calendar_period
from rohnamo.intake import rules
from rohnamo.intake.models import Import, Rhythm, Upload
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.staff.models import Role, User

# A year of months is what somebody looks back at.
MOST_PERIODS = 12


class DueState(StrEnum):
    """What became of a period: running, due, late, received (it waits), sent back, accepted."""

    RUNNING = "running"
    DUE = "due"
    LATE = "late"
    RECEIVED = "received"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"


BEST = (DueState.ACCEPTED, DueState.RECEIVED, DueState.SENT_BACK)
OPEN = frozenset({DueState.DUE, DueState.LATE, DueState.SENT_BACK})


@dataclass(frozen=True)
class Due:
    """One period of one sender. on: the day it became what it is; none while nothing came. upload: what came last."""

    rhythm: Rhythm
    period: Period
    due_on: date
    state: DueState
    on: date | None = None
    upload: int | None = None
    register: int | None = None


@dataclass(frozen=True)
class _Came:
    """A register that came: for which days, and what became of it."""

    first: date
    last: date
    state: DueState
    on: date
    upload: int | None
    register: int | None


def rhythms_visible_to(user: User) -> QuerySet[Rhythm]:
    """What is due into the user's projects; to a partner's reporter only what their own organisation owes."""
    if not rules.may_see_registers(user):
        return Rhythm.objects.none()
    seen = Rhythm.objects.filter(project__in=visible_projects(user).values("pk"))
    if user.role == Role.PARTNER_REPORTER:
        return seen.filter(source__partner__code=user.partner)
    return seen.filter(project__in=user.memberships.values("project"))


def due_for(user: User, today: date) -> list[Due]:
    """Every period of every rhythm that the user may see, the newest first. Three queries."""
    rhythms = list(rhythms_visible_to(user).select_related("source", "project"))
    came = _came(rhythms)
    periods = [
        _due(rhythm, period, came.get((rhythm.source_id, rhythm.project_id), ()), today)
        for rhythm in rhythms
        for period in _periods(rhythm, today)
    ]
    return sorted(
        periods,
        key=lambda one: (-one.period.start.toordinal(), one.rhythm.project.code, one.rhythm.source.code),
    )


def is_open(one: Due) -> bool:
    """Whether the sender still owes something."""
    return one.state in OPEN


def _periods(rhythm: Rhythm, today: date) -> Iterator[Period]:
    until = min(today, rhythm.until or today)
    period = calendar_period(until, rhythm.every)
    for _number in range(MOST_PERIODS):
        if period.end < rhythm.since:
            return
        yield period
        period = calendar_period(period.start - timedelta(days=1), rhythm.every)


def _due(rhythm: Rhythm, period: Period, came: Iterable[_Came], today: date) -> Due:
    due_on = period.end + timedelta(days=rhythm.due_day)
    of_period = [one for one in came if one.first <= period.end and one.last >= period.start]
    # What was sent back is no matter any more once a better one came. The newest of each kind stands first.
    best = min(of_period, key=lambda one: BEST.index(one.state), default=None)
    if best:
        return Due(rhythm, period, due_on, best.state, best.on, best.upload, best.register)
    if period.end >= today:
        return Due(rhythm, period, due_on, DueState.RUNNING)
    return Due(rhythm, period, due_on, DueState.LATE if due_on < today else DueState.DUE)


def _came(rhythms: Iterable[Rhythm]) -> dict[tuple[int, int], list[_Came]]:
    """What came from each sender for each project, the newest first."""
    asked = {(rhythm.source_id, rhythm.project_id) for rhythm in rhythms}
    sources = Q(source__in={source for source, _project in asked})
    found: dict[tuple[int, int], list[_Came]] = {pair: [] for pair in asked}
    for upload in Upload.objects.filter(sources, first_day__isnull=False, register=None).order_by("-pk"):
        one = _of_upload(upload)
        if one and (upload.source_id, upload.project_id) in found:
            found[upload.source_id, upload.project_id].append(one)
    imports = Import.objects.filter(sources, first_day__isnull=False, undo_since=None)
    for register in imports.select_related("upload").order_by("-pk"):
        if (register.source_id, register.project_id) in found and register.first_day and register.last_day:
            sent = getattr(register, "upload", None)
            found[register.source_id, register.project_id].append(
                _Came(
                    register.first_day,
                    register.last_day,
                    DueState.ACCEPTED,
                    timezone.localdate(register.started_at),
                    sent.pk if sent else None,
                    register.pk,
                )
            )
    return found


def _of_upload(upload: Upload) -> _Came | None:
    """A register that waits or was sent back; a cancelled one never came."""
    if upload.first_day is None or upload.last_day is None:
        return None
    if upload.sent_back_at:
        on = timezone.localdate(upload.sent_back_at)
        return _Came(upload.first_day, upload.last_day, DueState.SENT_BACK, on, upload.pk, None)
    if upload.decided_at is None and upload.stored_id is not None:
        on = timezone.localdate(upload.uploaded_at)
        return _Came(upload.first_day, upload.last_day, DueState.RECEIVED, on, upload.pk, None)
    return None
