"""The one door to lxml, which has no types of its own."""

from typing import Any

from lxml import etree

__all__ = ["LANG", "Element", "children", "etree", "is_foreign", "text_of"]

# An lxml element. The library brings no types, so its edges are untyped here and nowhere else.
Element = Any
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def children(element: Element) -> list[Element]:
    """Child elements in the order of the file, without comments and processing instructions."""
    return [child for child in element if isinstance(child.tag, str)]


def is_foreign(element: Element) -> bool:
    """Whether an element stands in a namespace of its own: an extension, which the standard allows at the end."""
    return str(element.tag).startswith("{")


def text_of(element: Element) -> str:
    """All text below an element, as XPath reads it."""
    return "".join(element.itertext())
