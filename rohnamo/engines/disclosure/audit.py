"""Can a hidden number be worked out? The judgement over everything a measure has ever released.

Two attackers are played. The *reader* has all releases and calculates. The *insider* also knows which
hidden cells are small and which are hidden only to protect them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .cells import SMALL_NUMBERS, Cell, Released, Threshold
from .knowledge import Contradiction, Knowledge, Link, Place, Terms, knowledge_of, links_of
from .ranges import Range, is_possible, ranges


class Weakness(StrEnum):
    """Why a number does not count as hidden."""

    NARROW = "narrow"
    """The reader's range is shorter than asked: than from 1 to the threshold, unless a room was given."""
    PINNED = "pinned"
    """Only one value below the threshold is left."""
    KNOWN_TO_INSIDER = "known to insider"
    """Who knows which cells are small works the value out."""
    UNPROVEN = "unproven"
    """The solver gave up; what is not proven counts as open."""


@dataclass(frozen=True)
class Sensitive:
    """A number that nobody may work out.

    release: position in the sequence of releases. since: position of an earlier release of the same
    persons when the number is the growth between the two, None when it is the count itself.
    is_small: True when the number is known to lie from 1 to below the threshold; False when it was hidden
    long ago and may be anything, so that it must be protected in case it is small.
    """

    release: int
    cell: Cell
    since: int | None = None
    is_small: bool = True


@dataclass(frozen=True)
class Finding:
    """A sensitive number that is not hidden well enough, and the range in which it can be placed."""

    sensitive: Sensitive
    low: int
    high: int
    weakness: Weakness


class Attacker(StrEnum):
    READER = "reader"
    INSIDER = "insider"


Judgement = tuple[Sensitive, Finding | None]
"""A number and what is wrong with it; None when it is safe."""


def audit(
    published: Sequence[Released],
    sensitive: Iterable[Sensitive],
    threshold: Threshold = SMALL_NUMBERS,
) -> list[Finding]:
    """Every sensitive number that is not hidden well enough; an empty list is the proof that all are.

    published: all releases of one measure. sensitive: either all small cells of a release or none of them,
    for the insider takes every other hidden cell of that release as large. A number that both attackers
    find is reported once, as the reader finds it.
    Raises Contradiction when a release contradicts itself.
    """
    numbers = sorted(set(sensitive), key=_order)
    found: dict[Sensitive, Finding] = {}
    for attacker in Attacker:
        for number, finding in judge(published, numbers, threshold, attacker=attacker):
            if finding:
                found.setdefault(number, finding)
    return [found[number] for number in numbers if number in found]


def judge(
    published: Sequence[Released],
    sensitive: Sequence[Sensitive],
    threshold: Threshold,
    *,
    attacker: Attacker,
    asked: Collection[Sensitive] | None = None,
    known: Mapping[Place, int] | None = None,
) -> Iterator[Judgement]:
    """Judge number after number, so that the caller may stop at the first weak one.

    asked: judge only these; `sensitive` still says which cells the insider knows to be small. known: the true numbers of
    all releases, if they are still there: a judge who stands on them is faster, and as strict.
    """
    numbers = [number for number in sensitive if asked is None or number in asked]
    if attacker == Attacker.INSIDER:
        numbers = [number for number in numbers if number.is_small and number.since is None]
    if not numbers:
        return
    labels = _labels(published, sensitive, threshold) if attacker == Attacker.INSIDER else {}
    links = links_of(published)
    try:
        yield from _judgements(
            knowledge_of(published, links, labels),
            published,
            numbers,
            threshold,
            attacker=attacker,
            known=known,
        )
    except Contradiction:
        # Somewhere the growth did not happen. Each link that can be true still counts for the attacker.
        links = _links_that_hold(published, links, labels)
        yield from _judgements(
            knowledge_of(published, links, labels),
            published,
            numbers,
            threshold,
            attacker=attacker,
            known=known,
        )


