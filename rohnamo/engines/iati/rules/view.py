"""An activity as rules look at it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from rohnamo.engines.iati.structure import ROOT, shape_of
from rohnamo.engines.iati.xml import Element, children, is_foreign


@dataclass(frozen=True)
class View:
    """One activity. now: no day of it may be later. all_parts: its elements with their paths, extensions left out."""

    activity: Element
    now: datetime

    @cached_property
    def parts(self) -> Mapping[str, list[Element]]:
        """Name → children of the activity."""
        found: dict[str, list[Element]] = {}
        for child in children(self.activity):
            found.setdefault(child.tag, []).append(child)
        return found

    @cached_property
    def all_parts(self) -> list[tuple[Element, str]]:
        return list(_walk(self.activity, ROOT))

    @cached_property
    def by_path(self) -> Mapping[str, list[Element]]:
        """Path → elements, as in "iati-activity/transaction/value"."""
        found: dict[str, list[Element]] = {}
        for element, path in self.all_parts:
            found.setdefault(path, []).append(element)
        return found

    def at(self, path: str) -> list[Element]:
        """Elements by their path below the activity, as in "transaction/sector"."""
        return self.by_path.get(f"{ROOT}/{path}", [])


def _walk(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    yield element, path
    known = shape_of(path).children
    for child in children(element):
        if not is_foreign(child) and child.tag in known:
            yield from _walk(child, f"{path}/{child.tag}")


def named(element: Element, name: str) -> list[Element]:
    """Children with a name."""
    return list(element.findall(name))


def of_vocabulary(elements: Iterable[Element], *vocabularies: str | None) -> list[Element]:
    """Those that name one of the vocabularies; None: those that name none."""
    return [one for one in elements if one.get("vocabulary") in vocabularies]


def has_narrative(element: Element) -> bool:
    return element.find("narrative") is not None
