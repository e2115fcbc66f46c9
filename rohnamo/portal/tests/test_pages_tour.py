"""The tour: code decides what stands, not what a file claims alone."""

import re

import pytest
from django.utils import translation

from rohnamo.core.home import REPOSITORY
from rohnamo.core.missionfiles import read_mission
from rohnamo.portal.pages import tour
from rohnamo.portal.tests.test_pages import text_of
from rohnamo.projects.models import TourLine

NOT_BUILT = [
    "advice", "ban", "skills", "use", "cost", "invest", "wives", "health-talk", "justice", "protection", "hotline",
    "equipment", "guards", "ties", "communities", "library",
]  # fmt: skip


def test_given_the_mission_of_tajikistan_when_its_tour_is_read_then_exactly_these_sentences_wait() -> None:
    mission = read_mission(REPOSITORY / "missions" / "tajikistan")
    lines = [TourLine(code=one.code, wing=one.wing, is_built=one.is_built) for one in mission.tour]

    assert [line.code for line in lines if not tour.stands(line)] == NOT_BUILT


def test_given_a_file_that_claims_too_much_when_the_wing_is_no_app_then_it_does_not_stand() -> None:
    assert not tour.stands(TourLine(wing="library", is_built=True))


def test_given_a_wing_when_its_address_is_not_there_then_no_dead_link_is_made() -> None:
    with translation.override("en"):
        assert tour.href_of(TourLine(wing="projects", is_built=True, address="/projects/")) == "/en/projects/"
        assert tour.href_of(TourLine(wing="projects", is_built=True, address="/no/such/place/")) == ""
        assert tour.href_of(TourLine(wing="projects", is_built=True, address="")) == ""


def test_given_a_page_for_staff_when_the_tour_leads_there_then_it_carries_the_language() -> None:
    line = TourLine(wing="intake", is_built=True, address="/work/intake/")

    with translation.override("tg"):
        assert tour.href_of(line) == "/work/intake/?language=tg"


@pytest.mark.django_db
@pytest.mark.usefixtures("mission")
def test_given_the_tour_when_it_is_made_then_sentences_stand_beside_live_numbers() -> None:
    html = tour.render("en")
    shown = text_of(html)

    assert re.findall(r'<p><a href="([^"]+)">Wing', html.decode()) == [
        "/en/projects/",
        "/en/figures/people-reached/",
    ]
    assert "We do whole Wing whole 2 active projects" in shown
    assert "We do once Wing once 18,240 people, 2026 example figure" in shown
    assert "We do library The tool for it is not built yet: Wing library." in shown
    assert (
        "We do skills Recorded and counted today. Its own tool is not built yet: Wing skills. 61 people, since the start"
        in shown
    )
    assert (
        "Of 4 sentences 2 lead to a part of this system that works. Behind 1 more the work is recorded"
        in shown
    )
