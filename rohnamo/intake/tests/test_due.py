"""What is due: from a rhythm, by the days of what came."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.intake.actions import accept, end_rhythm, send_back, set_rhythm, undo, upload
from rohnamo.intake.models import Every, Rhythm
from rohnamo.intake.queries.due import due_for, is_open
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of
from rohnamo.intake.tests.factories import TITLES, VISIT, csv_of, make_setting
from rohnamo.people.tests.factories import make_project, make_source, make_user
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import Role, User
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 20)
FEBRUARY = csv_of(TITLES, VISIT)


def monthly(source: Source, project: Project, *, since: date = date(2025, 1, 1)) -> Rhythm:
    return set_rhythm(source, project, every=Every.MONTH, due_day=10, since=since, by=SYSTEM)


def states(user: User, today: date = TODAY) -> list[tuple[str, str]]:
    return [(one.period.label, one.state.value) for one in due_for(user, today)]


def test_given_a_monthly_rhythm_when_days_go_by_then_each_month_is_running_due_and_late() -> None:
    source, project = make_setting()
    monthly(source, project, since=date(2025, 2, 10))
    user = make_user(project)

    assert states(user) == [("2025-04", "running"), ("2025-03", "late"), ("2025-02", "late")]
    assert states(user, date(2025, 4, 10))[1] == ("2025-03", "due")
    assert [one.due_on for one in due_for(user, TODAY)][1] == date(2025, 4, 10)


def test_given_a_quarterly_rhythm_when_it_ended_then_nothing_more_is_due() -> None:
    source, project = make_setting()
    rhythm = set_rhythm(source, project, every=Every.QUARTER, due_day=15, since=date(2024, 7, 1), by=SYSTEM)
    end_rhythm(rhythm, on=date(2025, 1, 15), by=SYSTEM)

    assert states(make_user(project)) == [("2025-Q1", "late"), ("2024-Q4", "late"), ("2024-Q3", "late")]


def test_given_a_register_when_it_is_sent_accepted_and_taken_back_then_its_month_says_so() -> None:
    source, project = make_setting()
    monthly(source, project, since=date(2025, 2, 1))
    user = make_user(project)
    sent = upload(FEBRUARY, "february.csv", source=source, project=project, by=user)
    received = states(user)
    register = accept(sent, by=user).register
    accepted = states(user)
    assert register
    undo(register, by=user, reason="sent by mistake")

    assert (received[2], accepted[2], states(user)[2]) == (
        ("2025-02", "received"), ("2025-02", "accepted"), ("2025-02", "late"),
    )  # fmt: skip


def test_given_a_register_that_was_sent_back_when_a_better_one_comes_then_that_one_counts() -> None:
    source, project = make_setting()
    monthly(source, project, since=date(2025, 2, 1))
    user = make_user(project)
    first = upload(FEBRUARY, "february.csv", source=source, project=project, by=user)
    send_back(first, "The days are missing.", by=user)
    sent_back = due_for(user, TODAY)[2]
    upload(FEBRUARY, "february-2.csv", source=source, project=project, by=user)

    assert (sent_back.state.value, is_open(sent_back)) == ("sent_back", True)
    assert states(user)[2] == ("2025-02", "received")


def test_given_a_due_day_that_is_none_when_it_is_said_then_it_is_refused() -> None:
    source, project = make_setting()

    with pytest.raises(Refused, match="1 to 60 days"):
        set_rhythm(source, project, every=Every.MONTH, due_day=0, since=TODAY, by=SYSTEM)


def test_given_two_partners_when_one_looks_then_nothing_of_the_other_is_there_and_nothing_to_search() -> None:
    source, project = make_setting()
    reporter = a_partner_reporter(source, project)
    other = make_source(
        "others",
    )
    a_partner_reporter(other, project, code="others")
    today = timezone.localdate()
    for one in (source, other):
        monthly(one, project, since=today - timedelta(days=70))
    theirs = upload(FEBRUARY, "theirs.csv", source=other, project=project, by=make_user(project))
    mine = upload(FEBRUARY, "mine.csv", source=source, project=project, by=reporter)
    send_back(mine, "The second sheet is missing.", by=make_user(project))
    browser = enter(reporter)

    html = html_of(browser, "/work/intake/")
    back = html_of(browser, f"/work/intake/{mine.pk}/")

    assert ("mine.csv" in html, "sent back" in html, "Data agreement of Source until" in html) == (
        True,
        True,
        True,
    )
    assert ("theirs.csv" in html, 'name="q"' in html, "Намунаев" in html) == (False, False, False)
    assert {one.rhythm.source_id for one in due_for(reporter, today)} == {source.pk}
    assert "The second sheet is missing." in back
    assert browser.get(f"/work/intake/{theirs.pk}/").status_code == 404


def test_given_a_sender_without_an_agreement_when_its_reporter_looks_then_it_is_said_that_only_counts_are_taken() -> (
    None
):
    _source, project = make_setting()
    reporter = a_partner_reporter(make_source("bare", has_agreement=False), project)

    assert "only counts are taken, every name is dropped" in html_of(enter(reporter), "/work/intake/")


def test_given_who_manages_the_project_when_they_say_when_registers_are_due_then_it_is_remembered() -> None:
    source, project = make_setting()
    browser = enter(make_user(project, role=Role.PROGRAMME_MANAGER))
    given = {"source": source.pk, "every": "quarter", "due_day": 20, "since": "2025-01-01"}

    browser.post(f"/work/intake/due/{project.code}/", given)

    assert list(Rhythm.objects.values_list("every", "due_day")) == [("quarter", 20)]
    for stranger in (make_user(make_project("EX.91")), a_partner_reporter(source, project)):
        assert enter(stranger).get(f"/work/intake/due/{project.code}/").status_code == 404


def test_given_more_senders_when_what_is_due_is_read_then_it_asks_no_more() -> None:
    source, project = make_setting()
    user = make_user(project)
    monthly(source, project)
    with CaptureQueriesContext(connection) as few:
        due_for(user, TODAY)
    for number in range(4):
        monthly(make_source(f"s{number}"), project)

    with CaptureQueriesContext(connection) as many:
        due_for(user, TODAY)

    assert len(few) == len(many)
