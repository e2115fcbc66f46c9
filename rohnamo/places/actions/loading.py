"""How rows of files become rows of tables: made, changed or left alone, and counted.

It stands here because places are the lowest floor that loads the mission's files.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import models

from rohnamo.core.errors import WrongData

BATCH = 500
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Loaded:
    """How many rows a loading made, changed, found already there, and took away."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )

    @property
    def is_news(self) -> bool:
        """Whether the database is another one than before."""
        return bool(self.created or self.changed or self.removed)


def bring_in_line(
    stored: models.QuerySet[Row], wanted: Iterable[Row], *, key: Sequence[str], may_remove: bool = False
) -> Loaded:
    """Let the stored rows say what the wanted ones say. Call it inside a transaction.

    wanted: rows that are not saved, with every column filled as it shall stand; tuples must be lists, because
    that is how JSON comes back. key: columns (`place_id`, not `place`) that tell which row is which.
    may_remove: whether stored rows that nobody wants are deleted; without it they are left alone, because
    records may point at them. Raises WrongData when two wanted rows have the same key.
    """
    before = {_key(row, key): row for row in stored}
    asked = _by_key(wanted, key)
    new = [row for at, row in asked.items() if at not in before]
    changed = [
        _in_place_of(before[at], row)
        for at, row in asked.items()
        if at in before and _differs(before[at], row)
    ]
    gone = [row.pk for at, row in before.items() if at not in asked] if may_remove else []
    _write(stored.model, new=new, changed=changed, gone=gone)
    return Loaded(len(new), len(changed), len(asked) - len(new) - len(changed), len(gone))


def _write(model: type[Row], *, new: list[Row], changed: list[Row], gone: list[object]) -> None:
    rows = model._default_manager
    # First away, then in: a row that takes the place of another must not meet it.
    if gone:
        rows.filter(pk__in=gone).delete()
    if changed:
        rows.bulk_update(changed, _columns(model), batch_size=BATCH)
    if new:
        rows.bulk_create(new, batch_size=BATCH)


def _by_key(rows: Iterable[Row], key: Sequence[str]) -> dict[tuple[object, ...], Row]:
    asked: dict[tuple[object, ...], Row] = {}
    for row in rows:
        at = _key(row, key)
        if at in asked:
            shown = ", ".join(f"{name} {value}" for name, value in zip(key, at, strict=True))
            raise WrongData(f"Two rows of {row._meta.verbose_name} are the same ({shown}). Take one out.")
        asked[at] = row
    return asked


def _key(row: models.Model, key: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in key)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if not field.primary_key]


def _differs(old: models.Model, new: models.Model) -> bool:
    names = [field.attname for field in old._meta.concrete_fields if not field.primary_key]
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _in_place_of(old: Row, new: Row) -> Row:
    new.pk = old.pk
    return new
