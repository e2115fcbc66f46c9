"""A name as written, cut into parts that know how they sound.

`Name.from_parts` for registers with three columns, `parse` for one column. Roles are guessed only from
endings that tell (-ович, -ов, -зода); what stays unclear is `Role.UNKNOWN` and compared without order.
"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Self

from rohnamo.engines.names.cyrillic import cyrillic_sound
from rohnamo.engines.names.fold import normalise, without_apostrophes
from rohnamo.engines.names.latin import latin_sound
from rohnamo.engines.names.persian import persian_sound
from rohnamo.engines.names.roots import Ending, root_of
from rohnamo.engines.names.scripts import Script, script_of
from rohnamo.engines.names.skeleton import skeleton, smooth, smooth_persian
from rohnamo.engines.names.words import (
    JOINS_NEXT,
    JOINS_PREVIOUS,
    PERSIAN_FIRST_HALVES,
    SON_OR_DAUGHTER,
    TITLES,
)


class Role(StrEnum):
    FAMILY = "family"
    GIVEN = "given"
    FATHER = "father"
    UNKNOWN = "unknown"


class Part(NamedTuple):
    """One part of a name.

    word: as written, normalised, lower case. sound: canonical phonetic form. root, bare: without suffix, and
    without courtesy ending. skeleton: blocking form of bare, the same in four alphabets. is_initial: one letter.
    """

    word: str
    role: Role
    script: Script
    sound: str
    root: str
    bare: str
    ending: Ending
    skeleton: str
    is_initial: bool


class Name(NamedTuple):
    """written: exactly what came in, fields joined by a space. parts: empty when nothing readable was written."""

    written: str
    parts: tuple[Part, ...]

    @classmethod
    def from_parts(cls, family: str = "", given: str = "", patronymic: str = "") -> Self:
        """A name from columns. Words of one column are one part, as Persian writes compounds apart."""
        return cls(*_from_columns(family, given, patronymic))


_LONGEST_WORD = 60
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼʻ`-][^\W\d_]+)*\.?")

_F, _G, _P, _U = Role.FAMILY, Role.GIVEN, Role.FATHER, Role.UNKNOWN
# Roles told by endings -> roles of the orders in use; a surname or patronymic that tells itself fixes the rest.
_USUAL_ORDERS = {
    (_F, _U): (_F, _G), (_U, _F): (_G, _F), (_U, _P): (_G, _P),
    (_F, _U, _U): (_F, _G, _P), (_U, _U, _F): (_G, _P, _F), (_U, _U, _P): (_F, _G, _P),
    (_F, _U, _P): (_F, _G, _P), (_U, _P, _F): (_G, _P, _F), (_U, _P, _U): (_G, _P, _F),
}  # fmt: skip


@lru_cache(maxsize=65536)
def parse(written: str) -> Name:
    """Read a name written in one field, in any order. Never raises: what cannot be read has no parts."""
    words = _joined(_without_titles(_words(written)))[:_MOST_WORDS]
    parts = [_part(word, role) for word, role in _with_patronymic_words(words)]
    return Name(written, _with_guessed_roles([part for part in parts if part.sound]))


@lru_cache(maxsize=65536)
def _from_columns(family: str, given: str, patronymic: str) -> tuple[str, tuple[Part, ...]]:
    columns = ((family, Role.FAMILY), (given, Role.GIVEN), (patronymic, Role.FATHER))
    parts = (_part(_one_word(text), role) for text, role in columns)
    return " ".join(text.strip() for text, _ in columns if text.strip()), tuple(p for p in parts if p.sound)


# Columns hold few different words, millions of times.
@lru_cache(maxsize=65536)
def _one_word(text: str) -> str:
    words = [word for word in _without_titles(_words(text)) if not _is_son_or_daughter(word)]
    return "".join(words)


def _words(text: str) -> list[str]:
    normal = normalise(text[: _LONGEST_WORD * _MOST_WORDS]).lower()
    return [word[:_LONGEST_WORD] for word in _WORD.findall(normal)]


def _without_titles(words: list[str]) -> list[str]:
    names = [word for word in words if word.rstrip(".") not in TITLES]
    return names if any(len(word.rstrip(".")) > 1 for word in names) else words


def _joined(words: list[str]) -> list[str]:
    """Put halves of compound names together: Abdul Rahman, نور الله, گل بهار."""
    result: list[str] = []
    joins = False
    for word in words:
        if result and (joins or word in JOINS_PREVIOUS):
            result[-1] += word
        else:
            result.append(word)
        joins = word in JOINS_NEXT or (word in PERSIAN_FIRST_HALVES and len(words) > 3)
    return result


def _with_patronymic_words(words: list[str]) -> list[tuple[str, Role]]:
    """Give the role of patronymic to a word followed by "son of" or "daughter of", and drop the marker."""
    roles: list[tuple[str, Role]] = []
    for word in words:
        if _is_son_or_daughter(word) and roles:
            roles[-1] = (roles[-1][0], Role.FATHER)
        else:
            roles.append((word, Role.UNKNOWN))
    return roles


def _is_son_or_daughter(word: str) -> bool:
    return without_apostrophes(word) in SON_OR_DAUGHTER


def _with_guessed_roles(parts: list[Part]) -> tuple[Part, ...]:
    told = [
        part if part.role is not Role.UNKNOWN else part._replace(role=_role_by_ending(part)) for part in parts
    ]
    order = tuple(part.role for part in told)
    roles = _USUAL_ORDERS.get(order, order)
    return tuple(part._replace(role=role) for part, role in zip(told, roles, strict=True))


def _role_by_ending(part: Part) -> Role:
    return {Ending.FATHER: Role.FATHER, Ending.FAMILY: Role.FAMILY}.get(part.ending, Role.UNKNOWN)


@lru_cache(maxsize=65536)
def _part(word: str, role: Role) -> Part:
    found = part_of(word)
    return found if role is Role.UNKNOWN else found._replace(role=role)


@lru_cache(maxsize=65536)
def part_of(word: str) -> Part:
    """A part of unknown role; everything but the role follows from the word."""
    word = word.rstrip(".")
    script, sound = _sound(word)
    root = root_of(sound)
    return Part(
        word,
        Role.UNKNOWN,
        script,
        sound,
        root.root,
        root.bare,
        root.ending,
        skeleton(root.bare),
        _is_initial(word, sound),
    )


@lru_cache(maxsize=16384)
def joined_part(one: Part, other: Part) -> Part:
    """Two neighbouring parts read as one compound name."""
    return _part(one.word + other.word, one.role if other.role is Role.UNKNOWN else other.role)


@lru_cache(maxsize=65536)
def _sound(word: str) -> tuple[Script, str]:
    script = script_of(word)
    if script is Script.PERSIAN:
        return script, smooth_persian(persian_sound(word))
    if script is Script.CYRILLIC:
        return script, smooth(cyrillic_sound(word))
    return script, smooth(latin_sound(word))


def _is_initial(word: str, sound: str) -> bool:
    return len(word) == 1 or (len(sound) == 1 and len(word) <= 2)
