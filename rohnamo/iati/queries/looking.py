"""What would become of each activity of a file. It only reads, and holds a few activities at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from rohnamo.engines import iati
from rohnamo.engines.iati import Fate, File, Finding, NotReadable, Severity
from rohnamo.engines.iati.reading import Source
from rohnamo.engines.iati.xml import Element
from rohnamo.iati.models import Activity, Verdict
from rohnamo.iati.queries.identity import ours

BATCH = 50
# Every problem is kept. A few packed kilobytes must not become millions of them.
MOST_OF_ACTIVITY, MOST_PROBLEMS = 1_000, 100_000
DUPLICATE, UNNAMED = "duplicate", "no-identifier"
NEWS = frozenset({Verdict.ADDED, Verdict.CHANGED})
CONTACT, HIDDEN = "contact-info", "…"
# What names an element or attribute of the standard, not what stands in it.
NAMING = frozenset({"name", "what"})
Problem = dict[str, Any]


@dataclass(frozen=True)
class Looked:
    """An activity and its verdict. xml: canonical, without what cannot be taken. problems, basics: as in `Incoming`."""

    number: int
    line: int
    identifier: str
    verdict: Verdict
    titles: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    xml: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    basics: dict[str, Any] = field(default_factory=dict)


def looked(
    source: Source, file: File, *, progress: Callable[[int], None] | None = None, now: datetime | None = None
) -> Iterator[list[Looked]]:
    """Batches of activities with their verdicts. Two queries a batch.

    What the file says of itself is put into `file`; raises NotReadable when nothing of it can be read.
    """
    reader = _Reader(now or timezone.now(), ours())
    batch: list[Looked] = []
    for element in iati.activities(source, file, progress=progress):
        batch.append(reader.read(element))
        if reader.problems > MOST_PROBLEMS:
            count, line = str(MOST_PROBLEMS), batch[-1].line
            file.broken = NotReadable("too-many-problems", line=line, count=count)
            break
        if len(batch) == BATCH:
            yield _compared(batch)
            batch = []
    if batch:
        yield _compared(batch)


def problem_of(finding: Finding, fate: Fate | str = "") -> Problem:
    """A finding as it is kept."""
    return {
        "rule": finding.rule,
        "key": finding.key,
        "severity": finding.severity.value,
        "line": finding.line,
        "where": finding.where,
        "values": _shown(finding),
        "fate": str(fate),
    }


def _shown(finding: Finding) -> dict[str, str]:
    """Values without what somebody wrote of a contact person: problems stay longer than the file does."""
    if not finding.where.startswith(CONTACT):
        return dict(finding.values)
    return {key: value if key in NAMING else HIDDEN for key, value in finding.values.items()}


def basics_of(element: Element) -> dict[str, Any]:
    """What is kept beside the XML, as JSON."""
    found = iati.basics(element)
    return {
        "status": found.status,
        "starts_on": found.starts_on.isoformat() if found.starts_on else None,
        "ends_on": found.ends_on.isoformat() if found.ends_on else None,
        "reporting_ref": found.reporting_ref,
        "reporting_names": found.reporting_names,
        "countries": list(found.countries),
        "sums": list(iati.as_data(found.sums)),
        "updated": found.updated[:60],
    }


@dataclass
class _Reader:
    now: datetime
    ours: set[str]
    seen: set[str] = field(default_factory=set)
    number: int = 0
    problems: int = 0

    def read(self, element: Element) -> Looked:
        """Check one activity, take what can be taken. The verdict is "added" until it is compared."""
        self.number += 1
        line = element.sourceline or 0
        identifier = iati.identifier_of(element)
        titles = iati.words(element.find("title"), element)
        taken = iati.take(element, iati.check(element, now=self.now, most=MOST_OF_ACTIVITY))
        problems = [problem_of(finding, fate) for finding, fate in taken.fates]
        if repeated := self._repeated(identifier, line):
            problems.insert(0, repeated)
        self.seen.add(identifier)
        self.problems += len(problems)
        if repeated or taken.is_refused:
            return Looked(self.number, line, identifier, Verdict.REFUSED, titles, problems=problems)
        if identifier in self.ours:
            return Looked(self.number, line, identifier, Verdict.OURS, titles, problems=problems)
        basics = basics_of(element)
        xml = iati.canonical(element)
        return Looked(
            self.number,
            line,
            identifier,
            Verdict.ADDED,
            titles,
            digest=iati.digest(xml),
            xml=xml,
            problems=problems,
            basics=basics,
        )

    def _repeated(self, identifier: str, line: int) -> Problem | None:
        key = UNNAMED if not identifier else DUPLICATE if identifier in self.seen else ""
        if not key:
            return None
        rule = "1.1.2" if key == DUPLICATE else "XSD"
        return problem_of(Finding(rule, key, line, Severity.ERROR, "iati-identifier"), Fate.REFUSED)


def _compared(batch: list[Looked]) -> list[Looked]:
    """Verdicts beside what we have."""
    known = {
        one.identifier: one.digest
        for one in Activity.objects.filter(
            identifier__in=[one.identifier for one in batch if one.verdict is Verdict.ADDED]
        ).only("identifier", "digest")
    }
    differing = [
        one.identifier
        for one in batch
        if one.verdict is Verdict.ADDED and known.get(one.identifier) not in {None, one.digest}
    ]
    before = {
        one.identifier: one.xml.encode()
        for one in Activity.objects.filter(identifier__in=differing).only("identifier", "xml")
    }
    return [_verdict(one, known, before) for one in batch]


def _verdict(one: Looked, known: dict[str, str], before: dict[str, bytes]) -> Looked:
    if one.verdict is not Verdict.ADDED or one.identifier not in known:
        return one
    if known[one.identifier] == one.digest:
        return replace(one, verdict=Verdict.UNCHANGED, xml=b"")
    changed = iati.changed_parts(before[one.identifier], one.xml)
    return replace(one, verdict=Verdict.CHANGED, changed=changed)
