"""Registers sent through the workspace: reduced at once, sealed for the preview, accepted or discarded.

Whatever decides about an upload locks its row for a short while: two clicks at once never see half of each other.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.intake.actions.holding import locked, opened_of, require_undecided, require_waiting
from rohnamo.intake.actions.looking import days_of, looked
from rohnamo.intake.actions.sealing import drop_sealed, last_day, seal_anew, seal_lines, seal_raw
from rohnamo.intake.actions.taking import TakenIn, take_in
from rohnamo.intake.models import DoubtfulRow, Import, Upload
from rohnamo.intake.queries.lines import GROUP, REFUSED
from rohnamo.intake.queries.opening import Opened, open_register
from rohnamo.intake.queries.survey import AGAIN, OTHER_SERVICES, Survey, survey_of
from rohnamo.intake.queries.uploads import Sealed, is_old
from rohnamo.people.actions import judge
from rohnamo.people.models import Judgement, Verdict
from rohnamo.projects.models import Project, Source
from rohnamo.projects.queries import agreement_in_force
from rohnamo.staff.models import User

WITHOUT_A_PERSON = frozenset({GROUP, REFUSED})


def upload(
    content: bytes, filename: str, *, source: Source, project: Project, by: User, key: bytes = b""
) -> Upload:
    """Read a register, look once at what would become of each row, and seal lines and verdicts together.

    A large one (`is_large`) is sealed without verdicts: whoever calls starts the task that looks it through.
    The file as sent names people whom we may only count: it is kept under the sender's key, and not at all without one.
    Raises RegisterError when it cannot be read.
    """
    opened = open_register(content, filename, source=source, project=project)
    sealed, lines = looked(opened, source=source, project=project, by=by)
    first, last = days_of(lines)
    with transaction.atomic():
        made = Upload.objects.create(
            stored=seal_lines(sealed, kept_until=last_day()),
            raw=seal_raw(content, key) if key else None,
            source=source,
            project=project,
            label=opened.label,
            columns=list(opened.columns),
            questions=list(opened.questions),
            rows=len(lines),
            first_day=first,
            last_day=last,
            uploaded_by=by,
        )
        audit.record(by, "intake.upload", made)
    return made


def answer(waiting: Upload, row: int, verdict: Verdict, *, by: User) -> None:
    """Keep what somebody says of a doubtful row until the register is accepted; an answer replaces the one before.

    Raises Refused, in the reader's words, from the moment acceptance begins.
    """
    with transaction.atomic():
        held = locked(waiting)
        if held.taking_since and held.decided_at is None:
            raise Refused(_("The register is being taken in. Decide about this row when it is in."))
        stored, sealed = require_waiting(held, by=by)
        sealed["answers"][str(row)] = [verdict.value, by.pk]
        seal_anew(held, stored, sealed)
        audit.record(by, "intake.answer", held, fields=[f"row {row}"])


def confirm_by_hand(waiting: Upload, ticks: Collection[str], *, by: User) -> None:
    """Keep that somebody says: these are other people, or: these services belong here. ticks: of `Survey.to_confirm`.

    Raises Refused, in the reader's words, when it was accepted or cancelled before.
    """
    with transaction.atomic():
        held = locked(waiting)
        _stored, sealed = require_waiting(held, by=by)
        asked = set(Survey.from_json(sealed.get("survey", {})).to_confirm)
        said = sorted({*held.ticked, *(asked & set(ticks))})
        if said != held.ticked:
            held.ticked = said
            held.save(update_fields=["ticked"])
            audit.record(by, "intake.confirm_by_hand", held, fields=said)


def begin(waiting: Upload, *, by: User) -> None:
    """Say that a register is being taken in: from now on it is neither answered for nor discarded.

    It may begin again after it was killed. Raises Refused, in the reader's words, when it was accepted or discarded
    before, is not looked through yet, has a question about its columns or one that
    must be confirmed by hand, or when the agreement under which people were
    to be named has ended.
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
    with transaction.atomic():
        # Of two that ran at once the first has the say: what it wrote is a repeat for the second.
        still_waiting = Upload.objects.filter(pk=waiting.pk, decided_at=None)
        if still_waiting.update(register=taken.register, decided_at=timezone.now()):
            drop_sealed(locked(waiting), keeps_lines=True)
    waiting.refresh_from_db()
    return taken


