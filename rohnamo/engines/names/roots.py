"""Take endings off a sound: what the law, the passport office and courtesy put on and take away.

Suffixes: law on state registration of civil status acts (2016, 2020) and the older Soviet forms; Persian and
Turkic forms from the domain notes on names, section 2. Each pattern is written in the sound alphabet
(`cyrillic`), with A W Y for Persian letters.
"""

import re
from enum import StrEnum
from typing import NamedTuple


class Ending(StrEnum):
    NONE = ""
    FAMILY = "family"  # -ов -ева: seldom anything but a surname
    FATHER = "father"  # -ович -овна
    CHILD = "child"  # -зода -пур -духт -оглы: surname or patronymic
    ORIGIN = "origin"  # -ӣ -иён -зай: surname, patronymic, sometimes a given name


class Root(NamedTuple):
    """root: without suffix. bare: without courtesy ending too; the same as root when there is none."""

    root: str
    bare: str
    ending: Ending


# (pattern, kind, least length of what must remain). The lengths keep Шерзод, Музаффар, Сафар whole.
_SUFFIXES = (
    (re.compile("(?:y?e|o)vi(?:[CXS]|t?ts)$"), Ending.FATHER, 2),
    (re.compile("(?:y?e|o)vna$"), Ending.FATHER, 2),
    (re.compile("(?:y?e|o)va?$"), Ending.FAMILY, 2),
    (re.compile("z[oaA]d[aeoA]$"), Ending.CHILD, 2),
    (re.compile("z[oaA]d$"), Ending.CHILD, 5),
    (re.compile("p[uW]r$"), Ending.CHILD, 2),
    (re.compile("du?ht(?:ar)?$"), Ending.CHILD, 3),
    (re.compile("n[ei]?[jz][oaA]d$"), Ending.CHILD, 3),
    (re.compile("[ou]?gl[iu]$"), Ending.CHILD, 3),
    (re.compile("k[ie]z[iey]$"), Ending.CHILD, 3),
    (re.compile("ulu$"), Ending.CHILD, 4),
    (re.compile("(?:iy?|y)[oa]n$"), Ending.ORIGIN, 4),
    (re.compile("YAn$"), Ending.ORIGIN, 3),
    (re.compile("z(?:ay|ai|oy|oi|Y|ey|ei)$"), Ending.ORIGIN, 3),
)
_ORIGIN_I = re.compile("(?<=[bpgkdtzsSCXjflmnrh])[iY]y?$")

# -шо but not the -ша of Бунафша.
_COURTESY = re.compile("(?:[jC][oaA]n|h[oaA]n|b[eiY]k|b[eiY]g|(?<!f)S[oaA]y?|b[iY]|g(?:u|W)?l)$")
_VOWEL = re.compile("[aeiouyAWYv]")


def root_of(sound: str) -> Root:
    root, ending = _without_suffix(sound)
    plain = root[:-1] if ending is Ending.ORIGIN and root == sound else root
    bare = _without_courtesy(plain)
    return Root(root, root if bare == plain else bare, ending)


def _without_suffix(sound: str) -> tuple[str, Ending]:
    for pattern, ending, least in _SUFFIXES:
        found = pattern.search(sound)
        if found and found.start() >= least and _has_consonant(sound[: found.start()]):
            return sound[: found.start()], ending
    found = _ORIGIN_I.search(sound)
    if found and found.start() >= 3:
        return sound, Ending.ORIGIN
    return sound, Ending.NONE


def _without_courtesy(root: str) -> str:
    """Take courtesy endings off while a name of at least two letters and one consonant is left."""
    found = _COURTESY.search(root)
    while found and found.start() >= 2 and _is_name(root[: found.start()]):
        root = root[: found.start()]
        found = _COURTESY.search(root)
    return root


def _is_name(rest: str) -> bool:
    consonants = _VOWEL.sub("", rest)
    return len(consonants) >= 2 or (len(consonants) == 1 and len(rest) >= 3)


def _has_consonant(rest: str) -> bool:
    return bool(_VOWEL.sub("", rest))
