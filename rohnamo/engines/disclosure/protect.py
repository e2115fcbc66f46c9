"""Decide what of a table may be shown: hide small cells, hide what gives them away, prove it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .cells import SMALL_NUMBERS, Breakdown, Cell, Released, Table, Threshold
from .hiding import Hiding
from .history import related, same_period, tells_a_small_change

METHOD = "cell suppression, whole-number audit, 2"


class Verdict(StrEnum):
    PUBLISHED = "published"
    """All breakdowns, with or without hidden cells."""
    PARTLY = "partly"
    """Some breakdowns; those in `withheld` cannot be protected."""
    TOTAL_ONLY = "total_only"
    """No breakdown can be protected."""
    KEPT_EARLIER = "kept_earlier"
    """What this closed period has already released stays, because the change would unmask a person."""


@dataclass(frozen=True)
class Protected:
    """What to release, and what the reviewer should know about it.

    hidden_primary, hidden_complementary: for the reviewer only. Published side by side they would tell
    which hidden cells are small; the public is told that cells are hidden, and `least`.
    least: the default threshold. is_total_small: the total itself is below it; it is released all the
    same, and whether that may be is the caller's question.
    new_total: with KEPT_EARLIER, the total that may be shown as a correction beside the earlier release:
    None when it did not change or when its change is small. Once shown it is a release without cells and
    must be given as an earlier one from then on. With this verdict the two counts of hidden cells are 0.
    """

    verdict: Verdict
    release: Released
    hidden_primary: int
    hidden_complementary: int
    least: int
    method: str = METHOD
    withheld: tuple[Breakdown, ...] = ()
    is_total_small: bool = False
    new_total: int | None = None


def protect(
    table: Table,
    threshold: Threshold = SMALL_NUMBERS,
    earlier: Sequence[Released] = (),
    *,
    also_hidden: Collection[Cell] = (),
) -> Protected:
    """Make a table fit for the public beside everything its measure has released.

    earlier: all earlier releases of the same measure, in the order in which they were released; every one
    must be given, the engine remembers nothing. The same input gives the same output. also_hidden: cells that are
    hidden for another reason than their count, as where one person gave most of a sum.
    """
    before = same_period(table, earlier)
    if any(tells_a_small_change(table, threshold, release) for release in before):
        return _kept(table, threshold, before)
    history = related(table, earlier)
    breakdowns = list(table.breakdowns)
    withheld: list[Breakdown] = []
    while True:
        hiding = Hiding(table.only(breakdowns), threshold, history, also_hidden=also_hidden)
        hopeless = hiding.run()
        if hopeless is None:
            return _result(table, threshold, hiding, withheld)
        breakdowns.remove(hopeless)
        withheld.append(hopeless)


def _kept(table: Table, threshold: Threshold, before: Sequence[Released]) -> Protected:
    # A total that was released alone, as a correction, does not take the breakdown's place.
    standing = next((release for release in reversed(before) if release.cells), before[-1])
    changes = [abs(table.total - release.total) for release in before]
    may_correct = all(change == 0 or change >= threshold.default for change in changes)
    return Protected(
        verdict=Verdict.KEPT_EARLIER,
        release=standing,
        hidden_primary=0,
        hidden_complementary=0,
        least=threshold.default,
        is_total_small=0 < standing.total < threshold.default,
        new_total=table.total if may_correct and table.total != before[-1].total else None,
    )


def _result(table: Table, threshold: Threshold, hiding: Hiding, withheld: Sequence[Breakdown]) -> Protected:
    verdict = Verdict.PUBLISHED
    if withheld:
        verdict = Verdict.PARTLY if len(withheld) < len(table.breakdowns) else Verdict.TOTAL_ONLY
    return Protected(
        verdict=verdict,
        release=hiding.release(),
        hidden_primary=len(hiding.hidden & hiding.primary),
        hidden_complementary=len(hiding.hidden - hiding.primary),
        least=threshold.default,
        withheld=tuple(sorted(withheld)),
        is_total_small=0 < table.total < threshold.default,
    )
