"""Keys under which a name is found again, the same from four alphabets, and the key of what was written.

A pair of skeletons alone is shared by thousands in a register of a million ("Karimov, Rahmon"). With the year of birth
it is shared by tens. So whoever knows the year asks with it, and finds those stored with the same year and those whose
year is not known; the pair alone is asked only by those who do not know the year.

Kinds, by first letter: p two skeletons in any order; y the same with the year of birth; n the same of somebody whose
year is not known; t one skeleton with the first consonants of another and the year, which survives a typing error in
the rest. Plain strings name people: whoever stores them stores `hashed` ones.
"""

import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from itertools import combinations, permutations

from rohnamo.engines.names.parts import Name

_MOST_PARTS = 3
_HEAD = 2


def stored_keys(name: Name, birth_year: int | None, *, is_year_exact: bool) -> list[str]:
    """Keys to store a person under, at most fifteen; empty when no part can be read.

    is_year_exact: false for an estimated year (1 January), which is then as good as unknown for being found.
    """
    skeletons = _skeletons(name)
    pairs, typed = _pairs(skeletons), _typed(skeletons)
    keys = [f"p:{pair}" for pair in pairs]
    if birth_year is not None:
        keys += [f"y:{pair}.{birth_year}" for pair in pairs]
        keys += [f"t:{one}.{birth_year}" for one in typed]
    if birth_year is None or not is_year_exact:
        keys += [f"n:{pair}" for pair in pairs]
    return list(dict.fromkeys(keys))


def lookup_keys(name: Name, birth_year: int | None, *, is_year_exact: bool) -> list[str]:
    """Keys to ask under: two records of one person share one unless both name and year were typed wrong."""
    skeletons = _skeletons(name)
    pairs = _pairs(skeletons)
    keys = []
    if birth_year is not None:
        keys += [f"y:{pair}.{birth_year}" for pair in pairs]
        keys += [f"n:{pair}" for pair in pairs]
        if len(skeletons) < _MOST_PARTS:
            # Of three parts two are whole when one was typed wrong, and their pair is found. Of two parts none is.
            keys += [f"t:{one}.{birth_year}" for one in _typed(skeletons)]
    if birth_year is None or not is_year_exact:
        keys += [f"p:{pair}" for pair in pairs]
    return list(dict.fromkeys(keys))


def hashed(plain_keys: Iterable[str], secret: bytes) -> list[int]:
    """Return each key as a signed 64-bit number that cannot be turned back without the secret (1 to 64 bytes)."""
    return [
        int.from_bytes(blake2b(key.encode(), digest_size=8, key=secret).digest(), "big", signed=True)
        for key in plain_keys
    ]


def name_key(name: Name) -> str:
    """Return what was written, free of case, width, spacing and order only: the same row sent twice, not the
    same person spelled twice.
    """
    return " ".join(sorted(unicodedata.normalize("NFKC", name.written).casefold().split()))


def _skeletons(name: Name) -> list[str]:
    return [part.skeleton for part in name.parts if part.skeleton and not part.is_initial][:_MOST_PARTS]


def _pairs(skeletons: list[str]) -> list[str]:
    # A single name is its own pair: many Afghans have one name only.
    if len(skeletons) == 1:
        return [skeletons[0]]
    return [f"{min(pair)}.{max(pair)}" for pair in combinations(skeletons, 2)]


def _typed(skeletons: list[str]) -> list[str]:
    """One skeleton with the first consonants of another: survives a typing error in the rest of it."""
    return [f"{one}.{other[:_HEAD]}" for one, other in permutations(skeletons, 2)]
