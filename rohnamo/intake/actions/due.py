"""Saying when registers are due."""

from datetime import date

from django.db import transaction

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.intake.models import Every, Rhythm
from rohnamo.projects.models import Project, Source

MOST_DAYS = 60


@transaction.atomic
def set_rhythm(
    source: Source, project: Project, *, every: Every, due_day: int, since: date, by: audit.Actor
) -> Rhythm:
    """A source's registers for a project are due every month or quarter, `due_day` days after its end.

    Replaces what was said before. Raises Refused for a due day outside 1 to 60.
    """
    if not 1 <= due_day <= MOST_DAYS:
        raise Refused(f"A register is due 1 to {MOST_DAYS} days after its period, not {due_day}.")
    rhythm, _is_new = Rhythm.objects.update_or_create(
        source=source,
        project=project,
        defaults={"every": every, "due_day": due_day, "since": since, "until": None},
    )
    audit.record(by, "intake.set_rhythm", rhythm, fields=["every", "due_day", "since"])
    return rhythm


@transaction.atomic
def end_rhythm(rhythm: Rhythm, *, on: date, by: audit.Actor) -> None:
    """From that day on nothing more becomes due."""
    Rhythm.objects.filter(pk=rhythm.pk).update(until=on)
    audit.record(by, "intake.end_rhythm", rhythm, fields=["until"])
