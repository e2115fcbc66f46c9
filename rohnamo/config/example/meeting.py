"""People who come by name or by code: new ones, those of an earlier service, and those whom another project knows."""

from collections.abc import Sequence
from datetime import date, timedelta

from rohnamo.config.example.growing import Growing, Known, Met, parts, record_met
from rohnamo.config.example.people import EVERYTHING, PHONE, ExamplePerson, made_up
from rohnamo.config.example.plan import Step, Work, in_season
from rohnamo.config.example.sites import Site
from rohnamo.core.audit import SYSTEM
from rohnamo.people.actions import NewCoded, load_many, register_coded, register_many
from rohnamo.projects.models import Identity, Source

SPELLINGS = ("tg", "ru", "en")
# In which script a second project writes down somebody whom the first wrote in this one.
ANOTHER = {"tg": "ru", "ru": "en", "en": "fa"}
SHARE_AGAIN = 0.12
TRIES = 20
NEAR_IN_AGE = timedelta(days=6 * 365)
Coming = tuple[ExamplePerson, date]


def meet(growing: Growing, work: Work, site: Site, steps: Sequence[Step]) -> None:
    """Register whoever comes, and record what they got."""
    used: set[Met] = set()
    come: list[Met] = []
    fresh: list[Coming] = []
    for step in steps:
        from_before = _continuing(growing, work, step, used)
        come += from_before
        missing = step.number - len(from_before) if work.share < 1 else 0
        fresh += [_somebody(growing, work, site, step) for _ in range(missing)]
    come += _registered(growing, work, site, fresh)
    record_met(growing, work, site, come)


def _continuing(growing: Growing, work: Work, step: Step, used: set[Met]) -> list[Met]:
    """Those of the step who were at another service before, each on a day that leaves time between."""
    soonest = timedelta(days=work.lag[0])
    before = [
        one
        for code in work.out_of
        for one in growing.met[code]
        if one not in used and one.day + soonest <= step.end
    ]
    chosen = growing.random.sample(before, min(round(step.number * work.share), len(before)))
    used.update(chosen)
    return [
        Met(one.number, _later(growing, one.day, work, step), one.district_id, one.person) for one in chosen
    ]


def _later(growing: Growing, day: date, work: Work, step: Step) -> date:
    soonest, latest = (day + timedelta(days=days) for days in work.lag)
    first = max(soonest, step.start)
    last = max(first, min(latest, step.end))
    return first + timedelta(days=growing.random.randint(0, (last - first).days))


def _somebody(growing: Growing, work: Work, site: Site, step: Step) -> Coming:
    day = in_season(step, work.months, growing.random)
    return made_up(growing.random, site.districts, work.profile, day), day


def _registered(growing: Growing, work: Work, site: Site, fresh: Sequence[Coming]) -> list[Met]:
    service = site.services[next(iter(work.services))]
    come: list[Met] = []
    for part in parts(fresh):
        by_code = service.identity == Identity.CODED
        come += _coded(growing, site, part) if by_code else _named(growing, work, site, part)
    return come


def _coded(growing: Growing, site: Site, part: Sequence[Coming]) -> list[Met]:
    rows = [NewCoded(one.name.sex, one.born.year, one.district.pk) for one, _day in part]
    codes = register_coded(rows, project=site.project, by=SYSTEM)
    growing.made.coded += len(codes)
    return [Met(code.pk, day, one.district.pk, one) for code, (one, day) in zip(codes, part, strict=True)]


def _named(growing: Growing, work: Work, site: Site, part: Sequence[Coming]) -> list[Met]:
    """A register in one script. Some in it are known, because another project wrote them in another script before."""
    new: list[Coming] = []
    known: list[tuple[Known, date]] = []
    for person, day in part:
        one = _known(growing, site, person) if growing.random.random() < SHARE_AGAIN else None
        if one:
            known.append((one, day))
        else:
            new.append((person, day))
    source = site.sources[next(iter(work.services))]
    fields = EVERYTHING & set(source.fields) - (set() if work.has_phones else {PHONE})
    return [
        *_again(growing, site, known, source, fields),
        *_new(growing, site, new, source, fields),
    ]


def _new(
    growing: Growing, site: Site, new: Sequence[Coming], source: Source, fields: frozenset[str]
) -> list[Met]:
    spelling = growing.random.choice(SPELLINGS)
    rows = [person.written(spelling, fields) for person, _day in new]
    numbers = load_many(rows, source=source, project=site.project, by=SYSTEM)
    growing.made.named += len(new)
    growing.known += [Known(person, spelling, site.project.pk) for person, _day in new]
    return [
        Met(number, day, person.district.pk, person)
        for number, (person, day) in zip(numbers, new, strict=True)
    ]


def _again(
    growing: Growing,
    site: Site,
    known: Sequence[tuple[Known, date]],
    source: Source,
    fields: frozenset[str],
) -> list[Met]:
    rows = [one.person.written(ANOTHER[one.spelling], fields) for one, _day in known]
    found = register_many(rows, source=source, project=site.project, by=SYSTEM) if rows else []
    growing.made.again += len(known)
    return [
        Met(row.person_id, day, one.person.district.pk, one.person)
        for row, (one, day) in zip(found, known, strict=True)
    ]


def _known(growing: Growing, site: Site, like: ExamplePerson) -> Known | None:
    """Somebody of another project who could be this one: of the same sex and nearly as old, from one of its districts."""
    for one in growing.random.choices(growing.known, k=TRIES) if growing.known else ():
        person = one.person
        is_like = person.name.sex == like.name.sex and abs(person.born - like.born) < NEAR_IN_AGE
        is_near = one.project_id != site.project.pk and person.district in site.districts
        if is_like and is_near and id(person) not in growing.here:
            growing.here.add(id(person))
            return one
    return None
