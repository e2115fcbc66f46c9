"""How a lower floor tells a higher one: it leaves a line, and the reader works it off.

Readers register their topics when the house is wired (config/clock.py). A line is written once for each reader
in the transaction of the change itself, so that neither can be there without the other.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet

from rohnamo.core.models import Change

BATCH = 2_000
MOST_FAILURES = 3
log = logging.getLogger("rohnamo.changes")


@dataclass(frozen=True)
class Reader:
    """name: who reads. topics: what it wants to know. work: takes a batch of (topic, key).

    is_prompt: worked off as soon as the change is committed, in the same process: for cheap work that must not
    wait for the clock, as taking back a published page that is no longer true.
    """

    name: str
    topics: frozenset[str]
    work: Callable[[list[tuple[str, str]]], None]
    is_prompt: bool = False


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Wire a reader. Called once at start, from config/clock.py."""
    _readers[reader.name] = reader


def leave(topic: str, keys: Iterable[object]) -> None:
    """Leave one line for each reader of the topic and each key. Call it inside the transaction of the change."""
    readers = [reader for reader in _readers.values() if topic in reader.topics]
    lines = [Change(reader=reader.name, topic=topic, key=str(key)) for key in keys for reader in readers]
    Change.objects.bulk_create(lines, batch_size=BATCH)
    for reader in readers:
        if lines and reader.is_prompt:
            transaction.on_commit(partial(_work_off_if_waiting, reader.name), robust=True)


def waiting(reader: str) -> int:
    """How many lines a reader has not worked off yet, those that were left aside included."""
    return Change.objects.filter(reader=reader).count()


def work_off(name: str) -> int:
    """Let one reader work off its lines. Returns how many it did.

    Work and deletion are one transaction: a crash in between leaves the lines for the next round. When a batch
    fails its lines are tried one by one, and one that has failed often is left aside, so that it does not stop those
    behind it; it stays in the table for somebody to look at.
    """
    done = 0
    while batch := list(_next_lines(name)):
        try:
            done += _work_batch(_readers[name], batch)
        except Exception:
            log.exception("reader %s failed on a batch of %d lines", name, len(batch))
            worked = sum(_work_single(_readers[name], line) for line in batch)
            done += worked
            if not worked:
                break
    return done


def work_off_all() -> int:
    """Let every reader work off its lines, and again while readers leave lines for each other."""
    total = 0
    while done := sum(work_off(name) for name in list(_readers)):
        total += done
    return total


def forget(name: str, topics: Iterable[str]) -> int:
    """Drop a reader's lines on some topics because it reads everything anew, in the same transaction."""
    return Change.objects.filter(reader=name, topic__in=list(topics)).delete()[0]


@contextmanager
def readers_replaced(*readers: Reader) -> Iterator[None]:
    """For tests of one floor alone: only these readers, then the wired ones again."""
    before = dict(_readers)
    _readers.clear()
    _readers.update({reader.name: reader for reader in readers})
    try:
        yield
    finally:
        _readers.clear()
        _readers.update(before)


def _work_off_if_waiting(name: str) -> None:
    # Many changes of one transaction ask for this; the first call does the work of all.
    if waiting(name):
        work_off(name)


def _next_lines(name: str) -> QuerySet[Change]:
    return Change.objects.filter(reader=name, failures__lt=MOST_FAILURES).order_by("id")[:BATCH]


@transaction.atomic
def _work_batch(reader: Reader, batch: list[Change]) -> int:
    locked = list(Change.objects.select_for_update().filter(pk__in=[line.pk for line in batch]))
    reader.work(sorted({(line.topic, line.key) for line in locked}))
    Change.objects.filter(pk__in=[line.pk for line in locked]).delete()
    return len(locked)


def _work_single(reader: Reader, line: Change) -> int:
    try:
        return _work_batch(reader, [line])
    except Exception:
        log.exception("reader %s failed on line %d", reader.name, line.pk)
        Change.objects.filter(pk=line.pk).update(failures=F("failures") + 1)
        return 0
