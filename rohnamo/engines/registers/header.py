"""Finds the row of titles among title rows, and says what each column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, zip_longest
from statistics import median_low
from typing import NamedTuple

from rohnamo.engines.registers.columns import Guess, guess_field, letter_of
from rohnamo.engines.registers.errors import DuplicatedTitles
from rohnamo.engines.registers.fields import Certainty, Column, Field
from rohnamo.engines.registers.folding import fold, tidy
from rohnamo.engines.registers.tables import Cells, Table

ROWS_SEARCHED = 60
_ROWS_LOOKED_AT = 40
_LEAST_FIELDS = 2
# One of these makes a row of words a row of titles: a register is about people or counts of people.
_PEOPLE = frozenset(
    {Field.FULL_NAME, Field.FAMILY, Field.GIVEN, Field.SEX, Field.BIRTH, Field.AGE, Field.COUNT, Field.PHONE}
)
_AGENCY_WORDS = (
    "customs",
    "border",
    "police",
    "тамож",
    "погран",
    "милици",
    "полици",
    "гумрук",
    "сархад",
    "прокур",
)


class Header(NamedTuple):
    """number: row of the titles, the lower one when they stand in two rows. titles_above: rows before it."""

    number: int
    columns: tuple[Column, ...]
    titles_above: tuple[str, ...]


def find_header(table: Table, mapping: Mapping[str, Field]) -> Header | None:
    """The header of a table, or None. Raises DuplicatedTitles when two columns claim one field alike.

    mapping: folded title -> field, the caller's word, which goes before any guess.
    """
    head = _head(table)
    best, best_score = None, 0
    for position, (_, cells) in enumerate(head):
        score = _score(cells, mapping)
        if score > best_score:
            best, best_score = position, score
    if best is None:
        return None
    titles, last = _titles(head, best, mapping)
    below = [cells for _, cells in head[last + 1 :]][:_ROWS_LOOKED_AT]
    columns = _columns(table, titles, below, mapping)
    above = tuple(text for _, cells in head[:best] if (text := " ".join(filter(None, map(tidy, cells)))))
    return Header(head[last][0], columns, above)


def _head(table: Table) -> list[tuple[int, Cells]]:
    """The first rows that hold anything, and as many below a header at their end."""
    filled = ((number, list(cells)) for number, cells in table.rows() if any(cells))
    return list(islice(filled, ROWS_SEARCHED + _ROWS_LOOKED_AT))


def _guess(title: str, mapping: Mapping[str, Field]) -> Guess:
    mapped = mapping.get(fold(title)) if mapping and title else None
    return Guess(mapped, Certainty.MAPPED) if mapped else guess_field(title)


def _score(cells: Cells, mapping: Mapping[str, Field]) -> int:
    """How many fields a row names; 0 when it cannot be a header."""
    guesses = [_guess(tidy(cell), mapping).field for cell in cells if isinstance(cell, str)]
    fields = set(guesses) - {None}
    return len(fields) if len(fields) >= _LEAST_FIELDS and fields & _PEOPLE else 0


def _titles(
    head: Sequence[tuple[int, Cells]], best: int, mapping: Mapping[str, Field]
) -> tuple[list[str], int]:
    """Titles of a header, and the position of its last row: some have a second row, under merged titles."""
    upper = [_one_line(cell) for cell in head[best][1]]
    if best + 1 >= len(head) or head[best + 1][0] != head[best][0] + 1:
        return upper, best
    lower = [_one_line(cell) for cell in head[best + 1][1]]
    joined = _joined(upper, lower, mapping)
    filled = [position for position, text in enumerate(lower) if text]
    named = [p for p in filled if _is_lower_title(p, upper, lower, joined, mapping)]
    is_all_words = len(filled) == sum(cell != "" for cell in head[best + 1][1])
    if not is_all_words or not any(_is_gap(upper, p) for p in named) or 2 * len(named) < len(filled):
        return upper, best
    return joined, best + 1


def _is_lower_title(
    position: int, upper: list[str], lower: list[str], joined: list[str], mapping: Mapping[str, Field]
) -> bool:
    """Whether a cell below the titles is one too. "Пол" above "ж" means sex before and after joining: data."""
    if _guess(lower[position], mapping).certainty in (Certainty.EXACT, Certainty.MAPPED):
        return True
    spanning = next((text for text in reversed(upper[: position + 1]) if text), "")
    together = _guess(joined[position], mapping).field
    return _is_gap(upper, position) and together not in (None, _guess(spanning, mapping).field)


def _is_gap(upper: list[str], position: int) -> bool:
    """Whether a title spans several columns, of which this is one."""
    beyond = upper[position + 1] if position + 1 < len(upper) else "-"
    return not (position < len(upper) and upper[position]) or not beyond


def _joined(upper: list[str], lower: list[str], mapping: Mapping[str, Field]) -> list[str]:
    joined, spanning = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        spanning = above or (spanning if below else "")
        if not below or below == above:
            joined.append(above)
        else:
            joined.append(below if _guess(below, mapping).field else f"{spanning} {below}".strip())
    return joined


def _one_line(cell: object) -> str:
    return tidy(cell) if isinstance(cell, str) else ""


def _columns(
    table: Table, titles: list[str], below: list[Cells], mapping: Mapping[str, Field]
) -> tuple[Column, ...]:
    # A few rows wider than the titles are damaged; when most are, there is a column without a title.
    width = max(len(titles), median_low(map(_filled_width, below)) if below else 0)
    padded = titles + [""] * (width - len(titles))
    guesses = [_guess(title, mapping) for title in padded]
    _settle_doubts(guesses, padded, below)
    _keep_one_of_each(table, padded, guesses)
    return tuple(
        Column(title, guess.field, guess.certainty, letter_of(table.first_column + position))
        for position, (title, guess) in enumerate(zip(padded, guesses, strict=True))
    )


def _filled_width(cells: Cells) -> int:
    return max((position + 1 for position, cell in enumerate(cells) if cell != ""), default=0)


def _settle_doubts(guesses: list[Guess], titles: list[str], below: list[Cells]) -> None:
    """What titles alone cannot say: "Name" with or without a surname, "Service" of the mission or of the
    State, "Number" in a row or of people."""
    fields = {guess.field for guess in guesses}
    for position, guess in enumerate(guesses):
        if guess.certainty is Certainty.MAPPED:
            continue
        if guess.field is Field.GIVEN and Field.FAMILY not in fields and Field.FULL_NAME not in fields:
            guesses[position] = Guess(Field.FULL_NAME, guess.certainty)
        elif guess.field is Field.FULL_NAME and Field.FAMILY in fields and Field.GIVEN not in fields:
            guesses[position] = Guess(Field.GIVEN, guess.certainty)
        elif guess.field is Field.SERVICE and _is_of_the_state(titles[position], below, position):
            guesses[position] = Guess(Field.AGENCY, guess.certainty)
        elif guess.field is Field.COUNT and Field.SERIAL not in fields and _counts_rows(below, position):
            guesses[position] = Guess(Field.SERIAL, guess.certainty)
        elif guess.field is Field.DESTINATION and fields & {Field.AGENCY, Field.POST}:
            # A list of officials: their country is a side of the table, not where they travel.
            guesses[position] = Guess(Field.SIDE, guess.certainty)
        elif guess.field is Field.REGION and Field.PLACE not in fields:
            guesses[position] = Guess(Field.PLACE, guess.certainty)


def _values(below: list[Cells], position: int) -> list[object]:
    return [cells[position] for cells in below if position < len(cells) and cells[position] != ""]


def _is_of_the_state(title: str, below: list[Cells], position: int) -> bool:
    """Whether a column called just "Service" lists customs, border forces and the like."""
    folded = [fold(str(value)) for value in _values(below, position)]
    agencies = [text for text in folded if any(word in text for word in _AGENCY_WORDS)]
    return fold(title) in {"service", "services"} and 2 * len(agencies) >= len(folded) > 0


def _counts_rows(below: list[Cells], position: int) -> bool:
    """1, 2, 3 …: a column that numbers the rows."""
    numbers = [tidy(value) for value in _values(below, position)]
    wanted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(numbers) > 2 and numbers == wanted


_RANK = {Certainty.MAPPED: 3, Certainty.EXACT: 2, Certainty.LIKELY: 1, Certainty.NONE: 0}
_MAY_REPEAT = frozenset({None, Field.NOTES, Field.ADDRESS, Field.IGNORED, Field.SERIAL})


def _keep_one_of_each(table: Table, titles: list[str], guesses: list[Guess]) -> None:
    """Of two columns for one field the surer one, then the left one, counts; the other is reported unknown."""
    counts = Counter(guess.field for guess in guesses)
    for field in [field for field, count in counts.items() if count > 1 and field not in _MAY_REPEAT]:
        rivals = [position for position, guess in enumerate(guesses) if guess.field is field]
        rivals.sort(key=lambda position: -_RANK[guesses[position].certainty])
        same = {titles[p] for p in rivals[1:] if fold(titles[p]) == fold(titles[rivals[0]])}
        if same:
            raise DuplicatedTitles(sheet=table.name, titles=", ".join(sorted(same)))
        for position in rivals[1:]:
            guesses[position] = Guess(None, Certainty.NONE)
