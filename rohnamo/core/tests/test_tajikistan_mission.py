"""The mission that ships with Rohnamo: whole, in three languages, honest about what is made up."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rohnamo.core.missionfiles import Mission, read_mission

FOLDER = Path(__file__).parents[3] / "missions" / "tajikistan"
TAJIK_LETTERS = set("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя")


@pytest.fixture(scope="module")
def mission() -> Mission:
    return read_mission(FOLDER)


def texts_in(thing: object, language: str) -> Iterator[str]:
    """Every text of that language, however deep it lies."""
    if isinstance(thing, Mapping):
        for key, value in thing.items():
            if key == language and isinstance(value, str):
                yield value
            yield from texts_in(value, language)
    elif isinstance(thing, tuple):
        for item in thing:
            yield from texts_in(item, language)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from texts_in(getattr(thing, field.name), language)


def place_called(mission: Mission, name: str, *, on: date) -> set[str]:
    """Codes of the places that a name could mean on that day."""
    wanted = name.casefold()
    now = {
        place.code for place in mission.places if wanted in (text.casefold() for text in place.name.values())
    }
    then = {old.place for old in mission.place_names if old.name.casefold() == wanted and old.valid.holds(on)}
    return now | then


def test_given_the_mission_when_counted_then_nothing_is_missing(mission: Mission) -> None:
    assert {
        "places": len(mission.places),
        "crossings": len(mission.crossings),
        "areas": len(mission.areas),
        "projects": len(mission.projects),
        "posts": len(mission.posts),
        "services": len(mission.services),
        "sources": len(mission.sources),
        "series": len(mission.series),
        "sentences": len(mission.tour),
        "letters": sorted(mission.welcome),
    } == {
        "places": 73,
        "crossings": 35,
        "areas": 7,
        "projects": 12,
        "posts": 34,
        "services": 48,
        "sources": 7,
        "series": 6,
        "sentences": 24,
        "letters": ["en", "ru", "tg"],
    }


def test_given_the_places_when_grouped_then_they_are_those_of_the_country(mission: Mission) -> None:
    below = Counter(place.parent for place in mission.places)

    assert below == {"": 5, "TJ-DU": 4, "TJ-SU": 18, "TJ-KT": 25, "TJ-RA": 13, "TJ-GB": 8}


def test_given_the_projects_when_grouped_then_each_area_has_its_own(mission: Mission) -> None:
    assert Counter(project.area for project in mission.projects) == {
        "labour": 2,
        "families": 3,
        "health": 2,
        "counter-trafficking": 1,
        "borders": 2,
        "communities": 1,
        "movements": 1,
    }


def test_given_the_days_of_the_sample_registers_when_looked_up_then_a_project_was_running(
    mission: Mission,
) -> None:
    running = {
        day: [p.code for p in mission.projects if any(q.first_on <= day <= q.last_on for q in p.periods)]
        for day in (date(2013, 11, 15), date(2025, 2, 11))
    }

    assert running[date(2013, 11, 15)] == ["EX.07"]
    assert running[date(2025, 2, 11)] == [p.code for p in mission.projects if p.code != "EX.12"]


def test_given_the_projects_when_read_then_each_is_an_example_modelled_on_a_sourced_one(
    mission: Mission,
) -> None:
    for project in mission.projects:
        assert re.fullmatch(r"EX\.\d\d", project.code)
        assert project.modelled_on_source
        assert project.modelled_on["en"].startswith("An invented project.")
        assert 4 <= len(project.indicators) <= 8
    assert all(partner.is_invented for partner in mission.partners)
    assert mission.profile.hotline is not None
    assert dict(mission.profile.hotline.number) == {
        "tg": "НАМУНА 0000",
        "ru": "ПРИМЕР 0000",
        "en": "EXAMPLE 0000",
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Қӯрғонтеппа", "TJ-KT-bokhtar"),
        ("Курган-Тюбе", "TJ-KT-bokhtar"),
        ("Qurghonteppa", "TJ-KT-bokhtar"),
        ("Қумсангир", "TJ-KT-jayhun"),
        ("Кумсангир", "TJ-KT-jayhun"),
        ("Ҷиликӯл", "TJ-KT-dusti"),
        ("Джиликуль", "TJ-KT-dusti"),
        ("Шуробод", "TJ-KT-shshohin"),
        ("Московский", "TJ-KT-hamadoni"),
        ("Гиссар", "TJ-RA-hisor"),
        ("Hisor", "TJ-RA-hisor"),
        ("Пенджикент", "TJ-SU-panjakent"),
        ("Penjikent", "TJ-SU-panjakent"),
        ("Восе", "TJ-KT-vose"),
        ("Vose'", "TJ-KT-vose"),
        ("Khorog", "TJ-GB-khorugh"),
        ("Куляб", "TJ-KT-kulob"),
        ("Рудаки", "TJ-RA-rudaki"),
        ("ш. Душанбе", "TJ-DU"),
    ],
)
def test_given_a_name_as_registers_write_it_when_looked_up_then_one_place_is_meant(
    mission: Mission, written: str, code: str
) -> None:
    assert place_called(mission, written, on=date(2003, 6, 1)) == {code}


def test_given_a_renamed_city_when_asked_for_two_days_then_the_former_name_holds_on_the_earlier(
    mission: Mission,
) -> None:
    assert place_called(mission, "Қӯрғонтеппа", on=date(2013, 11, 1)) == {"TJ-KT-bokhtar"}
    assert place_called(mission, "Қӯрғонтеппа", on=date(2025, 1, 1)) == set()


def test_given_the_words_of_services_when_compared_then_none_means_two(mission: Mission) -> None:
    meanings = Counter(
        word.casefold()
        for service in mission.services
        for word in {w.casefold() for words in service.words.values() for w in words}
    )

    assert [word for word, services in meanings.items() if services > 1] == []


def test_given_the_figures_of_the_tour_when_looked_up_then_each_exists(mission: Mission) -> None:
    indicators = {
        f"{project.code}-{indicator.code}".lower().replace(".", "-")
        for project in mission.projects
        for indicator in project.indicators
    }
    facts = {fact.code for fact in mission.profile.facts}
    known = indicators | facts | {series.code for series in mission.series} | {"people-reached"}

    assert [s.figure for s in mission.tour if s.figure and s.figure not in known] == []


def test_given_the_tour_when_read_then_every_area_has_a_sentence(mission: Mission) -> None:
    assert {sentence.area for sentence in mission.tour} - {""} == {area.code for area in mission.areas}


def test_given_the_tajik_texts_when_spelt_out_then_only_tajik_letters_occur(mission: Mission) -> None:
    """ц щ ы ь left the alphabet in 1998; place names and registers may still write them, our own texts do not."""
    spoken = dataclasses.replace(mission, crossings=(), places=())
    foreign = {
        (letter, text)
        for text in texts_in(spoken, "tg")
        for letter in text.casefold()
        if "\u0400" <= letter <= "\u04ff" and letter not in TAJIK_LETTERS
    }

    assert foreign == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", r"victim|abandoned|left behind"), ("ru", r"жертв|брошенн"), ("tg", r"қурбон")],
)
def test_given_the_public_texts_when_read_then_no_word_shames(
    mission: Mission, language: str, words: str
) -> None:
    assert [text for text in texts_in(mission, language) if re.search(words, text, re.IGNORECASE)] == []


def test_given_people_leaving_when_read_then_gaps_stay_empty_and_counts_are_not_mixed(
    mission: Mission,
) -> None:
    series = next(series for series in mission.series if series.code == "labour-migrants")
    by_year = {seen.year: seen for seen in series.observations}

    official = [year for year, seen in by_year.items() if seen.quality == "official"]
    empty = [year for year, seen in by_year.items() if seen.value is None]

    assert official == [2016, 2018, 2023]
    assert empty == [2006, 2007, 2008, 2009, 2010, 2011, 2012, 2014, 2024]
    assert by_year[2021].value == Decimal(331353)
    assert by_year[2021].quality == "part_of_year"


def test_given_crossings_when_drawn_then_only_airports_are_exact_points(mission: Mission) -> None:
    assert {crossing.mode for crossing in mission.crossings if crossing.is_exact} == {"air"}
    assert all(crossing.statuses for crossing in mission.crossings)


def test_given_a_district_of_badakhshan_when_asked_for_its_limit_then_it_is_stricter(
    mission: Mission,
) -> None:
    cells = mission.profile.small_cells

    assert (cells.least_in("TJ-GB-vanj"), cells.least_in("TJ-GB"), cells.least_in("TJ-KT-vose")) == (
        10,
        10,
        5,
    )
