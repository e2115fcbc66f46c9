"""Journeys of results, without script: from a partner's register to an approved report and its IATI file; many at once."""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import etree
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from rohnamo.config.mission import MISSIONS, load
from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.missionfiles import read_mission
from rohnamo.results.actions import submit_many
from rohnamo.results.models import Period, PeriodState
from rohnamo.results.published import publish_all
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import Role
from tests.journeys import browser, needs_browser
from tests.journeys_people import come_in, somebody

pytestmark = [pytest.mark.journey, needs_browser, pytest.mark.django_db(transaction=True)]

ANSWER = "Дар нимсола ба одамон пеш аз роҳ маслиҳат додем; ҳуҷҷатҳои ҳама ғайр аз ду нафар дуруст шуд."
FAMILIES = (
    "Намунаев",
    "Мисолов",
    "Пинҳонов",
    "Сохтаев",
    "Хаёлов",
    "Афсонаев",
    "Тахминов",
    "Гумонов",
    "Қиссаев",
)
WOMEN = ("Зулфия", "Лола", "Фирӯза", "Ситора", "Нигора", "Робия", "Мадина", "Озода", "Парвина")
MEN = ("Далер", "Шариф", "Рустам", "Комрон", "Умед", "Зафар", "Беҳрӯз", "Искандар", "Парвиз")
FIRST_HALF = "2025-H1"


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def mission() -> None:
    load(read_mission(MISSIONS / "tajikistan"))
    publish_all(by=SYSTEM)


def without_script(chromium: Browser) -> Page:
    return chromium.new_context(java_script_enabled=False, accept_downloads=True).new_page()


def register() -> str:
    """Nine women and nine men who were advised, as a partner writes them down."""
    people = [
        *((f"{family}а", given, "З", 1970 + 2 * number) for number, (family, given) in enumerate(zip(FAMILIES, WOMEN, strict=True))),
        *((family, given, "М", 1971 + 3 * number) for number, (family, given) in enumerate(zip(FAMILIES, MEN, strict=True))),
    ]  # fmt: skip
    rows = [
        f"{family};{given};;{sex};{year};Кӯлоб;{10 + number}.02.2025;машварат"
        for number, (family, given, sex, year) in enumerate(people)
    ]
    title = "Насаб;Ном;Номи падар;Ҷинс;Соли таваллуд;Ноҳия;Сана;Хизмат"
    return "\r\n".join([title, *rows])


def test_given_a_partners_register_when_it_goes_all_the_way_then_report_and_iati_file_hold_the_approved_number(
    chromium: Browser, live_server, mission: None, tmp_path: Path
) -> None:
    officer = somebody("munira", Role.PROJECT_OFFICER, "EX.01")
    monitoring = somebody("zafar", Role.MONITORING_OFFICER, "EX.01")
    manager = somebody("daler", Role.PROGRAMME_MANAGER, "EX.01")
    desk = come_in(without_script(chromium), live_server.url, officer)
    other_desk = come_in(without_script(chromium), live_server.url, monitoring)
    third_desk = come_in(without_script(chromium), live_server.url, manager)

    take_in(desk, live_server.url, tmp_path)
    take_step(desk, live_server.url, state="draft", step="submit")
    take_step(other_desk, live_server.url, state="submitted", step="approve")
    changes.work_off_all()
    report = begin_report(desk, live_server.url)
    answered = answer_in_tajik(desk, report)
    files = {kind: download(desk, kind) for kind in ("xlsx", "docx", "pdf")}
    third_desk.goto(report)
    third_desk.locator("form[action='freeze/'] button").click()
    other_desk.goto(f"{live_server.url}/work/iati/check/")

    assert answered == ANSWER
    assert 18 in {
        cell.value
        for sheet in openpyxl.load_workbook(BytesIO(files["xlsx"]))
        for row in sheet
        for cell in row
    }
    assert ANSWER in [paragraph.text for paragraph in Document(BytesIO(files["docx"])).paragraphs]
    assert ANSWER in words_of(files["pdf"])
    expect(third_desk.locator("main")).to_contain_text("SHA-256")
    assert third_desk.locator("textarea").count() == 0
    expect(other_desk.locator("main")).to_contain_text(re.compile(r"\d+ проект"))
    assert errors_of(other_desk, "EX.01") == []
    assert exported(other_desk, live_server.url, "EX.01.1.1.a") == Decimal(18)


