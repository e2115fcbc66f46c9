"""Sent back to its sender: the whole register with a sentence, or rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rohnamo.core.errors import Refused
from rohnamo.core.models import StoredFile
from rohnamo.deliveries.models import Delivery
from rohnamo.intake.actions import accept, return_rows, send_back, upload
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries.uploads import state_of
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of, send
from rohnamo.intake.tests.factories import REGISTER, TALK, TITLES, VISIT, csv_of, make_setting
from rohnamo.intake.views.returning import numbers_in
from rohnamo.people.models import Person
from rohnamo.people.tests.factories import make_project, make_user
from rohnamo.projects.models import Source
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
WORDS = "The days are those of last year."


def test_given_a_whole_register_when_it_is_sent_back_then_its_rows_are_gone_and_the_sentence_is_there() -> (
    None
):
    source, project = make_setting()
    reporter = a_partner_reporter(source, project)
    sent = upload(REGISTER, "r.csv", source=source, project=project, by=reporter)
    browser = enter(make_user(project))

    browser.post(f"/work/intake/{sent.pk}/return/", {"what": "whole", "words": WORDS})

    sent.refresh_from_db()
    assert (state_of(sent).value, sent.sent_back_words, StoredFile.objects.count()) == ("sent_back", WORDS, 0)
    assert WORDS in html_of(enter(reporter), f"/work/intake/{sent.pk}/")
    assert browser.post(f"/work/intake/{sent.pk}/accept/").status_code == 302
    assert Delivery.objects.count() == 0


def test_given_rows_that_are_sent_back_when_the_register_is_accepted_then_all_others_are_in() -> None:
    source, project = make_setting()
    reporter = a_partner_reporter(source, project)
    sent = upload(REGISTER, "r.csv", source=source, project=project, by=reporter)
    user = make_user(project)
    browser = enter(user)

    browser.post(f"/work/intake/{sent.pk}/return/", {"what": "rows", "rows": "2, 4–5", "words": WORDS})
    before = html_of(browser, f"/work/intake/{sent.pk}/")
    accept(Upload.objects.get(), by=user)

    assert ("Accept 1 row" in before, f"Sent back by the mission: {WORDS}" in before) == (True, True)
    assert (Import.objects.get().counts, Person.objects.count()) == ({"counted": 1, "refused": 3}, 0)


def test_given_no_sentence_or_rows_that_are_not_there_when_it_is_sent_back_then_it_is_refused() -> None:
    source, project = make_setting()
    user = make_user(project)
    sent = upload(REGISTER, "r.csv", source=source, project=project, by=user)

    with pytest.raises(Refused, match="Say in a sentence"):
        send_back(sent, " ", by=user)
    with pytest.raises(Refused, match="numbers of rows"):
        return_rows(sent, [99], WORDS, by=user)

    sent.refresh_from_db()
    assert sent.decided_at is None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("4", [4]),
        ("4, 7;9", [4, 7, 9]),
        ("9–12 3", [3, 9, 10, 11, 12]),
        ("9 - 11", [9, 10, 11]),
        ("a", []),
        ("1-9999999", []),
    ],
)
def test_given_numbers_as_people_write_them_when_they_are_read_then_they_are_rows(
    text: str, rows: list[int]
) -> None:
    assert numbers_in(text) == rows


def test_given_a_reporter_or_a_stranger_when_they_send_back_then_there_is_no_such_page() -> None:
    source, project = make_setting()
    reporter = a_partner_reporter(source, project)
    sent = upload(REGISTER, "r.csv", source=source, project=project, by=reporter)

    for user in (reporter, make_user(make_project("EX.91"))):
        assert enter(user).get(f"/work/intake/{sent.pk}/return/").status_code == 404


def test_given_an_agreement_that_ended_half_way_when_the_page_is_opened_then_there_is_a_way_out() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, csv_of(TITLES, VISIT, TALK), source, project).url
    Upload.objects.update(taking_since=timezone.now())
    Source.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    stuck = html_of(browser, address)
    said = browser.post(f"{address}accept/", follow=True).content.decode()
    browser.post(f"{address}close/")

    assert "The data agreement has ended while the register was coming in" in stuck
    assert "Keep what is in and drop the rest, or wait until the agreement is renewed." in said
    assert (state_of(Upload.objects.get()).value, StoredFile.objects.count()) == ("closed", 0)
    assert "ended before any of its rows was in" in html_of(browser, address)


def test_given_a_register_that_waits_when_somebody_ends_it_half_way_then_nothing_happens() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, REGISTER, source, project).url

    browser.post(f"{address}close/")

    assert state_of(Upload.objects.get()).value == "waiting"
