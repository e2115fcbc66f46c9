"""Old backups are thinned by rule: the more remote, the fewer."""

import re
import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rohnamo.config.backup import manifest

HALF = ".half-"


@dataclass(frozen=True)
class Keep:
    """The newest backup of each of so many days, weeks and months that have one."""

    days: int = 7
    weeks: int = 4
    months: int = 12

    @classmethod
    def parse(cls, text: str) -> "Keep | None":
        """ "7,4,12" (days, weeks, months); "all": None. Raises ValueError for anything else, or for keeping nothing."""
        if text == "all":
            return None
        found = re.fullmatch(r"(\d{1,4}),(\d{1,4}),(\d{1,4})", text)
        if not found or not any(map(int, found.groups())):
            raise ValueError(text)
        return cls(*map(int, found.groups()))


def superfluous(days: Iterable[tuple[str, date]], keep: Keep) -> list[str]:
    """Which of these backups, given oldest first as (name, day), no rule keeps. The newest one stays in any case."""
    newest_first = list(days)[::-1]
    kept = {name for name, _day in newest_first[:1]}
    rules: list[tuple[int, Callable[[date], object]]] = [
        (keep.days, lambda day: day),
        (keep.weeks, lambda day: day.isocalendar()[:2]),
        (keep.months, lambda day: (day.year, day.month)),
    ]
    for number, span in rules:
        first_of: dict[object, str] = {}
        for name, day in newest_first:
            first_of.setdefault(span(day), name)
        kept.update(list(first_of.values())[:number])
    return [name for name, _day in newest_first[::-1] if name not in kept]


def thin(folder: Path, keep: Keep, *, mission: str) -> list[str]:
    """Delete what no rule keeps. Returns the names."""
    days = [(path.name, one.on) for path, one in manifest.backups(folder, mission=mission)]
    names = superfluous(days, keep)
    for name in names:
        # First out of the way, then to pieces: a deletion that is stopped leaves no backup that looks whole.
        doomed = folder / f"{HALF}{name}-{secrets.token_hex(4)}"
        (folder / name).rename(doomed)
        shutil.rmtree(doomed)
    return names
