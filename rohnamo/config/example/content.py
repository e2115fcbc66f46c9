"""Example services, people and registers: everything goes in through the same doors as real work."""

from collections.abc import Callable, Mapping
from random import Random

from django.utils import timezone

from rohnamo.config.example.groups import count_groups
from rohnamo.config.example.growing import Growing, Made
from rohnamo.config.example.meeting import meet
from rohnamo.config.example.people import made_up
from rohnamo.config.example.plan import FULL_SIZE, WORKS, Promise, Work, promises, steps
from rohnamo.config.example.sites import Site, all_sites
from rohnamo.config.example.training import train
from rohnamo.projects.models import Audience, Identity

__all__ = ["Made", "Progress", "all_sites", "fill", "made_up"]

Progress = Callable[[str, int, int], None]


def fill(*, people: int, seed: int, progress: Progress) -> Made:
    """Make example people and services and write them through people and deliveries.

    people: about how many are known by name. The work of each project is done in proportion
    to what it promised, and to this number: at FULL_SIZE it is as large as the promises.
    """
    growing = Growing(Random(seed), people / FULL_SIZE, timezone.localdate())  # noqa: S311 -- example data
    promised, sites = promises(), all_sites()
    for position, site in enumerate(sites, start=1):
        growing.turn_to_next_project()
        for work in WORKS:
            if promise := _promise(work, site, promised):
                _do(growing, work, site, promise)
        progress(f"project {site.project.code}", position, len(sites))
    return growing.made


def _promise(work: Work, site: Site, promised: Mapping[str, Promise]) -> Promise | None:
    """What the work follows. None in a mission whose project has no such services or indicator."""
    is_here = work.indicator.startswith(f"{site.project.code}.") and set(work.services) <= set(site.services)
    return promised.get(work.indicator) if is_here else None


def _do(growing: Growing, work: Work, site: Site, promise: Promise) -> None:
    """One stream of work of a project, from its first period to today."""
    service = site.services[next(iter(work.services))]
    done = steps(work, promise, scale=growing.scale, today=growing.today, random=growing.random)
    if service.identity == Identity.COUNTED:
        count_groups(growing, work, site, done, unit=promise.unit)
    elif service.audience == Audience.OFFICIALS:
        train(growing, work, site, done)
    else:
        meet(growing, work, site, done)
