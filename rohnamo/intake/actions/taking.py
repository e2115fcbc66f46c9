"""Taking a register in. Each batch is one transaction: killed at any moment, a second run finds what is there."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.db.models import Max
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
    register_coded,
    register_many,
    register_officials,
)
from rohnamo.people.models import Person
from rohnamo.places.models import Place
from rohnamo.projects.models import Project, Service, Source

BATCH = 1_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class RowReport:
    """What became of a row. person: number of the person, official excluded; resembles: whom a doubtful row is like."""

    row: int
    verdict: RowVerdict
    person: int | None = None
    reasons: tuple[Why, ...] = ()
    resembles: int | None = None


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
    """What would become of each row. Everything is written and taken back in one transaction: nothing stays.

    Numbers of people who are not in the register yet are left out of the reports: they will be others.
    """
    taken = TakenIn()
    newest = Person.objects.aggregate(newest=Max("pk"))["newest"] or 0
    with transaction.atomic():
        for reports in _batches(opened, _desk(source, project, by), None):
            taken.counts.update(str(one.verdict) for one in reports)
            _pass_on([_without_passing_numbers(one, newest) for one in reports], report, progress, taken)
        transaction.set_rollback(True)
    return taken


def _without_passing_numbers(one: RowReport, newest: int) -> RowReport:
    person = one.person if one.person and one.person <= newest else None
    resembles = one.resembles if one.resembles and one.resembles <= newest else None
    return replace(one, person=person, resembles=resembles)


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
    usable = [line for line in batch if line.kind != REFUSED]
    keyed = [
        (line, source_key(desk.source, (line.key,), occurrence=number))
        for line, number in numbered(usable, occurrences)
    ]
    known = recorded_under(desk.source, [key for _line, key in keyed])
    subjects = _people_of(known.values())
    reports = {
        line.row: RowReport(line.row, RowVerdict.REPEAT, subjects[known[key]], line.reasons)
        for line, key in keyed
        if key in known
    }
    fresh = [(line, key) for line, key in keyed if key not in known]
    reports.update(_write(fresh, desk, register))
    reports.update(
        {
            line.row: RowReport(line.row, RowVerdict.REFUSED, None, line.reasons)
            for line in batch
            if line.kind == REFUSED
        }
    )
    in_order = [reports[line.row] for line in batch]
    if register:
        _note_progress(register, in_order)
    return in_order


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
    return [
        (_person_report(line, one), {"person_id": one.person_id})
        for line, one in zip(lines, people, strict=True)
    ]


def _officials(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:
    new = [
        NewOfficial(
            full_name=line.full_name,
            family=line.family,
            given=line.given,
            patronymic=line.patronymic,
            sex=line.sex,
            agency=line.agency,
            post=line.post,
        )
        for line in lines
    ]
    return [
        (
            RowReport(line.row, RowVerdict(str(one.verdict)), None, (*line.reasons, Why("official"))),
            {"official_id": one.official_id},
        )
        for line, one in zip(lines, register_officials(new, by=desk.by), strict=True)
    ]


def _coded(lines: Sequence[Line], desk: _Desk) -> list[tuple[RowReport, dict[str, object]]]:
    new = [
        NewCoded(
            sex=line.sex,
            birth_year=line.birth[0],
            district_id=desk.districts.get(line.district),
            name=line.full_name or " ".join((line.family, line.given, line.patronymic)).strip(),
            phone=line.phone,
            consented_on=date.fromisoformat(line.day) if line.may_call_back else None,
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
    whys = [Why(str(code)) for code in one.reasons] if one.verdict is not Outcome.NEW else []
    return RowReport(
        line.row, RowVerdict(str(one.verdict)), one.person_id, (*line.reasons, *whys), one.resembles
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
            person_id=one.person,
            other_id=one.resembles,
            reasons=[why.code for why in one.reasons],
        )
        for one in reports
        if one.verdict is RowVerdict.DOUBTFUL and one.person and one.resembles
    )


def _note_progress(register: Import, reports: list[RowReport]) -> None:
    counts = Counter(register.counts)
    counts.update(str(one.verdict) for one in reports)
    register.counts = dict(counts)
    register.rows_done += len(reports)
    register.rows_total = max(register.rows_total, register.rows_done)
    register.save(update_fields=["counts", "rows_done", "rows_total"])
