"""The page before a meeting: released numbers, open promises, and sentences for few."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from rohnamo.core.errors import Refused
from rohnamo.figures.models import Cell, Measure, Release
from rohnamo.people.tests.factories import make_project
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter
from rohnamo.workspace import actions
from rohnamo.workspace.models import BriefingNote
from rohnamo.workspace.queries.briefing import paper_about, subject
from rohnamo.workspace.tests.house import House

ABOUT = "district:TJ-KT-kulob"
TODAY = date(2026, 3, 1)


def _released(count: int | None) -> None:
    measure = Measure.objects.create(key="mission.reached", scope="mission", unit="persons")
    release = Release.objects.create(
        measure=measure, start=date(2025, 1, 1), end=date(2025, 12, 31), as_of=TODAY, released_by="1",
        value=4_321, verdict="published",
    )  # fmt: skip
    Cell.objects.create(release=release, district="TJ-KT-kulob", count=count)


def _works_there(house: House) -> None:
    for project in (house.mine, house.other):
        project.places.create(place=house.kulob)


def _facts(house: House, role: str = Role.PROJECT_OFFICER) -> dict[str, str]:
    asked = subject(ABOUT)
    assert asked is not None
    return dict(paper_about(asked, house.officer(house.mine, role=role), "en", today=TODAY).facts)


def test_given_a_district_when_an_officer_is_briefed_then_own_projects_and_released_people_stand_there(
    house: House,
) -> None:
    _works_there(house)
    _released(1_234)

    assert _facts(house) == {"Projects under way": "1", "People reached, 2025": "1,234"}
    assert _facts(house, Role.CHIEF_OF_MISSION)["Projects under way"] == "2"


def test_given_a_hidden_cell_when_somebody_is_briefed_then_it_stays_hidden(house: House) -> None:
    _released(None)

    assert _facts(house)["People reached, 2025"] == "*"


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_given_a_chief_before_a_meeting_when_the_page_is_printed_then_it_is_one_page(
    house: House, language: str
) -> None:
    _works_there(house)
    _released(1_234)
    chief = house.officer(role=Role.CHIEF_OF_MISSION)

    answer = enter(chief).get(f"/work/briefing/{ABOUT}/{language}/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1


def test_given_what_must_not_be_said_when_an_officer_looks_then_it_is_nowhere(house: House) -> None:
    asked = subject(ABOUT)
    assert asked is not None
    actions.note_for_briefing(
        asked, "The tender is not decided", is_restricted=True, by=house.officer(role=Role.CHIEF_OF_MISSION)
    )
    chief, officer = (
        enter(house.officer(house.mine, role=role)) for role in (Role.CHIEF_OF_MISSION, Role.PROJECT_OFFICER)
    )
    page, paper = f"/work/briefing/{ABOUT}/", f"/work/briefing/{ABOUT}/en/?restricted=1"

    assert "The tender is not decided" in chief.get(page).content.decode()
    assert "The tender is not decided" in PdfReader(BytesIO(chief.get(paper).content)).pages[0].extract_text()
    assert "The tender is not decided" not in officer.get(page).content.decode()
    assert officer.get(paper).status_code == 404
    note = BriefingNote.objects.get()
    assert officer.post(f"/work/briefing/notes/{note.pk}/strike/").status_code == 404
    assert chief.post(f"/work/briefing/notes/{note.pk}/strike/").status_code == 302
    assert "The tender is not decided" not in chief.get(page).content.decode()


def test_given_an_officer_when_a_restricted_sentence_is_written_then_it_is_refused(house: House) -> None:
    asked = subject(ABOUT)
    assert asked is not None

    with pytest.raises(Refused, match="only few"):
        actions.note_for_briefing(asked, "x", is_restricted=True, by=house.officer(house.mine))


@pytest.mark.parametrize("about", ["district:XX", "planet:earth", "district", "area:nothing", "donor:x"])
def test_given_an_address_of_nothing_when_it_is_asked_for_then_there_is_no_page(
    house: House, about: str
) -> None:
    assert enter(house.officer(house.mine)).get(f"/work/briefing/{about}/").status_code == 404


@pytest.mark.parametrize("role", [Role.DONOR_READER, Role.PARTNER_REPORTER, Role.ADMINISTRATOR])
def test_given_somebody_from_outside_when_a_briefing_is_asked_for_then_there_is_no_page(
    house: House, role: Role
) -> None:
    browser = enter(house.officer(role=role))

    assert [browser.get(path).status_code for path in ("/work/briefing/", f"/work/briefing/{ABOUT}/")] == [
        404,
        404,
    ]


def test_given_more_projects_when_somebody_is_briefed_then_it_takes_no_more_queries(house: House) -> None:
    asked, chief = subject(ABOUT), house.officer(role=Role.CHIEF_OF_MISSION)
    assert asked is not None
    counts = []
    for number in range(2):
        for place in range(4):
            make_project(f"EX.{number}{place}").places.create(place=house.kulob)
        with CaptureQueriesContext(connection) as seen:
            paper_about(asked, chief, "en", today=TODAY)
        counts.append(len(seen))

    assert counts[0] == counts[1]
