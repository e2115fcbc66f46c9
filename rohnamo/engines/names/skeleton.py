"""Consonants of a sound and the vowels between them: what four alphabets agree on, and what they do not.

The consonants alone are the key that Tajik, Russian, Latin and Persian share. The gaps keep what the vowels
tell, so that Ҳасан and Ҳусейн, one skeleton, stay two names.
"""

import re

_CONSONANTS = "bpgkdtzsSCXjflmnrh"
_DOUBLED = re.compile("([^aeiouyAWY])\\1+")
_PARTS = re.compile(f"[{_CONSONANTS}]|[^{_CONSONANTS}]+")
# Tajik drops the l of Abdul- before a consonant (Абдумаҷид), others keep it (Abdulmajid).
_ARTICLE = re.compile("^(abd[uia])l(?=[bpgkdtzsSCXjfmnrhvy])")
# Cyrillic дж and Latin dj are ҷ, or д and ҷ met in Аҳмад-ҷон, Саид-ҷон. One way for all: no d before j, except
# after names known to end in it.
_D_BEFORE_J = re.compile("d(?=[jC])")
_NAME_LOST_ITS_D = re.compile(
    "(?:[uoa]ham[aeo]|ahm[ae]|sai|mur[oa]|raSi|farh[oa]|fari|da[vu]u|hami|maji|jovi|umi|dilSo|Serz[oa]"
    "|behz[oa]|farz[oa]|vohi|obi|zohi|mahmu|masu|vadu|navi|jamSe|hurSe)(?=[jC])"
)
_SILENT_FINAL_H = re.compile("(?<=.[aoeA])h$")
_FOLD_HISSING = str.maketrans("SCXj", "cccc")
_LONGEST = 8


def smooth(sound: str) -> str:
    """Return the canonical form of a sound: doubled consonants once, the article and silent h away.

    Persian is given undoubled: it never writes a doubled letter, so two in a row have a vowel between them.
    """
    sound = _D_BEFORE_J.sub("", _DOUBLED.sub(r"\1", sound))
    sound = _NAME_LOST_ITS_D.sub(r"\g<0>d", sound)
    return _SILENT_FINAL_H.sub("", _ARTICLE.sub(r"\1", sound))


def smooth_persian(sound: str) -> str:
    return _SILENT_FINAL_H.sub("", sound)


def split(sound: str) -> tuple[str, tuple[str, ...]]:
    """Return the consonants, and the vowels before, between and after them (always one more than consonants).

    A first v or W is a consonant, later ones are vowels: Persian و does not tell them apart.
    """
    if sound[:1] in {"v", "W"}:
        rest, vowels = split("b" + sound[1:])
        return "v" + rest[1:], vowels
    consonants: list[str] = []
    gaps = [""]
    for piece in _PARTS.findall(sound):
        if piece in _CONSONANTS:
            consonants.append(piece)
            gaps.append("")
        else:
            gaps[-1] = piece
    return "".join(consonants), tuple(gaps)


def skeleton(sound: str) -> str:
    """Return the blocking form: at most eight signs, "a" before a first vowel, ш ч ж ҷ as one sign.

    Merging the hissing sounds also joins what is typed without a Tajik keyboard (Точхон for Тоҷхон).
    Empty when the sound holds nothing.
    """
    consonants, gaps = split(sound)
    folded = consonants.translate(_FOLD_HISSING)
    once = re.sub("(.)\\1+", r"\1", folded)
    return (("a" if gaps[0] else "") + once)[:_LONGEST]
