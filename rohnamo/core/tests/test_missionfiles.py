"""The reader of missions: what it accepts, and that it says all that is wrong, with file and line."""

from decimal import Decimal
from pathlib import Path

import pytest

from rohnamo.core.missionfiles import MissionDataError, Problem, read_mission
from rohnamo.core.missionfiles.lines import line_of, toml_lines

TINY_PROFILE = """\
code = "tiny"
is_example = true
country = "XX"
languages = ["en"]
time_zone = "UTC"
currencies = ["USD"]
age_bands = ["0-17", "18+", "u"]
name = { en = "Tiny" }
small_cells = { least = 5 }
"""

TINY_AREA = """\
[[area]]
code = "only"
order = 1
description = { en = "All we do." }
[[area.name]]
en = "Only area"
source = "own words"
"""

SMALL_FILES = {
    "units.csv": "code,name_en\nperson,people\n",
    "partners.csv": "code,kind,iati_type,name_en,is_invented\ndonor,donor,10,Donor,yes\n",
    "places.csv": "code,level,type,parent,name_en\nXX-01,1,region,,North\nXX-01-a,2,district,XX-01,Upper\n",
    "services.csv": (
        "code,area,unit,identity,audience,name_en,words_en,projects\n"
        "advice,only,person,named,persons,Advice,advice|counsel,EX.01\n"
        "talk,only,person,counted,persons,Talk,talk,EX.01\n"
        "shelter,only,person,vault,persons,Shelter,shelter,\n"
    ),
}

