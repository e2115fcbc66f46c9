"""Who reads which changes, and what is done how often. Written down here once, for the whole house."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from rohnamo.core import audit, changes, files
from rohnamo.core.models import ClockRound

log = logging.getLogger("rohnamo.clock")


@dataclass(frozen=True)
class Periodic:
    """A piece of work and how often it is due. `every` zero: at every round."""

    name: str
    every: timedelta
    do: Callable[[], object]


def wire_readers() -> None:
    """Tell core.changes who reads which topics."""
    from rohnamo.portal.tasks import READER as PORTAL  # noqa: PLC0415 -- models exist only after start
    from rohnamo.results.actions import READER as RESULTS  # noqa: PLC0415 -- models exist only after start
    from rohnamo.results.published import READER as FIGURES  # noqa: PLC0415 -- models exist only after start

    changes.register(RESULTS)
    changes.register(FIGURES)
    changes.register(PORTAL)


def periodic() -> tuple[Periodic, ...]:
    """All periodic work, in the order in which it is done."""
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415 -- models exist only after start

    from rohnamo.iati.actions import drop_expired  # noqa: PLC0415 -- models exist only after start
    from rohnamo.people.actions import erase_expired_call_backs  # noqa: PLC0415 -- models exist only after start
    from rohnamo.portal.actions import rewrite_stale  # noqa: PLC0415 -- models exist only after start
    from rohnamo.results.published import publish_all  # noqa: PLC0415 -- models exist only after start

    day = timedelta(days=1)
    return (
        Periodic("results.count", timedelta(0), changes.work_off_all),
        Periodic("figures.publish", day, lambda: publish_all(by=audit.SYSTEM)),
        Periodic("files.delete_expired", day, files.delete_expired),
        Periodic("iati.drop_expired", day, lambda: drop_expired(by=audit.SYSTEM)),
        Periodic("people.erase_call_backs", day, lambda: erase_expired_call_backs(by=audit.SYSTEM)),
        Periodic("sessions.clear", day, SessionStore.clear_expired),
        Periodic("portal.rewrite", timedelta(0), rewrite_stale),
    )


def tick() -> list[str]:
    """Do one round: everything that is due. Returns the names of what was done.

    One piece that fails does not stop the others; it is due again at the next round.
    """
    return [work.name for work in periodic() if _done(work)]


def _done(work: Periodic) -> bool:
    # Taken before the work: what is begun before midnight and ends after it is due again on the new day.
    now = timezone.now()
    try:
        if not _is_due(work, now):
            return False
        work.do()
        ClockRound.objects.update_or_create(work=work.name, defaults={"done_at": now})
    except Exception:
        log.exception("periodic work %s failed", work.name)
        return False
    return True


def _is_due(work: Periodic, now: datetime) -> bool:
    last = ClockRound.objects.filter(work=work.name).first()
    if last is None or not work.every:
        return True
    # Days are days of the mission's time zone: what is due daily is due when the date has changed.
    return timezone.localdate(last.done_at) + work.every <= timezone.localdate(now)
