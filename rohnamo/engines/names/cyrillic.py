"""Sound of a word in Cyrillic letters: Tajik, Russian and their neighbours.

Sound alphabet (all three script modules write it): vowels a o u e i, glides y v, consonants b p g k d t z s
f h l m n r, j for ҷ ж дж, S for ш, C for ч, X for Latin "ch" (ш or ч: the document's age decides, we do not).
Persian adds A W Y for the letters that are vowel or consonant. Source of the values: BGN/PCGN 1994 for Tajik,
with the pairs that Russian spelling and keyboards drop (ғ г, қ к, ҳ х, ӣ и, ӯ у) folded together.
"""

import re

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "C", "ш": "S", "щ": "S", "ы": "i", "э": "e", "ю": "yu",
    "я": "ya", "ғ": "g", "ӣ": "i", "қ": "k", "ӯ": "u", "ҳ": "h", "ҷ": "j", "ў": "u", "і": "i", "ї": "i",
    "є": "e", "ґ": "g", "ә": "a", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ң": "n", "ј": "y", "џ": "j",
    "љ": "l", "њ": "n", "ћ": "C", "ђ": "j", "ѓ": "g", "ќ": "k", "ѕ": "z",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS)
_NOT_SOUND = re.compile("[^a-zSCX]")
# дж is one sound in Russian spelling; дч is the same typed without a Tajik keyboard (Аҳмадчон).
_J = re.compile("д[жҷч]")


def cyrillic_sound(word: str) -> str:
    """word: lower case, one word."""
    return _NOT_SOUND.sub("", _J.sub("ж", word).translate(_TABLE))
