"""The one spelling of an activity: what is compared, hashed, kept and written again.

Elements stand in the order of the standard, spaces between elements are gone, attributes are sorted, comments are
left out; text, extensions and their namespaces stay as they were written. Reading it again gives the same bytes.
"""

import hashlib

from rohnamo.engines.iati.structure import ROOT, put_in_order, shape_of
from rohnamo.engines.iati.xml import Element, children, etree, is_foreign


def canonical(activity: Element) -> bytes:
    """The canonical XML of an activity. The element itself is put in order; its lines are kept."""
    etree.strip_tags(activity, etree.Comment, etree.ProcessingInstruction)
    put_in_order(activity)
    _tighten(activity, ROOT)
    activity.tail = None
    return _written(activity)


def digest(content: bytes) -> str:
    """What an activity is known by: equal for two that say the same."""
    return hashlib.sha256(content).hexdigest()


def parse(content: bytes) -> Element:
    """An activity from its canonical XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(content, parser)


def changed_parts(before: bytes, after: bytes) -> list[str]:
    """Names of the elements in which two canonical activities differ, in the order of the standard; "@": attributes."""
    old, new = _parts(parse(before)), _parts(parse(after))
    names = dict.fromkeys([*old, *new])
    return [name for name in names if old.get(name) != new.get(name)]


def _parts(activity: Element) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {"@": [repr(sorted(activity.attrib.items())).encode()]}
    for child in children(activity):
        found.setdefault(child.tag, []).append(_written(child))
    return found


def _written(element: Element) -> bytes:
    written: bytes = etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, with_tail=False
    )
    return written


def _tighten(element: Element, path: str) -> None:
    """Take away the spaces that only make a file readable, never those inside of words."""
    shape = shape_of(path)
    if not shape.text and not (element.text or "").strip():
        element.text = None
    for child in element:
        if not (child.tail or "").strip():
            child.tail = None
        if not is_foreign(child) and child.tag in shape.children:
            _tighten(child, f"{path}/{child.tag}")
