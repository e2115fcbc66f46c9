"""The structure: what an XML Schema would say. All of it has the rule id "XSD"."""

from collections.abc import Iterator

from rohnamo.engines.iati.found import Finding, found
from rohnamo.engines.iati.kinds import is_of_kind
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.structure import Shape, shape_of
from rohnamo.engines.iati.xml import LANG, Element, children, is_foreign

XSD = "XSD"
REORDERED = "order"
# The schema allows attributes of other namespaces everywhere but here.
_CLOSED = frozenset(
    [
        "pos",
        "related-activity",
        "legacy-data",
        "condition",
        "interest-received",
        "principal-outstanding",
        "principal-arrears",
        "interest-arrears",
        "channel-code",
    ]
)


def structure(view: View) -> Iterator[Finding]:
    for element, path in view.all_parts:
        shape = shape_of(path)
        yield from _attributes(element, shape)
        yield from _text(element, shape)
        yield from _children(element, shape)


def _attributes(element: Element, shape: Shape) -> Iterator[Finding]:
    for name, value in element.attrib.items():
        if name == LANG and not is_of_kind(value, "language"):
            yield found(XSD, "not-language", element, name="xml:lang", value=value[:60])
        if name.startswith("{") and element.tag not in _CLOSED:
            continue
        known = shape.attributes.get(name)
        if known is None:
            yield found(XSD, "unknown-attribute", element, name=name)
        elif not is_of_kind(value, known.kind):
            yield found(XSD, f"not-{known.kind}", element, name=name, value=value[:60])
    for name, known in shape.attributes.items():
        if known.is_required and element.get(LANG if name == "xml:lang" else name) is None:
            yield found(XSD, "missing-attribute", element, name=name)


def _text(element: Element, shape: Shape) -> Iterator[Finding]:
    if shape.text:
        value = element.text or ""
        if not is_of_kind(value, shape.text):
            yield found(XSD, f"not-{shape.text}", element, name=element.tag, value=value.strip()[:60])
    elif _own_text(element).strip():
        yield found(XSD, "unexpected-text", element, name=element.tag, value=_own_text(element).strip()[:60])


def _own_text(element: Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _children(element: Element, shape: Shape) -> Iterator[Finding]:
    seen: set[str] = set()
    last = 0
    for child in children(element):
        known = None if is_foreign(child) else shape.children.get(child.tag)
        if is_foreign(child) and not shape.text:
            last = len(shape.children)
        elif known is None:
            yield found(XSD, "unknown-element", child, name=str(child.tag))
        elif child.tag in seen and not known.may_repeat:
            yield found(XSD, "repeated-element", child, name=child.tag)
        elif known.order < last:
            yield found(XSD, REORDERED, child, name=child.tag)
        else:
            last = known.order
        seen.add(child.tag)
    for name, known in shape.children.items():
        if known.is_required and name not in seen:
            yield found(XSD, "missing-element", element, name=name)
