"""Registers sent through the workspace: reduced at once, sealed for the preview, accepted or discarded."""

import json
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit, files
from rohnamo.core.errors import Refused
from rohnamo.intake.actions.taking import TakenIn, take_in
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.opening import open_register, open_stored
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import User

KEPT = timedelta(days=30)


def upload(content: bytes, filename: str, *, source: Source, project: Project, by: User) -> Upload:
    """Read a register and seal its reduced lines. The file as sent is not kept: it names people whom we may only count.

    Raises RegisterError when it cannot be read.
    """
    opened = open_register(content, filename, source=source, project=project)
    lines = [line.as_json() for line in opened.lines]
    sealed = json.dumps({"digest": opened.digest, "lines": lines}, ensure_ascii=False).encode()
    with transaction.atomic():
        stored = files.store(sealed, content_type="application/json", kept_until=timezone.localdate() + KEPT)
        made = Upload.objects.create(
            stored=stored,
            source=source,
            project=project,
            label=opened.label,
            columns=list(opened.columns),
            rows=len(lines),
            uploaded_by=by,
        )
        audit.record(by, "intake.upload", made)
    return made


def accept(waiting: Upload, *, by: User) -> TakenIn:
    """Take in what was previewed. Killed half-way, it is simply accepted again: rows that are in answer "repeat".

    Raises Refused when it was accepted or discarded before.
    """
    waiting.refresh_from_db()
    if waiting.decided_at is not None or waiting.stored is None:
        raise Refused(f"Register {waiting.pk} was accepted or discarded before. Nothing was changed.")
    opened = open_stored(waiting.stored, by=by, label=waiting.label, columns=waiting.columns)
    taken = take_in(opened, source=waiting.source, project=waiting.project, by=by)
    waiting.register, waiting.decided_at = taken.register, timezone.now()
    waiting.save(update_fields=["register", "decided_at"])
    return taken


def discard(waiting: Upload, *, by: User) -> None:
    """Drop a previewed register and its sealed lines."""
    with transaction.atomic():
        if not Upload.objects.filter(pk=waiting.pk, decided_at=None).update(
            decided_at=timezone.now(), stored=None
        ):
            raise Refused(f"Register {waiting.pk} was accepted or discarded before. Nothing was changed.")
        audit.record(by, "intake.discard", waiting)
    if waiting.stored:
        files.delete(waiting.stored)
