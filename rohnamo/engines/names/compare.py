"""Compare two names part by part, in any order, and say why.

The score is about the names alone: 1 the same name, from .8 a name one person may well carry in two papers,
.5 and less another person of perhaps the same family. Who the person is, `engines.linkage` decides.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from math import log2
from typing import NamedTuple

from rohnamo.engines.names.align import Match, aligned
from rohnamo.engines.names.likeness import SAME, ReasonCode
from rohnamo.engines.names.parts import Name, Role


class Reason(NamedTuple):
    """One finding about one part; role UNKNOWN when the paper did not say."""

    code: ReasonCode
    role: Role


class Comparison(NamedTuple):
    score: float
    reasons: tuple[Reason, ...]
    matches: tuple[Match, ...] = ()


Rarity = Callable[[str], float]

# By the role's text: hashing an enum member costs more than the rest of the sum.
_WEIGHT = {"given": 1.2, "unknown": 1.1, "father": 1.0, "family": 0.9}
_DIFFERS = {
    "given": ReasonCode.GIVEN_NAME_DIFFERS,
    "unknown": ReasonCode.GIVEN_NAME_DIFFERS,
    "father": ReasonCode.FATHER_NAME_DIFFERS,
    "family": ReasonCode.FAMILY_NAME_DIFFERS,
}
# A name may score no higher than this when that part disagrees.
_CAP = {"given": 0.35, "unknown": 0.4, "father": 0.45, "family": 0.72}
_CAP_ONE_PART = 0.55
_CAP_FATHER_AND_SON = 0.5
_CAP_TWO_DIFFER = 0.3
_ONLY_INITIALS = 0.3
PLAIN_BITS = 6.0


def compare(left: Name, right: Name, rarity: Rarity | None = None) -> Comparison:
    """Compare two parsed names.

    rarity: skeleton of a part -> bits of surprise, -log2(share of people who carry it); see `rarity_of`.
    Without it every part counts as one of 64. Two names nobody can read score 0 without reasons.
    """
    matches = aligned(left.parts, right.parts)
    if not matches:
        return Comparison(0.0, ())
    missing = _missing(left, right, matches)
    score = _score(matches, is_short=bool(missing) or len(matches) < 3, rarity=rarity)
    return Comparison(score, (*(_reason(match) for match in matches), *_order(matches), *missing), matches)


def rarity_of(names: Iterable[Name]) -> Rarity:
    """Count how often skeletons occur and return their bits of surprise.

    A skeleton never seen counts as seen once; nothing is rarer than one in the number of names.
    """
    counts: Counter[str] = Counter()
    total = 0
    for name in names:
        total += 1
        counts.update({part.skeleton for part in name.parts if not part.is_initial})
    smooth_total = max(total, 1)
    return lambda skeleton: log2(smooth_total / max(counts[skeleton], 1)) if total else PLAIN_BITS


def _score(matches: tuple[Match, ...], *, is_short: bool, rarity: Rarity | None) -> float:
    """Mean likeness by weight, held down by what disagrees and by what is missing."""
    total = weights = all_bits = 0.0
    agreeing = 0
    for match in matches:
        if match.likeness.code is ReasonCode.INITIAL_ONLY:
            continue
        bits = _bits(match, rarity)
        weight = _WEIGHT[match.role.value] * min(1.4, max(0.6, bits / PLAIN_BITS))
        total += weight * match.likeness.score
        weights += weight
        all_bits += bits
        agreeing += match.likeness.score >= SAME
    if not weights:
        return _ONLY_INITIALS
    # With a part missing, two common names prove less than two rare ones.
    coverage = 0.82 + 0.15 * min(1.0, all_bits / (2 * PLAIN_BITS)) if is_short else 1.0
    return round(min(total / weights * coverage, _cap(matches, agreeing)), 4)


def _bits(match: Match, rarity: Rarity | None) -> float:
    if rarity is None:
        return PLAIN_BITS
    return min(rarity(match.left.skeleton), rarity(match.right.skeleton))


def _cap(matches: tuple[Match, ...], agreeing: int) -> float:
    cap = 1.0 if agreeing > 1 else _CAP_ONE_PART
    different = 0
    for match in matches:
        score = match.likeness.score
        if score < SAME:
            different += 1
            # The nearer to SAME, the less a difference forbids: .72 is "perhaps another", .2 is another.
            cap = min(cap, _CAP[match.role.value] + 0.5 * max(0.0, score - 0.6))
        if is_father_for_given(match):
            cap = min(cap, _CAP_FATHER_AND_SON)
    return min(cap, _CAP_TWO_DIFFER) if different > 1 else cap


def is_father_for_given(match: Match) -> bool:
    """One paper's given name is the other's patronymic: father and son, not one man."""
    left, right = match.left.role, match.right.role
    return (left is Role.GIVEN and right is Role.FATHER) or (left is Role.FATHER and right is Role.GIVEN)


def _reason(match: Match) -> Reason:
    code = _DIFFERS[match.role.value] if match.likeness.score < SAME else match.likeness.code
    return Reason(code, match.role)


def _order(matches: tuple[Match, ...]) -> tuple[Reason, ...]:
    crossed = any(
        m.left.role is not m.right.role
        and m.left.role is not Role.UNKNOWN
        and m.right.role is not Role.UNKNOWN
        for m in matches
    )
    return (Reason(ReasonCode.ORDER_DIFFERS, Role.UNKNOWN),) if crossed else ()


def _missing(left: Name, right: Name, matches: tuple[Match, ...]) -> tuple[Reason, ...]:
    """Parts the shorter name lacks; the halves of a compound written apart are not missing."""
    longer = max(left.parts, right.parts, key=len)
    if len(longer) == len(matches) or any(
        match.likeness.code is ReasonCode.WRITTEN_APART for match in matches
    ):
        return ()
    rest = list(longer)
    for match in matches:
        rest.remove(match.left if longer is left.parts else match.right)
    return tuple(Reason(ReasonCode.MISSING_PART, part.role) for part in rest)
