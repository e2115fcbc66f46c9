"""Whether a restored copy is what was in the home: rows, migrations, sealed values, stored files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rohnamo.config.backup import stored
from rohnamo.config.backup.databases import Kind
from rohnamo.config.backup.facts import Facts, open_samples, read_facts
from rohnamo.config.backup.manifest import KeptDatabase
from rohnamo.config.backup.parts import Part, broken
from rohnamo.core.errors import WrongData

MOST_NAMED = 10


@dataclass(frozen=True)
class Copy:
    """A restored database: what it holds, how many values of each ring opened, sentences on those that did not."""

    facts: Facts
    opened: dict[str, int]
    sealed_shut: list[str]


def require_whole(folder: Path, parts: tuple[Part, ...]) -> None:
    """Raises WrongData and names each file of a backup that is not what was written."""
    if wrong := broken(folder, parts):
        raise WrongData(f"The backup {folder.name} is damaged. {' '.join(wrong)} Take another backup.")


def require_same(kept: KeptDatabase, kind: Kind, place: str) -> Copy:
    """Read a restored database. Raises WrongData when it is damaged or holds other than was written down."""
    if damage := kind.damage(place):
        raise WrongData(f"The {kept.name} database is damaged: {_some(damage)}")
    with kind.opened(place) as (ask, tables):
        facts = read_facts(ask, tables)
        opened, sealed_shut = open_samples(ask, tables)
    wrong = [
        f"{table}: {facts.rows.get(table, 'no table')} rows in place of {kept.rows.get(table, 'no table')}."
        for table in sorted(kept.rows.keys() | facts.rows.keys())
        if facts.rows.get(table) != kept.rows.get(table)
    ]
    if facts.migrations != kept.migrations:
        wrong.append("Other migrations have been done in it.")
    if wrong:
        raise WrongData(f"The {kept.name} database came back with other content. {_some(wrong)}")
    return Copy(facts, opened, sealed_shut)


def damage_in(
    files: Iterable[tuple[str, bytes]], wanted: Mapping[str, int], copies: Iterable[Copy]
) -> tuple[str, ...]:
    """One sentence for each stored file and sealed value that cannot be opened."""
    wrong = [f"Stored file {digest} {problem}." for digest, problem in stored.damaged(files, wanted).items()]
    return tuple(sorted([*wrong, *(said for copy in copies for said in copy.sealed_shut)]))


def opened_by_ring(copies: Iterable[Copy]) -> dict[str, int]:
    """How many sealed values of each ring opened, in all databases."""
    total: dict[str, int] = {}
    for copy in copies:
        for ring, number in copy.opened.items():
            total[ring] = total.get(ring, 0) + number
    return total


def _some(sentences: list[str]) -> str:
    more = len(sentences) - MOST_NAMED
    return " ".join(sentences[:MOST_NAMED]) + (f" … and {more} more." if more > 0 else "")
