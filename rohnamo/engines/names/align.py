"""Set the parts of two names against each other, in whatever order and halves they were written."""

from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from rohnamo.engines.names.likeness import SAME, Likeness, ReasonCode, likeness
from rohnamo.engines.names.parts import Part, Role, joined_part


class Match(NamedTuple):
    """Two parts set against each other."""

    left: Part
    right: Part
    role: Role
    likeness: Likeness


_ROLE_BONUS = 0.2
_MOST_PARTS = 4


def aligned(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[Match, ...]:
    """Set parts against each other so that together they are most alike; equal roles win ties."""
    left, right = left[:_MOST_PARTS], right[:_MOST_PARTS]
    by_role = _by_role(left, right)
    if by_role:
        return by_role
    if len(left) > len(right):
        return tuple(Match(b, a, role, found) for a, b, role, found in aligned(right, left))
    found = _best(left, right)
    if len(left) == len(right) or all(match.likeness.score >= SAME for match in found):
        return found
    return _written_apart(left, right) or found


def _written_apart(fewer: tuple[Part, ...], more: tuple[Part, ...]) -> tuple[Match, ...]:
    """Match again with two neighbours of the longer name read as one (میرزا حیدر, Mirzahaydar); empty if none fits."""
    for place in range(len(more) - 1):
        compound = joined_part(more[place], more[place + 1])
        if any(likeness(part, compound).score >= SAME for part in fewer):
            matches = _best(fewer, (*more[:place], compound, *more[place + 2 :]))
            return tuple(
                m._replace(likeness=_apart(m.likeness)) if m.right is compound else m for m in matches
            )
    return ()


def _apart(found: Likeness) -> Likeness:
    return found._replace(code=ReasonCode.WRITTEN_APART)


def _by_role(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[Match, ...]:
    """The usual case, the same columns in the same order: take it when every pair agrees."""
    matches = []
    for part, other in zip(left, right, strict=False):
        role = part.role
        if role is not other.role or role is Role.UNKNOWN:
            return ()
        found = likeness(part, other)
        if found.score < SAME:
            return ()
        matches.append(Match(part, other, role, found))
    return tuple(matches)


def _best(fewer: tuple[Part, ...], more: tuple[Part, ...]) -> tuple[Match, ...]:
    table = [[_pair_value(one, other) for other in more] for one in fewer]
    best: tuple[int, ...] = ()
    best_value = -1.0
    for order in _orders(len(fewer), len(more)):
        value = 0.0
        for row, column in zip(table, order, strict=True):
            value += row[column]
        if value > best_value:
            best_value, best = value, order
    pairs = [(one, more[column]) for one, column in zip(fewer, best, strict=True)]
    return tuple(
        [Match(one, other, _role(one.role, other.role), likeness(one, other)) for one, other in pairs]
    )


@lru_cache(maxsize=64)
def _orders(fewer: int, more: int) -> tuple[tuple[int, ...], ...]:
    return tuple(permutations(range(more), fewer))


def _pair_value(one: Part, other: Part) -> float:
    score = likeness(one, other).score
    return score * score + _ROLE_BONUS if one.role is other.role else score * score


def _role(one: Role, other: Role) -> Role:
    """The role of a pair; where the papers disagree, the one that weighs more (given, father, family)."""
    if one is other or other is Role.UNKNOWN:
        return one
    if one is Role.UNKNOWN:
        return other
    if one is Role.GIVEN or other is Role.GIVEN:
        return Role.GIVEN
    return Role.FATHER
