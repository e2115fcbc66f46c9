"""Looking at what would become of each row. It only reads."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from rohnamo.core import audit
from rohnamo.intake.actions import taking
from rohnamo.intake.actions.subjects import (
    Desk,
    RowReport,
    desk_of,
    new_official,
    new_person,
    official_report,
    person_report,
)
from rohnamo.intake.actions.taking import Progress, TakenIn, keyed, pass_on, repeats_and_refused
from rohnamo.intake.models import RowVerdict
from rohnamo.intake.queries.lines import CODED, GROUP, OFFICIAL, PERSON, Line
from rohnamo.intake.queries.opening import Opened
from rohnamo.people.actions import look_up, look_up_official
from rohnamo.people.queries import Earlier
from rohnamo.projects.models import Project, Source


def preview(
    opened: Opened,
    *,
    source: Source,
    project: Project,
    by: audit.Actor,
    report: Callable[[RowReport], None] | None = None,
    progress: Progress | None = None,
) -> TakenIn:
    """What would become of each row. It only reads: nobody who writes has to wait, and nothing can stay behind.

    People who are not in the register yet have no number in the reports.
    """
    taken = TakenIn()
    desk = desk_of(source, project, by)
    occurrences: Counter[str] = Counter()
    earlier = Earlier()
    lines = iter(opened.lines)
    while batch := list(islice(lines, taking.BATCH)):
        reports = _look_at(batch, desk, occurrences, earlier)
        taken.counts.update(str(one.verdict) for one in reports)
        pass_on(reports, report, progress, taken)
    return taken


def _look_at(batch: list[Line], desk: Desk, occurrences: Counter[str], earlier: Earlier) -> list[RowReport]:
    pairs = keyed(batch, desk, occurrences)
    reports, _known = repeats_and_refused(batch, pairs, desk)
    fresh = [line for line, _key in pairs if line.row not in reports]
    persons = [line for line in fresh if line.kind == PERSON]
    looked_up = look_up([new_person(line, desk) for line in persons], earlier)
    for line, one in zip(persons, looked_up, strict=True):
        reports[line.row] = person_report(line, one)
    for line in fresh:
        if line.kind == OFFICIAL:
            reports[line.row] = official_report(line, look_up_official(new_official(line)))
        elif line.kind in (CODED, GROUP):
            verdict = RowVerdict.CODED if line.kind == CODED else RowVerdict.COUNTED
            reports[line.row] = RowReport(line.row, verdict, None, line.reasons)
    return [reports[line.row] for line in batch]
