"""The plainest records that counting needs. Nothing here is a real person, place or project."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import CodedPerson, Household, HouseholdMember, Official, Person
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import Membership, Project, Service, Source, ThematicArea
from rohnamo.results.actions import approve, submit
from rohnamo.results.models import Indicator, IndicatorVersion, Period, Result
from rohnamo.staff.models import User

_numbers = itertools.count(1)


def area(code: str = "labour") -> ThematicArea:
    return ThematicArea.objects.get_or_create(code=code, defaults={"order": next(_numbers)})[0]


def project(code: str = "EX.01", **fields: Any) -> Project:
    fields = {
        "area": fields.pop("area", None) or area(),
        "status": "2",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2026, 12, 31),
        "titles": {"en": f"Project {code}"},
        **fields,
    }
    return Project.objects.create(code=code, **fields)


def service(code: str = "advice", identity: str = "named", **fields: Any) -> Service:
    fields = {"area": fields.pop("area", None) or area(), "names": {"en": code}, **fields}
    return Service.objects.create(code=code, identity=identity, **fields)


def source(code: str = "desk") -> Source:
    return Source.objects.get_or_create(code=code)[0]


def region(code: str = "TJ-KT") -> Place:
    return Place.objects.create(code=code, level=Level.REGION)


def district(code: str = "TJ-KT-vose", **fields: Any) -> Place:
    return Place.objects.create(code=code, level=Level.DISTRICT, names={"en": code}, **fields)


def person(*, born: date | int | None = None, **fields: Any) -> Person:
    """born: a day, a year when only that is known, or nothing."""
    if isinstance(born, date):
        fields |= {"birth_year": born.year, "birth_md": born.month * 100 + born.day, "birth_precision": "day"}
    elif born is not None:
        fields |= {"birth_year": born, "birth_precision": "year"}
    made = Person.objects.create(**fields)
    if made.root_id is None:
        made.root = made
        made.save()
    return made


def coded(of: Project, **fields: Any) -> CodedPerson:
    return CodedPerson.objects.create(code=f"C{next(_numbers)}", project=of, **fields)


def official(**fields: Any) -> Official:
    return Official.objects.create(**fields)


def household(*members: Person) -> Household:
    made = Household.objects.create()
    for member in members:
        HouseholdMember.objects.create(household=made, person=member)
    return made


def delivery(to: Project, of: Service, day: date, **fields: Any) -> Delivery:
    """fields: person, coded, official or group_count, and what else the row has."""
    return Delivery.objects.create(
        project=to,
        service=of,
        source=source(),
        source_key=next(_numbers).to_bytes(16, "big"),
        day=day,
        recorded_by="1",
        **fields,
    )


def reversal(of: Delivery) -> Delivery:
    copied = ("project_id", "service_id", "person_id", "coded_id", "official_id", "group_count", "day")
    return Delivery.objects.create(
        source=source(),
        source_key=next(_numbers).to_bytes(16, "big"),
        recorded_by="1",
        reverses=of,
        **{name: getattr(of, name) for name in copied},
    )


HALF_YEARS = tuple(
    (date(year, month, 1), date(year, month + 5, 30 if month == 1 else 31))
    for year in (2024, 2025, 2026)
    for month in (1, 7)
)


def indicator(
    of: Project,
    code: str = "I1",
    *,
    measure: dict[str, Any] | None = None,
    is_cumulative: bool = True,
    periods: tuple[tuple[date, date], ...] = HALF_YEARS,
    targets: tuple[int, ...] = (),
) -> Indicator:
    result, _ = Result.objects.get_or_create(project=of, code="R1", defaults={"kind": "outcome", "order": 1})
    made = Indicator.objects.create(
        result=result,
        code=code,
        order=next(_numbers),
        titles={"en": f"Indicator {code}"},
        unit_names={"en": "people"},
        is_cumulative=is_cumulative,
    )
    IndicatorVersion.objects.create(indicator=made, valid_from=of.starts_on, measure=measure or {})
    for place, (start, end) in enumerate(periods):
        target = Decimal(targets[place]) if place < len(targets) else None
        Period.objects.create(indicator=made, start=start, end=end, baseline=Decimal(0), target=target)
    return made


def member(of: Project, role: str = "programme_manager", **fields: Any) -> User:
    made: User = User.objects.create(username=f"{role}{next(_numbers)}", role=role, **fields)
    Membership.objects.create(user=made, project=of, role=role)
    return made


def submitted(period: Period, *, by: User | None = None) -> Period:
    """A period that a project officer, or somebody else, has submitted."""
    return submit(period, by=by or member(period.indicator.result.project, "project_officer"))


def approved(period: Period) -> Period:
    """A period that one submitted and another approved."""
    submitted(period)
    return approve(period, by=member(period.indicator.result.project))
