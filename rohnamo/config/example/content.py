"""Example services, people and registers: everything goes in through the same doors as real work."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from rohnamo.config.example.names import ExampleName, drawn
from rohnamo.core.ages import BAND_NAMES
from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.actions import Draft, Group, record_many, source_key
from rohnamo.engines.linkage import Birth, Precision
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    load_many,
    register_coded,
    register_many,
    register_officials,
)
from rohnamo.places.models import Place
from rohnamo.projects.models import Audience, Identity, Project, Service, Source

BATCH = 1_000
AGENCIES = (
    "Border Forces",
    "Customs",
    "Migration Service",
    "Police",
    "Prosecution",
    "Judiciary",
    "Health service",
)
# Shares of the whole; they need not add up to one.
SHARE_AGAIN = 0.12
SHARE_CODED = 0.08
SHARE_GROUPS = 0.05
OFFICIALS_PER_THOUSAND = 8
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ExamplePerson:
    """A made-up person before any register wrote them down."""

    name: ExampleName
    born: date
    district: Place
    phone: str
    knows_day: bool

    def written(self, spelling: str, *, with_phone: bool = True) -> NewPerson:
        """As a register in one of the four spellings writes them."""
        family, given, father = self.name.written(spelling)
        if self.knows_day:
            birth = Birth(self.born.year, self.born.month, self.born.day, Precision.DAY)
        else:
            birth = Birth(self.born.year, None, None, Precision.YEAR)
        return NewPerson(
            family=family,
            given=given,
            patronymic=father,
            sex=self.name.sex,
            birth=birth,
            district_id=self.district.pk,
            district_code=self.district.code,
            phone=self.phone if with_phone else "",
        )


@dataclass(frozen=True)
class Site:
    """One project with what it does, where, when, and who sends its registers."""

    project: Project
    source: Source
    services: tuple[Service, ...]
    districts: tuple[Place, ...]
    start: date
    end: date

    def of(self, identity: Identity, audience: Audience = Audience.PERSONS) -> list[Service]:
        return [one for one in self.services if one.identity == identity and one.audience == audience]

    def some_day(self, random: Random) -> date:
        """Later days are more likely: projects start slowly."""
        length = (self.end - self.start).days
        return self.start + timedelta(days=int(length * max(random.random(), random.random())))


def fill(*, people: int, seed: int, progress: Progress) -> None:
    """Make example people and services and write them through people and deliveries."""
    random = Random(seed)  # noqa: S311 -- example data, the same for the same seed
    sites = all_sites()
    persons = _load_people(people, sites, random, progress)
    _meet_again(persons, sites, random, progress)
    _coded(int(people * SHARE_CODED), sites, random, progress)
    _groups(int(people * SHARE_GROUPS), sites, random, progress)
    _officials(max(40, people * OFFICIALS_PER_THOUSAND // 1000), sites, random, progress)


def all_sites() -> list[Site]:
    """The projects that have begun, with their services and districts."""
    today = timezone.localdate()
    districts = list(Place.objects.filter(level=2))
    sources = {
        source.project_id: source for source in Source.objects.exclude(agreement="").exclude(project=None)
    }
    anyone = Source.objects.exclude(agreement="").order_by("pk")[0]
    return [
        Site(
            project=project,
            source=sources.get(project.pk, anyone),
            services=tuple(project.services.order_by("code")),
            districts=tuple(link.place for link in project.places.select_related("place"))
            or tuple(districts),
            start=max(project.starts_on, date(2024, 1, 1))
            if project.ends_on >= date(2024, 1, 1)
            else project.starts_on,
            end=min(project.ends_on, today),
        )
        for project in Project.objects.filter(starts_on__lt=today).order_by("code")
    ]


def made_up(random: Random, districts: Sequence[Place]) -> ExamplePerson:
    """A person by chance. Most who leave are men of working age."""
    sex = "m" if random.random() < 0.62 else "f"
    year = random.choices(
        range(1955, 2010), weights=[1 + (1975 <= year <= 2004) * 3 for year in range(1955, 2010)]
    )[0]
    return ExamplePerson(
        name=drawn(random, sex),
        born=date(year, random.randint(1, 12), random.randint(1, 28)),
        district=random.choice(districts),
        # 992 000 is no network: no real subscriber can have these numbers.
        phone=f"+992000{random.randrange(1_000_000):06d}" if random.random() < 0.7 else "",
        knows_day=random.random() < 0.8,
    )


def _load_people(
    number: int, sites: Sequence[Site], random: Random, progress: Progress
) -> list[tuple[ExamplePerson, Site]]:
    # A person's first contact is with a project that has named services; each such project gets its share.
    open_to_all = [site for site in sites if site.of(Identity.NAMED)]
    pairs: list[tuple[ExamplePerson, Site]] = []
    for position, site in enumerate(open_to_all):
        share = number * (position + 1) // len(open_to_all) - number * position // len(open_to_all)
        for start in range(0, share, BATCH):
            batch = [made_up(random, site.districts) for _ in range(min(BATCH, share - start))]
            spelling = ("tg", "ru", "en")[(position + start // BATCH) % 3]
            numbers = load_many(
                [person.written(spelling) for person in batch],
                source=site.source,
                project=site.project,
                by=SYSTEM,
            )
            _record_visits(list(zip(batch, numbers, strict=True)), site, random)
            pairs += [(person, site) for person in batch]
            progress("people", len(pairs), number)
    return pairs


def _record_visits(batch: Sequence[tuple[ExamplePerson, int]], site: Site, random: Random) -> None:
    services = site.of(Identity.NAMED)
    drafts = []
    for person, number in batch:
        for visit in range(random.choices((1, 2, 3), weights=(6, 3, 1))[0]):
            service = random.choice(services)
            day = site.some_day(random)
            key = source_key(site.source, ("example", site.project.code, number, visit, random.random()))
            drafts.append(
                Draft(service, site.project, key, day, district_id=person.district.pk, person_id=number)
            )
    record_many(drafts, source=site.source, by=SYSTEM)


def _meet_again(
    pairs: Sequence[tuple[ExamplePerson, Site]], sites: Sequence[Site], random: Random, progress: Progress
) -> None:
    """Some people come to a second project, whose register writes them in another script: they are found again."""
    again = random.sample(list(pairs), int(len(pairs) * SHARE_AGAIN))
    open_to_all = [site for site in sites if site.of(Identity.NAMED)]
    for start in range(0, len(again), BATCH):
        batch = again[start : start + BATCH]
        site = open_to_all[(start // BATCH + 1) % len(open_to_all)]
        spelling = ("ru", "en", "fa", "tg")[start // BATCH % 4]
        found = register_many(
            [person.written(spelling) for person, _site in batch],
            source=site.source,
            project=site.project,
            by=SYSTEM,
        )
        numbered = [(person, one.person_id) for (person, _site), one in zip(batch, found, strict=True)]
        _record_visits(numbered, site, random)
        progress("people met again in another script", start + len(batch), len(again))


def _coded(number: int, sites: Sequence[Site], random: Random, progress: Progress) -> None:
    for site in (one for one in sites if one.of(Identity.CODED)):
        services = _in_cascade_order(site)
        people = [made_up(random, site.districts) for _ in range(number // 2)]
        coded = register_coded(
            [NewCoded(one.name.sex, one.born.year, one.district.pk) for one in people],
            project=site.project,
            by=SYSTEM,
        )
        drafts = []
        for person, code in zip(people, coded, strict=True):
            # A cascade: each step is reached by fewer.
            for step, service in enumerate(services):
                if step and random.random() > 0.3:
                    break
                key = source_key(site.source, ("example coded", code.code, service.code))
                day = site.some_day(random)
                drafts.append(
                    Draft(service, site.project, key, day, district_id=person.district.pk, coded_id=code.pk)
                )
        for part in _parts(drafts):
            record_many(part, source=site.source, by=SYSTEM)
        progress("people known by a code", len(people), len(people))


def _in_cascade_order(site: Site) -> list[Service]:
    """Coded services in the order in which people pass through them."""
    steps = [step["service"] for cascade in site.project.cascades for step in cascade["steps"]]
    return sorted(site.of(Identity.CODED), key=lambda one: steps.index(one.code) if one.code in steps else -1)


def _groups(number: int, sites: Sequence[Site], random: Random, progress: Progress) -> None:
    counted = [(site, service) for site in sites for service in site.of(Identity.COUNTED)]
    drafts: dict[Source, list[Draft]] = {}
    for position in range(number):
        site, service = random.choice(counted)
        group = Group(random.randint(4, 30), random.choice("fm"), random.choice(BAND_NAMES[2:6]))
        key = source_key(site.source, ("example group", site.project.code, position))
        day, district = site.some_day(random), random.choice(site.districts)
        drafts.setdefault(site.source, []).append(
            Draft(service, site.project, key, day, district_id=district.pk, group=group)
        )
    for source, of_source in drafts.items():
        for part in _parts(of_source):
            record_many(part, source=source, by=SYSTEM)
    progress("talks counted without names", number, number)


def _officials(number: int, sites: Sequence[Site], random: Random, progress: Progress) -> None:
    training = [site for site in sites if site.of(Identity.NAMED, Audience.OFFICIALS)]
    for site in training:
        new = []
        for _ in range(number // len(training)):
            name = drawn(random, random.choice("mmmf"))
            family, given, father = name.written(random.choice(("tg", "ru", "en")))
            new.append(NewOfficial("", family, given, father, name.sex, random.choice(AGENCIES)))
        drafts = []
        for position, official in enumerate(register_officials(new, by=SYSTEM)):
            service = random.choice(site.of(Identity.NAMED, Audience.OFFICIALS))
            key = source_key(site.source, ("example official", site.project.code, position))
            day = site.some_day(random)
            drafts.append(Draft(service, site.project, key, day, official_id=official.official_id))
        record_many(drafts, source=site.source, by=SYSTEM)
    progress("officials trained", number, number)


def _parts(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    for start in range(0, len(drafts), BATCH):
        yield drafts[start : start + BATCH]
