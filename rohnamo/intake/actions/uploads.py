"""Registers sent through the workspace: reduced at once, sealed for the preview, accepted or discarded.

Whatever decides about an upload locks its row for a short while: two clicks at once never see half of each other.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, files
from rohnamo.core.errors import Refused
from rohnamo.core.models import StoredFile
from rohnamo.intake.actions.taking import RowReport, TakenIn, preview, take_in
from rohnamo.intake.models import DoubtfulRow, Import, Upload
from rohnamo.intake.queries.lines import GROUP, REFUSED
from rohnamo.intake.queries.opening import Opened, open_register, open_stored
from rohnamo.intake.queries.uploads import Sealed, is_large, unsealed
from rohnamo.people.actions import judge
from rohnamo.people.models import Judgement, Verdict
from rohnamo.projects.models import Project, Source
from rohnamo.projects.queries import agreement_in_force
from rohnamo.staff.models import User

KEPT = timedelta(days=30)
WITHOUT_A_PERSON = frozenset({GROUP, REFUSED})


def upload(content: bytes, filename: str, *, source: Source, project: Project, by: User) -> Upload:
    """Read a register, look once at what would become of each row, and seal lines and verdicts together.

    A large one (`is_large`) is sealed without verdicts: whoever calls starts the task that looks it through.
    The file as sent is not kept: it names people whom we may only count. Raises RegisterError when it cannot be read.
    """
    opened = open_register(content, filename, source=source, project=project)
    lines = list(opened.lines)
    opened = replace(opened, lines=lines)
    reports = None if is_large(len(lines)) else _reports(opened, source=source, project=project, by=by)
    sealed: Sealed = {
        "digest": opened.digest,
        "lines": [line.as_json() for line in lines],
        "reports": reports,
        "answers": {},
    }
    with transaction.atomic():
        made = Upload.objects.create(
            stored=_seal(sealed, kept_until=timezone.localdate() + KEPT),
            source=source,
            project=project,
            label=opened.label,
            columns=list(opened.columns),
            rows=len(lines),
            uploaded_by=by,
        )
        audit.record(by, "intake.upload", made)
    return made


def look_through(waiting: Upload, *, by: User) -> None:
    """Look at what would become of each row of a large register. Nothing happens when that was done, or it is gone."""
    with transaction.atomic():
        locked = _locked(waiting)
        sealed = unsealed(locked.stored, by=by)
        if sealed is None or locked.stored is None or sealed["reports"] is not None:
            return
        opened = _opened(locked, locked.stored, by=by)
    reports = _reports(opened, source=waiting.source, project=waiting.project, by=by)
    with transaction.atomic():
        locked = _locked(waiting)
        if locked.decided_at is None and locked.stored is not None:
            _seal_anew(locked, locked.stored, {**sealed, "reports": reports})


def answer(waiting: Upload, row: int, verdict: Verdict, *, by: User) -> None:
    """Keep what somebody says of a doubtful row until the register is accepted; an answer replaces the one before.

    Raises Refused, in the reader's words, from the moment acceptance begins.
    """
    with transaction.atomic():
        locked = _locked(waiting)
        if locked.taking_since and locked.decided_at is None:
            raise Refused(_("The register is being taken in. Decide about this row when it is in."))
        stored, sealed = _require_waiting(locked, by=by)
        sealed["answers"][str(row)] = [verdict.value, by.pk]
        _seal_anew(locked, stored, sealed)
        audit.record(by, "intake.answer", locked, fields=[f"row {row}"])


def begin(waiting: Upload, *, by: User) -> None:
    """Say that a register is being taken in: from now on it is neither answered for nor discarded.

    It may begin again after it was killed. Raises Refused, in the reader's words, when it was accepted or discarded
    before, is not looked through yet, or when the agreement under which people were to be named has ended.
    """
    _begun(waiting, by=by)


def accept(waiting: Upload, *, by: User) -> TakenIn:
    """Take in what was previewed, then decide the doubtful rows that were answered at the preview.

    Killed half-way, it is simply accepted again: rows that are in answer "repeat". Raises Refused as `begin` does.
    """
    opened, sealed = _begun(waiting, by=by)
    taken = take_in(
        opened,
        source=waiting.source,
        project=waiting.project,
        by=by,
        progress=partial(_show_register, waiting, by, timezone.now()),
    )
    if taken.register:
        _decide_answered(taken.register, sealed)
    # Of two that ran at once the first has the say: what it wrote is a repeat for the second.
    still_waiting = Upload.objects.filter(pk=waiting.pk, decided_at=None)
    still_waiting.update(register=taken.register, decided_at=timezone.now())
    waiting.refresh_from_db()
    return taken


def discard(waiting: Upload, *, by: User) -> None:
    """Drop a previewed register and its sealed lines. Raises Refused, in the reader's words, once it is taken in."""
    with transaction.atomic():
        locked = _locked(waiting)
        if locked.decided_at is not None:
            raise Refused(_("The register was accepted or cancelled before. Nothing was changed."))
        if locked.taking_since:
            raise Refused(_("The register is being taken in and cannot be cancelled any more."))
        stored, locked.stored, locked.decided_at = locked.stored, None, timezone.now()
        locked.save(update_fields=["stored", "decided_at"])
        audit.record(by, "intake.discard", locked)
        if stored:
            files.delete(stored)


