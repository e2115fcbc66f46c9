"""Identifiers and organisations: rules 1.x and 6.8 to 6.10."""

from collections.abc import Iterable, Iterator

from rohnamo.engines.iati.codes import is_known_organisation, is_registered
from rohnamo.engines.iati.found import Finding, found, warned
from rohnamo.engines.iati.rules.view import View, has_narrative
from rohnamo.engines.iati.xml import Element, text_of

FORBIDDEN = frozenset("/&|?")
# Of each element: its identifiers with the rule on blanks, the rule on forbidden signs, the rule that it is named.
_ORGANISATIONS = (
    ("other-identifier/owner-org", {"ref": "1.11.1"}, "1.11.13", "6.8.1"),
    ("transaction/provider-org", {"ref": "1.10.1", "provider-activity-id": "1.4.1"}, "1.10.13", "6.9.1"),
    (
        "planned-disbursement/provider-org",
        {"ref": "1.10.1", "provider-activity-id": "1.4.1"},
        "1.10.13",
        "6.9.1",
    ),
    ("transaction/receiver-org", {"ref": "1.15.1", "receiver-activity-id": "1.5.1"}, "1.15.13", "6.9.2"),
    (
        "planned-disbursement/receiver-org",
        {"ref": "1.15.1", "receiver-activity-id": "1.5.1"},
        "1.15.13",
        "6.9.2",
    ),
    ("participating-org", {"ref": "1.8.1", "activity-id": "1.9.1"}, "1.8.13", "6.10.1"),
)


def organisations(view: View) -> Iterator[Finding]:
    for path, attributes, signs, name in _ORGANISATIONS:
        for element in view.at(path):
            yield from _organisation(element, attributes, signs=signs, name=name)


def identifiers(view: View) -> Iterator[Finding]:
    """The activity's own identifier, and that of whoever reports it."""
    own = [text_of(one) for one in view.parts.get("iati-identifier", ())]
    refs = _attributes(view.parts.get("reporting-org", ()), "ref")
    formerly = [one for one in view.parts.get("other-identifier", ()) if one.get("type") == "B1"]
    former = _attributes(formerly, "ref")
    activity = view.activity
    if len({*refs, *own}) < len(refs) + len(own):
        yield found("1.1.3", "identifier-of-organisation", activity)
    if any(not value.startswith(tuple(f"{start}-" for start in (*refs, *former))) for value in own):
        yield warned("1.1.21", "identifier-start", activity, start=", ".join([*refs, *former]))
    if refs and not any(map(is_known_organisation, refs)) and not all(map(is_registered, refs)):
        yield warned("1.14.8", "agency", activity, value=", ".join(refs))
    yield from _signs("1.3.13", activity, own, "iati-identifier")
    yield from _signs("1.14.13", activity, refs, "reporting-org/@ref")
    yield from _blanks("1.3.1", activity, own, "iati-identifier")
    yield from _blanks("1.14.1", activity, refs, "reporting-org/@ref")
    yield from _blanks("1.16.1", activity, former, "other-identifier/@ref")
    previous = [one for one in view.parts.get("other-identifier", ()) if one.get("type") == "A3"]
    yield from _blanks("1.6.1", activity, _attributes(previous, "ref"), "other-identifier/@ref")
    related = _attributes(view.parts.get("related-activity", ()), "ref")
    yield from _blanks("1.7.1", activity, related, "related-activity/@ref")


def _organisation(
    element: Element, attributes: dict[str, str], *, signs: str, name: str
) -> Iterator[Finding]:
    if element.get("ref") is None and not has_narrative(element):
        yield found(name, "organisation-unnamed", element)
    yield from _signs(signs, element, _attributes([element], "ref"), "@ref")
    for attribute, rule in attributes.items():
        yield from _blanks(rule, element, _attributes([element], attribute), f"@{attribute}")


def _attributes(elements: Iterable[Element], name: str) -> list[str]:
    return [one.get(name) for one in elements if one.get(name) is not None]


def _blanks(rule: str, element: Element, values: list[str], what: str) -> Iterator[Finding]:
    if any(value != value.strip() for value in values):
        yield warned(rule, "blanks", element, what=what)


def _signs(rule: str, element: Element, values: list[str], what: str) -> Iterator[Finding]:
    if any(map(is_known_organisation, values)):
        return
    if any(FORBIDDEN.intersection(value) for value in values):
        yield warned(rule, "signs", element, what=what)
