"""Who a row is about: registered by kind, and what is said of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from rohnamo.core import audit
from rohnamo.deliveries.actions import Group
from rohnamo.engines.linkage import Birth, Outcome, Precision
from rohnamo.intake.models import RowVerdict
from rohnamo.intake.queries.lines import CODED, GROUP, OFFICIAL, PERSON, Line, Why
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    Registered,
    register_coded,
    register_many,
    register_officials,
)
from rohnamo.people.queries.registry import roots_of
from rohnamo.places.models import Place
from rohnamo.projects.models import Project, Service, Source

MADE = frozenset({RowVerdict.NEW, RowVerdict.DOUBTFUL})


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


@dataclass(frozen=True)
class Desk:
    """What every batch needs at hand."""

    source: Source
    project: Project
    by: audit.Actor
    services: dict[str, Service]
    districts: dict[str, int]


def desk_of(source: Source, project: Project, by: audit.Actor) -> Desk:
    services = {service.code: service for service in Service.objects.all()}
    return Desk(source, project, by, services, dict(Place.objects.values_list("code", "pk")))


def _persons(lines: Sequence[Line], desk: Desk) -> list[tuple[RowReport, dict[str, object]]]:
    people = register_many(
        [new_person(line, desk) for line in lines], source=desk.source, project=desk.project, by=desk.by
    )
    roots = roots_of([one.person_id for one in people])
    return [
        (
            replace(person_report(line, one), person=roots[one.person_id], record=one.person_id),
            {"person_id": one.person_id},
        )
        for line, one in zip(lines, people, strict=True)
    ]


def _officials(lines: Sequence[Line], desk: Desk) -> list[tuple[RowReport, dict[str, object]]]:
    officials = register_officials([new_official(line) for line in lines], by=desk.by)
    return [
        (official_report(line, one.verdict), {"official_id": one.official_id})
        for line, one in zip(lines, officials, strict=True)
    ]


def _coded(lines: Sequence[Line], desk: Desk) -> list[tuple[RowReport, dict[str, object]]]:
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


def _groups(lines: Sequence[Line], desk: Desk) -> list[tuple[RowReport, dict[str, object]]]:  # noqa: ARG001 -- one shape for all kinds
    return [
        (
            RowReport(line.row, RowVerdict.COUNTED, None, line.reasons),
            {"group": Group(line.count, line.sex, line.age)},
        )
        for line in lines
    ]


SUBJECTS = {PERSON: _persons, OFFICIAL: _officials, CODED: _coded, GROUP: _groups}


def new_official(line: Line) -> NewOfficial:
    return NewOfficial(
        full_name=line.full_name,
        family=line.family,
        given=line.given,
        patronymic=line.patronymic,
        sex=line.sex,
        agency=line.agency,
        post=line.post,
    )


def official_report(line: Line, verdict: Outcome) -> RowReport:
    return RowReport(line.row, RowVerdict(str(verdict)), None, (*line.reasons, Why("official")))


def new_person(line: Line, desk: Desk) -> NewPerson:
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


def person_report(line: Line, one: Registered) -> RowReport:
    """Numbers below zero are those of people who are not in the register yet."""
    whys = [Why(str(code)) for code in one.reasons] if one.verdict is not Outcome.NEW else []
    person = one.person_id if one.person_id > 0 else None
    resembles = one.resembles if one.resembles and one.resembles > 0 else None
    return RowReport(
        line.row, RowVerdict(str(one.verdict)), person, (*line.reasons, *whys), resembles, person
    )
