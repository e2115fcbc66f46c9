"""Looking through: what would become of each row, and what is to be said of the register as a whole."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from rohnamo.intake.actions.holding import locked, opened_of, require_undecided, require_waiting
from rohnamo.intake.actions.previewing import preview
from rohnamo.intake.actions.sealing import seal_anew
from rohnamo.intake.actions.subjects import RowReport
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.lines import REFUSED, Line
from rohnamo.intake.queries.opening import Opened
from rohnamo.intake.queries.survey import survey_of
from rohnamo.intake.queries.uploads import Sealed, is_large, unsealed
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import User


def looked(opened: Opened, *, source: Source, project: Project, by: User) -> tuple[Sealed, list[Line]]:
    """What is sealed of a register that was just read, and its lines."""
    lines = list(opened.lines)
    opened = replace(opened, lines=lines)
    seen: Sealed = {"reports": None}
    if not is_large(len(lines)):
        seen = _seen(opened, source=source, project=project, by=by)
    sealed: Sealed = {
        "digest": opened.digest,
        "lines": [line.as_json() for line in lines],
        "answers": {},
        "returned": {},
        "notes": [[why.code, why.params] for why in (*opened.notes, *_swaps(lines))],
        "reading": dict(opened.reading),
        **seen,
    }
    return sealed, lines


def look_through(waiting: Upload, *, by: User) -> None:
    """Look at what would become of each row of a large register. Nothing happens when that was done, or it is gone."""
    _look(waiting, by=by, is_again=False)


def look_anew(waiting: Upload, *, by: User) -> None:
    """Look once more at what would become of each row: other registers were taken in since. Of a large one the verdicts
    are dropped, and whoever calls starts the task that looks it through.

    Answers to rows that resemble another record by now are dropped. Raises Refused, in the reader's words, when it was
    decided about before, or its acceptance has begun.
    """
    with transaction.atomic():
        held = require_undecided(waiting)
        stored, sealed = require_waiting(held, by=by)
        if is_large(held.rows):
            seal_anew(held, stored, {**sealed, "reports": None})
            return
    _look(waiting, by=by, is_again=True)


def days_of(lines: Iterable[Line]) -> tuple[date | None, date | None]:
    """The first and the last day of a register; none where no row has one."""
    days = sorted({line.day for line in lines if line.day and line.kind != REFUSED})
    return (date.fromisoformat(days[0]), date.fromisoformat(days[-1])) if days else (None, None)


def _look(waiting: Upload, *, by: User, is_again: bool) -> None:
    with transaction.atomic():
        held = locked(waiting)
        sealed = unsealed(held.stored, by=by)
        if sealed is None or held.stored is None or (sealed["reports"] is not None and not is_again):
            return
        before = held.stored.pk
        opened = opened_of(held, held.stored, by=by)
    seen = _seen(opened, source=waiting.source, project=waiting.project, by=by)
    with transaction.atomic():
        held = locked(waiting)
        # Columns that were mended meanwhile made other lines: these verdicts are not theirs.
        if held.decided_at is None and held.stored is not None and held.stored.pk == before:
            answers = _still_asked(sealed["answers"], sealed["reports"], seen["reports"])
            seal_anew(held, held.stored, {**sealed, **seen, "answers": answers})


def _seen(opened: Opened, *, source: Source, project: Project, by: User) -> Sealed:
    """Verdicts and survey of this moment. The moment comes first: what is written meanwhile makes them old."""
    now = timezone.now().isoformat()
    survey = survey_of(opened.lines, opened.digest, source=source, project=project)
    reports = _reports(opened, source=source, project=project, by=by)
    return {"reports": reports, "survey": asdict(survey), "seen_at": now}


def _still_asked(answers: dict[str, list[Any]], before: Any, after: list[list[Any]]) -> dict[str, list[Any]]:
    shown = {report[0]: report[3] for report in before or ()}
    now = {report[0]: report[3] for report in after}
    return {row: given for row, given in answers.items() if shown.get(int(row)) == now.get(int(row))}


def _swaps(lines: Iterable[Line]) -> list[Any]:
    """That columns change places is a matter of the whole sheet: said once, for each row where it begins."""
    found = [why for line in lines for why in line.reasons if why.code == "columns_swapped"]
    return list({why.params["since"]: why for why in found}.values())


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
