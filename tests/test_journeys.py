"""Journeys in a real browser: a visitor without script; an officer from a register to the list behind a figure."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rohnamo.config.example.content import all_sites
from rohnamo.config.mission import MISSIONS, load
from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.missionfiles import read_mission
from rohnamo.projects.actions import add_member
from rohnamo.projects.models import Project
from rohnamo.results.published import publish_all
from rohnamo.staff.actions import give_totp, make_account
from rohnamo.staff.models import Role, User
from rohnamo.staff.queries import totp_code
from tests.journeys import browser, needs_browser, sign_in

pytestmark = [pytest.mark.journey, needs_browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "намуна-намуна-2026"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REGISTER = (
    "Муроҷиатҳо ба Хадамоти муҳоҷират 2025;;;;;;;\r\n"
    "Насаб;Ном;Номи падар;Ҷинс;Соли таваллуд;Ноҳия;Сана;Хизмат\r\n"
    "Намунаев;Далер;Каримович;М;1988;Кӯлоб;11.02.2025;машварат\r\n"
    "Мисолова;Зулфия;Саидовна;З;1991;Восеъ;12.02.2025;машварат\r\n"
    "Намунаев;Далер;Каримович;М;1988;Кӯлоб;13.03.2025;ёрии ҳуқуқӣ\r\n"
    "Пинҳонова;Лола;;З;1979;Кӯлоб;14.02.2025;санҷиши манъи вуруд\r\n"
    "Мисолов;;;М;1970;Кӯлоб;14.02.2025;чизи номаълум\r\n"
)


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def mission() -> None:
    load(read_mission(MISSIONS / "tajikistan"))
    publish_all(by=SYSTEM)
    assert all_sites()


def officer(username: str, *projects: str) -> User:
    user = make_account(
        username, Role.PROJECT_OFFICER, password=PASSWORD, first_name="Мунира", last_name="Намунаева"
    )
    give_totp(user, SECRET)
    for project in Project.objects.filter(code__in=projects):
        add_member(user, project, role=Role.PROJECT_OFFICER, by=SYSTEM)
    return user


def test_given_a_visitor_without_script_when_home_and_tour_are_read_in_three_languages_then_all_is_there(
    chromium: Browser, live_server, mission: None
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    said = {}
    for language in ("tg", "ru", "en"):
        page.goto(f"{live_server.url}/{language}/")
        said[language] = (page.locator("html").get_attribute("lang"), page.locator("h1").inner_text())
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"{live_server.url}/{language}/tour/")
        assert page.locator("main li, main tr, main article").count() >= 24

    assert {language: lang for language, (lang, _title) in said.items()} == {
        "tg": "tg",
        "ru": "ru",
        "en": "en",
    }
    assert len({title for _lang, title in said.values()}) == 3
    assert context.cookies() == []
    assert complaints == []


def test_given_a_visitor_when_the_language_is_changed_then_the_page_stays_the_same(
    chromium: Browser, live_server, mission: None
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/tg/projects/EX.03/")

    page.get_by_role("link", name="Русский").click()

    assert page.url == f"{live_server.url}/ru/projects/EX.03/"


def test_given_an_officer_when_a_register_is_imported_then_the_figure_grows_and_its_list_opens(
    chromium: Browser, live_server, mission: None, tmp_path: Path
) -> None:
    mine, other = officer("munira", "EX.01"), officer("daler", "EX.03")
    sheet = tmp_path / "mashvarat-2025.csv"
    sheet.write_text(REGISTER, encoding="utf-8")
    page = chromium.new_context().new_page()
    sign_in(page, live_server.url, "munira", PASSWORD, lambda: totp_code(mine))
    before = figures_of(page, live_server.url)

    page.goto(f"{live_server.url}/work/intake/new/")
    page.locator("input[type=file]").set_input_files(sheet)
    choose(page, "project", "EX.01")
    choose(page, "source", "Миграционную")
    page.locator("form.form button.button-main").click()
    preview = page.locator("main").inner_text()
    page.locator("form[action$='/accept/'] button").first.click()
    page.wait_for_url("**/work/intake/taken/**")
    changes.work_off_all()
    after = figures_of(page, live_server.url)

    assert "Пинҳонова" not in preview
    assert "Намунаев" in preview
    assert (before, after) == (0, 2)
    open_list(page, live_server.url)
    expect(page.locator("main")).to_contain_text("Намунаев")
    nothing_for(chromium, live_server.url, other, page.url)


def figures_of(page: Page, address: str) -> int:
    """People who got advice before departure, in the half-year of the register."""
    page.goto(f"{address}/work/projects/EX.01/?period=2025-H1")
    row = page.locator("tr", has=page.locator("a[href*='/work/results/EX.01.1.1.a/']"))
    return int(re.sub(r"\D", "", row.locator(".actual").inner_text()) or 0)


def open_list(page: Page, address: str) -> None:
    page.goto(f"{address}/work/projects/EX.01/?period=2025-H1")
    page.locator("a[href*='/work/results/EX.01.1.1.a/']").first.click()


def choose(page: Page, name: str, words: str) -> None:
    options = page.locator(f"select[name={name}] option").all_inner_texts()
    page.locator(f"select[name={name}]").select_option(
        index=next(number for number, option in enumerate(options) if words in option)
    )


def nothing_for(chromium: Browser, address: str, user: User, list_address: str) -> None:
    """Another project's officer finds neither the list, nor the project, nor the person."""
    page = chromium.new_context().new_page()
    sign_in(page, address, user.username, PASSWORD, lambda: totp_code(user))
    for path in (list_address, f"{address}/work/projects/EX.01/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404
    page.goto(f"{address}/work/")
    page.locator("form[role=search] input[type=search]").fill("Намунаев Далер")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert "Каримович" not in page.locator("main").inner_text()
