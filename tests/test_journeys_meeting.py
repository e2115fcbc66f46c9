"""Journeys before a meeting, without script; and through doubtful pairs, without a mouse."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from rohnamo.config.mission import MISSIONS, load
from rohnamo.core.audit import SYSTEM
from rohnamo.core.missionfiles import read_mission
from rohnamo.people.actions import judge
from rohnamo.people.models import Judgement, Person, Verdict
from rohnamo.results.published import publish_all
from rohnamo.staff.models import Role
from rohnamo.staff.queries import totp_code
from rohnamo.workspace.tests.house import House
from tests.journeys import browser, needs_browser
from tests.journeys_people import PASSWORD, come_in, somebody, tab_to

pytestmark = [pytest.mark.journey, needs_browser, pytest.mark.django_db(transaction=True)]

SENTENCE = "Ба раиси ноҳия барои бинои нав ташаккур гӯем."
NAMES = {"tg": "Кӯлоб", "ru": "Куляб", "en": "Kulob"}


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


def test_given_a_meeting_in_a_district_when_the_chief_prints_the_briefing_then_it_comes_in_three_languages(
    chromium: Browser, live_server
) -> None:
    load(read_mission(MISSIONS / "tajikistan"))
    publish_all(by=SYSTEM)
    page = chromium.new_context(java_script_enabled=False).new_page()
    come_in(page, live_server.url, somebody("mohira", Role.CHIEF_OF_MISSION))

    page.goto(f"{live_server.url}/work/briefing/")
    page.locator("select[name=about]").select_option("district:TJ-KT-kulob")
    page.locator("main form button").first.click()
    page.locator("textarea[name=words]").fill(SENTENCE)
    page.locator("main form.form button.button-main").click()
    papers = {code: paper(page.request.get(f"{page.url}{code}/").body()) for code in NAMES}

    assert page.url == f"{live_server.url}/work/briefing/district:TJ-KT-kulob/"
    assert [page.locator(f"main a[href$='/{code}/']").count() for code in NAMES] == [1, 1, 1]
    assert {code for code, text in papers.items() if NAMES[code] in text} == set(NAMES)
    assert {code for code, text in papers.items() if SENTENCE in text} == set(NAMES)
    assert len(set(papers.values())) == 3


def test_given_doubtful_pairs_when_they_are_decided_by_keyboard_then_each_answer_is_written_down(
    chromium: Browser, live_server
) -> None:
    house = House()
    twins = [
        house.met(house.mine, house.source, "Namunaeva", given, "Karim", born=date(1990, 4, 1))
        for given in ("Omina", "Zarina")
    ]
    for twin in twins:
        judge(house.amina, twin, Verdict.UNSURE, by=SYSTEM)
    officer = somebody("munira", Role.PROJECT_OFFICER, "EX.90")
    page = chromium.new_context().new_page()

    page.goto(f"{live_server.url}/work/?language=ru")
    for selector, words in (("input[name=login]", officer.username), ("input[name=password]", PASSWORD)):
        tab_to(page, selector)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=code]")
    tab_to(page, "input[name=code]")
    page.keyboard.type(totp_code(officer))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/work/(?!account/)"))
    tab_to(page, "a[href='/work/people/pairs/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-keys]")
    beside = page.locator(".comparison tbody tr").count()
    with page.expect_navigation():
        page.keyboard.press("1")
    tab_to(page, "form[data-keys] button[value=negative]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert beside >= 4
    stand = Judgement.objects.filter(superseded_at=None)
    assert sorted(stand.values_list("verdict", flat=True)) == [Verdict.NEGATIVE, Verdict.POSITIVE]
    assert Person.objects.filter(pk__in=[twin.pk for twin in twins], root=house.amina.pk).count() == 1
    assert page.locator("form[data-keys]").count() == 0


def paper(pdf: bytes) -> str:
    """The words of a paper, however its lines were broken."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
