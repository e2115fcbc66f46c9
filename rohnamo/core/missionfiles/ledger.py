"""What one reading of a mission remembers: its languages, its codes, who points at whom, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .problems import Problem

# How a code's kind is named in a problem, and where such codes are made.
HOMES: Mapping[str, str] = {
    "area": "the code of an area in areas.toml",
    "unit": "the code of a unit in units.csv",
    "partner": "the code of a partner in partners.csv",
    "service": "the code of a service in services.csv",
    "place": "the code of a place in places.csv",
    "crossing": "the code of a crossing in crossings.csv",
    "project": "the code of a project in projects/",
    "move": "the code of a movement in moves.csv",
    "document": "the code of a document in documents.csv",
    "assessment": "the code of an [[assessment]] in support.toml",
}


@dataclass(frozen=True)
class Pointer:
    kind: str
    code: str
    key: str
    file: str
    line: int


@dataclass
class Ledger:
    languages: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    defined: dict[str, dict[str, str]] = field(default_factory=dict)
    pointers: list[Pointer] = field(default_factory=list)

    def problem(self, file: str, line: int, expected: str, found: object) -> None:
        shown = found if isinstance(found, str) else str(found)
        self.problems.append(Problem(file, line, expected, shown[:120]))

    def define(self, kind: str, code: str, file: str, line: int) -> None:
        before = self.defined.setdefault(kind, {}).setdefault(code, f"{file}, line {line}")
        if before != f"{file}, line {line}":
            self.problem(file, line, f"a {kind} of its own (also in {before})", code)

    def refer(self, kind: str, code: str, key: str, file: str, line: int) -> None:
        self.pointers.append(Pointer(kind, code, key, file, line))

    def check_pointers(self) -> None:
        """To be called once everything has been read: a project may point at a service of a later file."""
        for pointer in self.pointers:
            if pointer.code not in self.defined.get(pointer.kind, {}):
                home = HOMES.get(pointer.kind, f"a known {pointer.kind}")
                self.problem(pointer.file, pointer.line, f"{pointer.key}: {home}", pointer.code)
