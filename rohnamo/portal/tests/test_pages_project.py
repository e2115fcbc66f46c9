"""A project's page, figures and their data: promised and released side by side, never what was not released."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from rohnamo.core.periods import Period
from rohnamo.figures.actions import Promise, set_targets
from rohnamo.figures.models import Measure, Observation, Release, Unit, Verdict
from rohnamo.figures.queries import Figure, cascade_key
from rohnamo.portal.pages import projects
from rohnamo.portal.pages.project_cascades import share_words
from rohnamo.portal.pages.project_results import distance_words
from rohnamo.portal.tests.factories import SECOND_HALF, a_measure, released, words
from rohnamo.portal.tests.test_pages import text_of

WHOLE = Period(date(2024, 3, 1), date(2027, 6, 30))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mission")]


def test_given_a_released_indicator_when_the_page_is_made_then_baseline_target_and_actual_stand_side_by_side() -> (
    None
):
    html = projects.render_project("en", "EX.03").decode()
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?</tr>', html, re.DOTALL)
    numbers = re.findall(r'data-name="(\w+)">([^<]+)<', html)

    assert rows == ["/en/figures/ex-03-1-a/", "/en/figures/ex-03-1-1-a/"]
    assert numbers == [
        ("Baseline", "0"), ("Target", "70"), ("Actual", "61"), ("Baseline", "–"), ("Target", "–"), ("Actual", "–"),
    ]  # fmt: skip
    assert "9 to go to the final target, by 31 December 2026" in text_of(html.encode())
    assert "not released yet" in text_of(html.encode())


def test_given_results_of_a_framework_when_the_page_is_made_then_they_stand_by_title_in_its_order() -> None:
    a_measure(
        "EX.03.0.z", "indicator", project="EX.03", group="0", group_kind="outcome", group_titles=words("Last"), order=3
    )  # fmt: skip

    html = projects.render_project("en", "EX.03").decode()

    assert re.findall(r'<th scope="colgroup" colspan="6">([^<]+)<', html) == [
        "Outcome 1. Treated earlier", "Output 1.1. Talks held", "Outcome 0. Last",
    ]  # fmt: skip


def test_given_a_later_target_when_the_page_is_made_then_it_is_the_one_and_that_of_the_days_is_said() -> None:
    whole = (date(2027, 1, 1), date(2027, 6, 30))
    set_targets(
        Measure.objects.get(key="EX.03.1.a"),
        [
            Promise(SECOND_HALF.start, SECOND_HALF.end, baseline=Decimal(0), target=Decimal(65)),
            Promise(*whole, target=Decimal(70)),
        ],
    )

    html = projects.render_project("en", "EX.03").decode()
    numbers = re.findall(r'data-name="(\w+)">([^<]+)<', html)[:3]

    assert numbers == [("Baseline", "0"), ("Target", "70"), ("Actual", "61")]
    shown = text_of(html.encode())
    assert "people, since the start, to 20 November 2026; target for these days: 65" in shown
    assert "9 to go to the final target, by 30 June 2027" in shown
    assert "Baseline, target for the end of the project and actual stand side by side." in shown


def test_given_an_invented_project_when_its_page_is_made_then_it_says_what_it_resembles() -> None:
    shown = text_of(projects.render_project("en", "EX.03"))

    assert "Modelled on real work Source: a newsletter." in shown


def test_given_a_service_of_the_vault_when_the_page_is_made_then_it_is_not_named() -> None:
    shown = text_of(projects.render_project("en", "EX.01"))

    assert "Advice before departure" in shown
    assert "Help in court" not in shown


def test_given_a_cascade_when_only_its_first_step_is_released_then_it_is_not_drawn() -> None:
    released(_step("talk"), 12_480, SECOND_HALF)

    assert b"The way to treatment" not in projects.render_project("en", "EX.03")


def test_given_a_cascade_when_its_steps_are_released_then_each_is_a_share_of_the_one_before() -> None:
    released(_step("talk"), 12_480, SECOND_HALF)
    released(_step("test"), 1_236, SECOND_HALF)

    html = projects.render_project("en", "EX.03").decode()

    assert '<th scope="row">Talked to</th><td>12,480</td><td>people</td><td>–</td>' in html
    assert '<th scope="row">Tested</th><td>1,236</td><td>people</td><td>9.9% of the step before</td>' in html
    assert "People, from 1 July 2026 to 20 November 2026. Each step is a part" in text_of(html.encode())


def test_given_contacts_before_people_when_the_cascade_is_drawn_then_it_says_who_is_counted_twice() -> None:
    released(_step("talk", Unit.CONTACTS), 12_480, WHOLE)
    released(_step("test"), 1_236, WHOLE)

    html = projects.render_project("en", "EX.03").decode()

    assert "<td>1,236</td><td>people</td><td>at least 9.9% of the step before</td>" in html
    assert (
        "From 1 March 2024 to 20 November 2026. Each step is a part of the one before, so the numbers are never added"
        " up. Where nobody is named, somebody who came twice is counted twice: Talked to."
        in text_of(html.encode())
    )


def test_given_a_step_with_more_people_than_the_one_before_when_drawn_then_it_is_not_called_a_part() -> None:
    released(_step("talk"), 87, WHOLE)
    released(_step("test"), 320, WHOLE)

    html = projects.render_project("en", "EX.03")

    assert b'<th scope="row">Tested</th><td>320</td><td>people</td><td>\xe2\x80\x93</td>' in html
    assert "The same people can stand in several steps, so the numbers are never added up." in text_of(html)
    assert "Each step is a part of the one before" not in text_of(html)


@pytest.mark.parametrize(
    ("before", "number", "said"),
    [
        ((Unit.PERSONS, 0), (Unit.PERSONS, 0), ""),
        ((Unit.PERSONS, 50), (Unit.PERSONS, 60), ""),
        ((Unit.PERSONS, 50), (Unit.CONTACTS, 20), ""),
        ((Unit.PERSONS, 50), (Unit.PERSONS, 20), "40.0% of the step before"),
        ((Unit.CONTACTS, 50), (Unit.PERSONS, 20), "at least 40.0% of the step before"),
    ],
)
def test_given_two_steps_when_the_share_is_said_then_only_where_it_is_one(
    before: tuple[str, int], number: tuple[str, int], said: str
) -> None:
    steps = [
        Figure("x", "measured", "result", {}, number=Decimal(count), unit=unit)
        for unit, count in (before, number)
    ]

    with translation.override("en"):
        assert share_words(*steps) == said


@pytest.mark.parametrize(
    ("number", "target", "baseline", "is_rising_good", "said"),
    [
        (61, 70, 0, True, "9 to go to the final target, by 30\u00a0June 2027"),
        (70, 70, 0, True, "final target reached"),
        (27, 21, 46, False, "better by 19"),
        (21, 21, 46, False, "final target reached"),
        (50, 21, 46, False, "29 to go to the final target, by 30\u00a0June 2027"),
        (5, None, 0, True, ""),
        (None, 70, 0, True, "not released yet"),
    ],
)
def test_given_a_number_and_a_target_when_the_distance_is_said_then_direction_decides(
    number: int | None, target: int | None, baseline: int, said: str, *, is_rising_good: bool
) -> None:
    figure = Figure(
        "x", "measured", "result", {}, number=None if number is None else Decimal(number),
        final_target=None if target is None else Decimal(target), final_on=date(2027, 6, 30), unit=Unit.PERSONS,
        baseline=Decimal(baseline), is_rising_good=is_rising_good,
    )  # fmt: skip

    with translation.override("en"):
        assert distance_words(figure) == said


def test_given_two_areas_when_the_list_is_filtered_then_only_the_projects_of_one_stand(
    client: Client,
) -> None:
    everything = client.get("/en/projects/").content.decode()
    health = client.get("/en/projects/?area=health").content.decode()
    nothing = client.get("/en/projects/?area=nowhere").content.decode()

    assert re.findall(r"<b>(EX\.\d+)</b>", everything) == ["EX.01", "EX.03"]
    assert re.findall(r"<b>(EX\.\d+)</b>", health) == ["EX.03"]
    assert '<option value="health" selected>' in health
    assert "No project matches" in nothing


def test_given_a_closed_year_when_the_figure_is_shown_then_hidden_numbers_are_words_there_and_empty_in_data(
    client: Client,
) -> None:
    Release.objects.filter(start__year=2026).update(is_current=False)

    page = client.get("/en/figures/people-reached/").content.decode()
    rows = list(
        csv.DictReader(
            io.StringIO(client.get("/en/figures/people-reached/data.csv").content.decode("utf-8-sig"))
        )
    )
    data = json.loads(client.get("/en/figures/people-reached/data.json").content)
    dusti = [row for row in rows if row["district"] == "TJ-KT-dusti"]

    assert '<th scope="row">Dusti</th><td>hidden</td>' in page
    assert [(row["number"], row["is_hidden"]) for row in dusti] == [("", "yes")]
    assert [row["number"] for row in data if row["district"] == "TJ-KT-dusti"] == [None]
    assert [row["number"] for row in rows if row["district"] == "TJ-KT-kulob"] == ["1240"]


def test_given_two_releases_of_a_year_when_the_figure_is_shown_then_both_stand_the_newest_first(
    client: Client,
) -> None:
    released(Measure.objects.get(key="mission.reached"), 18_300, as_of=date(2026, 11, 21))

    page = client.get("/en/figures/people-reached/").content.decode()

    assert re.findall(r'<th scope="row">(\d{4})</th><td>[^<]+</td><td>([\d,]+)</td>', page) == [
        ("2026", "18,300"), ("2026", "18,240"), ("2025", "1,884"),
    ]  # fmt: skip
    assert "The period is not over yet" in page


def test_given_an_open_year_when_the_figure_is_shown_then_the_breakdown_of_the_last_closed_one_stands_with_its_year(
    client: Client,
) -> None:
    page = text_of(client.get("/en/figures/people-reached/").content)

    assert "By sex The newest period that is over: 2025. In all 1,884." in page
    assert "women 884 men 1,000" in page


def test_given_a_breakdown_that_was_kept_when_it_is_shown_then_its_day_and_total_stand_beside_it(
    client: Client,
) -> None:
    earlier = Release.objects.get(measure__key="mission.reached", start__year=2025)
    _keep_breakdown(earlier, total=1_901)
    said = "Breakdown as of 5 January 2026, when the total was 1,884."

    page = text_of(client.get("/en/figures/people-reached/").content)
    rows = json.loads(client.get("/en/figures/people-reached/data.json").content)

    assert f"By sex 2025. {said}" in page
    assert f"People reached, by district, 2025. {said}" in text_of(client.get("/en/").content)
    kulob = [row for row in rows if row["district"] == "TJ-KT-kulob"]
    assert [(row["number"], row["breakdown_as_of"], row["breakdown_total"]) for row in kulob] == [
        (1240, "2026-01-05", 1884.0)
    ]
    assert [row["breakdown_total"] for row in rows if row["number"] == 1901] == [None]


def test_given_a_figure_that_grows_when_its_releases_are_listed_then_each_says_since_when(
    client: Client,
) -> None:
    page = text_of(client.get("/en/figures/ex-03-1-a/").content)

    assert "Every release of this figure Days Released on Number since the start, to 20 November 2026" in page


def test_given_figures_of_the_same_name_when_shown_then_each_says_whose_it_is(client: Client) -> None:
    area = client.get("/en/figures/area-health-reached/").content.decode()
    project = client.get("/en/figures/ex-03-1-a/").content.decode()

    assert "<h1>Migration health: Title of area.health.reached</h1>" in area
    assert "<h1>EX.03: Title of EX.03.1.a</h1>" in project


def test_given_services_released_and_people_too_few_when_shown_then_it_says_withheld_and_not_that_it_waits(
    client: Client,
) -> None:
    released(a_measure("area.labour.delivered", "area", Unit.CONTACTS, area="labour"), 40)
    released(a_measure("area.labour.reached", "area", area="labour"), 3)

    page = text_of(client.get("/en/figures/area-labour-reached/").content)
    listed = text_of(client.get("/en/figures/").content)

    assert "withheld: so few people that they could be recognised" in page
    assert "withheld: so few people that they could be recognised" in listed
    assert "40 services" in listed


def test_given_a_series_with_a_gap_when_it_is_shown_then_the_year_says_that_nothing_was_found(
    client: Client,
) -> None:
    page = client.get("/en/figures/labour-migrants/").content.decode()

    assert '<th scope="row">2021</th><td>–</td><td>no figure was found</td>' in page
    assert "For these years no figure was found: 2021." in page


def test_given_a_series_with_a_source_for_each_year_when_it_is_shown_then_each_row_names_its_own(
    client: Client,
) -> None:
    years = Observation.objects.filter(series__key="labour-migrants")
    years.filter(year=2022).update(source="press A")
    years.filter(year=2023).update(source="press B")

    page = client.get("/en/figures/labour-migrants/").content.decode()

    assert "<td>official</td><td>press B</td>" in page
    assert "<td>official</td><td>press A</td>" in page


def _step(service: str, unit: Unit = Unit.PERSONS) -> Measure:
    return a_measure(
        cascade_key("EX.03", "treatment", service), "cascade", unit, project="EX.03", is_cumulative=True
    )


def _keep_breakdown(earlier: Release, *, total: int) -> None:
    """A later total of the same days beside which the earlier breakdown stands."""
    Release.objects.filter(pk=earlier.pk).update(is_current=False)
    Release.objects.create(
        measure=earlier.measure, start=earlier.start, end=earlier.end, as_of=date(2026, 2, 1), value=total,
        inputs="x", verdict=Verdict.KEPT_EARLIER, cells_of=earlier,
    )  # fmt: skip
