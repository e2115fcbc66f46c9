"""What each example project does, led by what it promised: some work goes faster than promised, some slower."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from rohnamo.config.example.people import TRAVELLERS, Profile
from rohnamo.results.models import Indicator, Period

FULL_SIZE = 65_000
"""So many people are known by name where the work of all projects is as large as their targets."""

UNEVEN = (0.9, 1.1)
WINTER = (1, 2, 3, 10, 11, 12)


@dataclass(frozen=True)
class Work:
    """One stream of work of a project.

    indicator: key of the one whose targets it follows. services: code → weight. pace: what is done of what was
    promised. out_of, share: services of the project that people come from, and how many of them do; the others come
    for the first time; all do for a share of 1. lag: days after that contact, from and to. times: weights of one, two,
    three contacts with the same person. amounts: quantities of one delivery. months: in which it is done, if not in
    all. sizes: people in a group. agencies: of officials. on_days_of: service on whose days it happens. has_phones:
    whether a phone is asked for where the source may ask for one.
    """

    indicator: str
    services: Mapping[str, int]
    pace: float
    profile: Profile = TRAVELLERS
    out_of: tuple[str, ...] = ()
    share: float = 0.0
    lag: tuple[int, int] = (1, 60)
    times: tuple[int, ...] = (1,)
    amounts: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    sizes: tuple[int, int] = (8, 30)
    agencies: tuple[str, ...] = ()
    on_days_of: str = ""
    has_phones: bool = True


@dataclass(frozen=True)
class Step:
    """So much of a work in a stretch of days."""

    start: date
    end: date
    number: int


@dataclass(frozen=True)
class Promise:
    """Targets of an indicator: (first day, last day, value to reach by then), in order. unit: what is counted."""

    unit: str
    targets: list[tuple[date, date, Decimal]] = field(default_factory=list)


def promises() -> dict[str, Promise]:
    """What was promised of every indicator that is counted, by its key."""
    found = {}
    for indicator in Indicator.objects.select_related("result__project").prefetch_related("tallies"):
        tally = indicator.tallies.first()
        if tally is not None:
            found[f"{indicator.result.project.code}.{indicator.code}"] = Promise(
                tally.count, _targets(indicator)
            )
    return found


def steps(work: Work, promise: Promise, *, scale: float, today: date, random: Random) -> list[Step]:
    """How much is done period by period, to this day. Rounded on the running sum, so that little work is not lost."""
    found, whole, before, promised_before = [], 0.0, 0, Decimal(0)
    for start, end, promised in promise.targets:
        if start > today:
            break
        passed = ((min(end, today) - start).days + 1) / ((end - start).days + 1)
        whole += float(promised - promised_before) * passed * work.pace * scale * random.uniform(*UNEVEN)
        found.append(Step(start, min(end, today), round(whole) - before))
        before, promised_before = round(whole), promised
    return found


def in_season(step: Step, months: tuple[int, ...], random: Random) -> date:
    """A day of a step, of one of these months if any are asked for and there are such days."""
    days = [step.start + timedelta(days=number) for number in range((step.end - step.start).days + 1)]
    return random.choice([day for day in days if day.month in months] or days)


def _targets(indicator: Indicator) -> list[tuple[date, date, Decimal]]:
    periods = Period.objects.filter(indicator=indicator).exclude(target=None).order_by("start")
    return [(one.start, one.end, one.target) for one in periods if one.target is not None]


_ADULTS = ((18, 24, 20), (25, 34, 35), (35, 49, 32), (50, 64, 12), (65, 70, 1))
_LEARNERS = Profile(0.27, ((18, 24, 40), (25, 34, 35), (35, 49, 20), (50, 60, 5)))
_WOMEN = Profile(1.0, ((18, 24, 18), (25, 34, 42), (35, 49, 32), (50, 62, 8)))
_CHILDREN = Profile(0.52, ((5, 14, 70), (15, 17, 30)))
_AT_HOME = Profile(0.78, _ADULTS)
_RETURNED = Profile(0.24, _ADULTS)
_FAMILIES = Profile(0.49, ((0, 14, 28), (15, 17, 8), (18, 24, 16), (25, 34, 24), (35, 49, 18), (50, 70, 6)))
_HOUSEHOLDS = Profile(0.47, ((22, 34, 30), (35, 49, 45), (50, 64, 22), (65, 78, 3)))
_SINCE_TALKS = Profile(0.44, _ADULTS)
_WHO_COUGH = Profile(0.31, ((18, 24, 18), (25, 34, 30), (35, 49, 32), (50, 64, 16), (65, 75, 4)))
_VOLUNTEERS = Profile(0.58, ((18, 24, 60), (25, 34, 30), (35, 49, 10)))
_ONE = (1,)


def _staff(women: float) -> Profile:
    return replace(TRAVELLERS, women=women)


WORKS: tuple[Work, ...] = (
    Work("EX.01.1.1.a", {"consultation": 1}, 0.97, times=(7, 2, 1)),
    Work("EX.01.1.1.c", {"legal-aid": 1}, 0.82, out_of=("consultation",), share=0.7, times=(6, 3, 1)),
    Work("EX.01.1.1.d", {"ban-check": 1}, 1.08, sizes=(4, 14)),
    Work("EX.01.1.2.a", {"village-talk": 3, "departure-talk": 2}, 0.91),
    Work("EX.02.1.1.a", {"pdo-russia": 4, "pdo-kazakhstan": 1}, 1.05, _LEARNERS),
    Work(
        "EX.02.1.2.a",
        {"welding-basics": 3, "electric-basics": 2},
        0.86,
        replace(_LEARNERS, women=0.09),
        out_of=("pdo-russia", "pdo-kazakhstan"),
        share=0.3,
    ),
    Work(
        "EX.02.1.2.b",
        {"russian-course": 1},
        0.71,
        replace(_LEARNERS, women=0.35),
        out_of=("pdo-russia",),
        share=0.4,
    ),
    Work(
        "EX.02.1.2.c",
        {"skill-certificate": 1},
        0.88,
        out_of=("pdo-russia", "pdo-kazakhstan", "welding-basics", "electric-basics", "russian-course"),
        share=1.0,
        lag=(3, 25),
        amounts=_ONE,
    ),
    Work("EX.03.1.1.a", {"info-session": 1}, 0.94, Profile(0.36, _ADULTS)),
    Work("EX.03.1.1.b", {"tb-screening": 1}, 0.89, _WHO_COUGH),
    Work("EX.03.1.1.c", {"tb-referral": 1}, 0.8, out_of=("tb-screening",), share=1.0, lag=(0, 10)),
    # Nothing was promised of those found; three of four who are found finish treatment, half a year later.
    Work("EX.03.1.a", {"tb-found": 1}, 1.35, out_of=("tb-referral",), share=1.0, lag=(2, 20)),
    Work("EX.03.1.a", {"tb-treatment-completed": 1}, 0.85, out_of=("tb-found",), share=1.0, lag=(180, 230)),
    Work("EX.03.1.2.a", {"health-worker-training": 1}, 1.02, _staff(0.63), agencies=("Health service",)),
    Work("EX.04.1.1.a", {"family-budget": 3, "financial-literacy": 2}, 1.07, _AT_HOME),
    Work(
        "EX.04.1.2.a",
        {"savings-group": 1},
        0.84,
        _AT_HOME,
        out_of=("family-budget", "financial-literacy"),
        share=0.8,
        times=(2, 3, 2, 1),
    ),
    Work("EX.05.1.1.a", {"psychosocial": 1}, 0.55, _WOMEN, times=(2, 3, 3, 2)),
    Work("EX.05.1.1.a", {"psychosocial": 1}, 0.37, _CHILDREN, times=(3, 3, 2, 1)),
    Work("EX.05.1.2.a", {"vocational-diploma": 1}, 1.06, _WOMEN),
    Work("EX.05.1.2.b", {"business-start-up": 1}, 0.74, _WOMEN, out_of=("vocational-diploma",), share=0.7),
    # One family in fourteen got a second grant.
    Work("EX.06.1.1.a", {"matched-grant": 1}, 0.88, _HOUSEHOLDS, times=(13, 1), amounts=_ONE),
    Work("EX.06.1.2.a", {"diaspora-meeting": 1}, 1.11, Profile(0.34, _ADULTS), sizes=(12, 40)),
    Work("EX.07.1.1.c", {"joint-course": 1}, 0.95, _staff(0.0), sizes=(7, 10)),
    Work(
        "EX.07.1.1.a",
        {"joint-border-training": 1},
        0.92,
        _staff(0.31),
        agencies=("Border Forces", "Border Forces", "Border Forces", "Customs"),
        on_days_of="joint-course",
    ),
    Work("EX.07.1.2.a", {"border-community-meeting": 1}, 0.87, Profile(0.42, _ADULTS), sizes=(15, 45)),
    Work(
        "EX.08.1.1.a",
        {"guard-training": 3, "document-course": 1},
        1.03,
        _staff(0.2),
        agencies=("Border Forces", "Border Forces", "Border Forces", "Customs"),
    ),
    Work(
        "EX.08.1.2.a",
        {"equipment-handover": 1},
        0.88,
        _staff(0.1),
        amounts=(16, 18, 22, 24, 26),
        sizes=(2, 6),
    ),
    Work(
        "EX.09.1.1.a",
        {"justice-training": 1},
        0.95,
        _staff(0.34),
        agencies=("Police", "Prosecution", "Judiciary"),
    ),
    Work("EX.09.1.1.c", {"consular-training": 1}, 0.72, _staff(0.22), agencies=("Consular service",)),
    Work("EX.09.1.2.a", {"hotline-call": 1}, 1.04, Profile(0.46, _ADULTS), sizes=(14, 40)),
    Work("EX.09.1.2.b", {"prevention-event": 1}, 0.9, Profile(0.51, _ADULTS), sizes=(20, 60)),
    Work("EX.10.1.1.a", {"hiv-talk": 1}, 0.93, _SINCE_TALKS, sizes=(10, 26)),
    Work("EX.10.1.1.c", {"health-leaflet": 1}, 0.86, _SINCE_TALKS, amounts=(30, 40, 50, 60), sizes=(14, 28)),
    Work("EX.10.1.1.d", {"volunteer-orientation": 1}, 0.98, _VOLUNTEERS, has_phones=False),
    Work("EX.11.1.1.c", {"reintegration-planning": 1}, 0.84, _RETURNED),
    Work("EX.11.1.1.b", {"trade-course": 1}, 1.06, _RETURNED, out_of=("reintegration-planning",), share=0.3),
    Work("EX.11.1.1.a", {"small-grant": 1}, 0.93, _RETURNED, out_of=("trade-course",), share=0.6),
    # A large family gets a second kit.
    Work(
        "EX.11.1.2.a",
        {"winter-kit": 1},
        0.96,
        _HOUSEHOLDS,
        amounts=(1, 1, 1, 1, 1, 1, 2),
        months=WINTER,
    ),
    Work("EX.11.1.2.c", {"disaster-drill": 1}, 0.9, Profile(0.48, _ADULTS), sizes=(20, 60)),
    Work("EX.12.1.1.a", {"resettlement-orientation": 1}, 0.94, _FAMILIES),
    Work(
        "EX.12.1.1.c",
        {"fit-to-travel": 1},
        0.87,
        out_of=("resettlement-orientation",),
        share=1.0,
        lag=(2, 20),
    ),
    Work("EX.12.1.2.a", {"travel-assistance": 1}, 0.78, _RETURNED),
)
