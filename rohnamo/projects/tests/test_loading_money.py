"""Money of the mission's files: loaded twice it stays, and what does not agree is named with file and line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rohnamo.core.errors import WrongData
from rohnamo.core.missionfiles import Mission, read_mission
from rohnamo.core.tests.test_missionfiles import edit, small, tiny
from rohnamo.places import actions as places
from rohnamo.places.actions import Loaded
from rohnamo.projects import actions, queries
from rohnamo.projects.models import BudgetYear, DeadlineDone, Grant, MoneyMove, Project
from rohnamo.projects.tests.factories import a_member, a_user
from rohnamo.staff.models import Role

__all__ = ["small", "tiny"]

pytestmark = pytest.mark.django_db
MOVES = """\
code,project,agreement,kind,day,value,currency,provider,receiver,reverses
agreed,EX.01,EX-1,agreed,2025-01-01,100,USD,donor,,
spent,EX.01,EX-1,spent,2025-02-28,40,USD,,,
wrong,EX.01,EX-1,spent,2025-03-31,7,USD,,,
back,EX.01,EX-1,spent,2025-04-01,-7,USD,,,wrong
"""
RULE = '[[rule]]\ndonor = "donor"\ncode = "final"\nfrom = "end"\nmonths = 3\ntitle = { en = "Final" }\n'
DONE = "project,agreement,code,due_on,done_on\nEX.01,EX-1,final,2026-03-31,2026-03-30\n"


def _write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")


def _load(folder: Path) -> Loaded:
    mission: Mission = read_mission(folder)
    places.load(mission.places, (), (), small_cells=mission.profile.small_cells)
    actions.load_areas(mission.areas)
    actions.load_partners(mission.partners)
    loaded = actions.load_projects(mission.projects, is_example=True)
    return loaded + actions.load_money(mission)


@pytest.fixture
def rich(small: Path) -> Path:
    """The small mission with movements, a rule, and one deadline done."""
    _write(small, "moves.csv", MOVES)
    _write(small, "donor-rules.toml", RULE)
    _write(small, "deadlines-done.csv", DONE)
    return small


def test_given_money_in_the_files_when_loaded_twice_then_nothing_changes(rich: Path) -> None:
    first = _load(rich)
    again = _load(rich)

    assert again == Loaded(unchanged=first.created)
    assert queries.money_of(Project.objects.get(), date(2025, 12, 31)).sums.spent_usd == Decimal(40)
    assert MoneyMove.objects.get(code="back").reverses.code == "wrong"
    assert DeadlineDone.objects.get().marked_by is None


def test_given_movements_that_left_the_files_when_loaded_then_they_leave_and_what_is_recorded_here_stays(
    rich: Path,
) -> None:
    _load(rich)
    project = Project.objects.get()
    mira = a_user("mira", Role.PROGRAMME_MANAGER)
    a_member(mira, project, Role.PROGRAMME_MANAGER)
    here = actions.record_move(
        project,
        kind=actions.moves.MoveKind.EXPENDITURE,
        day=date(2025, 5, 1),
        value=Decimal(3),
        currency="USD",
        by=mira,
    )

    _write(rich, "moves.csv", "\n".join(MOVES.splitlines()[:2]) + "\n")
    loaded = _load(rich)

    assert loaded.removed == 3
    assert set(MoneyMove.objects.values_list("code", flat=True)) == {"agreed", here.code}


def test_given_spending_that_differs_from_the_project_file_when_loaded_then_both_places_are_named(
    rich: Path,
) -> None:
    edit(
        rich,
        "projects/EX.01.toml",
        "year = 2025\namount_usd = 100",
        "year = 2025\namount_usd = 100\nspent_usd = 41\nspent_until = 2025-12-31",
    )

    with pytest.raises(
        WrongData, match=r"projects/EX\.01\.toml, line \d+: spent_usd of 2025 is 41, but .* 40"
    ):
        _load(rich)


def test_given_a_movement_without_a_rate_when_loaded_then_its_line_is_named(rich: Path) -> None:
    _write(rich, "moves.csv", MOVES + "tea,EX.01,,spent,2025-05-01,5,TJS,,,\n")

    with pytest.raises(WrongData, match=r"moves\.csv, line 6: No rate for TJS on 2025-05-01"):
        _load(rich)
    _write(rich, "rates.csv", "currency,day,usd_per_unit,source\nTJS,2025-05-01,0.0913,invented\n")
    _load(rich)

    assert queries.money_of(Project.objects.get(), date(2025, 12, 31)).sums.spent_usd == Decimal("40.46")


def test_given_an_agreement_in_euro_when_its_worth_is_wrong_then_the_right_one_is_said(small: Path) -> None:
    edit(
        small,
        "projects/EX.01.toml",
        "amount_usd = 100",
        'amount_usd = 100\ncurrency = "EUR"\namount = 90',
    )
    _write(small, "rates.csv", "currency,day,usd_per_unit,source\nEUR,2024-12-15,1.10,invented\n")

    with pytest.raises(
        WrongData, match=r"amount_usd is 100, but 90 EUR are worth 99\.00 US dollars on 2025-01-01"
    ):
        _load(small)


def test_given_a_deadline_that_there_is_not_when_loaded_then_its_line_is_named(rich: Path) -> None:
    _write(rich, "deadlines-done.csv", DONE.replace("2026-03-31", "2026-03-30"))

    with pytest.raises(WrongData, match=r"deadlines-done\.csv, line 2: EX-1 has no deadline final"):
        _load(rich)


def test_given_a_project_without_budget_years_when_loaded_then_the_funding_is_split_to_the_cent(
    small: Path,
) -> None:
    edit(small, "projects/EX.01.toml", "[[budget]]\nyear = 2025\namount_usd = 100\n", "")
    edit(small, "projects/EX.01.toml", "first_on = 2025-01-01", "first_on = 2024-12-01")

    _load(small)

    years = dict(BudgetYear.objects.values_list("year", "planned_usd"))
    assert years == {2024: Decimal("7.83"), 2025: Decimal("92.17")}


def test_given_an_agreement_that_left_the_files_when_money_here_belongs_to_it_then_it_is_refused(
    rich: Path,
) -> None:
    _load(rich)
    grant = Grant.objects.get()
    MoneyMove.objects.update(recorded="here")

    mission = read_mission(rich)
    bare = replace(mission.projects[0], funding=())
    with pytest.raises(WrongData, match="money recorded here belongs to it"):
        actions.load_money(replace(mission, projects=(bare,), moves=(), deadlines_done=()))

    assert Grant.objects.get() == grant


def test_given_a_part_before_its_programme_when_loaded_twice_then_the_tie_stands_and_stays(
    small: Path,
) -> None:
    text = (small / "projects/EX.01.toml").read_text(encoding="utf-8")
    bare = (
        text.replace("[[funding]]", "#").replace('donor = "donor"\n', "").replace('agreement = "EX-1"\n', "")
    )
    bare = bare.replace("[[budget]]\nyear = 2025\n", "").replace("amount_usd = 100\n", "")
    _write(small, "projects/EX.02.toml", bare.replace('"EX.01"', '"EX.02"', 1))
    edit(small, "projects/EX.01.toml", 'code = "EX.01"', 'code = "EX.01"\nparent = "EX.02"')

    _load(small)
    again = _load(small)

    assert Project.objects.get(code="EX.01").parent.code == "EX.02"
    assert not again.is_news
