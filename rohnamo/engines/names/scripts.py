"""Which alphabet a word is written in, and repair of letters that only look right.

Tables: legacy Tajik fonts put the six Tajik letters on other Cyrillic code points (domain notes on names,
section 1; the mapping of a public textbook converter). Look-alikes: Unicode confusables (UTS 39) cut down to
the letters that occur in personal names.
"""

from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    CYRILLIC = "cyrillic"
    LATIN = "latin"
    PERSIAN = "persian"
    OTHER = "other"


_LEGACY_TAJIK = str.maketrans("ЉљЊњЇїЌќЎўЃѓ", "ҶҷҲҳӢӣҚқӮӯҒғ")

# A letter from here says that љ њ ќ ѓ ї ў are what they look like: Serbian and Macedonian (ђ ћ ј џ ѕ),
# Ukrainian and Belarusian (і є ґ), Uzbek in Unicode (ғ қ ҳ beside a true ў).
_REAL_NEIGHBOURS = frozenset("ђћјџѕієґ")
_UZBEK_NEIGHBOURS = frozenset("ғқҳ")

_LATIN_TO_CYRILLIC = str.maketrans("aceopxykmthbiACEOPXYKMTHBIj", "асеорхукмтнвіАСЕОРХУКМТНВІј")
_CYRILLIC_TO_LATIN = str.maketrans("асеорхукмтнвіјАСЕОРХУКМТНВІ", "aceopxykmthbijACEOPXYKMTHBI")


def script_of(word: str) -> Script:
    """Return the alphabet most letters of the word belong to; OTHER when it has none that we read."""
    counts = _counts(word)
    most = max(counts)
    if most == 0:
        return Script.OTHER
    return (Script.CYRILLIC, Script.LATIN, Script.PERSIAN)[counts.index(most)]


def mend_legacy_letters(text: str) -> str:
    """Put letters of pre-Unicode Tajik fonts back, unless the text shows another language that owns them."""
    letters = set(text.casefold())
    if letters & _REAL_NEIGHBOURS:
        return text
    if letters & _UZBEK_NEIGHBOURS and "ў" in letters:
        return text
    return text.translate(_LEGACY_TAJIK)


def mend_lookalikes(word: str) -> str:
    """Write a word that mixes Latin and Cyrillic letters in the alphabet most of its letters have.

    A word typed with the keyboard in the wrong state ("Kaрим") is otherwise a stranger to itself.
    """
    cyrillic, latin, _persian = _counts(word)
    if not cyrillic or not latin:
        return word
    return word.translate(_LATIN_TO_CYRILLIC if cyrillic >= latin else _CYRILLIC_TO_LATIN)


def _counts(word: str) -> tuple[int, int, int]:
    kinds = [_kind(letter) for letter in word]
    return kinds.count(0), kinds.count(1), kinds.count(2)


@lru_cache(maxsize=4096)
def _kind(letter: str) -> int:
    code = ord(letter)
    if 0x0400 <= code <= 0x052F:
        return 0
    if letter.isalpha() and (code < 0x0250 or 0x1E00 <= code <= 0x1EFF):
        return 1
    if letter.isalpha() and (0x0600 <= code <= 0x06FF or 0x0750 <= code <= 0x077F):
        return 2
    return 3
