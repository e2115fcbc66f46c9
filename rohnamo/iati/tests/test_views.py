"""IATI through the browser: checked, fetched, sent, looked through, taken in; and who finds no such page."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from rohnamo.iati import tasks, views
from rohnamo.iati.models import Activity, DonorWay, Import
from rohnamo.iati.tests.browsing import enter
from rohnamo.iati.tests.factories import make_mission, make_project, others
from rohnamo.staff.models import Role, User

MOST_QUERIES = 15
ALLOWED = {Role.CHIEF_OF_MISSION, Role.MONITORING_OFFICER, Role.COMMUNICATIONS}
ADDRESSES = (
    "",
    "check/",
    "new/",
    "activities/",
    "export/full.xml",
    "files/1/",
    "activities/1/",
    "activities/1.xml",
)
pytestmark = pytest.mark.django_db


def send(browser: Client, content: bytes, name: str = "others.xml") -> str:
    answer = browser.post("/work/iati/new/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


def html_of(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_given_a_file_when_it_is_sent_looked_through_and_accepted_then_its_activities_are_found() -> None:
    browser = enter()

    address = send(browser, others("EX.1", "EX.2").replace(b">180000.5<", b">180 000<", 1))
    preview = html_of(browser, address)
    before = Activity.objects.count()
    accepted = browser.post(f"{address}accept/", follow=True).content.decode()
    found = html_of(browser, "/work/iati/activities/?q=ТУБЕРКУЛЁЗ+mission")

    assert before == 0
    for words in ("Take in 2 activities", "“180 000” in “value” is no number", "left out", "XSD"):
        assert words in preview
    assert "Taken in on" in accepted
    assert "XE-EXAMPLE-MISSION-EX.2" in found
    one = Activity.objects.first()
    assert "180,000.50" in html_of(browser, f"/work/iati/activities/{one.pk}/")
    assert one.identifier.encode() in browser.get(f"/work/iati/activities/{one.pk}.xml").content


def test_given_the_same_file_again_when_it_is_looked_through_then_there_is_nothing_to_take() -> None:
    browser = enter()
    browser.post(f"{send(browser, others('EX.1'))}accept/")

    again = html_of(browser, send(browser, others("EX.1")))

    assert "the same as what we have" in again
    assert "Take in" not in again.split("<main")[1]


def test_given_a_large_file_when_it_is_sent_then_the_worker_looks_and_the_page_shows_how_far(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "AT_ONCE_BYTES", 10)
    browser = enter()

    address = send(browser, others("EX.1"))
    waiting = html_of(browser, address)
    one = Import.objects.get()
    tasks.look_through.call(one.pk, User.objects.get().pk)
    DBTaskResult.objects.update(status="SUCCESSFUL")

    assert "is being looked through" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "Take in 1 activity" in html_of(browser, address)


def test_given_a_bomb_when_it_is_sent_then_the_page_says_why_it_is_not_read() -> None:
    browser = enter()
    content = b'<!DOCTYPE a [<!ENTITY x "boom">]><iati-activities version="2.03">&x;</iati-activities>'

    page = html_of(browser, send(browser, content))

    assert "declares a document type or entities" in page


def test_given_a_previewed_file_when_it_is_cancelled_then_nothing_is_kept() -> None:
    browser = enter()
    address = send(browser, others("EX.1"))

    browser.post(f"{address}discard/")

    assert "This file was cancelled" in html_of(browser, address)
    assert Activity.objects.count() == 0


def test_given_our_projects_when_they_are_checked_then_each_fault_stands_beside_its_project() -> None:
    make_mission()
    make_project("EX.90")
    make_project("EX.91").budget_years.all().delete()
    browser = enter()

    page = html_of(browser, "/work/iati/check/")

    assert "2 projects." in page
    assert "“budget” is missing: a whole activity has it." in page
    assert 'href="/work/projects/EX.91/"' in page
    assert "XM-EXAMPLE-EX.90" not in page


def test_given_our_projects_when_the_file_is_fetched_then_it_is_an_attachment_of_xml() -> None:
    make_mission()
    make_project()

    answer = enter().get("/work/iati/export/full.xml")

    assert answer["Content-Disposition"] == 'attachment; filename="iati-full.xml"'
    assert answer.content.startswith(b"<?xml")


def test_given_a_donor_when_its_way_is_chosen_then_it_is_kept() -> None:
    make_mission()
    make_project()
    browser = enter()

    browser.post("/work/iati/donors/", {"donor": "donor-a", "way": "totals"})

    assert DonorWay.objects.get().way == "totals"
    assert html_of(browser, "/work/iati/").count("Totals only</td>") == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in ALLOWED])
def test_given_anybody_else_when_they_open_these_pages_then_there_are_none(role: Role) -> None:
    browser = enter(role)

    assert {browser.get(f"/work/iati/{address}").status_code for address in ADDRESSES} == {404}


def test_given_nobody_signed_in_when_they_open_these_pages_then_they_are_asked_who_they_are() -> None:
    answers = [Client().get(f"/work/iati/{address}") for address in ADDRESSES]

    assert {answer.status_code for answer in answers} == {302}


def test_given_many_files_and_projects_when_the_first_page_is_opened_then_queries_do_not_grow() -> None:
    make_mission()
    make_project()
    browser = enter()
    for number in range(4):
        send(browser, others(f"EX.{number}"))

    with CaptureQueriesContext(connection) as queries:
        html_of(browser, "/work/iati/")

    assert len(queries) <= MOST_QUERIES


def test_given_somebody_who_may_not_see_money_when_they_come_then_they_check_and_find_no_file() -> None:
    make_mission()
    make_project()
    browser = enter(Role.COMMUNICATIONS)

    assert browser.get("/work/iati/export/full.xml").status_code == 404
    for address in ("/work/iati/", "/work/iati/check/"):
        assert "/work/iati/export/" not in html_of(browser, address)


def test_given_a_packed_file_when_it_is_sent_then_it_is_left_to_the_worker_whatever_its_name() -> None:
    page = html_of(browser := enter(), send(browser, gzip.compress(others("EX.1")), "small.xml"))

    assert "is being looked through" in page


def test_given_a_project_that_cannot_be_written_when_the_file_is_fetched_then_a_notice_names_it() -> None:
    make_mission()
    make_project("EX.90")
    make_project("EX.91").partners.all().delete()
    browser = enter()

    answer = browser.get("/work/iati/export/full.xml")

    assert answer.content.count(b"</iati-activity>") == 1
    assert "something is missing that the standard needs: EX.91." in html_of(browser, "/work/iati/")
