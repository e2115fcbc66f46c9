"""What is found wrong in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rohnamo.engines.iati.xml import Element


class Severity(StrEnum):
    """Source: the severities of the public rules."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One breach of a rule.

    rule: the public id ("7.5.3"), "XSD" for the structure, "R1" to "R6" for completeness. key: which sentence says
    it; values: what stands in the sentence. line: in the file, from 1; 0 where it is of the file as a whole.
    where: path of the element, with its number among its like ("transaction[3]/value").
    """

    rule: str
    key: str
    line: int = 0
    severity: Severity = Severity.ERROR
    where: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    element: Element = field(default=None, compare=False, repr=False)


def found(
    rule: str, key: str, element: Element, *, severity: Severity = Severity.ERROR, **values: str
) -> Finding:
    """A finding at an element."""
    return Finding(
        rule=rule,
        key=key,
        line=element.sourceline or 0,
        severity=severity,
        where=place_of(element),
        values=values,
        element=element,
    )


def warned(rule: str, key: str, element: Element, **values: str) -> Finding:
    """A finding that is a warning."""
    return found(rule, key, element, severity=Severity.WARNING, **values)


def place_of(element: Element) -> str:
    """The path of an element inside its activity; "" for the activity itself."""
    steps: list[str] = []
    while element is not None and element.tag != "iati-activity":
        parent = element.getparent()
        if parent is None:
            break
        steps.append(_step(element))
        element = parent
    return "/".join(reversed(steps))


def _step(element: Element) -> str:
    # Only those before are counted: an activity may have millions of children, and each of them a finding.
    before = sum(1 for _child in element.itersiblings(element.tag, preceding=True))
    is_alone = not before and next(element.itersiblings(element.tag), None) is None
    return str(element.tag) if is_alone else f"{element.tag}[{before + 1}]"