def _locked(waiting: Upload) -> Upload:
    # Without joins: PostgreSQL would read the joined row as it was before it waited for the lock.
    return Upload.objects.select_for_update().get(pk=waiting.pk)


def _require_waiting(locked: Upload, *, by: User) -> tuple[StoredFile, Sealed]:
    sealed = unsealed(locked.stored, by=by) if locked.decided_at is None else None
    if locked.stored is None or sealed is None:
        raise Refused(_("The register was accepted or cancelled before. Nothing was changed."))
    if sealed["reports"] is None:
        raise Refused(_("The register has not been looked through yet. Nothing was changed."))
    return locked.stored, sealed


@transaction.atomic
def _begun(waiting: Upload, *, by: User) -> tuple[Opened, Sealed]:
    locked = _locked(waiting)
    stored, sealed = _require_waiting(locked, by=by)
    opened = _opened(locked, stored, by=by)
    names_somebody = any(line.kind not in WITHOUT_A_PERSON for line in opened.lines)
    if names_somebody and not agreement_in_force(locked.source, timezone.localdate()):
        raise Refused(
            _(
                "The data agreement with this sender has ended. Send the register again: names are then dropped."
            )
        )
    locked.taking_since = locked.taking_since or timezone.now()
    locked.save(update_fields=["taking_since"])
    return opened, sealed


def _opened(locked: Upload, stored: StoredFile, *, by: User) -> Opened:
    return open_stored(stored, by=by, label=locked.label, columns=locked.columns)


def _reports(opened: Opened, *, source: Source, project: Project, by: User) -> list[list[Any]]:
    """What would become of each row: numbers, a verdict and codes. A report holds no name."""
    reports: list[RowReport] = []
    preview(opened, source=source, project=project, by=by, report=reports.append)
    return [
        [
            one.row,
            one.verdict.value,
            one.person,
            one.resembles,
            [[why.code, why.params] for why in one.reasons],
        ]
        for one in reports
    ]


def _seal(sealed: Mapping[str, Any], *, kept_until: date | None) -> StoredFile:
    # The same content is kept once. With a word of its own each file can be deleted without taking another's lines:
    # one register sent twice, or one answer given twice.
    content = json.dumps({**sealed, "once": secrets.token_hex(8)}, ensure_ascii=False).encode()
    return files.store(content, content_type="application/json", kept_until=kept_until)


def _seal_anew(locked: Upload, stored: StoredFile, sealed: Sealed) -> None:
    """Put another file in the place of the one that was sealed. The thirty days do not begin again."""
    locked.stored = _seal(sealed, kept_until=stored.kept_until)
    locked.save(update_fields=["stored"])
    files.delete(stored)


def _show_register(waiting: Upload, by: User, since: object, rows: int) -> None:  # noqa: ARG001 -- the shape of a progress
    """From the first batch on the upload knows its register, so that a page can show how far it has come."""
    running = Import.objects.filter(
        source=waiting.source,
        project=waiting.project,
        started_by=str(by.pk),
        started_at__gte=since,
        finished_at=None,
    )
    newest = running.order_by("-pk").values("pk")[:1]
    Upload.objects.filter(pk=waiting.pk, decided_at=None).update(register=newest)


def _decide_answered(register: Import, sealed: Sealed) -> None:
    """Judge what was answered, where the row still resembles the record that was shown beside it."""
    answers: dict[str, list[Any]] = sealed["answers"]
    shown = {report[0]: report[3] for report in sealed["reports"]}
    # A run that was killed wrote its doubtful rows to a register of its own; in this one they are repeats.
    rows = DoubtfulRow.objects.filter(
        register__source=register.source,
        register__project=register.project,
        register__digest=register.digest,
        row__in=[int(number) for number in answers],
    )
    for row in rows.select_related("person", "other").order_by("pk"):
        verdict, user = answers[str(row.row)]
        is_same_pair = shown.get(row.row) in {row.other_id, row.other.root_id}
        if verdict == Verdict.UNSURE or not is_same_pair or _is_decided(row):
            continue
        try:
            judge(row.person, row.other, Verdict(verdict), by=User.objects.get(pk=user), reasons=row.reasons)
        except Refused:
            # Another decision stands against this one meanwhile: the pair waits for somebody who sees both.
            continue


def _is_decided(row: DoubtfulRow) -> bool:
    """Whether somebody decided about the pair meanwhile; that decision stands."""
    left, right = sorted((row.person_id, row.other_id))
    standing = Judgement.objects.filter(left=left, right=right, superseded_at=None)
    return standing.exclude(verdict=Verdict.UNSURE).exists()
