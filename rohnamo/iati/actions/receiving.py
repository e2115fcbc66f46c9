"""A file comes in: it is kept in pieces until it was looked through, and never as a whole in memory."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit, files
from rohnamo.core.errors import RohnamoError
from rohnamo.engines.iati import File, NotReadable
from rohnamo.engines.iati.reading import Source
from rohnamo.iati.actions.accepting import accept
from rohnamo.iati.actions.pieces import drop_pieces
from rohnamo.iati.models import Import, Incoming, Piece
from rohnamo.iati.queries.imports import MOST_BYTES
from rohnamo.iati.queries.looking import NEWS, Looked, looked, problem_of
from rohnamo.iati.queries.pieces import Stream
from rohnamo.staff.models import User

PIECE_BYTES = 4 * 1024 * 1024
KEPT = timedelta(days=30)


class TooLarge(RohnamoError):
    """The file is larger than anybody needs."""


def receive(chunks: Iterable[bytes], name: str, *, by: User) -> Import:
    """Keep a file that was sent, in sealed pieces, until it is looked through. Raises TooLarge."""
    kept_until = timezone.localdate() + KEPT
    with transaction.atomic():
        one = Import.objects.create(label=name, sent_by=by)
        for order, content in enumerate(_pieces(chunks)):
            one.size_bytes += len(content)
            if one.size_bytes > MOST_BYTES:
                raise TooLarge(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.")
            stored = files.store(content, content_type="application/octet-stream", kept_until=kept_until)
            Piece.objects.create(file=one, order=order, stored=stored)
        one.save(update_fields=["size_bytes"])
        audit.record(by, "iati.receive", one)
    return one


def look_through(one: Import, *, by: audit.Actor) -> None:
    """Give every activity of a file its verdict. Nothing happens when that was done; stopped half-way, it begins anew."""
    if one.looked_at or one.unreadable or one.decided_at:
        return
    one.incoming.all().delete()
    one.activities, one.counts, one.done_bytes = 0, {}, 0
    _look(one, Stream(one, by=by))
    # The file as sent is not kept once every activity of it is.
    drop_pieces(one)


def import_file(path: Path, *, by: audit.Actor, progress: Callable[[Import], None] | None = None) -> Import:
    """Look a file of this machine through and take it in at once. Raises NotReadable when nothing can be read."""
    one = Import.objects.create(label=path.name, size_bytes=path.stat().st_size)
    with path.open("rb") as source:
        _look(one, source, progress)
    if one.unreadable:
        reason = one.unreadable
        one.delete()
        raise NotReadable(reason["key"], line=reason["line"], **reason["values"])
    accept(one, by=by, progress=progress)
    return one


def _look(one: Import, source: Source, progress: Callable[[Import], None] | None = None) -> None:
    file, counts = File(), Counter[str]()

    def show(done: int) -> None:
        one.done_bytes = done

    try:
        for batch in looked(source, file, progress=show):
            _keep(one, batch)
            counts.update(each.verdict.value for each in batch)
            one.activities += len(batch)
            one.counts = dict(counts)
            one.save(update_fields=["done_bytes", "activities", "counts"])
            if progress:
                progress(one)
    except NotReadable as problem:
        one.unreadable = _as_data(problem)
    _finish(one, file)


def _finish(one: Import, file: File) -> None:
    one.version, one.generated = file.version, file.generated[:40]
    one.problems = [problem_of(finding) for finding in file.findings]
    if file.broken:
        one.problems.append(
            {**_as_data(file.broken), "rule": "", "severity": "critical", "where": "", "fate": "broken"}
        )
    one.looked_at = None if one.unreadable else timezone.now()
    one.save()


def _as_data(problem: NotReadable) -> dict[str, object]:
    return {"key": problem.key, "line": problem.line, "values": problem.values}


def _keep(one: Import, batch: list[Looked]) -> None:
    rows = [
        Incoming(
            file=one,
            number=each.number,
            line=each.line,
            identifier=each.identifier,
            verdict=each.verdict,
            titles=each.titles,
            digest=each.digest,
            xml=each.xml.decode() if each.verdict in NEWS else "",
            problems=each.problems,
            changed=each.changed,
            basics=each.basics,
        )
        for each in batch
    ]
    Incoming.objects.bulk_create(rows)


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)
