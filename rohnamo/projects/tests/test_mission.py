"""The mission of this repository and a new one, loaded whole."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import REPOSITORY
from rohnamo.core.missionfiles import Mission, read_mission, write_empty
from rohnamo.core.models import AuditEntry
from rohnamo.places import queries as places
from rohnamo.places.actions import Loaded
from rohnamo.places.models import Crossing, Level, Place
from rohnamo.projects import queries
from rohnamo.projects.actions import load_mission
from rohnamo.projects.models import MissionProfile, Project, Service, Source, ThematicArea, TourLine

pytestmark = pytest.mark.django_db


@cache
def _tajikistan() -> Mission:
    return read_mission(REPOSITORY / "missions" / "tajikistan")


def _whole_database() -> dict[str, list[dict[str, object]]]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_given_the_mission_when_loaded_twice_then_the_whole_database_stays_as_it_was() -> None:
    load_mission(_tajikistan(), by=SYSTEM)
    before = _whole_database()

    again = load_mission(_tajikistan(), by=SYSTEM)

    assert (again.created, again.changed, again.removed) == (0, 0, 0)
    assert again.unchanged > 73 + 7 + 12
    assert _whole_database() == before


def test_given_the_mission_when_loaded_then_its_parts_are_counted_and_the_deed_is_logged() -> None:
    load_mission(_tajikistan(), by=SYSTEM)

    assert Counter(Place.objects.values_list("level", flat=True)) == {Level.REGION: 5, Level.DISTRICT: 68}
    assert Crossing.objects.count() == 35
    assert ThematicArea.objects.count() == 7
    assert Project.objects.count() == 12
    assert MissionProfile.objects.count() == 1
    assert list(AuditEntry.objects.values_list("actor", "verb", "subject_id")) == [
        ("system", "projects.load_mission", "tajikistan")
    ]


def test_given_the_mission_when_loaded_then_everything_of_the_files_is_in_the_tables() -> None:
    mission = _tajikistan()

    load_mission(mission, by=SYSTEM)

    assert Service.objects.count() == len(mission.services)
    assert Source.objects.count() == len(mission.sources)
    assert TourLine.objects.count() == len(mission.tour)
    ties = Service.projects.through.objects.count()
    assert ties == sum(len(service.projects) for service in mission.services)
    assert [
        queries.project_card(project, "en").planned_usd for project in Project.objects.order_by("code")
    ] == [project.budget_usd for project in mission.projects]


def test_given_the_mission_when_loaded_then_districts_of_gorno_badakhshan_hide_below_ten() -> None:
    load_mission(_tajikistan(), by=SYSTEM)

    strict = Place.objects.filter(small_cell_below=10)
    assert strict.count() == 9
    assert all(place.code.startswith("TJ-GB") for place in strict)
    assert set(
        Place.objects.exclude(code__startswith="TJ-GB").values_list("small_cell_below", flat=True)
    ) == {5}


def test_given_the_mission_when_a_town_is_named_on_a_day_then_it_bears_the_name_of_that_day() -> None:
    load_mission(_tajikistan(), by=SYSTEM)
    bokhtar = places.by_code("TJ-KT-bokhtar")

    assert places.name_of(bokhtar, "en", date(2012, 8, 1)) == "Qurghonteppa"
    assert places.name_of(bokhtar, "ru", date(2012, 8, 1)) == "Курган-Тюбе"
    assert places.name_of(bokhtar, "tg", date(2020, 1, 1)) == "Бохтар"


def test_given_the_mission_when_active_projects_are_asked_then_all_twelve_say_what_they_are_modelled_on() -> (
    None
):
    load_mission(_tajikistan(), by=SYSTEM)

    active = queries.with_card_parts(queries.active_projects(date(2026, 11, 24)))
    cards = [queries.project_card(project, "tg") for project in active]

    assert [card.code for card in cards] == [f"EX.{number:02d}" for number in range(1, 13)]
    assert all(card.is_example and card.modelled_on and card.modelled_on_source for card in cards)
    assert all(card.donors and card.districts for card in cards)


def test_given_a_new_mission_from_the_empty_one_when_loaded_twice_then_it_stands_and_stays(
    tmp_path: Path,
) -> None:
    mission = read_mission(write_empty(tmp_path / "neverland", "Mission in Neverland"))

    loaded = load_mission(mission, by=SYSTEM)
    again = load_mission(mission, by=SYSTEM)

    assert loaded.created > 0
    assert again == Loaded(unchanged=loaded.created)
    assert queries.profile().names["en"] == "Mission in Neverland"


def test_given_a_loaded_mission_when_another_one_is_loaded_then_nothing_of_it_is_kept(tmp_path: Path) -> None:
    load_mission(_tajikistan(), by=SYSTEM)
    before = _whole_database()

    with pytest.raises(Refused):
        load_mission(read_mission(write_empty(tmp_path / "neverland", "Mission in Neverland")), by=SYSTEM)

    assert _whole_database() == before
