"""How alike two parts of a name are, and why: the heart of `compare`."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from rohnamo.engines.names.parts import Part, part_of
from rohnamo.engines.names.scripts import Script
from rohnamo.engines.names.skeleton import split
from rohnamo.engines.names.vowels import first_gap_cost, gap_cost, last_gap_cost, persian_gap_cost


class ReasonCode(StrEnum):
    SAME_SPELLING = "same_spelling"
    SAME_NAME_OTHER_SCRIPT = "same_name_other_script"
    SPELLING_DIFFERS = "spelling_differs"
    SUFFIX_CHANGED = "suffix_changed"
    COURTESY_ENDING = "courtesy_ending"
    TYPING_ERROR = "typing_error"
    WRITTEN_APART = "written_apart"
    INITIAL_ONLY = "initial_only"
    MISSING_PART = "missing_part"
    ORDER_DIFFERS = "order_differs"
    GIVEN_NAME_DIFFERS = "given_name_differs"
    FATHER_NAME_DIFFERS = "father_name_differs"
    FAMILY_NAME_DIFFERS = "family_name_differs"


class Likeness(NamedTuple):
    """score: 1 one name, 0 nothing in common; from `SAME` up the parts are spellings of one name."""

    score: float
    code: ReasonCode


SAME = 0.8

_HISSING = str.maketrans("SCX", "jjj")
_HISSING_COST = {
    frozenset("SX"): 0.0, frozenset("CX"): 0.0, frozenset("SC"): 0.05,
    frozenset("Cj"): 0.02, frozenset("jX"): 0.08, frozenset("Sj"): 0.21,
}  # fmt: skip
_FOLD_VOWELS = str.maketrans("oeySCXAWY", "aiijjjaui")
_DOUBLED = re.compile("(.)\\1+")
# One slip in four sounds: not the same name yet, but a doubt (Srid for Said).
_SHORT_SLIP = 0.74
_TRANSPOSED_COST = 0.1
_PERSIAN_DOUBT = 0.02
_ONE_COURTESY = 0.05
_TWO_COURTESIES = 0.15
_SOUNDS_OF_INITIAL = {
    "s": "sSX", "c": "CXSkj", "d": "dj", "z": "zj", "t": "tCX", "k": "kh", "g": "gj", "h": "h",
    "j": "jyC", "C": "CXj", "X": "XSCj", "q": "kg",
}  # fmt: skip


_SAME_SPELLING = Likeness(1.0, ReasonCode.SAME_SPELLING)
_STRANGERS = Likeness(0.1, ReasonCode.SPELLING_DIFFERS)


def likeness(left: Part, right: Part) -> Likeness:
    """Compare two parts without regard to their roles."""
    if left.word == right.word:
        return _SAME_SPELLING
    return _words_likeness(left.word, right.word)


# Kept by words, not parts: hashing a part costs more than most comparisons.
@lru_cache(maxsize=131072)
def _words_likeness(word: str, other: str) -> Likeness:
    left, right = part_of(word), part_of(other)
    if left.is_initial or right.is_initial:
        return _initial_likeness(left, right)
    if _are_strangers(left.skeleton, right.skeleton):
        return _STRANGERS
    by_root = _sound_likeness(left, right, left.root, right.root)
    if left.ending is not right.ending and by_root.score >= SAME:
        return Likeness(by_root.score - 0.01, _code_of_root(by_root, left, right))
    return max(
        by_root, _bare_likeness(left, right), _whole_likeness(left, right), key=lambda found: found.score
    )


def _are_strangers(one: str, other: str) -> bool:
    """More consonants differ than slips can explain: spares most pairs the full comparison."""
    allowed = 2 if min(len(one), len(other)) > 3 else 1
    return one != other and OSA.distance(one, other, score_cutoff=allowed) > allowed


def _code_of_root(found: Likeness, left: Part, right: Part) -> ReasonCode:
    if found.code is ReasonCode.TYPING_ERROR:
        return found.code
    return ReasonCode.SUFFIX_CHANGED if left.root != left.sound or right.root != right.sound else found.code


def _initial_likeness(left: Part, right: Part) -> Likeness:
    initial, full = (left, right) if left.is_initial else (right, left)
    sign = initial.sound[0]
    expected = _SOUNDS_OF_INITIAL.get(sign, sign)
    fits = full.sound[0] in expected or (sign in "aoueiyAY" and full.sound[0] in "aoueiyAYW")
    return Likeness(0.9 if fits else 0.2, ReasonCode.INITIAL_ONLY if fits else ReasonCode.SPELLING_DIFFERS)


def _bare_likeness(left: Part, right: Part) -> Likeness:
    """Without courtesy endings (-ҷон, -хон, -бек …); two different endings are nearly two names."""
    courtesies = (left.root != left.bare) + (right.root != right.bare)
    if not courtesies:
        return Likeness(0.0, ReasonCode.COURTESY_ENDING)
    found = _sound_likeness(left, right, left.bare, right.bare)
    cost = _TWO_COURTESIES if courtesies == 2 and _are_rival_courtesies(left, right) else _ONE_COURTESY
    return Likeness(max(0.0, found.score - cost), ReasonCode.COURTESY_ENDING)


def _are_rival_courtesies(left: Part, right: Part) -> bool:
    """Neither goes on where the other ends: -ҷон and -бек, but not -бӣ and -бихон."""
    one, other = _courtesy(left), _courtesy(right)
    return not one.startswith(other) and not other.startswith(one)


def _courtesy(part: Part) -> str:
    return part.root[len(part.bare) :].translate(_FOLD_VOWELS)


def _whole_likeness(left: Part, right: Part) -> Likeness:
    """With suffixes on: catches a typing error inside the suffix, which hid it from us."""
    if left.ending is right.ending:
        return Likeness(0.0, ReasonCode.TYPING_ERROR)
    found = _typed_likeness(left.sound, right.sound)
    return Likeness(found, ReasonCode.TYPING_ERROR)


def _sound_likeness(left: Part, right: Part, one: str, other: str) -> Likeness:
    if one == other:
        same = (
            ReasonCode.SAME_NAME_OTHER_SCRIPT
            if left.script is not right.script
            else ReasonCode.SPELLING_DIFFERS
        )
        return Likeness(0.99, same)
    consonants, gaps = _split(one)
    other_consonants, other_gaps = _split(other)
    is_persian, is_other_persian = left.script is Script.PERSIAN, right.script is Script.PERSIAN
    if len(consonants) == len(other_consonants):
        cost = _hissing_cost(consonants, other_consonants)
        if cost is not None:
            cost += _gaps_cost(gaps, other_gaps, is_persian, is_other_persian)
            cost -= _suffix_credit(left, right, gaps[-1], other_gaps[-1])
            if cost > _TRANSPOSED_COST and _is_transposed(one, other):
                return Likeness(1 - _TRANSPOSED_COST, ReasonCode.TYPING_ERROR)
            crossed = left.script is not right.script
            code = ReasonCode.SAME_NAME_OTHER_SCRIPT if crossed else ReasonCode.SPELLING_DIFFERS
            return Likeness(max(0.0, 0.99 - cost), code)
    if is_persian != is_other_persian:
        return Likeness(_typed_likeness(consonants, other_consonants, least=4), ReasonCode.TYPING_ERROR)
    return Likeness(_typed_likeness(one, other), ReasonCode.TYPING_ERROR)


@lru_cache(maxsize=65536)
def _split(sound: str) -> tuple[str, tuple[str, ...]]:
    return split(sound)


def _hissing_cost(one: str, other: str) -> float | None:
    """None when the consonants differ by more than ш ч ж ҷ."""
    if one == other:
        return 0.0
    if one.translate(_HISSING) != other.translate(_HISSING):
        return None
    pairs = zip(one, other, strict=True)
    return sum(_HISSING_COST[frozenset(pair)] for pair in pairs if pair[0] != pair[1])


def _gaps_cost(
    gaps: tuple[str, ...], others: tuple[str, ...], is_persian: bool, is_other_persian: bool
) -> float:
    if is_persian != is_other_persian:
        persian, written = (gaps, others) if is_persian else (others, gaps)
        return _PERSIAN_DOUBT + _persian_cost(persian, written)
    cost = first_gap_cost(gaps[0], others[0])
    if len(gaps) > 1 and gaps[-1] != others[-1]:
        cost += last_gap_cost(gaps[-1], others[-1])
    return cost + sum(map(gap_cost, gaps[1:-1], others[1:-1]))


def _is_transposed(one: str, other: str) -> bool:
    """Two neighbouring letters changed places: Комрон, Коморн."""
    return len(one) == len(other) > 4 and sorted(one) == sorted(other) and OSA.distance(one, other) == 1


def _suffix_credit(left: Part, right: Part, gap: str, other: str) -> float:
    """Give back what a lost last vowel cost when a suffix may have swallowed it: Одина, Одинович."""
    has_suffix = left.root != left.sound or right.root != right.sound
    return (
        max(0.0, last_gap_cost(gap, other) - 0.06)
        if has_suffix and not (gap and other) and gap != other
        else 0.0
    )


def _persian_cost(persian: tuple[str, ...], written: tuple[str, ...]) -> float:
    cost = 0.1 if bool(persian[0]) != bool(written[0]) else 0.0
    if len(persian) > 1 and persian[-1] != written[-1]:
        cost += last_gap_cost(persian[-1], written[-1])
    return cost + sum(map(persian_gap_cost, persian[1:-1], written[1:-1]))


def _typed_likeness(one: str, other: str, *, least: int = 5) -> float:
    """Likeness by slips of the finger. A consonant lost, added or swapped is a slip; one for another is seldom:
    Карим, Салим, Ҳалим rhyme and are three brothers.
    """
    one, other = _typed_form(one), _typed_form(other)
    distance, one, other = _slips(one, other)
    longest = max(len(one), len(other))
    if distance == 1 and longest == least - 1 and _is_slip(one, other):
        return _SHORT_SLIP
    if distance > 2 or longest < least:
        return 0.55 * OSA.normalized_similarity(one, other)
    if distance == 0:
        return 0.95
    if distance == 1 and _is_slip(one, other):
        return 0.88 if longest > least else 0.84
    if distance == 1:
        return 0.8 if longest > 8 else 0.72
    return 0.8 if longest > 9 else 0.6


@lru_cache(maxsize=65536)
def _typed_form(sound: str) -> str:
    """Vowels in three classes, so that only slips are left to count."""
    return sound.translate(_FOLD_VOWELS)


def _slips(one: str, other: str) -> tuple[int, str, str]:
    """Fewest slips, with the forms they were counted on: double vowels may be slips or spelling (Робиия)."""
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance < 2:
        return distance, one, other
    short, other_short = _DOUBLED.sub(r"\1", one), _DOUBLED.sub(r"\1", other)
    return min((distance, one, other), (OSA.distance(short, other_short, score_cutoff=2), short, other_short))


def _is_slip(one: str, other: str) -> bool:
    """True unless exactly one consonant stands for another consonant."""
    if len(one) != len(other):
        return True
    changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(changed) == 2 or any(letter in "aeiouyv" for letter in changed[0])
