"""What `rohnamo demo` says of itself, and how it says to be called again."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rohnamo.config.commands import rohnamo, spelled
from rohnamo.config.demo import met, of_size
from rohnamo.config.example.content import Made


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (60_000, "Full example: projects do about as much as they promised, some more, some less."),
        (
            5_000,
            "Small example: targets are those of the full size; what is counted is about 1/13 of it.",
        ),
        (
            1_000_000,
            "Large example: targets are those of the full size; what is counted is about 15 times as much.",
        ),
    ],
)
def test_given_a_size_when_the_example_begins_then_it_says_how_it_compares_with_the_targets(
    people: int, says: str
) -> None:
    assert of_size(people) == says


def test_given_what_was_made_when_it_is_told_then_each_register_stands_once() -> None:
    made = Made(named=100, again=4, coded=20, officials=7, in_groups=400, calls=90, deliveries=300)

    assert met(made).splitlines() == [
        "  527 people met: 100 by name, 20 by a code, 7 officials",
        "  trained, 400 counted in groups without names; 90 calls besides.",
        "  4 times a second project wrote somebody in another script: most are found, some are doubtful.",
    ]


def test_given_the_version_when_it_is_asked_then_it_is_one_line() -> None:
    output = CliRunner().invoke(rohnamo, ["--version"]).output

    assert output.startswith("rohnamo ")
    assert len(output.splitlines()) == 1


@pytest.mark.parametrize(
    ("home", "says"),
    [("", ".venv/bin/rohnamo"), ("/tmp/my home", "ROHNAMO_HOME='/tmp/my home' .venv/bin/rohnamo")],
    ids=["usual home", "another home"],
)
def test_given_a_program_that_is_not_on_the_path_when_it_says_how_to_call_it_then_it_is_as_it_was_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: str, says: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ROHNAMO_HOME", home)
    monkeypatch.setattr(sys, "argv", [".venv/bin/rohnamo", "demo"])

    assert spelled() == says
