"""How one element is made. An empty one is left out whole, so that it never takes the place of a needed one."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from rohnamo.engines.iati.activity import Money, Organisation, Words
from rohnamo.engines.iati.xml import LANG, Element, etree

# Characters that XML cannot hold at all; they come in with text copied from elsewhere, and say nothing.
_UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def make(
    name: str,
    attributes: Mapping[str, str | None] | None = None,
    *children: Element | Iterable[Element] | None,
    text: str | None = None,
) -> Element:
    """An element. Attributes that are None or empty are not written; children may be None or lists."""
    element = etree.Element(name)
    for key, value in (attributes or {}).items():
        if value:
            element.set(key, writable(value))
    if text is not None:
        element.text = writable(text)
    for child in children:
        if child is None:
            continue
        if etree.iselement(child):
            element.append(child)
        else:
            element.extend(list(child))
    return element


def coded(name: str, code: str, **attributes: str) -> Element | None:
    """An element that is a code; None without one."""
    return make(name, {"code": code, **attributes}) if code else None


def narratives(words: Words) -> list[Element]:
    """One narrative for each language that has words, each with its language."""
    return [
        make("narrative", {LANG: language}, text=text.strip())
        for language, text in words.items()
        if text.strip()
    ]


def told(name: str, words: Words, attributes: Mapping[str, str | None] | None = None) -> Element | None:
    """An element of words; None when there are none."""
    said = narratives(words)
    return make(name, attributes, said) if said else None


def day(name: str, on: date | None, **attributes: str) -> Element | None:
    return make(name, {**attributes, "iso-date": on.isoformat()}) if on else None


def value(money: Money) -> Element:
    attributes = {"currency": money.currency, "value-date": money.on.isoformat()}
    return make("value", attributes, text=number(money.value))


def organisation(
    name: str, one: Organisation | None, attributes: Mapping[str, str | None], activity: str
) -> Element | None:
    """An organisation by its identifier or its name.

    activity: the name of the attribute for its own activity; "" where the element has none.
    """
    if one is None:
        return None
    known = {"ref": one.ref, "type": one.kind} | ({activity: one.activity} if activity else {})
    return make(name, {**attributes, **known}, narratives(one.names))


def number(amount: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def writable(text: str) -> str:
    """Text without what XML cannot hold."""
    return text.translate(_UNWRITABLE)
