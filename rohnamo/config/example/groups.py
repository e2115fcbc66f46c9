"""Those who are counted without names: talks, calls, leaflets, hand-overs."""

from collections.abc import Iterator, Sequence

from rohnamo.config.example.growing import Growing, a_service, draft, write
from rohnamo.config.example.people import sex_of
from rohnamo.config.example.plan import Step, Work, in_season
from rohnamo.config.example.sites import Site
from rohnamo.core.ages import band
from rohnamo.deliveries.actions import Draft, Group
from rohnamo.projects.models import Audience, Service
from rohnamo.results.models import Count

CALL = "call"


def count_groups(growing: Growing, work: Work, site: Site, steps: Sequence[Step], *, unit: str) -> None:
    """Record groups until a step is full. unit: what its number counts: contacts, events, or a quantity."""
    drafts = [one for step in steps for one in _groups(growing, work, site, step, unit=unit)]
    write(drafts, site)


def _groups(growing: Growing, work: Work, site: Site, step: Step, *, unit: str) -> Iterator[Draft]:
    left = step.number
    while left > 0:
        service = a_service(growing, work, site)
        size = growing.random.randint(*work.sizes)
        group = _group(growing, work, service, min(size, left) if unit == Count.CONTACTS else size)
        day = in_season(step, work.months, growing.random)
        line = draft(growing, work, site, service, day=day, subject=group)
        growing.days[service.code].append(day)
        _note(growing, service, group)
        left -= _amount(line, group, unit)
        yield line


def _group(growing: Growing, work: Work, service: Service, size: int) -> Group:
    if service.audience == Audience.OFFICIALS:
        return Group(size, sex_of(growing.random, work.profile))
    youngest, oldest, _weight = growing.random.choices(
        work.profile.ages, weights=[one[2] for one in work.profile.ages]
    )[0]
    age = band(growing.random.randint(youngest, oldest))
    return Group(size, sex_of(growing.random, work.profile), age)


def _amount(line: Draft, group: Group, unit: str) -> int:
    if unit == Count.QUANTITY:
        return int(line.quantity or 0)
    return 1 if unit == Count.EVENTS else group.count


def _note(growing: Growing, service: Service, group: Group) -> None:
    if service.unit == CALL:
        growing.made.calls += group.count
    else:
        growing.made.in_groups += group.count