SMALL_PROJECT = """\
code = "EX.01"
area = "only"
status = "implementation"
first_on = 2025-01-01
last_on = 2025-12-31
default_service = "advice"
places = ["XX-01-a"]
title = { en = "Advice" }
summary = { en = "We advise." }

[[funding]]
donor = "donor"
agreement = "EX-1"
amount_usd = 100

[[budget]]
year = 2025
amount_usd = 100

[[sector]]
vocabulary = "1"
code = "15190"
share = 100

[[period]]
code = "2025-H1"
first_on = 2025-01-01
last_on = 2025-06-30

[[period]]
code = "2025-H2"
first_on = 2025-07-01
last_on = 2025-12-31

[[result]]
code = "1"
kind = "outcome"
title = { en = "People know" }

[[indicator]]
code = "1.a"
result = "1"
title = { en = "Advised" }
unit = "person"
baseline = 0
baseline_year = 2025
targets = { "2025-H1" = 10, "2025-H2" = 30 }
measure = { count = "persons", services = ["advice"], unique_within = "project" }
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    (tmp_path / "profile.toml").write_text(TINY_PROFILE, encoding="utf-8")
    (tmp_path / "areas.toml").write_text(TINY_AREA, encoding="utf-8")
    return tmp_path


@pytest.fixture
def small(tiny: Path) -> Path:
    """A mission with one project, so that references have something to point at."""
    for file, text in SMALL_FILES.items():
        (tiny / file).write_text(text, encoding="utf-8")
    (tiny / "projects").mkdir()
    (tiny / "projects" / "EX.01.toml").write_text(SMALL_PROJECT, encoding="utf-8")
    return tiny


def edit(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(MissionDataError) as caught:
        read_mission(folder)
    return list(caught.value.problems)


def test_given_only_a_profile_and_an_area_when_read_then_the_rest_is_empty(tiny: Path) -> None:
    mission = read_mission(tiny)

    assert mission.profile.name == {"en": "Tiny"}
    assert [area.name for area in mission.areas] == [{"en": "Only area"}]
    assert (mission.projects, mission.places, mission.series, mission.welcome) == ((), (), (), {})


def test_given_a_small_mission_when_read_then_codes_point_at_each_other(small: Path) -> None:
    mission = read_mission(small)

    project = mission.projects[0]
    assert project.budget_usd == Decimal(100)
    assert project.indicators[0].targets == {"2025-H1": Decimal(10), "2025-H2": Decimal(30)}
    assert mission.services[0].words == {"en": ("advice", "counsel")}


def test_given_no_profile_when_read_then_the_missing_file_is_named(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == [Problem("profile.toml", 0, "the profile of the mission", "no such file")]


def test_given_several_wrong_places_when_read_then_all_are_listed_in_order(small: Path) -> None:
    edit(small, "services.csv", "talk,only", "talk,other")
    edit(small, "projects/EX.01.toml", 'unit = "person"', 'unit = "persn"')
    edit(small, "areas.toml", "order = 1", "order = 0")

    found = [(problem.file, problem.line, problem.found) for problem in problems_of(small)]

    assert found == [
        ("areas.toml", 3, "0"),
        ("projects/EX.01.toml", 44, "persn"),
        ("services.csv", 3, "other"),
    ]


def test_given_a_problem_when_printed_then_it_says_file_line_expected_and_found(small: Path) -> None:
    edit(small, "services.csv", "counted", "countd")

    with pytest.raises(MissionDataError) as caught:
        read_mission(small)

    assert str(caught.value) == (
        "services.csv, line 3: expected identity: one of named, coded, counted, vault, found countd"
    )
    assert (caught.value.file, caught.value.line, caught.value.found) == ("services.csv", 3, "countd")


@pytest.mark.parametrize(
    ("wrong", "line", "expected"),
    [
        pytest.param(
            ("projects/EX.01.toml", "last_on = 2025-12-31\ndefault", "last_on = 2024-12-31\ndefault"),
            5,
            "last_on: a day not before 2025-01-01",
            id="project_ends_before_it_starts",
        ),
        pytest.param(
            ("projects/EX.01.toml", "share = 100", "share = 90"),
            20,
            "sector: shares of vocabulary 1 that add to 100",
            id="shares_do_not_add_up",
        ),
        pytest.param(
            ("projects/EX.01.toml", "year = 2025\namount_usd = 100", "year = 2026\namount_usd = 100"),
            17,
            "year: a year from 2025 to 2025",
            id="budget_outside_the_project",
        ),
        pytest.param(
            ("projects/EX.01.toml", "amount_usd = 100\n\n[[sector]]", "amount_usd = 99\n\n[[sector]]"),
            16,
            "budget: the years to add up to the funding, 100",
            id="budget_is_not_the_funding",
        ),
        pytest.param(
            (
                "projects/EX.01.toml",
                "last_on = 2025-12-31\n\n[[result]]",
                "last_on = 2026-01-31\n\n[[result]]",
            ),
            30,
            "a period inside the project",
            id="period_outside_the_project",
        ),
        pytest.param(
            ("projects/EX.01.toml", "first_on = 2025-07-01", "first_on = 2025-06-30"),
            32,
            "first_on: a day after 2025-06-30",
            id="periods_overlap",
        ),
        pytest.param(
            ("projects/EX.01.toml", '"2025-H2" = 30', '"2025-H2" = 9'),
            47,
            "targets: at least 10 in 2025-H2, because the indicator is cumulative",
            id="cumulative_target_falls",
        ),
        pytest.param(
            ("projects/EX.01.toml", '"2025-H2" = 30', '"2026-H1" = 30'),
            47,
            "2026-H1: a period of the project: 2025-H1, 2025-H2",
            id="target_for_no_period",
        ),
        pytest.param(
            ("projects/EX.01.toml", 'services = ["advice"]', 'services = ["advise"]'),
            48,
            "services: the code of a service in services.csv",
            id="indicator_of_no_service",
        ),
        pytest.param(
            ("projects/EX.01.toml", 'services = ["advice"]', 'services = ["talk"]'),
            48,
            "count: contacts or events, because nobody is known in talk",
            id="persons_of_a_counted_service",
        ),
        pytest.param(
            ("projects/EX.01.toml", 'services = ["advice"]', 'services = ["shelter"]'),
            48,
            "services: no service of the vault: only its released figures leave it",
            id="indicator_of_the_vault",
        ),
        pytest.param(
            ("projects/EX.01.toml", 'title = { en = "Advised" }', 'title = { ru = "Получили" }'),
            43,
            "title: a text in en",
            id="language_missing",
        ),
        pytest.param(
            ("places.csv", "XX-01-a,2,district,XX-01,Upper", "XX-01,2,district,XX-01,Upper"),
            3,
            "a place of its own (also in places.csv, line 2)",
            id="code_twice",
        ),
        pytest.param(
            ("services.csv", "talk,only,person,counted", "talk,only,person"),
            3,
            "8 values",
            id="value_missing_in_a_row",
        ),
        pytest.param(
            ("profile.toml", '"0-17", "18+"', '"0-17", "19+"'),
            7,
            "age_bands: bands from 0 upwards without a gap, the last open",
            id="gap_between_age_bands",
        ),
    ],
)
def test_given_one_wrong_place_when_read_then_its_line_and_the_right_form_are_told(
    small: Path, wrong: tuple[str, str, str], line: int, expected: str
) -> None:
    edit(small, *wrong)

    told = [(problem.file, problem.line, problem.expected) for problem in problems_of(small)]

    assert (wrong[0], line, expected) in told


def test_given_a_misspelt_key_when_read_then_it_is_not_lost_in_silence(tiny: Path) -> None:
    edit(tiny, "areas.toml", "order = 1", 'order = 1\nordre = "x"')

    assert [(problem.line, problem.found) for problem in problems_of(tiny)] == [(4, "ordre")]


def test_given_broken_toml_when_read_then_the_line_of_the_break_is_told(tiny: Path) -> None:
    edit(tiny, "areas.toml", "order = 1", "order = ")

    broken = problems_of(tiny)[1]

    assert (broken.file, broken.line, broken.expected) == ("areas.toml", 3, "valid TOML")


def test_given_a_file_that_is_not_utf_8_when_read_then_the_line_is_told(small: Path) -> None:
    (small / "units.csv").write_bytes("code,name_en\nperson,человек\n".encode("cp1251"))

    told = [(problem.line, problem.expected) for problem in problems_of(small) if problem.file == "units.csv"]

    assert told == [(2, "UTF-8 text")]


def test_given_names_sent_without_an_agreement_when_read_then_only_counts_are_allowed(small: Path) -> None:
    source = '[[source]]\ncode = "s"\npartner = "donor"\nfields = ["name", "sex"]\nname = { en = "S" }\n'
    (small / "sources.toml").write_text(source, encoding="utf-8")

    assert problems_of(small) == [
        Problem("sources.toml", 4, "fields: an agreement, or counts only", "name"),
    ]


def test_given_a_year_left_out_of_a_series_when_read_then_the_gap_is_told(tiny: Path) -> None:
    (tiny / "series").mkdir()
    texts = "\n".join(
        f'{key} = {{ en = "x" }}' for key in ("title", "unit", "definition", "source", "licence")
    )
    (tiny / "series" / "series.toml").write_text(f'[[series]]\ncode = "gdp"\n{texts}\n', encoding="utf-8")
    (tiny / "series" / "gdp.csv").write_text(
        "year,value,quality,note,source\n2001,1,official,,s\n2003,2,official,,s\n", encoding="utf-8"
    )

    assert problems_of(tiny) == [Problem("series/gdp.csv", 3, "year: 2002", "2003")]


def test_given_keys_in_nested_tables_when_asked_for_lines_then_strings_and_comments_do_not_mislead() -> None:
    index = toml_lines(
        '[[a]]\ntext = """\n[[a]]\nkey = 1\n"""\nlist = [ # [[\n  "]]", \'x = 1\',\n]\n[[a.b]]\nc = 1\n[a.d]\ne.f = 2\n'
    )

    assert [
        line_of(index, path) for path in (("a", 0, "list"), ("a", 0, "b", 0, "c"), ("a", 0, "d", "e", "f"))
    ] == [
        6,
        10,
        12,
    ]
    assert line_of(index, ("a", 0, "list", 1)) == 6
    assert ("a", 1) not in index
