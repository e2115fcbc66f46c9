"""What every process loads when it starts: a command that only counts must not wait for what it never uses."""

import subprocess
import sys

from rohnamo.core.home import REPOSITORY

HEAVY = ("scipy", "typst", "docx", "xlsxwriter", "lxml")


def test_given_a_house_that_starts_when_nothing_is_asked_yet_then_nothing_heavy_is_loaded() -> None:
    script = (
        f"import django, sys; django.setup(); print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, check=True, capture_output=True, text=True
    )

    assert done.stdout.split() == []
