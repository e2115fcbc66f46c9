"""Taking a register in. Each batch is one transaction: killed at any moment, a second run finds what is there."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.deliveries.actions import Draft, record_many, source_key
from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import recorded_under
from rohnamo.intake.actions.entries import Written, note_entries
from rohnamo.intake.actions.subjects import MADE, SUBJECTS, Desk, RowReport, desk_of
from rohnamo.intake.actions.titles import remember
from rohnamo.intake.models import DoubtfulRow, Import, RowVerdict
from rohnamo.intake.queries.lines import GROUP, REFUSED, Line, numbered
from rohnamo.intake.queries.opening import Opened
from rohnamo.projects.models import Project, Source

BATCH = 1_000
NOTHING_NEW = frozenset({RowVerdict.REPEAT.value, RowVerdict.REFUSED.value})
Progress = Callable[[int], None]


@dataclass
class TakenIn:
    """A register that was taken in, or looked at. counts: rows by verdict. is_again: the same file was in before and
    brought nothing new."""

    counts: Counter[str] = field(default_factory=Counter)
    register: Import | None = None
    is_again: bool = False

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def take_in(
    opened: Opened,
    *,
    source: Source,
    project: Project,
    by: audit.Actor,
    report: Callable[[RowReport], None] | None = None,
    progress: Progress | None = None,
) -> TakenIn:
    """Write a register: people, then deliveries, batch by batch.

    report: called for each row in the order of the file. A row that is in the ledger already is a repeat. A file that
    came before and brings only repeats is shown as the register that it was then.
    Raises Refused when somebody takes the register back while it is being written.
    """
    register = Import.objects.create(
        source=source,
        project=project,
        digest=opened.digest,
        label=opened.label,
        columns=list(opened.columns),
        started_by=str(by.pk),
    )
    audit.record(by, "intake.take_in", register)
    taken = TakenIn(register=register)
    for reports in _batches(opened, desk_of(source, project, by), register):
        taken.counts.update(str(one.verdict) for one in reports)
        pass_on(reports, report, progress, taken)
    remember(source, opened.columns)
    register.finished_at = timezone.now()
    register.save(update_fields=["finished_at"])
    taken.is_again = _note_same(register)
    return taken


@transaction.atomic
def _note_same(register: Import) -> bool:
    """Whether this file came before and brings nothing new now. The first register is shown for both; this one vouches
    for its rows, should the first one be taken back."""
    if set(register.counts) - NOTHING_NEW:
        return False
    same = Import.objects.select_for_update().filter(
        source=register.source,
        project=register.project,
        digest=register.digest,
        pk__lt=register.pk,
        finished_at__isnull=False,
        undo_since=None,
        same_as=None,
    )
    before = same.order_by("pk").first()
    if before is None:
        return False
    before.seen_again_at = timezone.now()
    before.save(update_fields=["seen_again_at"])
    register.same_as = before
    register.save(update_fields=["same_as"])
    return True


def pass_on(
    reports: list[RowReport],
    report: Callable[[RowReport], None] | None,
    progress: Progress | None,
    taken: TakenIn,
) -> None:
    """Tell whoever asked what became of a batch."""
    if report:
        for one in reports:
            report(one)
    if progress:
        progress(taken.rows)


def keyed(batch: list[Line], desk: Desk, occurrences: Counter[str]) -> list[tuple[Line, bytes]]:
    """Every usable line with its source key."""
    usable = [line for line in batch if line.kind != REFUSED]
    return [
        (line, source_key(desk.source, (line.key,), occurrence=number))
        for line, number in numbered(usable, occurrences)
    ]


def repeats_and_refused(
    batch: list[Line], pairs: list[tuple[Line, bytes]], desk: Desk
) -> tuple[dict[int, RowReport], list[Written]]:
    """Reports on rows of which nothing is written, and what stands in the ledger for those that came before."""
    known = recorded_under(desk.source, [key for _line, key in pairs])
    subjects = _people_of(known.values())
    repeats = [(line, known[key]) for line, key in pairs if key in known]
    reports = {
        line.row: RowReport(line.row, RowVerdict.REPEAT, subjects[delivery][1], line.reasons)
        for line, delivery in repeats
    }
    refused = [line for line in batch if line.kind == REFUSED]
    reports.update(
        {line.row: RowReport(line.row, RowVerdict.REFUSED, None, line.reasons) for line in refused}
    )
    return reports, [
        Written(line, delivery, subjects[delivery][0], is_repeat=True) for line, delivery in repeats
    ]


def _batches(opened: Opened, desk: Desk, register: Import) -> Iterator[list[RowReport]]:
    occurrences: Counter[str] = Counter()
    lines = iter(opened.lines)
    number = 0
    while batch := list(islice(lines, BATCH)):
        with transaction.atomic():
            # Two runs of one source at once would both find a person missing: the second waits here. SQLite has
            # one writer at a time anyway.
            Source.objects.select_for_update().get(pk=desk.source.pk)
            _require_wanted(register)
            reports = _take_batch(batch, number, desk, occurrences, register)
        number += 1
        yield reports


def _require_wanted(register: Import) -> None:
    if Import.objects.filter(pk=register.pk, undo_since__isnull=False).exists():
        raise Refused(_("This register is being taken back. Nothing more of it is taken in."))


def _take_batch(
    batch: list[Line], number: int, desk: Desk, occurrences: Counter[str], register: Import
) -> list[RowReport]:
    pairs = keyed(batch, desk, occurrences)
    reports, repeated = repeats_and_refused(batch, pairs, desk)
    fresh, written = _write([pair for pair in pairs if pair[0].row not in reports], desk)
    reports.update(fresh)
    note_entries(register, number, [*repeated, *written], desk)
    _note_doubts(register, fresh.values())
    in_order = [reports[line.row] for line in batch]
    _note_progress(register, in_order, [line for line in batch if line.kind != REFUSED])
    return in_order


def _write(fresh: list[tuple[Line, bytes]], desk: Desk) -> tuple[dict[int, RowReport], list[Written]]:
    """Register the people of a batch, then record what was done for them. Returns a report and an entry for each row."""
    drafts: list[Draft] = []
    lines: list[Line] = []
    reports: dict[int, RowReport] = {}
    for kind, register_subjects in SUBJECTS.items():
        pairs = [pair for pair in fresh if pair[0].kind == kind]
        if not pairs:
            continue
        subjects = register_subjects([line for line, _key in pairs], desk)
        for (line, key), (one, subject) in zip(pairs, subjects, strict=True):
            reports[line.row] = one
            lines.append(line)
            drafts.append(_draft(line, key, desk, subject))
    recorded = record_many(drafts, source=desk.source, by=desk.by)
    return reports, [
        Written(line, one.delivery_id, draft.person_id, is_new=reports[line.row].verdict in MADE)
        for line, draft, one in zip(lines, drafts, recorded, strict=True)
    ]


def _draft(line: Line, key: bytes, desk: Desk, subject: dict[str, object]) -> Draft:
    return Draft(
        service=desk.services[line.service],
        project=desk.project,
        source_key=key,
        day=date.fromisoformat(line.day),
        day_precision=line.day_precision,
        district_id=desk.districts.get(line.district),
        quantity=Decimal(str(line.hours)) if line.hours is not None else None,
        **subject,  # type: ignore[arg-type]
    )


def _people_of(deliveries: Iterable[int]) -> dict[int, tuple[int | None, int | None]]:
    """The record behind each delivery, and the person it was judged to be; none for codes, officials and groups."""
    rows = Delivery.objects.filter(pk__in=list(deliveries))
    return {pk: (person, root) for pk, person, root in rows.values_list("pk", "person_id", "person__root_id")}


def _note_doubts(register: Import, reports: Iterable[RowReport]) -> None:
    DoubtfulRow.objects.bulk_create(
        DoubtfulRow(
            register=register,
            row=one.row,
            person_id=one.record,
            other_id=one.resembles,
            reasons=[why.code for why in one.reasons],
        )
        for one in reports
        if one.verdict is RowVerdict.DOUBTFUL and one.record and one.resembles
    )


def _note_progress(register: Import, reports: list[RowReport], usable: list[Line]) -> None:
    counts = Counter(register.counts)
    counts.update(str(one.verdict) for one in reports)
    register.counts = dict(counts)
    register.rows_done += len(reports)
    register.rows_total = max(register.rows_total, register.rows_done)
    register.people_rows += sum(line.kind != GROUP for line in usable)
    days = [date.fromisoformat(line.day) for line in usable]
    known = [day for day in (register.first_day, register.last_day) if day]
    register.first_day = min([*days, *known], default=None)
    register.last_day = max([*days, *known], default=None)
    register.save(update_fields=["counts", "rows_done", "rows_total", "people_rows", "first_day", "last_day"])