def _judgements(
    knowledge: Knowledge,
    published: Sequence[Released],
    numbers: Sequence[Sensitive],
    threshold: Threshold,
    *,
    attacker: Attacker,
    known: Mapping[Place, int] | None,
) -> Iterator[Judgement]:
    forms = [_form(number, published) for number in numbers]
    bars = [_bar(number, published, threshold) for number in numbers]

    def enough(index: int, seen: Range) -> bool:
        if attacker == Attacker.INSIDER:
            return seen.low < seen.high
        return _is_safe(numbers[index], seen, bars[index])

    for index, seen in ranges(knowledge, forms, enough, known):
        number, weakness = numbers[index], None
        if not enough(index, seen):
            is_reader = attacker == Attacker.READER
            weakness = _weakness(number, seen, bars[index]) if is_reader else Weakness.KNOWN_TO_INSIDER
        yield number, Finding(number, seen.low, seen.high, weakness) if weakness else None


@dataclass(frozen=True)
class _Bar:
    """What a number must clear: the width of its range, and the values between which two must be left."""

    width: int
    smallest: int
    threshold: int


def _bar(number: Sensitive, published: Sequence[Released], threshold: Threshold) -> _Bar:
    # Growth of nobody is no secret; a hidden cell that may hold nobody is.
    smallest = published[number.release].least_hidden if number.since is None else 1
    return _Bar(threshold.width(number.cell), smallest, threshold.least(number.cell))


def _is_safe(number: Sensitive, seen: Range, bar: _Bar) -> bool:
    # Both conditions stay true when the range grows, so that it is safe to stop looking.
    # Growth that is not known to be small has no label that could be guessed; a hidden cell has one.
    may_be_labelled = number.is_small or number.since is None
    is_wide = seen.high - seen.low >= bar.width
    return is_wide and (not may_be_labelled or _small_values(seen, bar) > 1)


def _weakness(number: Sensitive, seen: Range, bar: _Bar) -> Weakness | None:
    if not seen.is_exact:
        return Weakness.UNPROVEN
    if not number.is_small and _small_values(seen, bar) < 1:
        # Certainly zero or certainly large: not a secret, whatever it was taken for. Of a number that is small this
        # only shows that the reader assumes a growth that was none; it stays a secret.
        return None
    return Weakness.NARROW if seen.high - seen.low < bar.width else Weakness.PINNED


def _small_values(seen: Range, bar: _Bar) -> int:
    """How many values below the threshold are left, growing or falling."""
    growing = min(seen.high, bar.threshold - 1) - max(seen.low, bar.smallest) + 1
    falling = min(-seen.low, bar.threshold - 1) - max(-seen.high, 1) + 1
    return max(growing, 0) + max(falling, 0)


def _labels(
    published: Sequence[Released], sensitive: Iterable[Sensitive], threshold: Threshold
) -> dict[Place, tuple[int, int]]:
    small = {(one.release, one.cell) for one in sensitive if one.is_small and one.since is None}
    labels: dict[Place, tuple[int, int]] = {}
    for release in {release for release, _ in small}:
        for cell in published[release].hidden:
            least = threshold.least(cell)
            is_small = (release, cell) in small
            smallest = published[release].least_hidden
            labels[release, cell] = (smallest, least - 1) if is_small else (least, published[release].total)
    return labels


def _form(number: Sensitive, published: Sequence[Released]) -> Terms:
    if number.since is None:
        return {(number.release, number.cell): 1}
    grows = published[number.since].total <= published[number.release].total
    return {
        (number.release, number.cell): 1 if grows else -1,
        (number.since, number.cell): -1 if grows else 1,
    }


def _links_that_hold(
    published: Sequence[Released], links: Sequence[Link], labels: Mapping[Place, tuple[int, int]]
) -> list[Link]:
    kept: list[Link] = []
    for link in links:
        try:
            if is_possible(knowledge_of(published, [*kept, link], labels)):
                kept.append(link)
        except Contradiction:
            continue
    return kept


def _order(number: Sensitive) -> tuple[int, Cell, int, bool]:
    return number.release, number.cell, -1 if number.since is None else number.since, number.is_small
