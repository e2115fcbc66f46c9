"""Reading a file activity by activity, whatever its size, and whatever somebody hid in it.

Nothing is fetched, no document type is accepted (so no entity can be declared), and what is read at once is bounded:
one activity, and the whole unpacked file. An activity is gone from memory when the next one is asked for.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from rohnamo.engines.iati.errors import NotReadable
from rohnamo.engines.iati.found import Finding
from rohnamo.engines.iati.xml import Element, etree, is_foreign

READ_VERSIONS = frozenset({"2.01", "2.02", "2.03"})
MOST_BYTES = 200 * 1024 * 1024
MOST_BYTES_OF_ACTIVITY = 16 * 1024 * 1024
# Small elements outside of activities pack well and are kept: a few kilobytes could become millions of findings.
MOST_FINDINGS = 1_000
_ROOT, _ACTIVITY = "iati-activities", "iati-activity"
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


class Source(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass
class File:
    """What a file says of itself, known once its first activity was read.

    findings: what is wrong with the file as a whole, and what of it belongs to no activity. broken: why reading
    stopped half-way; the activities before it are whole.
    """

    version: str = ""
    generated: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: NotReadable | None = None


def activities(
    source: Source, file: File, *, progress: Callable[[int], None] | None = None
) -> Iterator[Element]:
    """The activities of a file, one after the other; what it says of itself is put into `file`.

    source: XML, or the same packed with gzip. progress: told how many bytes were read, as they lie in the source.
    Raises NotReadable when nothing of it can be read. A file that breaks off later ends early and says so in
    `file.broken`.
    """
    counted = _Counted(source, progress)
    unpacked = _Bounded(_unpacked(counted))
    parser = etree.iterparse(
        unpacked,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )
    count = 0
    try:
        for element in _read(parser, file, unpacked):
            count += 1
            yield element
    except NotReadable as problem:
        _break_off(file, problem, count)
    except (etree.XMLSyntaxError, EOFError, gzip.BadGzipFile, zlib.error, LookupError) as problem:
        _break_off(file, _said(problem), count)


def _break_off(file: File, problem: NotReadable, count: int) -> None:
    """What was read before stays good; without any activity there is nothing that could be."""
    if not count:
        raise problem
    file.broken = problem


def _read(parser: Element, file: File, unpacked: "_Bounded") -> Iterator[Element]:
    root: Element = None
    for event, element in parser:
        if root is None:
            root = element
            _begin(root, file)
        elif event == "end" and element.getparent() is root:
            unpacked.begin_anew()
            if element.tag == _ACTIVITY:
                yield element
            else:
                _note(element, file)
            _forget(element, root)
    if root is None:
        raise NotReadable("empty")


def _begin(root: Element, file: File) -> None:
    """Refuse what is no IATI activity file before anything of it is used."""
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise NotReadable("document-type", line=1)
    if root.tag == "iati-organisations":
        raise NotReadable("organisations")
    if root.tag != _ROOT:
        raise NotReadable("other-root", name=str(root.tag)[:60])
    version = root.get("version")
    if version is None:
        raise NotReadable("no-version")
    if version not in READ_VERSIONS:
        raise NotReadable(
            "old-version" if version.startswith("1.") else "other-version", version=version[:20]
        )
    file.version, file.generated = version, root.get("generated-datetime") or ""
    file.attributes = dict(root.attrib)


def _note(element: Element, file: File) -> None:
    if len(file.findings) >= MOST_FINDINGS:
        raise NotReadable("too-many-findings", line=element.sourceline or 0, count=str(MOST_FINDINGS))
    file.findings.append(_outside(element))


def _outside(element: Element) -> Finding:
    key = "extension-of-file" if is_foreign(element) else "unknown-element"
    rule = "" if is_foreign(element) else "XSD"
    return Finding(rule, key, element.sourceline or 0, values={"name": str(element.tag)[:120]})


def _forget(element: Element, root: Element) -> None:
    element.clear()
    while element.getprevious() is not None:
        del root[0]


def _said(problem: Exception) -> NotReadable:
    if isinstance(problem, etree.XMLSyntaxError):
        line = problem.lineno or 0
        words = str(problem.msg or "")
        if "ncoding" in words or "UTF-8" in words:
            return NotReadable("encoding", line=line)
        if "ntity" in words or "amplification" in words:
            return NotReadable("document-type", line=line)
        return NotReadable("not-xml", line=line)
    if isinstance(problem, LookupError):
        return NotReadable("encoding")
    return NotReadable("broken-gzip")


def _unpacked(source: "_Counted") -> Source:
    head = source.read(4)
    source.put_back(head)
    if not head.strip():
        raise NotReadable("empty")
    if head == _ZIP:
        raise NotReadable("zip")
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=source)
    return source


class _Counted(io.RawIOBase):
    """A source that tells how far it was read, and takes its first bytes back once."""

    def __init__(self, source: Source, progress: Callable[[int], None] | None) -> None:
        super().__init__()
        self._source, self._progress = source, progress
        self._again, self._done = b"", 0

    def put_back(self, head: bytes) -> None:
        self._again = head

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._again:
            cut = size if size > 0 else len(self._again)
            head, self._again = self._again[:cut], self._again[cut:]
            return head
        found = self._source.read(size)
        self._done += len(found)
        if self._progress and found:
            self._progress(self._done)
        return found


class _Bounded:
    """Stops a file that unpacks to more than anybody needs, or an activity that would fill the memory."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._whole = self._of_activity = 0

    def begin_anew(self) -> None:
        self._of_activity = 0

    def read(self, size: int = -1) -> bytes:
        found = self._source.read(min(size, 64 * 1024) if size > 0 else 64 * 1024)
        self._whole += len(found)
        self._of_activity += len(found)
        if self._whole > MOST_BYTES or self._of_activity > MOST_BYTES_OF_ACTIVITY:
            raise NotReadable("too-large")
        return found
