"""Registry of personal data: every model, file and log that holds any.

A test fails on a model that is in neither list, so a new model is a decision, not an oversight. It is what erasure
walks: an action that erases a person calls `erase`, and so reaches floors above its own.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Holder:
    """where: model label ("people.person"), or a folder of the home ("files/"), or a log.

    holds: what kind of data, in words. erase: removes the data of these persons there, given the numbers of their
    records; None when the holder is erased with its parent. Never a value.
    """

    where: str
    holds: str
    erase: Callable[[Collection[int]], None] | None = None


_holders: dict[str, Holder] = {}
_impersonal: set[str] = set()


def register(*holders: Holder) -> None:
    """Say that these places hold personal data. Called from each app's `apps.ready`."""
    _holders.update({holder.where: holder for holder in holders})


def declare_impersonal(*wheres: str) -> None:
    """Say that these models hold none."""
    _impersonal.update(wheres)


def holders() -> tuple[Holder, ...]:
    """All that is registered, in the order of names."""
    return tuple(_holders[name] for name in sorted(_holders))


def erase(persons: Collection[int]) -> None:
    """Let every holder remove what it keeps of these persons. Call it inside the transaction of the erasure."""
    for holder in holders():
        if holder.erase:
            holder.erase(persons)


def is_known(where: str) -> bool:
    """Whether somebody has decided about this place."""
    return where in _holders or where in _impersonal
