"""Place names old and new, in three languages, to the code of a gazetteer; never a guess.

The gazetteer is handed in by the caller. A name that two places bear is AMBIGUOUS, and no spelling is
"nearly" another: what is not in the gazetteer is UNKNOWN.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from rohnamo.engines.registers.folding import fold, place_key


class Kind(StrEnum):
    """What kind of unit a name speaks of; ANY when it does not say."""

    ANY = ""
    CITY = "city"
    DISTRICT = "district"
    REGION = "region"


class GazetteerRow(NamedTuple):
    """A place of the gazetteer.

    level: 1 for a region, 2 for a city or district, and so on; of a region and a district named together
    the district counts. names: now and before, in every language; a cell may hold several, as in
    "Qurghonteppa (Kurgan-Tyube)" or "Jaloliddin Rumi; Kolkhozobod". A name with its kind, "Bokhtar
    district", is meant only when the writer says the kind or when nobody bears the bare name.
    seats: towns in the place that are not named like it. A town that bears the name of another place
    (Dusti, the seat of Jayhun; Buston) makes that name ambiguous: give it here.
    former: names no longer in force. A place that bears a name today goes before one that once bore it, or one
    that is spelled the same after folding: Khujand is the city, though a district beside it was once Khojent.
    """

    code: str
    level: int
    names: Sequence[str]
    seats: Sequence[str] = ()
    kind: Kind = Kind.ANY
    former: Sequence[str] = ()


class PlaceVerdict(StrEnum):
    FOUND = "found"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class PlaceMatch(NamedTuple):
    """code is None unless the verdict is FOUND."""

    code: str | None
    verdict: PlaceVerdict


class _Entry(NamedTuple):
    code: str
    level: int
    kind: Kind
    is_marked: bool
    is_former: bool


_CITY = "ш шахр шахри г гор город города city town шахрак шахраки пгт"
_DISTRICT = "н нохия нохияи район района district dist rayon raion nohiya nohiyai"
_REGION = "вилоят вилояти обл область области oblast region viloyat viloyati province"
_MARKS = {
    word: kind
    for kind, words in ((Kind.CITY, _CITY), (Kind.DISTRICT, _DISTRICT), (Kind.REGION, _REGION))
    for word in words.split()
}
_UNKNOWN = PlaceMatch(None, PlaceVerdict.UNKNOWN)
_AMBIGUOUS = PlaceMatch(None, PlaceVerdict.AMBIGUOUS)
_BRACKETS = re.compile(r"\(([^)]*)\)")
_PARTS = re.compile(r"[,;/|]|\s-\s|\s–\s")
_LONGEST_NAME_WORDS = 5


class Gazetteer:
    """Finds the code of a place by any of its names; safe to share between registers."""

    def __init__(self, rows: Iterable[GazetteerRow | tuple[str, int, Sequence[str]]]) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        for row in (GazetteerRow(*given) for given in rows):
            for cell in row.names:
                self._add(cell, row, row.kind, is_former=False)
            for cell in row.seats:
                self._add(cell, row, Kind.CITY, is_former=False)
            for cell in row.former:
                self._add(cell, row, row.kind, is_former=True)

    def find(self, text: str) -> PlaceMatch:
        """The place a cell names: the whole text, or its parts ("Хатлон, н. Восеъ"), smallest place first."""
        whole = self._find_name(text)
        if whole.verdict is not PlaceVerdict.UNKNOWN:
            return whole
        names = [name for name in _PARTS.split(_BRACKETS.sub(r",\1", text)) if name.strip()]
        return self._deepest([self._candidates(name) for name in names]) if len(names) > 1 else whole

    def find_in_title(self, title: str) -> str | None:
        """The one place that a title row names in capitals, or None: a district before its region."""
        words = re.findall(r"[\w’'ʼ`-]+", title)
        found, start = [], 0
        while start < len(words):
            size = self._longest_name(words, start)
            if size:
                found.append(self._candidates(" ".join(words[start : start + size])))
            start += size or 1
        return self._deepest(found).code

    def _add(self, cell: str, row: GazetteerRow, kind: Kind, *, is_former: bool) -> None:
        for name in _names_in(cell):
            marked, key = _kind_and_key(name)
            entry = _Entry(row.code, row.level, marked or kind, bool(marked), is_former)
            entries = self._entries.setdefault(key, [])
            if key and entry not in entries:
                entries.append(entry)

    def _find_name(self, text: str) -> PlaceMatch:
        return _verdict(self._candidates(text))

    def _candidates(self, text: str) -> list[_Entry]:
        kind, key = _kind_and_key(text)
        entries = self._entries.get(key, [])
        if kind:
            entries = [entry for entry in entries if entry.kind in (kind, Kind.ANY)] or entries
        else:
            entries = [entry for entry in entries if not entry.is_marked] or entries
        return [entry for entry in entries if not entry.is_former] or entries

    def _longest_name(self, words: list[str], start: int) -> int:
        """How many words from start name a place; names begin with a capital, so "панҷ рӯз" is no place."""
        if not words[start][0].isupper():
            return 0
        sizes = range(min(_LONGEST_NAME_WORDS, len(words) - start), 0, -1)
        return next((size for size in sizes if self._candidates(" ".join(words[start : start + size]))), 0)

    @staticmethod
    def _deepest(found: list[list[_Entry]]) -> PlaceMatch:
        """Of several names the smallest unit, when it is one; names that are no place do not count."""
        entries = [entry for candidates in found for entry in candidates]
        deepest = max((entry.level for entry in entries), default=0)
        return _verdict([entry for entry in entries if entry.level == deepest])


def _verdict(entries: list[_Entry]) -> PlaceMatch:
    codes = {entry.code for entry in entries}
    if not codes:
        return _UNKNOWN
    return PlaceMatch(codes.pop(), PlaceVerdict.FOUND) if len(codes) == 1 else _AMBIGUOUS


def _names_in(cell: str) -> list[str]:
    """ "Rushon; Roshan (until 2003)" holds two names: brackets with digits are years, not names."""
    inside = [text for text in _BRACKETS.findall(cell) if not any(map(str.isdigit, text))]
    parts = [part for text in (_BRACKETS.sub(" ", cell), *inside) for part in re.split(r"[;/]", text)]
    return [part.strip() for part in parts if part.strip()]


def _kind_and_key(text: str) -> tuple[Kind, str]:
    """The kind a name states and its key. "р-н" folds to two letters that only together are a mark."""
    folded = f" {fold(text)} ".replace(" р н ", " район ")
    words = [word for word in folded.split() if word not in {"of", "the"}]
    kinds = [_MARKS[word] for word in words if word in _MARKS]
    bare = [word for word in words if word not in _MARKS]
    if not bare:
        return Kind.ANY, place_key("".join(words))
    return (kinds[0] if kinds else Kind.ANY), place_key("".join(bare))


_ADDRESS = re.compile(
    r"\d|\b(ул|улица|куча|кучаи|дом|хона|хонаи|кв|квартира|street|st|str|house|мкр|пр т|проспект)\b"
)


def holds_address(text: str) -> bool:
    """Whether a place cell goes below the village: a house or street of a person is never kept."""
    return bool(_ADDRESS.search(fold(text)))
