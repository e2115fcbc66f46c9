"""The empty mission that `rohnamo new-mission` writes."""

import re
from datetime import date
from pathlib import Path

import pytest

from rohnamo.core.missionfiles import MissionDataError, read_mission, write_empty


def test_given_a_name_with_quotes_when_an_empty_mission_is_written_then_it_can_be_read(
    tmp_path: Path,
) -> None:
    folder = write_empty(tmp_path / "nowhere", 'Mission "in" Nowhere')

    profile = read_mission(folder).profile

    assert (profile.code, profile.name) == ("nowhere", {"en": 'Mission "in" Nowhere'})


def test_given_the_examples_in_an_empty_mission_when_uncommented_then_they_are_right(tmp_path: Path) -> None:
    folder = write_empty(tmp_path / "nowhere", "Nowhere")
    for file in (
        "sources.toml",
        "tour.toml",
        "series/series.toml",
        "areas.toml",
        "donor-rules.toml",
        "report-forms.toml",
        "support.toml",
        "advice.toml",
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(re.sub(r"(?m)^# (?=\[|\w+ = )", "", text), encoding="utf-8")
    (folder / "projects/EX.01.toml.example").rename(folder / "projects/EX.01.toml")
    for file, row in (
        ("services.csv", "consultation,first-area,person,named,persons,Advice,advice,EX.01"),
        (
            "partners.csv",
            "\n".join(
                (
                    "donor-a,donor,10,Donor A,yes,no",
                    "a-partner,government,10,Partner,yes,no",
                    "a-service,government,10,Service,yes,yes",
                )
            ),
        ),
        ("rates.csv", "EUR,2025-12-01,1.084,invented"),
        ("moves.csv", "m-1,EX.01,EX-1,agreed,2025-12-15,100000,USD,donor-a,,,"),
        ("payments.csv", "p-1,EX.01,EX-1,2026-01-01,2026-03-31,50000,USD,donor-a,"),
        ("deadlines-done.csv", "EX.01,EX-1,final,2027-03-31,2027-03-30"),
        ("documents.csv", "d-1,EX.01,https://example.org/,text/html,A12,Page,en,"),
        ("places.csv", "XX-01,1,region,,North,,,,,,"),
        ("series/population.csv", "year,value,quality,note,source\n2020,1,official,,s"),
    ):
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(f"{row}\n")

    mission = read_mission(folder)

    assert [project.code for project in mission.projects] == ["EX.01"]
    assert [rule.code for rule in mission.donor_rules] == ["final"]
    assert [form.code for form in mission.report_forms] == ["usual"]
    assert [one.code for one in mission.assessments] == ["EX.01-risk-2026"]
    assert [one.code for one in mission.advice] == ["EX.01-advice-1"]
    assert mission.sources[0].may_send_names(date(2026, 6, 1))
    assert not mission.sources[0].may_send_names(date(2027, 1, 1))


def test_given_a_folder_that_holds_something_when_an_empty_mission_is_written_then_nothing_is_touched(
    tmp_path: Path,
) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(MissionDataError):
        write_empty(tmp_path, "Tiny")

    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]
