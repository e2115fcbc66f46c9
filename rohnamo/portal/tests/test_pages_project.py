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

from rohnamo.figures.models import Measure, Observation, Release
from rohnamo.figures.queries import Figure
from rohnamo.portal.pages import projects
from rohnamo.portal.pages.project import cascade_key, distance_words
from rohnamo.portal.tests.factories import SECOND_HALF, a_measure, released
from rohnamo.portal.tests.test_pages import text_of

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
    assert "9 to go" in text_of(html.encode())
    assert "not released yet" in text_of(html.encode())


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

    assert '<th scope="row">Talked to</th><td>12,480</td><td>–</td>' in html
    assert '<th scope="row">Tested</th><td>1,236</td><td>9.9% of the step before</td>' in html


@pytest.mark.parametrize(
    ("number", "target", "baseline", "is_rising_good", "said"),
    [
        (61, 70, 0, True, "9 to go"),
        (70, 70, 0, True, "target reached"),
        (27, 21, 46, False, "better by 19"),
        (21, 21, 46, False, "target reached"),
        (50, 21, 46, False, "29 to go"),
        (5, None, 0, True, ""),
        (None, 70, 0, True, "not released yet"),
    ],
)
def test_given_a_number_and_a_target_when_the_distance_is_said_then_direction_decides(
    number: int | None, target: int | None, baseline: int, said: str, *, is_rising_good: bool
) -> None:
    figure = Figure(
        "x", "measured", "result", {}, number=None if number is None else Decimal(number),
        target=None if target is None else Decimal(target), baseline=Decimal(baseline), is_rising_good=is_rising_good,
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

    assert re.findall(r"for (\d{4})</span> <b>([\d,]+)</b>", page) == [
        ("2026", "18,300"), ("2026", "18,240"), ("2025", "1,884"),
    ]  # fmt: skip
    assert "The period is not over yet" in page


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


def _step(service: str) -> Measure:
    return a_measure(
        cascade_key("EX.03", "treatment", service), "cascade", project="EX.03", is_cumulative=True
    )
