"""What is wrong with the files of a mission, said so that the person who wrote them can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from rohnamo.core.errors import WrongData


@dataclass(frozen=True, order=True)
class Problem:
    """One wrong place. `file` is relative to the mission's folder; `line` counts from 1, 0 means the whole file."""

    file: str
    line: int
    expected: str
    found: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: expected {self.expected}, found {self.found}"


class MissionDataError(WrongData):
    """The mission cannot be read. Holds every problem found, not only the first, ordered by file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        first = self.problems[0]
        self.file, self.line, self.expected, self.found = first.file, first.line, first.expected, first.found
        super().__init__("\n".join(str(problem) for problem in self.problems))
