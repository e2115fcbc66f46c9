"""What the example does is led by what its mission promised; nothing is promised that nobody works for."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from rohnamo.config.example.people import EVERYTHING, PHONE, Profile, made_up
from rohnamo.config.example.plan import WORKS, Promise, Work, steps
from rohnamo.config.example.words import ANSWERS, STORIES
from rohnamo.config.mission import MISSIONS
from rohnamo.core.ages import completed_years
from rohnamo.core.missionfiles import Mission, read_mission
from rohnamo.places.models import Place
from rohnamo.results.queries.donorreports.forms import _USUAL

FIRST, SECOND = (date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31))
PROMISE = Promise("persons", [(*FIRST, Decimal(1000)), (*SECOND, Decimal(2000))])
# Quantities that come with a service whose households, or events, lead the work.
LED_BY_ANOTHER = {"EX.06.1.1.b", "EX.08.1.2.b", "EX.11.1.2.b"}


@pytest.fixture(scope="module")
def mission() -> Mission:
    return read_mission(MISSIONS / "tajikistan")


def counted(mission: Mission) -> Iterator[str]:
    """Keys of indicators that are counted and ask for everybody."""
    for project in mission.projects:
        for indicator in project.indicators:
            measure = indicator.measure
            if measure and not measure.only.sex and measure.only.age_max is None:
                yield f"{project.code}.{indicator.code}"


def test_given_a_mission_when_the_example_is_planned_then_every_counted_indicator_has_somebody_who_works_for_it(
    mission: Mission,
) -> None:
    worked_for = {work.indicator for work in WORKS}

    assert set(counted(mission)) - worked_for == LED_BY_ANOTHER
    assert worked_for <= set(counted(mission))


def test_given_a_work_when_it_continues_another_then_that_one_comes_first(mission: Mission) -> None:
    before: set[str] = set()
    too_early = []
    for work in WORKS:
        too_early += [
            work.indicator for code in (*work.out_of, work.on_days_of) if code and code not in before
        ]
        before |= set(work.services)

    assert too_early == []


def test_given_officials_when_they_are_trained_then_each_course_names_their_services(
    mission: Mission,
) -> None:
    audiences = {one.code: (str(one.identity), str(one.audience)) for one in mission.services}
    without = [
        work.indicator
        for work in WORKS
        if audiences[next(iter(work.services))] == ("named", "officials") and not work.agencies
    ]

    assert without == []


def test_given_two_targets_when_half_of_the_second_period_has_passed_then_half_of_it_is_done() -> None:
    work = Work("EX.01.1.1.a", {"consultation": 1}, pace=1.0)

    done = steps(work, PROMISE, scale=1, today=date(2025, 9, 30), random=_Even())

    assert [(one.start, one.end, one.number) for one in done] == [
        (*FIRST, 1000),
        (SECOND[0], date(2025, 9, 30), 500),
    ]


def test_given_little_work_when_it_is_made_small_then_it_is_not_rounded_away() -> None:
    work = Work("EX.01.1.1.a", {"consultation": 1}, pace=1.0)

    done = steps(work, PROMISE, scale=1 / 2000, today=date(2026, 1, 31), random=_Even())

    assert [one.number for one in done] == [0, 1]


def test_given_a_profile_when_people_are_made_up_then_all_fit_it_on_that_day() -> None:
    random, day = Random(1), date(2024, 2, 29)
    girls = Profile(1.0, ((5, 14, 1), (15, 17, 1)))

    people = [made_up(random, [Place(pk=1, code="XX")], girls, day) for _ in range(200)]

    assert {one.name.sex for one in people} == {"f"}
    assert {completed_years(one.born, day) for one in people} == set(range(5, 18))


def test_given_a_source_that_asks_for_no_phone_when_somebody_is_written_then_there_is_none() -> None:
    random = Random(3)
    person = next(one for _ in range(50) if (one := made_up(random, [Place(pk=1, code="XX")])).phone)

    assert person.written("tg").phone == person.phone
    assert person.written("tg", EVERYTHING - {PHONE}).phone == ""


def test_given_what_is_told_in_words_when_it_is_read_then_it_stands_in_all_languages(
    mission: Mission,
) -> None:
    told = {
        f"{project.code}.{indicator.code}"
        for project in mission.projects
        for indicator in project.indicators
        if str(indicator.way) == "words"
    }
    texts = [*ANSWERS.values(), *(story for stories in STORIES.values() for story in stories)]

    assert set(STORIES) == told
    assert set(ANSWERS) == {code for code, _title in _USUAL}
    assert [text for text in texts if set(text) != {"tg", "ru", "en"} or not all(text.values())] == []


class _Even(Random):
    """Chance that is always in the middle."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2
