"""Whose money counts, so that a programme and its projects are not added twice."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=object)


class Circle(ValueError):
    """A project that is, over some steps, a part of itself."""


def carriers(
    asked: Iterable[Key], parents: Mapping[Key, Key], has_money: Callable[[Key], bool]
) -> dict[Key, Key]:
    """Project that carries money -> the asked project on whose behalf it counts; the order is that of asking.

    parents: child -> parent, for every child there is, asked or not. An asked project with money of its own carries
    it; one without is carried by its nearest descendants with money. One whose ancestor carries money too is left
    out: budget stands at one level. Raises Circle.
    """
    children = _children(parents)
    found: dict[Key, Key] = {}
    for project in asked:
        for carrier in _nearest_with_money(project, children, has_money, ()):
            found.setdefault(carrier, project)
    return {one: behalf for one, behalf in found.items() if not _ancestors(one, parents) & found.keys()}


def _children(parents: Mapping[Key, Key]) -> dict[Key, list[Key]]:
    children: dict[Key, list[Key]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    return children


def _nearest_with_money(
    project: Key, children: Mapping[Key, list[Key]], has_money: Callable[[Key], bool], above: tuple[Key, ...]
) -> list[Key]:
    if project in above:
        raise Circle(f"{project} is a part of itself.")
    if has_money(project):
        return [project]
    below = children.get(project, [])
    return [
        one for child in below for one in _nearest_with_money(child, children, has_money, (*above, project))
    ]


def _ancestors(project: Key, parents: Mapping[Key, Key]) -> set[Key]:
    above: set[Key] = set()
    while project in parents:
        project = parents[project]
        if project in above:
            raise Circle(f"{project} is a part of itself.")
        above.add(project)
    return above
