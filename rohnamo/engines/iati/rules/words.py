"""Words, languages, currencies, markers and the values of results: rules 4.x, 6.13, 6.14, 7.8, 8.8 to 8.11."""

from collections.abc import Iterator

from rohnamo.engines.iati.found import Finding, found, warned
from rohnamo.engines.iati.kinds import is_number
from rohnamo.engines.iati.rules.view import View, has_narrative
from rohnamo.engines.iati.xml import LANG, Element

QUALITATIVE = "5"
QUANTITATIVE = frozenset({"1", "2", "3", "4"})
_MONEY = ("value", "forecast", "loan-status")


def narratives(view: View) -> Iterator[Finding]:
    for element, _path in view.all_parts:
        if element.tag in {"title", "description"} and not _has_text(element):
            rule = "4.3.1" if element.tag == "title" else "4.4.1"
            yield found(rule, "no-words", element, what=element.tag)


def languages_and_currencies(view: View) -> Iterator[Finding]:
    activity = view.activity
    if LANG not in activity.attrib and any(LANG not in one.attrib for one in activity.iter("narrative")):
        yield found("4.1.1", "no-language", activity)
    if not activity.get("default-currency") and any(
        one.get("currency") is None for one in activity.iter(*_MONEY)
    ):
        yield found("7.8.1", "no-currency", activity)


def markers(view: View) -> Iterator[Finding]:
    for one in view.parts.get("policy-marker", ()):
        vocabulary = one.get("vocabulary")
        if vocabulary in {None, "", "1"} and one.get("significance") is None:
            yield found("6.14.1", "marker-significance", one)
        if vocabulary == "99" and not has_narrative(one):
            yield found("6.13.1", "marker-unnamed", one)


def result_values(view: View) -> Iterator[Finding]:
    for indicator in view.at("result/indicator"):
        if indicator.find("reference") is not None and indicator.getparent().find("reference") is not None:
            yield found("8.11.1", "reference-twice", indicator)
        for path, rules in (("baseline", "8.8"), ("period/target", "8.9"), ("period/actual", "8.10")):
            for value in indicator.findall(path):
                yield from _value(value, indicator.get("measure"), rules)


def _value(element: Element, measure: str | None, rules: str) -> Iterator[Finding]:
    value = element.get("value")
    if measure == QUALITATIVE and value is not None:
        yield warned(f"{rules}.3", "value-of-words", element)
    if measure not in QUANTITATIVE:
        return
    if value is None:
        yield found(f"{rules}.1", "no-value", element)
    elif not is_number(value):
        yield warned(f"{rules}.2", "value-not-number", element, value=value[:60])


def _has_text(element: Element) -> bool:
    return any(one.text for one in element.findall("narrative"))
