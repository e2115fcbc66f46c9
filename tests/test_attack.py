"""Can anybody be worked out from all that a small mission publishes over a year and a half?

Everything is taken through the doors that the public has: open data after every publication, the IATI file, reports
to the donor. `make test` runs one mission; `make drill` many.
"""

import os
import random
from datetime import date

import pytest

from tests.attack.home import FIRST, SECOND, THIRD, Cell, Home, Moment, Published, parts_of
from tests.attack.reader import State, states_of, threshold, worked_out

pytestmark = [pytest.mark.drill, pytest.mark.django_db]
IS_FULL = os.environ.get("ROHNAMO_DRILL") == "full"
MISSIONS = range(40) if IS_FULL else range(1)
YEAR = (FIRST[0], SECOND[1])
WOMEN: Cell = ("f", "", "")
MEN: Cell = ("m", "", "")
LIVED: dict[int, list[Published]] = {}


@pytest.fixture(params=MISSIONS, ids="mission {}".format)
def published(request: pytest.FixtureRequest) -> list[Published]:
    """What one mission published; it lives once, for all tests."""
    if request.param not in LIVED:
        LIVED[request.param] = Home(random.Random(request.param)).live(_moments(request.param))
    return LIVED[request.param]


def test_given_all_releases_of_a_measure_when_they_are_solved_then_no_hidden_number_and_no_few_persons_follow(
    published: list[Published],
) -> None:
    chains = states_of(published, alike={})

    found = [one for chain in chains for one in worked_out(chain)]

    assert sum(count is None for chain in chains for state in chain for count in state.shown.values()) > 20
    assert found == [], "\n".join(map(str, found))


def test_given_measures_about_the_same_persons_when_they_are_solved_together_then_no_few_persons_follow(
    published: list[Published],
) -> None:
    """One project with one indicator: from its first day on, indicator, project, area and mission are the same."""
    alike = {(key, FIRST): "everybody" for key in ("EX.01.1.1.a", "EX.01.reached", "EX.01.1.1.b")}
    alike |= {
        (key, span): "everybody" for key in ("EX.01.1.1.a", "EX.01.reached") for span in (SECOND, THIRD)
    }
    alike |= {(key, YEAR): "everybody" for key in ("mission.reached", "area.labour.reached")}

    chains = states_of(published, alike=alike)
    found = [one for chain in chains for one in worked_out(chain)]

    assert found == [], "\n".join(map(str, found))


def test_given_the_iati_file_when_it_is_held_beside_open_data_then_it_says_nothing_more(
    published: list[Published],
) -> None:
    for one in published:
        said = {
            (
                row["measure"],
                row["from"],
                row["to"],
                row["sex"],
                row["age"],
                row["district"],
                float(row["number"]),
            )
            for row in one.rows
            if row["is_current"] == "yes" and row["number"]
        }

        more = {
            line
            for key, start, end, cell, number in one.iati
            if (line := (key, start.isoformat(), end.isoformat(), *cell, float(number))) not in said
        }

        assert len(one.iati) > 3
        assert more == set()


def test_given_frozen_reports_when_they_are_held_beside_open_data_then_they_show_no_few_persons_that_came_or_went(
    published: list[Published],
) -> None:
    """A total beside the released one of the same day and days tells how many persons lie between the two."""
    told = []
    for one in published:
        released = {
            (row["measure"], row["from"], row["to"]): float(row["number"])
            for row in one.rows
            if row["is_current"] == "yes" and not row["breakdown_as_of"]
        }
        for data in one.reports:
            days = data["period"]["start"], data["period"]["end"]
            for indicator in data["projects"][0]["results"][0]["indicators"]:
                public = released.get((indicator["key"], *days))
                if public is not None and indicator["actual"] is not None:
                    between = abs(int(float(indicator["actual"])) - int(public))
                    if 0 < between < threshold(("", "", "")):
                        told.append((one.day, indicator["key"], days, int(public), indicator["actual"]))

    assert told == []


def test_given_releases_that_hide_too_little_when_they_are_solved_then_the_attack_finds_who_it_is() -> None:
    """So that silence of the others means something."""
    lonely = [_state(1, women=17, men=3, shown={WOMEN: 17, MEN: None})]
    grown = [
        _state(day, women=women, men=20, shown={WOMEN: women, MEN: 20}) for day, women in ((1, 20), (2, 22))
    ]

    assert [(one.cell, one.number) for one in worked_out(lonely) if one.cell == MEN] == [(MEN, 3)]
    assert [(one.cell, one.number) for one in worked_out(grown) if one.since] == [(WOMEN, 2)]


def test_given_a_total_between_two_breakdowns_when_it_is_solved_then_it_tells_of_the_few_who_came_first() -> (
    None
):
    """Why a report may not say a total that the public has not: of three persons more it follows that all were men."""
    chain = [
        _state(1, women=20, men=31, shown={WOMEN: 20, MEN: 31}),
        _state(2, women=20, men=34, shown={}),
        _state(3, women=20, men=43, shown={WOMEN: 20, MEN: 43}),
    ]

    without = worked_out([chain[0], chain[2]])
    beside_a_report = worked_out(chain)

    assert without == []
    assert [(one.since, one.cell, one.number) for one in beside_a_report if one.day == chain[1].day] == [
        (chain[0].day, MEN, 3)
    ]


def _state(day: int, *, women: int, men: int, shown: dict[Cell, int | None]) -> State:
    truth = parts_of({("f", "u", "u"): women, ("m", "u", "u"): men})
    persons = ("EX.01.1.1.a", FIRST)
    return State(persons, date(2025, 8, day), is_cumulative=True, total=women + men, truth=truth, shown=shown)


def _moments(number: int) -> tuple[Moment, ...]:
    """Late rows into closed half-years, deliveries taken back, and a new half-year now and then."""
    chance = random.Random(f"moments {number}")
    return (
        Moment(date(2025, 7, 3), added=((FIRST, chance.randrange(25, 90)),)),
        Moment(date(2025, 7, 20), added=((FIRST, chance.randrange(1, 5)),)),
        Moment(date(2025, 9, 1), added=((FIRST, chance.randrange(10, 30)),)),
        Moment(date(2026, 1, 4), added=((SECOND, chance.randrange(15, 60)),)),
        Moment(date(2026, 2, 1), added=((FIRST, 2), (SECOND, chance.randrange(0, 9)))),
        Moment(date(2026, 3, 1), taken=chance.randrange(1, 12)),
        Moment(date(2026, 7, 2), added=((THIRD, chance.randrange(2, 50)),), taken=2),
        Moment(date(2026, 8, 1), added=((SECOND, 12), (THIRD, 1))),
    )
