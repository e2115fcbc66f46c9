"""Officials in courses: a register of their own, each under the service they really belong to."""

from collections.abc import Sequence
from datetime import date

from rohnamo.config.example.growing import Growing, Met, parts, record_met
from rohnamo.config.example.names import drawn
from rohnamo.config.example.people import sex_of
from rohnamo.config.example.plan import Step, Work, in_season
from rohnamo.config.example.sites import Site
from rohnamo.core.audit import SYSTEM
from rohnamo.people.actions import NewOfficial, register_officials

PEOPLE_IN_A_COURSE = 16
SPELLINGS = ("tg", "ru", "en")


def train(growing: Growing, work: Work, site: Site, steps: Sequence[Step]) -> None:
    """Register officials and record their courses: each period has a few, and everybody is in one of them."""
    days = [day for step in steps for day in _course_days(growing, work, step)]
    new = [_official(growing, work) for _ in days]
    registered = [one for part in parts(new) for one in register_officials(part, by=SYSTEM)]
    growing.made.officials += len(registered)
    come = [Met(one.official_id, day, None) for one, day in zip(registered, days, strict=True)]
    record_met(growing, work, site, come)


def _course_days(growing: Growing, work: Work, step: Step) -> list[date]:
    """The day of the course of each official of a step."""
    held = [day for day in growing.days[work.on_days_of] if step.start <= day <= step.end]
    courses = max(1, round(step.number / PEOPLE_IN_A_COURSE))
    held = held or [in_season(step, work.months, growing.random) for _ in range(courses)]
    return [held[number % len(held)] for number in range(step.number)]


def _official(growing: Growing, work: Work) -> NewOfficial:
    name = drawn(growing.random, sex_of(growing.random, work.profile))
    family, given, father = name.written(growing.random.choice(SPELLINGS))
    return NewOfficial("", family, given, father, name.sex, growing.random.choice(work.agencies))
