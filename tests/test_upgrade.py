"""The judge of an upgrade: it must see what is no longer the same, and say so when it cannot try. `.ci/upgrade.sh` is the trial."""

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from rohnamo.core.home import REPOSITORY

CI = REPOSITORY / ".ci"
BEFORE = {
    "people": {"persons": 20, "records": 21},
    "figures": [{"key": "mission.reached", "number": "20"}, {"key": "EX.01.reached", "number": None}],
    "results EX.01 2025": [{"key": "EX.01.1.a", "by_sex": {"f": 4, "m": 16}, "by_district": []}],
}


@pytest.fixture
def judge(tmp_path: Path) -> ModuleType:
    """The comparison, with a list of declared changes of its own."""
    shutil.copy(CI / "upgrade_home.py", tmp_path / "upgrade_home.py")
    (tmp_path / "upgrade-from").write_text("0123abc\n")
    spec = importlib.util.spec_from_file_location("upgrade_home", tmp_path / "upgrade_home.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_given_the_same_with_something_new_beside_it_when_it_is_compared_then_nothing_differs(
    judge: ModuleType,
) -> None:
    after = {
        "people": {**BEFORE["people"], "households": 3},
        "figures": [{"key": "new", "number": "1"}, *reversed(BEFORE["figures"])],
        "results EX.01 2025": BEFORE["results EX.01 2025"],
    }

    assert judge.compare(BEFORE, after) == []


def test_given_other_numbers_when_they_are_compared_then_each_is_named_with_its_path(
    judge: ModuleType,
) -> None:
    after = {
        "people": {"persons": 19, "records": 21},
        "figures": [{"key": "mission.reached", "number": "20"}],
        "results EX.01 2025": [{"key": "EX.01.1.a", "by_sex": {"f": 5, "m": 16}, "by_district": []}],
    }

    assert judge.compare(BEFORE, after) == [
        "people/persons: 20 became 19",
        "figures/EX.01.reached: is gone",
        "results EX.01 2025/EX.01.1.a/by_sex/f: 4 became 5",
    ]


def test_given_a_change_that_is_declared_with_a_reason_when_it_is_compared_then_only_that_one_is_let_pass(
    judge: ModuleType,
) -> None:
    judge.FROM.write_text(
        "0123abc\nchanged people/persons Two records were one person.\nchanged figures/*\n"  # the second has no reason
    )
    after = {**BEFORE, "people": {"persons": 19, "records": 20}, "figures": []}

    assert [path.partition(":")[0] for path in judge.compare(BEFORE, after)] == ["people/records", "figures"]


def test_given_older_dependencies_when_they_are_among_the_present_ones_then_the_present_packages_will_do(
    judge: ModuleType, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text('[project]\ndependencies = ["click>=8.1"]\n')
    new.write_text('[project]\ndependencies = ["click>=8.1", "lxml>=6"]\n')

    assert (judge.fits(str(old), str(new)), judge.fits(str(new), str(old))) == (True, False)


def test_given_a_clone_without_history_when_the_upgrade_is_asked_for_then_it_says_loudly_that_it_was_not_tried(
    tmp_path: Path,
) -> None:
    shutil.copytree(CI, tmp_path / ".ci")

    without_git = subprocess.run([tmp_path / ".ci" / "upgrade.sh"], capture_output=True, text=True)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    shallow = subprocess.run([tmp_path / ".ci" / "upgrade.sh"], capture_output=True, text=True)

    assert (without_git.returncode, shallow.returncode) == (0, 0)
    assert "THE UPGRADE WAS NOT TRIED: this is no git checkout" in without_git.stderr
    assert "is not in this clone (is it shallow?)" in shallow.stderr
