"""What public pages say, read as bytes: exact numbers, dashes where nothing was released, nothing hidden."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from rohnamo.figures.models import Observation, Release, Series, Verdict
from rohnamo.figures.queries import Part
from rohnamo.places.models import Place
from rohnamo.portal.pages import all_pages, home, letters, wording
from rohnamo.portal.pages.chart import telling_years, years_in_a_row
from rohnamo.portal.tests.factories import LETTER, a_measure, a_profile, released
from rohnamo.projects.models import MissionText

pytestmark = pytest.mark.django_db
LANGUAGES = ("tg", "ru", "en")


def text_of(html: bytes) -> str:
    """What a reader sees: no style, no tags, one space between words, thousands without narrow spaces."""
    body = html.decode().split("</head>", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.replace("\u202f", "")))


@pytest.mark.usefixtures("mission")
def test_given_released_figures_when_home_is_made_then_the_strip_says_them_in_order() -> None:
    html = home.render("en").decode()
    strip = re.search(r'<ul class="strip">.*?</ul>', html, re.DOTALL)

    assert strip
    assert re.findall(r'class="number">(?:<a[^>]*>)?([^<]+)', strip[0]) == [
        "18,240", "41,382", "2", "2", "30+", "1994",
    ]  # fmt: skip


@pytest.mark.usefixtures("mission")
def test_given_a_small_district_when_home_is_made_then_its_number_is_nowhere_and_words_say_so() -> None:
    counted = {"Kulob": "1,240", "Vose": "610"}
    assert Release.objects.get(start__year=2025).cells.filter(district="TJ-KT-dusti", count=None).exists()

    html = home.render("en").decode()
    table = dict(re.findall(r'<th scope="row">([A-Z][a-z]+)</th><td>([^<]+)</td>', html))

    assert {name: table[name] for name in counted} == counted
    assert table["Dusti"] == "hidden"
    assert "numbers are hidden: so few people stand behind them" in text_of(html.encode())
    assert not re.search(r">Dusti[^<]*</tspan>", html)


@pytest.mark.usefixtures("mission")
def test_given_a_figure_with_a_source_when_home_is_made_then_it_stands_before_the_counted_one() -> None:
    shown = text_of(home.render("en"))

    assert "652,014 people left , 2023" in shown
    assert "777 people reached , 2026" in shown


@pytest.mark.usefixtures("mission")
def test_given_three_languages_when_home_is_made_then_each_speaks_its_own() -> None:
    for language in LANGUAGES:
        html = home.render(language).decode()

        assert f'<html lang="{language}"' in html
        assert f'<link rel="canonical" href="/{language}/">' in html
        assert [code for code in LANGUAGES if f'hreflang="{code}" href="/{code}/"' in html] == list(LANGUAGES)
        assert {"tg": "1240", "ru": "1240", "en": "1,240"}[language] in text_of(html.encode())


@pytest.mark.usefixtures("mission")
def test_given_an_example_installation_when_any_page_is_made_then_it_says_so() -> None:
    silent = [page.address for page in all_pages() if b'<aside class="example"' not in page.render()]

    assert silent == []


@pytest.mark.usefixtures("mission")
def test_given_all_pages_when_they_are_made_then_none_carries_script_or_asks_for_anything() -> None:
    for page in all_pages():
        html = page.render().decode()

        assert "<script" not in html, page.address
        assert 'rel="stylesheet"' not in html, page.address
        assert not re.search(r"<(img|iframe|video|form method=\"post\")", html), page.address
        assert html.count("<h1") == 1, page.address


def test_given_a_house_without_anything_when_its_pages_are_made_then_they_stand() -> None:
    addresses = [page.address for page in all_pages() if page.render()]

    assert addresses == [
        f"/{language}/{tail}"
        for language in LANGUAGES
        for tail in ("", "tour/", "welcome/", "about-us/", "going-abroad/", "families/", "areas/", "projects/", "figures/")
    ]  # fmt: skip


def test_given_a_mission_without_figures_when_home_is_made_then_dashes_stand_for_numbers() -> None:
    a_profile(mottos={}, member_state_since=None)

    html = home.render("en").decode()

    assert re.findall(r'class="number">(?:<a[^>]*>)?([^<]+)', html) == ["–", "–", "–", "–", "–"]
    assert "people reached: nothing released yet" in html


@pytest.mark.usefixtures("mission")
def test_given_a_year_that_is_over_when_home_is_made_then_it_does_not_say_this_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 1, 1))

    shown = text_of(home.render("en"))

    assert "people reached, 2026" in shown
    assert "this year" not in shown


def test_given_a_hidden_number_when_it_is_said_then_it_is_a_word_and_zero_stays_a_number() -> None:
    with translation.override("en"):
        assert [wording.count_words(Part({}, count)) for count in (None, 0, 1200)] == ["hidden", "0", "1,200"]


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (
            Verdict.KEPT_EARLIER,
            "Only the total is shown. A breakdown could point at single people, or none was made.",
        ),
        (Verdict.OPEN, "The period is not over yet. Until then only its total is shown."),
    ],
)
def test_given_a_number_without_any_breakdown_when_it_is_said_why_then_nothing_is_said_of_an_earlier_one(
    verdict: Verdict, said: str
) -> None:
    release = Release(measure=a_measure("EX.03.reached", "project"), verdict=verdict, value=60)

    with translation.override("en"):
        assert wording.hiding_words(release, []) == said


def test_given_posts_when_they_are_said_then_only_large_counts_are_rounded_down() -> None:
    with translation.override("en"):
        assert [wording.in_tens(count) for count in (3, 19, 20, 34, 100, 119)] == [
            "3",
            "19",
            "20",
            "30+",
            "100",
            "110+",
        ]


def test_given_a_number_that_others_wrote_when_it_is_said_then_thousands_are_the_readers_and_years_stay() -> (
    None
):
    with translation.override("en"):
        said = [
            wording.number_as_written(text) for text in ("652 014", "6 000+", "1994", "30+", "about half")
        ]

    assert said == ["652,014", "6,000+", "1994", "30+", "about half"]


def test_given_a_long_code_when_a_source_is_said_then_it_may_break_and_stays_text() -> None:
    said = wording.breakable("World <Bank>, BX.TRF.PWKR.DT.GD.ZS")

    assert said == "World &lt;Bank&gt;, BX.<wbr>TRF.<wbr>PWKR.<wbr>DT.<wbr>GD.<wbr>ZS"


def test_given_a_letter_when_it_is_read_then_greeting_and_signature_are_told_from_what_it_says() -> None:
    letter = letters.read_letter(LETTER)

    assert letter.title == "Welcome"
    assert [block.kind for block in letter.blocks] == ["paragraph", "paragraph", "list", "signature", "small"]
    assert letter.opening.startswith("Every year many people leave")
    assert letter.signed == "Chief of Mission"


def test_given_a_number_in_a_letter_when_it_is_read_then_no_line_breaks_inside_it() -> None:
    letter = letters.read_letter("# 1\n\nIn 2023 by cards 652 014 people and 1 200 300 tons, 12 of 24\nleft.")

    assert (
        letter.opening == "In 2023 by cards 652\u202f014 people and 1\u202f200\u202f300 tons, 12 of 24 left."
    )


@pytest.mark.usefixtures("mission")
def test_given_people_of_no_known_district_when_home_is_made_then_districts_are_counted_without_them() -> (
    None
):
    release = Release.objects.get(measure__key="mission.reached", start__year=2025)
    release.cells.create(district="u", count=70)

    html = home.render("en").decode()

    assert "Show all 4 districts" in html
    assert re.findall(r'<th scope="row">([A-Za-z ]+)</th><td>[^<]+</td>', html)[-1] == "district not known"


@pytest.mark.usefixtures("mission")
def test_given_a_page_when_it_is_made_then_every_way_stands_in_the_fold_and_in_the_line() -> None:
    html = home.render("en").decode()

    for tail in ("going-abroad", "families", "areas", "projects", "figures", "about-us"):
        assert len(re.findall(rf'<li><a href="/en/{tail}/">', html.split("</header>")[0])) == 2


@pytest.mark.usefixtures("mission")
def test_given_no_hours_of_the_hotline_when_help_is_shown_then_it_says_what_is_not_known(
    client: Client,
) -> None:
    shown = text_of(client.get("/en/help/").content)

    assert "EXAMPLE 0000 last called to see whether it works: 1 November 2026" in shown
    assert "mission@example.org From abroad the free number may not work" in shown
    assert (
        "At which hours the hotline answers, in which languages, and its number for calls from abroad."
        in shown
    )


@pytest.mark.usefixtures("mission")
def test_given_services_in_towns_when_a_door_is_opened_then_it_says_that_addresses_are_missing_and_whom_to_ask(
    client: Client,
) -> None:
    shown = text_of(client.get("/en/going-abroad/").content)

    assert "The address of each place, its hours and its telephone are not in this system yet." in shown
    assert "Hotline EXAMPLE 0000" in shown


def test_given_markup_in_a_letter_when_its_page_is_made_then_it_is_shown_as_text(client: Client) -> None:
    a_profile()
    MissionText.objects.create(key="welcome", language="en", text="# Hello\n\n<script>alert(1)</script>")

    html = client.get("/en/welcome/").content.decode()

    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_given_a_year_without_a_number_when_the_line_is_chosen_then_it_never_crosses_it() -> None:
    series = Series.objects.create(key="x")
    for year, value in ((2019, 1), (2020, None), (2021, 3), (2022, 9), (2023, 5)):
        Observation.objects.create(series=series, year=year, value=value)

    run = years_in_a_row(series)

    assert [one.year for one in run] == [2021, 2022, 2023]
    assert telling_years(run) == [2023, 2022, 2021]


@pytest.mark.usefixtures("mission")
def test_given_another_country_when_its_home_is_made_then_no_shape_of_this_one_is_drawn() -> None:
    Place.objects.filter(code="TJ-KT").update(code="XX-A")

    assert b'class="land"' not in home.render("en")


def test_given_a_released_number_when_its_key_has_a_name_for_addresses_then_home_leads_there() -> None:
    a_profile()
    released(a_measure("mission.reached", "mission"), 9)

    assert b'href="/en/figures/people-reached/"' in home.render("en")
