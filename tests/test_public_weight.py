"""What public pages cost a phone on 50 kbit/s, with the whole example mission in each of its three languages.

A page is one request: its style stands inside it, and it has no script, font or picture. So what is transferred is the
compressed page with its headers. Budgets: the mission's delivery rules, section 3.
"""

import gzip
import re
from datetime import date
from pathlib import Path

import brotli
import pytest
from django.utils import translation
from pytest_django import Settings

from rohnamo.core.audit import SYSTEM
from rohnamo.core.home import REPOSITORY
from rohnamo.core.missionfiles import Mission, read_mission
from rohnamo.core.pages import all_pages
from rohnamo.core.periods import Period
from rohnamo.engines.disclosure import Cell
from rohnamo.figures.actions import (
    Counted,
    Declaration,
    declare_measure,
    load_series,
    load_sourced_figures,
    publish,
)
from rohnamo.figures.models import Unit
from rohnamo.places.models import Level, Place
from rohnamo.portal.files import page_headers
from rohnamo.projects.actions import load_mission

KIB = 1024
MOST_TRANSFERRED = 30 * KIB
MOST_HTML_OF_HOME = 14 * KIB
MOST_REQUESTS = 4
HEADERS = (
    sum(len(f"{name}: {value}\r\n") for name, value in page_headers()) + 200
)  # ETag, lengths, the server's own
PEOPLE = {"tg": "Одамоне, ки кӯмак гирифтанд", "ru": "Сколько людей получили помощь", "en": "People reached"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def _whole_mission(settings: Settings, tmp_path: Path) -> None:
    settings.PUBLIC_ROOT = tmp_path
    mission = read_mission(REPOSITORY / "missions" / "tajikistan")
    load_mission(mission, by=SYSTEM)
    load_series(mission.series)
    load_sourced_figures(mission.profile.facts, mission.areas)
    _release_everything(mission)


@pytest.mark.usefixtures("_whole_mission")
def test_given_the_whole_mission_when_any_public_page_is_sent_then_it_keeps_its_budget() -> None:
    pages = {page.address: page.render() for page in all_pages()}
    transferred = {address: len(gzip.compress(html, 6)) + HEADERS for address, html in pages.items()}
    homes = {code: len(brotli.compress(pages[f"/{code}/"], quality=9)) for code in ("tg", "ru", "en")}

    assert {address: size for address, size in transferred.items() if size > MOST_TRANSFERRED} == {}
    assert {code: size for code, size in homes.items() if size > MOST_HTML_OF_HOME} == {}
    assert {address for address, html in pages.items() if _requests(html) > MOST_REQUESTS} == set()
    assert {f"/{code}/" for code in homes} | {"/tg/projects/EX.03/", "/ru/figures/people-reached/"} <= set(
        pages
    )


def _requests(html: bytes) -> int:
    """The page itself and whatever a browser would fetch for it without being asked."""
    fetched = re.findall(
        rb"<(?:script|img|iframe|video|audio|source|link rel=.(?:stylesheet|preload|icon))[^>]*", html
    )
    return 1 + sum(b'href="data:' not in tag for tag in fetched)


def _release_everything(mission: Mission) -> None:
    """A number for each measure that the example mission would count, with a breakdown over all districts."""
    districts = list(Place.objects.filter(level=Level.DISTRICT).values_list("code", flat=True))
    cells = {Cell.of(district=code): 40 + 17 * place for place, code in enumerate(districts)}
    year = Period(date(2025, 1, 1), date(2025, 12, 31))
    keys = ["mission.reached", "mission.delivered"]
    keys += [f"area.{area.code}.{what}" for area in mission.areas for what in ("reached", "delivered")]
    keys += [f"{project.code}.{one.code}" for project in mission.projects for one in project.indicators]
    for key in keys:
        code = key if key.startswith("EX.") else ""
        declaration = Declaration(
            key=key,
            scope="indicator" if code else key.split(".")[0],
            unit=Unit.PERSONS,
            titles=PEOPLE,
            definitions=PEOPLE,
            project=code[:5],
            area=key.split(".")[1] if key.startswith("area.") else "",
            is_example=True,
        )
        counted = Counted(year, sum(cells.values()), cells, PEOPLE)
        with translation.override("ru"):
            publish(declare_measure(declaration), counted, as_of=date(2026, 1, 5), by=SYSTEM)
