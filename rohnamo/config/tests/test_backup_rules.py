"""What a backup is thinned by, and which deeds are done again: rules that need no home."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from rohnamo.config.backup import journal, swap
from rohnamo.config.backup.journal import Line
from rohnamo.config.backup.thinning import Keep, superfluous

DISABLE, ENABLE = "staff.disable_account", "staff.enable_account"


def nightly(first: date, number: int) -> list[tuple[str, date]]:
    days = [first + timedelta(days=day) for day in range(number)]
    return [(day.isoformat(), day) for day in days]


def test_given_two_years_of_nights_when_they_are_thinned_then_days_weeks_and_months_remain() -> None:
    days = nightly(date(2024, 1, 1), 731)  # to 31 December 2025, a Wednesday

    gone = set(superfluous(days, Keep()))

    assert [name for name, _day in days if name not in gone] == [
        *("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31"),
        *("2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-14", "2025-12-21"),
        *("2025-12-25", "2025-12-26", "2025-12-27", "2025-12-28", "2025-12-29", "2025-12-30", "2025-12-31"),
    ]  # fmt: skip


def test_given_backups_with_long_gaps_when_they_are_thinned_then_days_without_one_do_not_count() -> None:
    days = [(day.isoformat(), day) for day in (date(2023, 5, 1), date(2024, 5, 1), date(2025, 5, 1))]

    assert superfluous(days, Keep(days=2, weeks=0, months=0)) == ["2023-05-01"]
    assert superfluous(days, Keep(days=0, weeks=0, months=3)) == []


def test_given_three_backups_of_one_day_when_they_are_thinned_then_the_newest_stays() -> None:
    day = date(2025, 5, 1)

    assert superfluous([("morning", day), ("noon", day), ("night", day)], Keep()) == ["morning", "noon"]


@pytest.mark.parametrize("text", ["0,0,0", "7", "7,4", "-1,2,3", "a,b,c", ""])
def test_given_a_rule_that_is_none_when_it_is_read_then_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Keep.parse(text)


def test_given_all_when_it_is_read_then_nothing_is_ever_deleted() -> None:
    assert (Keep.parse("all"), Keep.parse("3,2,1")) == (None, Keep(3, 2, 1))


def line(hour: int, verb: str, number: str) -> Line:
    return (f"2025-05-01T{hour:02d}:00:00.000000+00:00", verb, "staff.user", number)


def test_given_deeds_when_a_backup_is_older_then_those_hold_that_came_later_and_were_not_taken_back() -> None:
    early, late = line(8, DISABLE, "1"), line(13, DISABLE, "1")
    given_back = [line(14, DISABLE, "2"), line(15, ENABLE, "2")]

    standing = journal.since([early, late, *given_back], "2025-05-01T12:00:00.000000+00:00", known=[])

    assert standing == [late]


def test_given_a_deed_that_was_under_way_when_the_backup_was_taken_then_it_counts_unless_the_backup_knows_it() -> (
    None
):
    at_noon = line(12, "people.erase", "5")
    just_after = "2025-05-01T12:00:03.000000+00:00"

    assert journal.since([at_noon], just_after, known=[]) == [at_noon]
    assert journal.since([at_noon], just_after, known=[at_noon]) == []


@pytest.mark.parametrize(
    ("verb", "is_kept"),
    [
        ("people.erase", True),
        ("people.withdraw_consent", True),
        ("people.erase_call_backs", True),
        (ENABLE, True),
        ("people.register", False),
        ("people.withdraw_judgement", False),
    ],
)
def test_given_a_verb_when_the_journal_is_asked_then_what_takes_data_away_is_kept(
    verb: str, is_kept: bool
) -> None:
    assert journal.is_kept(verb) is is_kept


def test_given_the_journal_when_lines_come_again_then_each_is_there_once(tmp_path: Path) -> None:
    journal.add(tmp_path, [line(9, DISABLE, "1")])
    journal.add(tmp_path, [line(8, DISABLE, "2"), line(9, DISABLE, "1")])

    assert journal.read(tmp_path) == [line(8, DISABLE, "2"), line(9, DISABLE, "1")]


def test_given_lines_that_this_home_did_not_write_when_the_journal_is_read_then_they_are_left_alone(
    tmp_path: Path,
) -> None:
    foreign = json.dumps([*line(9, "people.erased", "1"), "00" * 16])
    (tmp_path / journal.NAME).write_text(f"{foreign}\n")
    journal.add(tmp_path, [line(8, DISABLE, "2")])

    assert journal.read(tmp_path) == [line(8, DISABLE, "2")]
    assert foreign in (tmp_path / journal.NAME).read_text().splitlines()


def test_given_two_folders_when_they_are_exchanged_then_one_is_the_other_and_the_old_one_lies_aside(
    tmp_path: Path,
) -> None:
    new, present = tmp_path / "new", tmp_path / "present"
    for folder in (new, present):
        folder.mkdir()
        (folder / folder.name).touch()

    swap.exchange(new, present, tmp_path / "aside")

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "aside", "aside/present", "present", "present/new",
    ]  # fmt: skip