def discard(waiting: Upload, *, by: User) -> None:
    """Drop a previewed register and its sealed lines. Raises Refused, in the reader's words, once it is taken in."""
    with transaction.atomic():
        held = require_undecided(waiting)
        held.decided_at = timezone.now()
        held.save(update_fields=["decided_at"])
        audit.record(by, "intake.discard", held)
        drop_sealed(held)


def close(waiting: Upload, *, by: User) -> None:
    """End a register whose acceptance stopped half-way and may not go on: what is in stays, the rest is dropped.

    Raises Refused, in the reader's words, when acceptance never began, or it was decided about before.
    """
    with transaction.atomic():
        held = locked(waiting)
        if held.decided_at is not None or held.taking_since is None:
            raise Refused(_("There is nothing to end here. Nothing was changed."))
        held.decided_at = timezone.now()
        held.save(update_fields=["decided_at"])
        audit.record(by, "intake.close", held)
        drop_sealed(held)


@transaction.atomic
def _begun(waiting: Upload, *, by: User) -> tuple[Opened, Sealed]:
    held = locked(waiting)
    stored, sealed = require_waiting(held, by=by)
    if held.questions:
        raise Refused(_("The columns have other titles than last time. Look at them first, then accept."))
    opened = opened_of(held, stored, by=by)
    if held.taking_since is None:
        _require_ticks(held, opened, sealed)
    names_somebody = any(line.kind not in WITHOUT_A_PERSON for line in opened.lines)
    if names_somebody and not agreement_in_force(held.source, timezone.localdate()):
        raise Refused(_ended(held))
    held.taking_since = held.taking_since or timezone.now()
    held.save(update_fields=["taking_since"])
    return opened, sealed


def _require_ticks(held: Upload, opened: Opened, sealed: Sealed) -> None:
    """What was asked at the preview, and what would be asked now, if other registers came in since."""
    survey = Survey.from_json(sealed.get("survey", {}))
    if is_old(sealed):
        survey = survey_of(opened.lines, opened.digest, source=held.source, project=held.project)
    for what in survey.to_confirm:
        if what not in held.ticked:
            raise Refused(_missing_ticks()[what])


def _missing_ticks() -> dict[str, str]:
    return {
        AGAIN: _(
            "Many of these rows came before from another sender. Look at the warning and confirm that these are other "
            "people or other services, then accept."
        ),
        OTHER_SERVICES: _(
            "Some rows are about services that are none of this project's own. Look at the warning and confirm that they "
            "belong here, then accept."
        ),
    }


def _ended(held: Upload) -> str:
    if held.taking_since:
        return _(
            "The data agreement with this sender has ended while the register was coming in. Keep what is in and drop "
            "the rest, or wait until the agreement is renewed."
        )
    return _(
        "The data agreement with this sender has ended. Send the register again: names are then dropped."
    )


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


def _decide_answered(register: Import, sealed: Mapping[str, Any]) -> None:
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
            by = User.objects.get(pk=user)
            row.judgement = judge(row.person, row.other, Verdict(verdict), by=by, reasons=row.reasons)
        except Refused:
            # Another decision stands against this one meanwhile: the pair waits for somebody who sees both.
            continue
        row.decided_at = timezone.now()
        row.save(update_fields=["judgement", "decided_at"])


def _is_decided(row: DoubtfulRow) -> bool:
    """Whether somebody decided about the pair meanwhile; that decision stands."""
    left, right = sorted((row.person_id, row.other_id))
    standing = Judgement.objects.filter(left=left, right=right, superseded_at=None)
    return standing.exclude(verdict=Verdict.UNSURE).exists()
