"""On which line of a TOML file a key stands: `tomllib` reads values but forgets where they were."""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_ARRAY_HEADER = re.compile(rf"^\s*\[\[\s*({_DOTTED})\s*\]\]")
_HEADER = re.compile(rf"^\s*\[\s*({_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"^\s*({_DOTTED})\s*=")
_QUOTES = ('"""', "'''", '"', "'")


def toml_lines(text: str) -> Mapping[Path, int]:
    """Path of every table, table of an array and key to its line. Keys inside `{ }` or `[ ]` are not listed:
    ask `line_of`, which falls back to the key that holds them."""
    index: dict[Path, int] = {}
    lengths: dict[Path, int] = {}
    here: Path = ()
    state = _Open()
    for number, line in enumerate(text.splitlines(), start=1):
        if state.is_open:
            state.read(line)
        elif header := _ARRAY_HEADER.match(line):
            here = _next_of_array(_parts(header[1]), lengths)
            _note(index, here, number)
        elif header := _HEADER.match(line):
            here = _inside_arrays(_parts(header[1]), lengths)
            _note(index, here, number)
        elif key := _ASSIGNMENT.match(line):
            _note(index, here + _parts(key[1]), number)
            state.read(line[key.end() :])
    return index


def line_of(index: Mapping[Path, int], path: Path) -> int:
    """Line of the longest known beginning of the path; 0 when not even its first key was seen."""
    for length in range(len(path), 0, -1):
        if path[:length] in index:
            return index[path[:length]]
    return 0


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _inside_arrays(parts: Path, lengths: Mapping[Path, int]) -> Path:
    """`[indicator.measure]` belongs to the latest `[[indicator]]`: put its number into the path."""
    path: Path = ()
    for part in parts:
        path = (*path, part)
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


def _next_of_array(parts: Path, lengths: dict[Path, int]) -> Path:
    array = (*_inside_arrays(parts[:-1], lengths), parts[-1])
    lengths[array] = lengths.get(array, 0) + 1
    return (*array, lengths[array] - 1)


def _note(index: dict[Path, int], path: Path, number: int) -> None:
    for length in range(1, len(path) + 1):
        index.setdefault(path[:length], number)


class _Open:
    """Whether a value that began on an earlier line is still going on."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""

    @property
    def is_open(self) -> bool:
        return self.depth > 0 or bool(self.quote)

    def read(self, text: str) -> None:
        place = 0
        while place < len(text):
            place = self._inside_quote(text, place) if self.quote else self._outside(text, place)
        if len(self.quote) == 1:  # a one-line string cannot go on: tomllib has already refused the file
            self.quote = ""

    def _inside_quote(self, text: str, place: int) -> int:
        if text[place] == "\\" and self.quote.startswith('"'):
            return place + 2
        if text.startswith(self.quote, place):
            place += len(self.quote)
            self.quote = ""
            return place
        return place + 1

    def _outside(self, text: str, place: int) -> int:
        if text[place] == "#":
            return len(text)
        for quote in _QUOTES:
            if text.startswith(quote, place):
                self.quote = quote
                return place + len(quote)
        self.depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[place], 0)
        return place + 1
