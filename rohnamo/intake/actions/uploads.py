"""Registers sent through the workspace: reduced at once, sealed for the preview, accepted or discarded."""

import json
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit, files
from rohnamo.core.errors import Refused
from rohnamo.core.models import StoredFile
from rohnamo.intake.actions.taking import RowReport, TakenIn, preview, take_in
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries.opening import open_register, open_stored
from rohnamo.people.actions import judge
from rohnamo.people.models import Verdict
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import User

KEPT = timedelta(days=30)
Sealed = dict[str, Any]


def upload(content: bytes, filename: str, *, source: Source, project: Project, by: User) -> Upload:
    """Read a register, look once at what would become of each row, and seal lines and verdicts together.

    The file as sent is not kept: it names people whom we may only count. Raises RegisterError when it cannot be read.
    """
    opened = open_register(content, filename, source=source, project=project)
    lines = list(opened.lines)
    reports: list[RowReport] = []
    preview(replace(opened, lines=lines), source=source, project=project, by=by, report=reports.append)
    sealed: Sealed = {
        "digest": opened.digest,
        # The same register sent twice makes two uploads: to discard one must not delete the lines of the other.
        "once": secrets.token_hex(8),
        "lines": [line.as_json() for line in lines],
        "reports": [_plain(one) for one in reports],
        "answers": {},
    }
    with transaction.atomic():
        made = Upload.objects.create(
            stored=_seal(sealed),
            source=source,
            project=project,
            label=opened.label,
            columns=list(opened.columns),
            rows=len(lines),
            uploaded_by=by,
        )
        audit.record(by, "intake.upload", made)
    return made


def answer(waiting: Upload, row: int, verdict: Verdict, *, by: User) -> None:
    """Keep what somebody says of a doubtful row until the register is accepted; an answer replaces the one before.

    Raises Refused when the register was accepted or discarded before.
    """
    stored = _require_waiting(waiting)
    sealed = json.loads(files.read(stored, by=by, reason="intake"))
    sealed["answers"][str(row)] = [verdict.value, by.pk]
    with transaction.atomic():
        waiting.stored = _seal(sealed)
        waiting.save(update_fields=["stored"])
        audit.record(by, "intake.answer", waiting, fields=[f"row {row}"])
    files.delete(stored)


def accept(waiting: Upload, *, by: User) -> TakenIn:
    """Take in what was previewed, then decide the doubtful rows that were answered at the preview.

    Killed half-way, it is simply accepted again: rows that are in answer "repeat". Raises Refused when it was
    accepted or discarded before.
    """
    stored = _require_waiting(waiting)
    opened = open_stored(stored, by=by, label=waiting.label, columns=waiting.columns)
    taken = take_in(
        opened,
        source=waiting.source,
        project=waiting.project,
        by=by,
        progress=partial(_show_register, waiting, opened.digest),
    )
    if taken.register:
        _decide_answered(taken.register, stored, by=by)
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


def _require_waiting(waiting: Upload) -> StoredFile:
    waiting.refresh_from_db()
    if waiting.decided_at is not None or waiting.stored is None:
        raise Refused(f"Register {waiting.pk} was accepted or discarded before. Nothing was changed.")
    return waiting.stored


def _seal(sealed: Sealed) -> StoredFile:
    content = json.dumps(sealed, ensure_ascii=False).encode()
    return files.store(content, content_type="application/json", kept_until=timezone.localdate() + KEPT)


def _plain(one: RowReport) -> list[Any]:
    """Numbers, a verdict and codes: a report holds no name."""
    reasons = [[why.code, why.params] for why in one.reasons]
    return [one.row, one.verdict.value, one.person, one.resembles, reasons]


def _show_register(waiting: Upload, digest: str, rows: int) -> None:  # noqa: ARG001 -- the shape of a progress
    """From the first batch on the upload knows its register, so that a page can show how far it has come."""
    newest = Import.objects.filter(
        source=waiting.source, project=waiting.project, digest=digest, finished_at=None
    ).order_by("-pk")
    Upload.objects.filter(pk=waiting.pk).update(register=newest.values("pk")[:1])


def _decide_answered(register: Import, stored: StoredFile, *, by: User) -> None:
    """Judge what was answered, where the row still resembles the record that was shown beside it."""
    sealed = json.loads(files.read(stored, by=by, reason="intake"))
    answers: dict[str, list[Any]] = sealed.get("answers", {})
    shown = {report[0]: report[3] for report in sealed.get("reports", ())}
    for row in register.doubtful_rows.filter(row__in=[int(number) for number in answers]):
        verdict, user = answers[str(row.row)]
        if verdict == Verdict.UNSURE or shown.get(row.row) not in {row.other_id, row.other.root_id}:
            continue
        try:
            judge(row.person, row.other, Verdict(verdict), by=User.objects.get(pk=user), reasons=row.reasons)
        except Refused:
            # Another decision stands against this one meanwhile: the pair waits for somebody who sees both.
            continue
