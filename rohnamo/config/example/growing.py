"""The example while it grows: what has been made so far, and how a line of it is written into the ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from rohnamo.config.example.people import ExamplePerson
from rohnamo.config.example.plan import Work
from rohnamo.config.example.sites import Site
from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.actions import Draft, Group, record_many, source_key
from rohnamo.projects.models import Audience, Identity, Service

BATCH = 1_000
T = TypeVar("T")


@dataclass
class Made:
    """How many the example has met. again: times that a second project wrote one of the named in another script."""

    named: int = 0
    again: int = 0
    coded: int = 0
    officials: int = 0
    in_groups: int = 0
    calls: int = 0
    deliveries: int = 0

    @property
    def people(self) -> int:
        return self.named + self.coded + self.officials + self.in_groups


@dataclass(frozen=True, eq=False)
class Met:
    """Somebody at a service on a day. number: of the record, in whatever register it stands. person: None of officials."""

    number: int
    day: date
    district_id: int | None
    person: ExamplePerson | None = None


@dataclass(frozen=True)
class Known:
    """Somebody in the register of people, and the project and spelling in which they were written first."""

    person: ExamplePerson
    spelling: str
    project_id: int


@dataclass
class Growing:
    """The state of the example. met, days, here: of the project in hand: whom each service met, on which days it was
    held, and whom of other projects it knows. known: everybody in the register of people.
    """

    random: Random
    scale: float
    today: date
    made: Made = field(default_factory=Made)
    known: list[Known] = field(default_factory=list)
    met: dict[str, list[Met]] = field(default_factory=lambda: defaultdict(list))
    days: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    here: set[int] = field(default_factory=set)

    def turn_to_next_project(self) -> None:
        for of_project in (self.met, self.days, self.here):
            of_project.clear()


def record_met(growing: Growing, work: Work, site: Site, come: Sequence[Met]) -> None:
    """Write down what each of these people got, once or several times."""
    drafts = []
    for one in come:
        service = a_service(growing, work, site)
        growing.met[service.code].append(one)
        for day in _visits(growing, work, one.day):
            drafts.append(draft(growing, work, site, service, day=day, subject=one))
    write(drafts, site)


def a_service(growing: Growing, work: Work, site: Site) -> Service:
    """One of the services of a work, by weight."""
    return site.services[growing.random.choices(list(work.services), weights=list(work.services.values()))[0]]


def draft(
    growing: Growing, work: Work, site: Site, service: Service, *, day: date, subject: Met | Group
) -> Draft:
    """A line of the ledger for one who was met, or for a group without names."""
    growing.made.deliveries += 1
    source = site.sources[service.code]
    key = source_key(source, ("example", site.project.code, service.code, growing.made.deliveries))
    number = subject.number if isinstance(subject, Met) else None
    is_official = service.audience == Audience.OFFICIALS
    is_coded = service.identity == Identity.CODED
    return Draft(
        service,
        site.project,
        key,
        day,
        district_id=subject.district_id
        if isinstance(subject, Met)
        else growing.random.choice(site.districts).pk,
        person_id=None if is_coded or is_official else number,
        coded_id=number if is_coded else None,
        official_id=number if is_official else None,
        group=subject if isinstance(subject, Group) else None,
        quantity=Decimal(growing.random.choice(work.amounts)) if work.amounts else None,
    )


def write(drafts: Sequence[Draft], site: Site) -> None:
    """Write lines into the ledger, each under the source that sends registers of its service."""
    by_source: dict[str, list[Draft]] = defaultdict(list)
    for one in drafts:
        by_source[site.sources[one.service.code].code].append(one)
    for of_source in by_source.values():
        source = site.sources[of_source[0].service.code]
        for part in parts(of_source):
            record_many(part, source=source, by=SYSTEM)


def parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _visits(growing: Growing, work: Work, first: date) -> list[date]:
    days = [first]
    for _ in range(growing.random.choices(range(len(work.times)), weights=work.times)[0]):
        days.append(days[-1] + timedelta(days=growing.random.randint(5, 45)))
    return [day for day in days if day <= growing.today]
