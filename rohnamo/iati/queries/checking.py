"""Our own export, checked by the public rules before anybody else sees it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.utils import timezone

from rohnamo.engines import iati
from rohnamo.engines.iati import File, Finding, Severity
from rohnamo.engines.iati.reading import Source
from rohnamo.engines.iati.writing import NotWritable, written
from rohnamo.engines.iati.xml import etree
from rohnamo.iati.queries import ours
from rohnamo.iati.queries.looking import DUPLICATE
from rohnamo.iati.queries.ours import Ours
from rohnamo.iati.queries.profiles import Profile


@dataclass(frozen=True)
class Checked:
    """One activity and every breach in it. silent: as in `Ours`, empty for a file of somebody else."""

    identifier: str
    code: str
    findings: list[Finding]
    titles: Mapping[str, str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        return sum(1 for one in self.findings if one.severity is not Severity.WARNING)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


@dataclass
class Tally:
    """by_rule: (rule, severity) → how often."""

    activities: int = 0
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        return sum(count for (_rule, severity), count in self.by_rule.items() if severity != Severity.WARNING)

    @property
    def warnings(self) -> int:
        return sum(self.by_rule.values()) - self.errors

    def add(self, checked: Checked) -> None:
        self.activities += 1
        self.by_rule.update((one.rule, one.severity.value) for one in checked.findings)


def check_ours(profile: Profile, *, now: datetime | None = None) -> list[Checked]:
    """Every project of a profile as it would be published, completeness asked for too."""
    now = now or timezone.now()
    return [_checked(one, now) for one in ours.activities(profile, now=now)]


def check_file(source: Source, file: File, *, is_ours: bool = False) -> Iterator[Checked]:
    """Every activity of a file, one after the other. Raises NotReadable when nothing of it can be read."""
    now = timezone.now()
    seen: Counter[str] = Counter()
    for element in iati.activities(source, file):
        identifier = iati.identifier_of(element)
        seen[identifier] += 1
        findings = iati.check(element, now=now, is_ours=is_ours)
        if seen[identifier] == 2:
            line = element.sourceline or 0
            findings.insert(0, Finding("1.1.2", DUPLICATE, line, where="iati-identifier"))
        yield Checked(identifier, "", findings, iati.words(element.find("title"), element))


def check_path(path: Path, file: File, *, is_ours: bool = False) -> Iterator[Checked]:
    with path.open("rb") as source:
        yield from check_file(source, file, is_ours=is_ours)


def _checked(one: Ours, now: datetime) -> Checked:
    """Written and read again, so that what is checked is what others get."""
    try:
        element = one.element
    except NotWritable as problem:
        finding = Finding("XSD", "not-writable", values={"what": ", ".join(problem.names)})
        return Checked(one.activity.identifier, one.project.code, [finding], one.project.titles, one.silent)
    content = b"".join(written([element], at=now))
    read = etree.parse(BytesIO(content)).getroot()[0]
    findings = iati.check(read, now=now, is_ours=True)
    return Checked(one.activity.identifier, one.project.code, findings, one.project.titles, one.silent)
