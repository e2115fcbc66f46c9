"""My day: what is due, what waits and what came in, for each role."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rohnamo.core.audit import SYSTEM
from rohnamo.people.actions import judge
from rohnamo.people.models import Verdict
from rohnamo.projects.models import Source
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.models import Indicator, IndicatorVersion, Period, Result
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter
from rohnamo.workspace.queries.day import day_of
from rohnamo.workspace.tests.house import House

TODAY = date(2025, 7, 10)


def an_indicator(house: House) -> Indicator:
    result = Result.objects.create(
        project=house.mine, code="R1", kind="output", order=1, titles={"en": "Advice"}
    )
    made = Indicator.objects.create(
        result=result, code="I1", order=1, titles={"en": "Advised"}, unit_names={"en": "people"}
    )
    measure = {"count": "persons", "services": [house.service.code], "unique_within": "indicator"}
    IndicatorVersion.objects.create(indicator=made, valid_from=house.mine.starts_on, measure=measure)
    for start, end in ((date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 12, 31))):
        Period.objects.create(indicator=made, start=start, end=end, baseline=Decimal(0), target=Decimal(10))
    set_up_tallies()
    return made


def titles(items: list[dict[str, object]]) -> list[object]:
    return [item["title"] for item in items]


@pytest.fixture(autouse=True)
def english() -> object:
    from django.utils import translation

    with translation.override("en"):
        yield


def test_given_a_period_that_ends_soon_when_the_day_is_opened_then_it_is_due(house: House) -> None:
    an_indicator(house)

    day = day_of(house.officer(house.mine), date(2025, 12, 1))

    assert titles(day["due"]) == ["Results for July – December 2025"]
    assert (day["due"][0]["when"], day["due"][0]["href"]) == (
        "in 30 days",
        "/work/projects/EX.90/?period=2025-H2",
    )


def test_given_an_ended_period_when_somebody_may_approve_then_it_waits_for_them_and_for_nobody_else(
    house: House,
) -> None:
    an_indicator(house).periods.filter(end=date(2025, 6, 30)).update(state="submitted")

    manager = day_of(house.officer(house.mine, role=Role.PROGRAMME_MANAGER), TODAY)
    officer = day_of(house.officer(house.mine), TODAY)

    assert titles(manager["waiting"]) == ["Approve results for January – June 2025"]
    assert manager["waiting"][0]["text"] == "EX.90: 1 indicator"
    assert officer["waiting"] == []


def test_given_an_agreement_that_expires_when_the_day_is_opened_then_only_its_project_is_told(
    house: House,
) -> None:
    Source.objects.filter(pk=house.source.pk).update(valid_to=TODAY + timedelta(days=59))

    assert titles(day_of(house.officer(house.mine), TODAY)["due"]) == ["Data agreement ends: Source mine"]
    assert day_of(house.officer(house.other), TODAY)["due"] == []


def test_given_an_unsure_pair_when_somebody_may_judge_it_then_it_waits(house: House) -> None:
    judge(house.amina, house.shared, Verdict.UNSURE, by=SYSTEM)

    assert titles(day_of(house.officer(house.mine), TODAY)["waiting"]) == [
        "1 pair of records may be one person"
    ]
    assert day_of(house.officer(house.mine, role=Role.TRAINER), TODAY)["waiting"] == []


def test_given_an_administrator_when_the_day_is_opened_then_accounts_come_first_and_no_work_is_shown(
    house: House,
) -> None:
    html = enter(house.officer(role=Role.ADMINISTRATOR)).get("/work/").content.decode()

    assert 'button-main" href="/work/staff/accounts/"' in html
    assert 'class="day"' not in html
    assert 'action="/work/search/"' not in html


def test_given_nothing_at_all_when_the_day_is_opened_then_it_says_so_in_words(house: House) -> None:
    html = enter(house.officer(house.mine)).get("/work/").content.decode()

    assert ("Nothing is due in the next two months." in html, "Nothing waits for you." in html) == (
        True,
        True,
    )


def test_given_a_project_when_a_manager_opens_it_then_its_other_pages_are_one_step_away(house: House) -> None:
    manager = enter(house.officer(house.mine, role=Role.PROGRAMME_MANAGER))

    html = manager.get("/work/projects/EX.90/").content.decode()

    doors = ["framework/", "reports/", "money/", "support/", "advice/"]
    assert [f'href="/work/projects/EX.90/{door}"' in html for door in doors] == [True] * 5
    assert [manager.get(f"/work/projects/EX.90/{door}").status_code for door in doors] == [200] * 5


def test_given_a_counted_indicator_when_its_project_is_opened_then_title_and_number_lead_to_the_list(
    house: House,
) -> None:
    key = an_indicator(house).tallies.get().key
    address = f"/work/results/{key}/2025-H1/"

    html = enter(house.officer(house.mine)).get("/work/projects/EX.90/?period=2025-H1").content.decode()
    reader = enter(house.officer(house.mine, role=Role.COMMUNICATIONS)).get(
        "/work/projects/EX.90/?period=2025-H1"
    )

    assert (f'<a href="{address}">Advised</a>' in html, f'<a href="{address}">2</a>' in html) == (True, True)
    assert ("Advised" in reader.content.decode(), address in reader.content.decode()) == (True, False)
