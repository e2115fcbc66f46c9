"""What of an activity can be taken: the good parts stay, the bad ones go and are named.

* A part that stands for itself (a budget, a transaction, a period of an indicator, a document) goes alone, when its
  structure is broken or one of its own rules is; what needs it goes with it.
* Where a part that nothing can stand without is broken (identifier, title, status), the activity goes.
* Everything else is noted and taken as it was published: the shares of sectors that do not add to 100 are somebody
  else's fault, not a reason to lose the project.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rohnamo.engines.iati.found import Finding, Severity
from rohnamo.engines.iati.rules.shape import REORDERED, XSD
from rohnamo.engines.iati.structure import ROOT, shape_of
from rohnamo.engines.iati.xml import Element

ALONE = frozenset(
    [
        "actual",
        "administrative",
        "baseline",
        "budget",
        "budget-item",
        "condition",
        "conditions",
        "contact-info",
        "country-budget-items",
        "crs-add",
        "description",
        "dimension",
        "document-link",
        "feature-designation",
        "forecast",
        "fss",
        "humanitarian-scope",
        "indicator",
        "legacy-data",
        "location",
        "location-id",
        "location-class",
        "location-reach",
        "exactness",
        "loan-status",
        "loan-terms",
        "narrative",
        "other-flags",
        "other-identifier",
        "participating-org",
        "period",
        "planned-disbursement",
        "point",
        "policy-marker",
        "provider-org",
        "receiver-org",
        "reference",
        "related-activity",
        "result",
        "tag",
        "target",
        "telephone",
        "email",
        "website",
        "transaction",
    ]
)
# Breaches that make a part unusable. Others are a matter of the activity as a whole.
_OF_A_PART = frozenset(
    [
        "6.8.1",
        "6.9.1",
        "6.9.2",
        "6.13.1",
        "6.14.1",
        "7.5.3",
        "8.6.1",
        "8.6.3",
        "8.8.1",
        "8.9.1",
        "8.10.1",
        "11.2.1",
        "11.2.2",
        "R7",
        "R8",
    ]
)


class Fate(StrEnum):
    """What becomes of the place a finding points at. mended: put in order, or an unknown attribute dropped."""

    REFUSED = "refused"
    LEFT_OUT = "left-out"
    MENDED = "mended"
    NOTED = "noted"


@dataclass(frozen=True)
class Taken:
    """fates: what became of each finding, in their order. is_refused: nothing of the activity can be taken."""

    fates: list[tuple[Finding, Fate]] = field(default_factory=list)
    is_refused: bool = False


def take(activity: Element, findings: list[Finding]) -> Taken:
    """Remove from the activity what cannot be taken. Findings must be of this very element."""
    fates = [(finding, _take_out(activity, finding)) for finding in findings]
    return Taken(fates, is_refused=any(fate is Fate.REFUSED for _finding, fate in fates))


def _take_out(activity: Element, finding: Finding) -> Fate:
    element = finding.element
    if element is None or not _is_unusable(finding):
        return Fate.NOTED
    if finding.rule == XSD and finding.key == REORDERED:
        return Fate.MENDED
    if finding.rule == XSD and finding.key == "unknown-attribute":
        element.attrib.pop(finding.values["name"], None)
        return Fate.LEFT_OUT
    if finding.rule == XSD and finding.key == "unexpected-text":
        _drop_text(element)
        return Fate.LEFT_OUT
    gone = element if finding.key in {"unknown-element", "repeated-element"} else _alone(element)
    return _remove(activity, gone)


def _is_unusable(finding: Finding) -> bool:
    if finding.severity is Severity.WARNING:
        return False
    return finding.rule == XSD or finding.rule in _OF_A_PART


def _alone(element: Element) -> Element:
    """The nearest part, the element itself included, that can go by itself; None when there is none."""
    while element is not None and element.tag != ROOT:
        if element.tag in ALONE:
            return element
        element = element.getparent()
    return None


def _remove(activity: Element, gone: Element) -> Fate:
    """Remove a part, and what cannot be without it."""
    while gone is not None:
        parent = gone.getparent()
        if parent is None:
            # Went before, with something that holds it.
            return Fate.REFUSED if gone is activity else Fate.LEFT_OUT
        name = gone.tag
        _cut(parent, gone)
        if parent.find(name) is not None or not _needs(parent, name):
            return Fate.LEFT_OUT
        gone = _alone(parent)
    return Fate.REFUSED


def _needs(parent: Element, name: str) -> bool:
    child = shape_of(_path(parent)).children.get(name)
    return child is not None and child.is_required


def _path(element: Element) -> str:
    steps = [element.tag]
    while element.getparent() is not None and element.tag != ROOT:
        element = element.getparent()
        steps.append(element.tag)
    return "/".join(reversed(steps))


def _cut(parent: Element, gone: Element) -> None:
    # lxml takes the text behind an element away with it; that is never ours to lose.
    if gone.tail and gone.tail.strip():
        before = gone.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + gone.tail
        else:
            parent.text = (parent.text or "") + gone.tail
    parent.remove(gone)


def _drop_text(element: Element) -> None:
    element.text = None
    for child in element:
        child.tail = None
