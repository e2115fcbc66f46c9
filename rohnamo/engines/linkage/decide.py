"""Choose among candidates for one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rohnamo.engines.linkage.reasons import LinkReason
from rohnamo.engines.linkage.weigh import POPULATION, Record, Verdict, Weight, weigh
from rohnamo.engines.names import Rarity


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Decision:
    """index: place of the best candidate in the sequence given, None for NEW."""

    verdict: Outcome
    index: int | None
    weight: Weight | None


# Two candidates this near in evidence cannot be told apart by it.
_TIE_BITS = 3.0


def best(
    record: Record,
    candidates: Sequence[Record],
    *,
    rarity: Rarity | None = None,
    population: int = POPULATION,
) -> Decision:
    """Say whether the record is one of the candidates, none of them, or a matter for a person to judge.

    Two candidates that are both SAME are a doubt even when one is ahead by little: they may be twins, or one
    person registered twice.
    """
    weights = [weigh(record, candidate, rarity=rarity, population=population) for candidate in candidates]
    order = sorted(range(len(weights)), key=lambda place: (-_rank(weights[place]), -weights[place].bits))
    if not order or weights[order[0]].verdict is Verdict.DIFFERENT:
        return Decision(Outcome.NEW, None, None)
    first = weights[order[0]]
    if len(order) > 1 and _ties(first, weights[order[1]]):
        tied = first._replace(verdict=Verdict.DOUBTFUL, reasons=(*first.reasons, LinkReason.TIED_CANDIDATES))
        return Decision(Outcome.DOUBTFUL, order[0], tied)
    outcome = Outcome.KNOWN if first.verdict is Verdict.SAME else Outcome.DOUBTFUL
    return Decision(outcome, order[0], first)


def _rank(weight: Weight) -> int:
    return (Verdict.DIFFERENT, Verdict.DOUBTFUL, Verdict.SAME).index(weight.verdict)


def _ties(first: Weight, second: Weight) -> bool:
    return second.verdict is first.verdict and first.bits - second.bits < _TIE_BITS