def test_given_a_hundred_indicators_when_they_are_approved_at_once_then_one_can_be_reopened_with_a_reason(
    chromium: Browser, live_server
) -> None:
    project = make.project("EX.77", titles={"ru": "Сто показателей"})
    half = make.HALF_YEARS[2]
    for number in range(100):
        make.indicator(project, f"1.{number:03}", periods=(half,), targets=(10,))
    Period.objects.update(typed_value=7)
    submit_many(list(Period.objects.all()), by=make.member(project, "project_officer"))
    page = come_in(without_script(chromium), live_server.url, somebody("zafar", Role.MONITORING_OFFICER))

    page.goto(f"{live_server.url}/work/projects/approvals/?state=submitted&project=EX.77")
    listed = page.locator("table.board tbody tr").count()
    page.locator("input[name=all]").check()
    page.locator("button[name=step][value=approve]").click()
    approved = Period.objects.filter(state=PeriodState.APPROVED, approved_value=7).count()
    page.goto(f"{live_server.url}/work/projects/approvals/?state=approved&project=EX.77")
    page.locator("table.board tbody tr", has_text="1.042").locator("input[name=periods]").check()
    page.locator("button[name=step][value=reopen]").click()
    without_reason = page.locator("[role=alert]").count()
    page.locator("input[name=reason]").fill("Санаи хато навишта шудааст")
    page.locator("button[name=step][value=reopen]").click()

    assert (listed, approved, without_reason) == (100, 100, 1)
    open_again = Period.objects.exclude(state=PeriodState.APPROVED).get()
    assert open_again.indicator.code == "1.042"
    page.goto(f"{live_server.url}/work/projects/EX.77/framework/periods/{open_again.pk}/")
    expect(page.locator("main")).to_contain_text("Санаи хато навишта шудааст")


def take_in(page: Page, address: str, folder: Path) -> None:
    """Send the register and accept what the preview says."""
    sheet = folder / "mashvarat-2025.csv"
    sheet.write_text(register(), encoding="utf-8")
    page.goto(f"{address}/work/intake/new/")
    page.locator("input[type=file]").set_input_files(sheet)
    for name, words in (("project", "EX.01"), ("source", "Миграционную")):
        options = page.locator(f"select[name={name}] option").all_inner_texts()
        index = next(number for number, option in enumerate(options) if words in option)
        page.locator(f"select[name={name}]").select_option(index=index)
    page.locator("form.form button.button-main").click()
    page.locator("form[action$='/accept/'] button").first.click()
    page.wait_for_url("**/work/intake/taken/**")
    changes.work_off_all()


def take_step(page: Page, address: str, *, state: str, step: str) -> None:
    """Tick the one indicator on the board, and take the step."""
    page.goto(f"{address}/work/projects/approvals/?state={state}&project=EX.01&period={FIRST_HALF}")
    page.locator("table.board tbody tr", has_text="EX.01.1.1.a ").locator("input[name=periods]").check()
    page.locator(f"button[name=step][value={step}]").click()
    assert page.locator("[role=alert]").count() == 0, page.locator("[role=alert]").all_inner_texts()


def begin_report(page: Page, address: str) -> str:
    page.goto(f"{address}/work/projects/EX.01/reports/")
    page.locator("select[name=period]").select_option(FIRST_HALF)
    page.locator("form.form button.button-main").click()
    return page.url


def answer_in_tajik(page: Page, report: str) -> str:
    """Answer the donor's first question; what stands there after it was saved."""
    page.goto(f"{report}?language=tg")
    page.locator("textarea").first.fill(ANSWER)
    page.locator("form.form button.button-main").first.click()
    page.goto(f"{report}?language=tg")
    return page.locator("textarea").first.input_value()


def download(page: Page, kind: str) -> bytes:
    with page.expect_download() as fetched:
        page.locator(f"a[href$='/file/{kind}/tg/']").click()
    return Path(fetched.value.path()).read_bytes()


def words_of(pdf: bytes) -> str:
    """The words of a paper, however its lines were broken."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def errors_of(page: Page, project: str) -> list[str]:
    """What the check finds in a project beyond warnings. A project of which nothing is wrong has no section."""
    rows = page.locator("main section", has=page.locator("h2", has_text=project)).locator("tbody tr")
    return [row for row in rows.all_inner_texts() if "предупреждение" not in row]


def exported(page: Page, address: str, key: str) -> Decimal:
    """The number that the file of all projects gives for the half-year."""
    answer = page.request.get(f"{address}/work/iati/export/full.xml")
    asked = f"//indicator[reference/@code='{key}']/period[period-end/@iso-date='2025-06-30']/actual[not(dimension)]/@value"
    (value,) = etree.fromstring(answer.body()).xpath(asked)
    return Decimal(value)
