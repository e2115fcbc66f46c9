"""Sound of a word in Latin letters: ICAO 9303, BGN/PCGN, Soviet French-style passports, Uzbek and Turkish.

"ch" stays X because it is ш in French-style documents and ч in the others; "tch" is always ч.
"x" is х (Uzbek), except in the Russian names that came through English.
Values that Latin spelling cannot tell apart (j = ҷ or ж, y = glide or vowel) are left to the comparison.
"""

import re
import unicodedata

from rohnamo.engines.names.fold import without_apostrophes

_MARKED = str.maketrans(
    {
        "ç": "tch",
        "ş": "sh",
        "š": "sh",
        "č": "tch",
        "ž": "zh",
        "ğ": "g",
        "ı": "i",
        "ə": "a",
        "ø": "o",
        "ł": "l",
    }
)
_CLUSTERS = (
    ("shch", "S"), ("dzh", "j"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "X"), ("zh", "j"),
    ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("aa", "a"), ("q", "k"), ("w", "v"), ("c", "k"),
)  # fmt: skip
_CLUSTER = re.compile("|".join(cluster for cluster, _ in _CLUSTERS))
_SOUND_OF = dict(_CLUSTERS)
_NOT_SOUND = re.compile("[^a-zSCX]")
_ENGLISH_X = re.compile("(?<=ale)x|(?<=^ma)x|(?<=feli)x|^x(?=eni)")
# ICAO 9303 writes ъ as "ie": Масъуд is Masieud.
_ICAO_HARD_SIGN = re.compile("ie(?=[aou])")
_FRENCH_GU = re.compile("gu(?=[ei])")
_EMIGRE_OFF = re.compile("(?<=[oe])ff(?=a?$)")


def latin_sound(word: str) -> str:
    """word: lower case, one word."""
    word = _plain(word)
    word = _EMIGRE_OFF.sub("v", _ENGLISH_X.sub("ks", word))
    word = _FRENCH_GU.sub("g", _ICAO_HARD_SIGN.sub("", word)).replace("x", "kh")
    return _NOT_SOUND.sub("", _CLUSTER.sub(_cluster_sound, word))


def _plain(word: str) -> str:
    word = without_apostrophes(word).translate(_MARKED)
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _cluster_sound(match: re.Match[str]) -> str:
    return _SOUND_OF[match.group()]
