"""What a register as a whole is about, before anything of it is written: services, days, and what came before from
somebody else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from rohnamo.core import keys
from rohnamo.intake.models import Entry, Import
from rohnamo.intake.queries.lines import ELSEWHERE, REFUSED, Line
from rohnamo.projects.models import Project, Source

CHUNK = 500
# So many equal rows are no chance. Between projects it takes more: a short list must not become a question about people.
LEAST_HERE, LEAST_ELSEWHERE = 3, 10
LARGE_SHARE = 1 / 3
MANY_ROWS = 50
# What somebody must confirm by hand before a register is taken in.
AGAIN, OTHER_SERVICES = "again", "other_services"


@dataclass(frozen=True)
class Twin:
    """Another sender whose registers hold many of these rows. rows: different ones; none are compared for a file that
    is the same as a whole."""

    source: int
    project: int
    rows: int
    is_same_file: bool = False


@dataclass(frozen=True)
class Survey:
    """rows: all that are usable. services: code -> rows; elsewhere: the same for services that are none of the
    project's own. undated: rows that took their day from the period. first, last: days in ISO form, empty for none."""

    rows: int = 0
    services: Mapping[str, int] = field(default_factory=dict)
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0
    first: str = ""
    last: str = ""
    twins: tuple[Twin, ...] = ()

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """What somebody must say by hand before acceptance."""
        asked = {AGAIN: self.twins, OTHER_SERVICES: self.elsewhere}
        return tuple(what for what, reasons in asked.items() if reasons)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Survey":
        """The survey that `asdict` made; one without anything for a register of before there were surveys."""
        return cls(**{**plain, "twins": tuple(Twin(**one) for one in plain.get("twins", ()))})


def trace_of(line: Line) -> bytes:
    """Sixteen bytes for a row, whoever sends it: a keyed hash, so that the ledger answers no question about a name."""
    return keys.keyed_hash(line.key, purpose="row of any sender", ring="rows")


def survey_of(lines: Iterable[Line], digest: str, *, source: Source, project: Project) -> Survey:
    """Goes through the lines once and reads the entries of other senders. digest: of the file as sent."""
    surveyor = Surveyor(digest, source=source, project=project)
    for _line in surveyor.watch(lines):
        pass
    return surveyor.survey()


class Surveyor:
    """Looks at lines as they pass by on their way to somebody else, so that a register is read through only once."""

    def __init__(self, digest: str, *, source: Source, project: Project) -> None:
        self._digest, self._source, self._project = digest, source, project
        self._rows = self._undated = 0
        self._services: Counter[str] = Counter()
        self._elsewhere: Counter[str] = Counter()
        self._first = self._last = ""
        self._traces: set[bytes] = set()
        self._waiting: list[bytes] = []
        self._found: defaultdict[tuple[int, int], set[bytes]] = defaultdict(set)

    def watch(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The same lines, each looked at before it is passed on."""
        for line in lines:
            if line.kind != REFUSED:
                self._count(line)
                self._compare(trace_of(line))
            yield line
        self._look_up()

    def survey(self) -> Survey:
        """What was seen, after all lines have passed."""
        same_file = _same_file(self._digest, self._source)
        return Survey(
            rows=self._rows,
            services=dict(self._services),
            elsewhere=dict(self._elsewhere),
            undated=self._undated,
            first=self._first,
            last=self._last,
            twins=tuple(_twins(self._found, same_file, len(self._traces), self._project)),
        )

    def _compare(self, trace: bytes) -> None:
        if trace in self._traces:
            return
        self._traces.add(trace)
        self._waiting.append(trace)
        if len(self._waiting) == CHUNK:
            self._look_up()

    def _look_up(self) -> None:
        for place, traces in _met(self._waiting, self._source).items():
            self._found[place].update(traces)
        self._waiting.clear()

    def _count(self, line: Line) -> None:
        codes = {why.code for why in line.reasons}
        self._rows += 1
        self._services[line.service] += 1
        self._elsewhere.update([line.service] if ELSEWHERE in codes else [])
        self._undated += "day_from_period" in codes
        self._first = min(self._first or line.day, line.day)
        self._last = max(self._last, line.day)


def _met(traces: list[bytes], source: Source) -> dict[tuple[int, int], set[bytes]]:
    """(source, project) of other senders' registers that stand, with those of these rows they hold."""
    entries = Entry.objects.filter(trace__in=traces, is_taken_back=False, register__undo_since=None)
    others = entries.exclude(register__source=source)
    found: defaultdict[tuple[int, int], set[bytes]] = defaultdict(set)
    for sender, project, trace in others.values_list("register__source", "register__project", "trace"):
        found[sender, project].add(bytes(trace))
    return found


def _same_file(digest: str, source: Source) -> set[tuple[int, int]]:
    same = Import.objects.filter(~Q(source=source), digest=digest, undo_since=None)
    return set(same.values_list("source", "project").distinct())


def _twins(
    found: Mapping[tuple[int, int], set[bytes]],
    same_file: set[tuple[int, int]],
    different: int,
    project: Project,
) -> Iterator[Twin]:
    for sender, where in sorted({*found, *same_file}):
        rows = len(found.get((sender, where), ()))
        is_same = (sender, where) in same_file
        least = LEAST_HERE if where == project.pk else LEAST_ELSEWHERE
        is_large = rows >= MANY_ROWS or rows >= LARGE_SHARE * different
        if is_same or (rows >= least and is_large):
            yield Twin(sender, where, rows, is_same_file=is_same)
