"""Whether codes stand on their lists."""

from collections.abc import Iterator

from rohnamo.engines.iati.codes import EVERYWHERE, Coded, coded, is_code
from rohnamo.engines.iati.found import Finding, found
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.xml import LANG, Element


def code_lists(view: View) -> Iterator[Finding]:
    everywhere = coded()[EVERYWHERE][0]
    for element, path in view.all_parts:
        if LANG in element.attrib:
            yield from _of(element, everywhere, element.get(LANG))
        for one in coded().get(path, ()):
            if one.holds_for(element.get("vocabulary")):
                value = element.get(one.attribute) if one.attribute else (element.text or "").strip()
                yield from _of(element, one, value)


def _of(element: Element, one: Coded, value: str | None) -> Iterator[Finding]:
    if value is not None and not is_code(value, one.codelist):
        yield found(one.rule, "code", element, value=value[:60], list=one.codelist)
