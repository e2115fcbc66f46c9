"""What titles of a source's registers meant before, and what is to be asked about new ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from rohnamo.core import keys
from rohnamo.engines.registers import Column, Field, Register
from rohnamo.engines.registers.folding import fold
from rohnamo.intake.models import KnownTitle
from rohnamo.projects.models import Source


class ColumnAsRead(TypedDict, total=False):
    """A column as it is kept: its title only where it was recognised, because any other cell may be anything."""

    title: str
    letter: str
    field: str
    digest: str
    certainty: str
    is_hidden: bool


@dataclass(frozen=True)
class Missing:
    """A title of the last register that this one does not have."""

    title: str
    field: str


@dataclass(frozen=True)
class TitleMemory:
    """What is remembered of one source. by_digest: digest -> (title, field); latest: digests of the last register."""

    by_digest: Mapping[bytes, tuple[str, str]] = field(default_factory=dict)
    latest: frozenset[bytes] = frozenset()

    def mapping_with(self, said: Mapping[str, str]) -> dict[str, str]:
        """Title -> field for the reader: what somebody says now goes before what is remembered."""
        spoken = {fold(title) for title in said}
        remembered = {title: name for title, name in self.by_digest.values() if title and name}
        return {**{title: name for title, name in remembered.items() if fold(title) not in spoken}, **said}

    def questions_about(self, columns: Iterable[Column]) -> tuple[str, ...]:
        """Letters of columns whose titles this source never wrote; none for its first register."""
        if not self.by_digest:
            return ()
        return tuple(
            one.letter for one in columns if one.title and digest_of(one.title) not in self.by_digest
        )

    def missing_from(self, digests: Iterable[str]) -> list[Missing]:
        """Titles with a meaning that the last register had, and this one has not."""
        here = {bytes.fromhex(digest) for digest in digests}
        gone = [self.by_digest[digest] for digest in self.latest - here]
        return sorted(
            (Missing(title, name) for title, name in gone if title and name), key=lambda one: one.title
        )


def memory_of(source: Source) -> TitleMemory:
    """What titles of this source meant. One query."""
    known = list(KnownTitle.objects.filter(source=source).order_by("pk"))
    newest = max((one.seen_at for one in known), default=None)
    return TitleMemory(
        {bytes(one.digest): (one.title, one.field) for one in known},
        frozenset(bytes(one.digest) for one in known if one.seen_at == newest),
    )


def digest_of(title: str) -> bytes:
    """A title without case, letters of its own and signs, as a keyed hash."""
    return keys.keyed_hash(fold(title) or title.strip(), purpose="title", ring="rows")


def columns_of(register: Register) -> tuple[ColumnAsRead, ...]:
    """Every column as it may be kept."""
    return tuple(_kept(column, register.hidden_letters) for column in register.columns)


def suggestions(columns: Sequence[ColumnAsRead], missing: Sequence[Missing]) -> dict[str, str]:
    """Letter -> field for columns that mean nothing yet: where one title is new and one is gone, the new one is likely
    the old one."""
    unknown = [one["letter"] for one in columns if not one["field"]]
    taken = {one["field"] for one in columns}
    free = [one.field for one in missing if one.field not in taken and one.field != Field.IGNORED]
    return {unknown[0]: free[0]} if len(unknown) == 1 and len(free) == 1 else {}


def _kept(column: Column, hidden: Iterable[str]) -> ColumnAsRead:
    return {
        "title": column.title if column.field else "",
        "letter": column.letter,
        "field": str(column.field or ""),
        "digest": digest_of(column.title).hex() if column.title else "",
        "certainty": str(column.certainty),
        "is_hidden": column.letter in set(hidden),
    }
