"""What the command line says of a register that was taken in."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from rohnamo.intake.commands import intake
from rohnamo.intake.tests.factories import REGISTER, make_setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    make_setting()
    path = tmp_path / "register.csv"
    path.write_bytes(REGISTER)
    return path


def said(sheet: Path, *options: str) -> list[str]:
    arguments = [str(sheet), "--source", "partner", "--project", "EX.90", *options]
    return CliRunner().invoke(intake, arguments, catch_exceptions=False).output.splitlines()


def test_given_a_register_when_it_is_taken_in_then_it_says_how_many_rows_were(sheet: Path) -> None:
    assert said(sheet) == [
        "4 rows looked at: 4 were taken in",
        "        1 new",
        "        2 coded",
        "        1 counted",
    ]


def test_given_a_register_when_it_is_only_tried_then_it_says_that_nothing_was_changed(sheet: Path) -> None:
    assert said(sheet, "--dry-run")[0] == "4 rows looked at: 4 would be taken in; nothing was changed"


def test_given_a_register_when_it_comes_a_second_time_then_it_says_plainly_that_nothing_is_new(
    sheet: Path,
) -> None:
    said(sheet)

    assert said(sheet) == [
        "Nothing new in 4 rows: all were taken in before. Nothing was changed.",
        "        4 repeat",
    ]


def test_given_a_refused_row_when_the_register_comes_a_second_time_then_it_is_not_called_taken_in(
    sheet: Path,
) -> None:
    sheet.write_bytes(REGISTER.replace("консультация".encode(), "чизи номаълум".encode(), 1))
    said(sheet)

    assert said(sheet)[0] == (
        "Nothing new in 4 rows: 3 were taken in before, 1 refused. Nothing was changed."
    )
