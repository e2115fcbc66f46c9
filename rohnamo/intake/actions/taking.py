"""Taking a register in. Each batch is one transaction: killed at any moment, a second run finds what is there."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit
from rohnamo.deliveries.actions import Draft, Group, record_many, source_key
from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import recorded_under
from rohnamo.engines.linkage import Birth, Outcome, Precision
from rohnamo.intake.models import DoubtfulRow, Import, RowVerdict
from rohnamo.intake.queries.lines import CODED, GROUP, OFFICIAL, PERSON, REFUSED, Line, Why, numbered
from rohnamo.intake.queries.opening import Opened
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    Registered,
    look_up,
    look_up_official,
    register_coded,
    register_many,
    register_officials,
)
from rohnamo.people.queries import Earlier
from rohnamo.people.queries.registry import roots_of
from rohnamo.places.models import Place
from rohnamo.projects.models import Project, Service, Source

BATCH = 1_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class RowReport:
    """What became of a row. person: number of the person as judged today, officials excluded. resembles: the record that
    a doubtful row is like; record: the one it was written to.
    """

    row: int
    verdict: RowVerdict
    person: int | None = None
    reasons: tuple[Why, ...] = ()
    resembles: int | None = None
    record: int | None = None


@dataclass
class TakenIn:
    """A register that was taken in, or looked at. counts: rows by verdict."""

    counts: Counter[str] = field(default_factory=Counter)
    register: Import | None = None

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class _Desk:
    """What every batch needs at hand."""

    source: Source
    project: Project
    by: audit.Actor
    services: dict[str, Service]
    districts: dict[str, int]


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

    report: called for each row in the order of the file. A row that is in the ledger already is a repeat.
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
    for reports in _batches(opened, _desk(source, project, by), register):
        taken.counts.update(str(one.verdict) for one in reports)
        _pass_on(reports, report, progress, taken)
    register.finished_at = timezone.now()
    register.save(update_fields=["finished_at"])
    return taken


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
    desk = _desk(source, project, by)
    occurrences: Counter[str] = Counter()
    earlier = Earlier()
    lines = iter(opened.lines)
    while batch := list(islice(lines, BATCH)):
        reports = _look_at(batch, desk, occurrences, earlier)
        taken.counts.update(str(one.verdict) for one in reports)
        _pass_on(reports, report, progress, taken)
    return taken


def _look_at(batch: list[Line], desk: _Desk, occurrences: Counter[str], earlier: Earlier) -> list[RowReport]:
    keyed = _keyed(batch, desk, occurrences)
    reports = _repeats_and_refused(batch, keyed, desk)
    fresh = [line for line, _key in keyed if line.row not in reports]
    persons = [line for line in fresh if line.kind == PERSON]
    for line, one in zip(
        persons, look_up([_new_person(line, desk) for line in persons], earlier), strict=True
    ):
        reports[line.row] = _person_report(line, one)
    for line in fresh:
        if line.kind == OFFICIAL:
            reports[line.row] = _official_report(line, look_up_official(_new_official(line)))
        elif line.kind in (CODED, GROUP):
            verdict = RowVerdict.CODED if line.kind == CODED else RowVerdict.COUNTED
            reports[line.row] = RowReport(line.row, verdict, None, line.reasons)
    return [reports[line.row] for line in batch]


def _desk(source: Source, project: Project, by: audit.Actor) -> _Desk:
    services = {service.code: service for service in Service.objects.all()}
    return _Desk(source, project, by, services, dict(Place.objects.values_list("code", "pk")))


def _pass_on(
    reports: list[RowReport],
    report: Callable[[RowReport], None] | None,
    progress: Progress | None,
    taken: TakenIn,
) -> None:
    if report:
        for one in reports:
            report(one)
    if progress:
        progress(taken.rows)


def _batches(opened: Opened, desk: _Desk, register: Import | None) -> Iterator[list[RowReport]]:
    occurrences: Counter[str] = Counter()
    lines = iter(opened.lines)
    while batch := list(islice(lines, BATCH)):
        with transaction.atomic():
            # Two runs of one source at once would both find a person missing: the second waits here. SQLite has
            # one writer at a time anyway.
            Source.objects.select_for_update().get(pk=desk.source.pk)
            reports = _take_batch(batch, desk, occurrences, register)
        yield reports


def _take_batch(
    batch: list[Line], desk: _Desk, occurrences: Counter[str], register: Import | None
) -> list[RowReport]:
    keyed = _keyed(batch, desk, occurrences)
    reports = _repeats_and_refused(batch, keyed, desk)
    reports.update(_write([pair for pair in keyed if pair[0].row not in reports], desk, register))
    in_order = [reports[line.row] for line in batch]
    if register:
        _note_progress(register, in_order)
    return in_order


def _keyed(batch: list[Line], desk: _Desk, occurrences: Counter[str]) -> list[tuple[Line, bytes]]:
    usable = [line for line in batch if line.kind != REFUSED]
    return [
        (line, source_key(desk.source, (line.key,), occurrence=number))
        for line, number in numbered(usable, occurrences)
    ]


def _repeats_and_refused(
    batch: list[Line], keyed: list[tuple[Line, bytes]], desk: _Desk
) -> dict[int, RowReport]:
    known = recorded_under(desk.source, [key for _line, key in keyed])
    subjects = _people_of(known.values())
    reports = {
        line.row: RowReport(line.row, RowVerdict.REPEAT, subjects[known[key]], line.reasons)
        for line, key in keyed
        if key in known
    }
    refused = [line for line in batch if line.kind == REFUSED]
    reports.update(
        {line.row: RowReport(line.row, RowVerdict.REFUSED, None, line.reasons) for line in refused}
    )
    return reports


def _write(fresh: list[tuple[Line, bytes]], desk: _Desk, register: Import | None) -> dict[int, RowReport]:
    """Register the people of a batch, then record what was done for them. Returns a report for each row."""
    drafts: list[Draft] = []
    reports: dict[int, RowReport] = {}
    for kind, register_subjects in _SUBJECTS.items():
        pairs = [pair for pair in fresh if pair[0].kind == kind]
        if not pairs:
            continue
        subjects = register_subjects([line for line, _key in pairs], desk)
        for (line, key), (one, subject) in zip(pairs, subjects, strict=True):
            reports[line.row] = one
            drafts.append(_draft(line, key, desk, subject))
    record_many(drafts, source=desk.source, by=desk.by)
    if register:
        _note_doubts(register, reports.values())
    return reports


def _persons(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:
    people = register_many(
        [_new_person(line, desk) for line in lines], source=desk.source, project=desk.project, by=desk.by
    )
    roots = roots_of([one.person_id for one in people])
    return [
        (
            replace(_person_report(line, one), person=roots[one.person_id], record=one.person_id),
            {"person_id": one.person_id},
        )
        for line, one in zip(lines, people, strict=True)
    ]


def _officials(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:
    officials = register_officials([_new_official(line) for line in lines], by=desk.by)
    return [
        (_official_report(line, one.verdict), {"official_id": one.official_id})
        for line, one in zip(lines, officials, strict=True)
    ]


def _coded(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:
    new = [
        NewCoded(
            sex=line.sex,
            birth_year=line.birth[0],
            district_id=desk.districts.get(line.district),
            name=line.full_name or " ".join((line.family, line.given, line.patronymic)).strip(),
            phone=line.phone,
            # The day on which we learned of it; the register does not say when it was given.
            consented_on=timezone.localdate() if line.may_call_back else None,
        )
        for line in lines
    ]
    coded = register_coded(new, project=desk.project, by=desk.by)
    return [
        (RowReport(line.row, RowVerdict.CODED, None, line.reasons), {"coded_id": one.pk})
        for line, one in zip(lines, coded, strict=True)
    ]


def _groups(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:  # noqa: ARG001 -- one shape for all kinds
    return [
        (
            RowReport(line.row, RowVerdict.COUNTED, None, line.reasons),
            {"group": Group(line.count, line.sex, line.age)},
        )
        for line in lines
    ]


_SUBJECTS = {PERSON: _persons, OFFICIAL: _officials, CODED: _coded, GROUP: _groups}


def _new_official(line: Line) -> NewOfficial:
    return NewOfficial(
        full_name=line.full_name,
        family=line.family,
        given=line.given,
        patronymic=line.patronymic,
        sex=line.sex,
        agency=line.agency,
        post=line.post,
    )


def _official_report(line: Line, verdict: Outcome) -> RowReport:
    return RowReport(line.row, RowVerdict(str(verdict)), None, (*line.reasons, Why("official")))


def _new_person(line: Line, desk: _Desk) -> NewPerson:
    year, month, day, precision = line.birth
    return NewPerson(
        full_name=line.full_name,
        family=line.family,
        given=line.given,
        patronymic=line.patronymic,
        sex=line.sex,
        birth=Birth(year, month, day, Precision(precision)),
        district_id=desk.districts.get(line.district),
        district_code=line.district or None,
        phone=line.phone,
        document=line.document,
    )


def _person_report(line: Line, one: Registered) -> RowReport:
    """Numbers below zero are those of people who are not in the register yet."""
    whys = [Why(str(code)) for code in one.reasons] if one.verdict is not Outcome.NEW else []
    person = one.person_id if one.person_id > 0 else None
    resembles = one.resembles if one.resembles and one.resembles > 0 else None
    return RowReport(
        line.row, RowVerdict(str(one.verdict)), person, (*line.reasons, *whys), resembles, person
    )


def _draft(line: Line, key: bytes, desk: _Desk, subject: dict[str, object]) -> Draft:
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


def _people_of(deliveries: Iterable[int]) -> dict[int, int | None]:
    """The person, as judged today, behind each delivery; none for codes, officials and groups."""
    rows = Delivery.objects.filter(pk__in=list(deliveries))
    return dict(rows.values_list("pk", "person__root_id"))


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


def _note_progress(register: Import, reports: list[RowReport]) -> None:
    counts = Counter(register.counts)
    counts.update(str(one.verdict) for one in reports)
    register.counts = dict(counts)
    register.rows_done += len(reports)
    register.rows_total = max(register.rows_total, register.rows_done)
    register.save(update_fields=["counts", "rows_done", "rows_total"])
