"""Pages of money, support and advice: what each shows, to whom, and what its form writes."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from rohnamo.projects.models import (
    Advice,
    AdviceStep,
    Alert,
    DeadlineDone,
    DonorRule,
    ExchangeRate,
    MoneyMove,
    Project,
    RiskAssessment,
    Support,
)
from rohnamo.projects.tests.factories import a_member, a_partner, a_project, a_user, words
from rohnamo.projects.tests.ledger import (
    a_grant,
    a_move,
    a_service_of_guards,
    a_year,
    an_assessment,
)
from rohnamo.staff.models import Role, User
from rohnamo.staff.tests.door import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]
MOST_QUERIES = 25
PAGES = ("money", "support", "advice")
BASE = "/work/projects"


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def _house() -> Project:
    project = a_project()
    grant = a_grant(project, "1000.00")
    a_year(project, 2024, "600")
    a_year(project, 2025, "400")
    a_move(project, "250.00", grant=grant, code="seen-move")
    guards = a_service_of_guards(project)
    an_assessment(project, guards)
    Alert.objects.create(
        code="alert-1",
        partner=guards,
        project=project,
        day=timezone.localdate(),
        raised_on=timezone.localdate(),
        what=words("heard something"),
        source=words("a complaint"),
    )
    DonorRule.objects.create(
        donor=grant.donor, code="final", anchor="end", months=3, titles=words("Final report")
    )
    advice = Advice.objects.create(
        code="advice-1", project=project, asked_by=guards, subject="law", titles=words("A law")
    )
    AdviceStep.objects.create(advice=advice, order=1, step="asked", day=timezone.localdate())
    return project


def _user(name: str, role: Role, project: Project | None = None) -> User:
    user = a_user(name, role, language="en")
    if project:
        a_member(user, project, role)
    return user


def _page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def _send(browser: Client, address: str, data: dict[str, object]) -> None:
    hidden = re.findall(r'name="code" value="([^"]+)"', browser.get(address).content.decode())
    answer = browser.post(address, {**({"code": hidden[0]} if hidden else {}), **data})
    assert answer.status_code == 302, re.findall(r"<li>(.*?)</li>", answer.content.decode())


def test_given_a_manager_when_the_money_page_is_opened_then_it_shows_sums_time_and_movements() -> None:
    project = _house()
    html = _page(enter(_user("mira", Role.PROGRAMME_MANAGER, project)), f"{BASE}/EX.01/money/")

    assert re.findall(r'<b class="number">([^<]*)</b>', html) == ["1,000", "0", "250"]
    assert "25%" in html
    assert "of the money spent until" in html
    assert "Final report" in html
    assert "250.00 USD" in html
    assert "Record a movement" in html


def test_given_a_reader_of_money_when_the_page_is_opened_then_nothing_can_be_recorded() -> None:
    _house()
    html = _page(enter(_user("mona", Role.MONITORING_OFFICER)), f"{BASE}/EX.01/money/")

    assert "250.00 USD" in html
    assert "Record a movement" not in html
    assert "Take back" not in html


@pytest.mark.parametrize(
    "role",
    [
        Role.DONOR_READER,
        Role.PARTNER_REPORTER,
        Role.ADMINISTRATOR,
        Role.COMMUNICATIONS,
        Role.TRAINER,
        Role.FIELD_OFFICER,
        Role.HELPLINE_OPERATOR,
    ],
)
def test_given_a_role_outside_when_a_page_is_opened_then_there_is_none(role: Role) -> None:
    project = _house()
    a_partner("donor-a", project)
    user = a_user("other", role, partner="donor-a")
    if role not in {Role.ADMINISTRATOR, Role.DONOR_READER}:
        a_member(user, project, role)
    browser = enter(user)

    found = {page: browser.get(f"{BASE}/EX.01/{page}/").status_code for page in PAGES}

    assert found == dict.fromkeys(PAGES, 404)


def test_given_a_member_of_another_project_when_a_page_is_opened_then_there_is_none() -> None:
    _house()
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, a_project("EX.02")))

    assert [browser.get(f"{BASE}/EX.01/{page}/").status_code for page in PAGES] == [404, 404, 404]
    assert browser.get(f"{BASE}/EX.99/money/").status_code == 404


def test_given_nobody_signed_in_when_a_page_is_opened_then_the_way_leads_to_the_door() -> None:
    _house()

    assert [Client().get(f"{BASE}/EX.01/{page}/").status_code for page in PAGES] == [302, 302, 302]


@pytest.mark.parametrize("page", PAGES)
def test_given_many_records_when_a_page_is_opened_then_it_asks_no_more_than_before(page: str) -> None:
    project = _house()
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, project))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            _page(browser, f"{BASE}/EX.01/{page}/")
        counts.append(len(asked))
        guards = a_service_of_guards(project, f"guards-{len(counts)}")
        for number in range(6):
            a_move(project, "1.00")
            an_assessment(project, guards)
            advice = Advice.objects.create(
                code=f"more-{len(counts)}-{number}",
                project=project,
                asked_by=guards,
                subject="law",
                titles=words("A law"),
            )
            AdviceStep.objects.create(advice=advice, order=1, step="asked", day=timezone.localdate())

    assert counts[1] <= counts[0]
    assert counts[0] <= MOST_QUERIES


def test_given_a_form_when_a_movement_is_typed_as_people_type_then_it_is_recorded() -> None:
    project = _house()
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, project))

    _send(
        browser,
        f"{BASE}/EX.01/money/record/",
        {"kind": "4", "day": "31.03.2025", "value": "1 250,50", "currency": "USD", "description": "Tea"},
    )

    move = MoneyMove.objects.exclude(code="seen-move").get()
    assert (move.value, move.day.isoformat(), move.descriptions) == (
        Decimal("1250.50"),
        "2025-03-31",
        {"en": "Tea"},
    )


def test_given_a_movement_without_a_rate_when_it_is_sent_then_the_form_says_so_and_keeps_what_was_typed() -> (
    None
):
    project = _house()
    a_grant(project, reference="EUR-1", currency="EUR")
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, project))

    answer = browser.post(
        f"{BASE}/EX.01/money/record/",
        {"code": "EX.01-x", "kind": "4", "day": "2025-03-31", "value": "77", "currency": "EUR"},
    )

    assert answer.status_code == 422
    assert "No rate of EUR is known" in answer.content.decode()
    assert 'value="77"' in answer.content.decode()
    _send(
        browser,
        f"{BASE}/EX.01/money/rate/",
        {"currency": "EUR", "day": "2025-03-01", "usd_per_unit": "1,084", "source": "a bank"},
    )
    assert ExchangeRate.objects.get().usd_per_unit == Decimal("1.084")


def test_given_a_movement_when_it_is_taken_back_by_form_then_the_page_says_so() -> None:
    project = _house()
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, project))
    move = MoneyMove.objects.get(code="seen-move")

    _send(
        browser,
        f"{BASE}/EX.01/money/{move.pk}/reverse/",
        {"day": "2025-03-31", "reason": "written twice"},
    )

    assert "taken back" in _page(browser, f"{BASE}/EX.01/money/")


def test_given_a_deadline_when_it_is_marked_and_unmarked_then_it_is_done_and_not_done() -> None:
    project = _house()
    browser = enter(_user("mira", Role.PROGRAMME_MANAGER, project))
    which = {"agreement": "A-1", "code": "final", "due_on": "2026-03-31"}

    browser.post(f"{BASE}/EX.01/money/deadline/", which)
    assert DeadlineDone.objects.count() == 1
    browser.post(f"{BASE}/EX.01/money/deadline/", {**which, "undo": "1"})
    browser.post(f"{BASE}/EX.01/money/deadline/", {**which, "due_on": "never"})

    assert DeadlineDone.objects.count() == 0


def test_given_two_people_when_they_go_through_the_forms_then_support_is_assessed_and_approved() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    officer = enter(_user("bahrom", Role.BORDER_OFFICER, project))
    chief = enter(_user("chief", Role.CHIEF_OF_MISSION))
    today = timezone.localdate()
    later = (today + timedelta(days=90)).isoformat()

    _send(
        officer,
        f"{BASE}/EX.01/support/assess/",
        {
            "partner": guards.pk,
            "supports": ["training"],
            "forces": "posts",
            "risks": "rough treatment",
            "measures": "a visit",
            "mechanism": "reports",
            "valid_from": today.isoformat(),
            "valid_to": later,
        },
    )
    assessment = RiskAssessment.objects.get()
    decide = f"{BASE}/EX.01/support/{assessment.pk}/decide/"
    assert officer.get(decide).status_code == 404
    assert "rough treatment" in _page(chief, decide)
    _send(chief, decide, {"decision": "approved", "reason": ""})
    _send(
        chief,
        f"{BASE}/EX.01/support/approve/",
        {"partner": guards.pk, "kind": "training", "starts_on": today.isoformat(), "ends_on": later},
    )

    assert Support.objects.get().assessment == assessment
    assert "may be given" in _page(officer, f"{BASE}/EX.01/support/")
    assert officer.get(f"{BASE}/EX.01/support/approve/").status_code == 404


def test_given_an_alert_by_form_when_another_person_lifts_it_then_support_may_go_on() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards, valid_to=timezone.localdate() + timedelta(days=9))
    officer = enter(_user("bahrom", Role.BORDER_OFFICER, project))
    protector = enter(_user("dpo", Role.DATA_PROTECTION_OFFICER))

    _send(
        officer,
        f"{BASE}/EX.01/support/alert/",
        {
            "partner": guards.pk,
            "day": timezone.localdate().isoformat(),
            "what": "heard",
            "source": "a complaint",
        },
    )
    alert = Alert.objects.get()
    assert "stopped by an alert" in _page(officer, f"{BASE}/EX.01/support/")
    lift = f"{BASE}/EX.01/support/alert/{alert.pk}/lift/"
    assert officer.get(lift).status_code == 404
    _send(protector, lift, {"reason": "looked into"})

    assert "may be given" in _page(officer, f"{BASE}/EX.01/support/")


def test_given_advice_when_its_steps_are_recorded_by_form_then_history_grows_and_a_mistake_stays_readable() -> (
    None
):
    project = a_project()
    school = a_partner("school", project)
    browser = enter(_user("bahrom", Role.BORDER_OFFICER, project))

    _send(
        browser,
        f"{BASE}/EX.01/advice/new/",
        {"asked_by": school.pk, "subject": "law", "title": "A better law", "day": "2025-01-10"},
    )
    advice = Advice.objects.get()
    here = f"{BASE}/EX.01/advice/{advice.pk}/"
    _send(browser, here, {"step": "given", "day": "2025-02-10", "note": "sent by letter"})
    refused = browser.post(here, {"step": "adopted", "day": "2025-01-01"})
    _send(browser, f"{here}strike/", {"reason": "another paper"})

    assert refused.status_code == 422
    html = _page(browser, here)
    assert "Struck out: another paper" in html
    assert "sent by letter" in html
    assert [(step.step, bool(step.struck_at)) for step in AdviceStep.objects.order_by("order")] == [
        ("asked", False),
        ("given", True),
    ]


def test_given_a_reader_of_advice_when_a_step_is_posted_then_there_is_no_such_page() -> None:
    _house()
    advice = Advice.objects.get()
    browser = enter(_user("mona", Role.MONITORING_OFFICER))

    assert "A law" in _page(browser, f"{BASE}/EX.01/advice/{advice.pk}/")
    assert browser.post(f"{BASE}/EX.01/advice/{advice.pk}/", {"step": "given"}).status_code == 404
    assert browser.get(f"{BASE}/EX.01/advice/new/").status_code == 404


def test_given_projects_when_the_portfolio_is_opened_then_donors_and_areas_add_up() -> None:
    project = _house()
    part = a_project("EX.02", parent=project)
    html = _page(enter(_user("chief", Role.CHIEF_OF_MISSION)), f"{BASE}/money/")

    assert re.findall(r'<b class="number">([^<]*)</b>', html) == ["1,000", "0", "250"]
    assert "counted with EX.01" in html
    assert part.code in html
    assert enter(_user("dora", Role.DONOR_READER)).get(f"{BASE}/money/").status_code == 404
