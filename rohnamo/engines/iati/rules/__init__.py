"""The public rules of IATI 2.03 for activities, under their public ids, and some of our own.

Written from the published rules, not copied: structure ("XSD"), rules of the standard ruleset ("7.5.3"), codelists
("9.9.1"), and completeness of our own export (R1 to R6). R7 and R8 say of every transaction what the public rules
11.2.1 and 11.2.2 say of the first one. Loops over vocabularies are meant as they read: each vocabulary by itself.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from rohnamo.engines.iati.found import Finding, found
from rohnamo.engines.iati.rules.coding import code_lists
from rohnamo.engines.iati.rules.complete import completeness
from rohnamo.engines.iati.rules.days import activity_days, periods, transaction_days
from rohnamo.engines.iati.rules.organisations import identifiers, organisations
from rohnamo.engines.iati.rules.shape import structure
from rohnamo.engines.iati.rules.shares import aid_types, budget_items, countries, percentages, sectors
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.rules.words import languages_and_currencies, markers, narratives, result_values
from rohnamo.engines.iati.xml import Element

__all__ = ["KNOWN_RULES", "check"]

_PUBLIC: tuple[Callable[[View], Iterator[Finding]], ...] = (
    structure,
    identifiers,
    organisations,
    sectors,
    countries,
    percentages,
    aid_types,
    budget_items,
    activity_days,
    transaction_days,
    periods,
    narratives,
    languages_and_currencies,
    markers,
    result_values,
    code_lists,
)
KNOWN_RULES = [
    "XSD",
    "0.6.1",
    "1.1.2",
    "1.1.3",
    "1.1.21",
    "1.3.1",
    "1.3.13",
    "1.4.1",
    "1.5.1",
    "1.6.1",
    "1.7.1",
    "1.8.1",
    "1.8.13",
    "1.9.1",
    "1.10.1",
    "1.10.13",
    "1.11.1",
    "1.11.13",
    "1.14.1",
    "1.14.8",
    "1.14.13",
    "1.15.1",
    "1.15.13",
    "1.16.1",
    "2.1.1",
    "2.1.2",
    "2.1.4",
    "2.2.1",
    "3.1.1",
    "3.1.2",
    "3.1.4",
    "3.4.1",
    "3.4.2",
    "3.4.4",
    "3.6.2",
    "3.7.1",
    "3.7.2",
    "4.1.1",
    "4.3.1",
    "4.4.1",
    "6.2.2",
    "6.6.2",
    "6.7.2",
    "6.8.1",
    "6.9.1",
    "6.9.2",
    "6.10.1",
    "6.11.1",
    "6.13.1",
    "6.14.1",
    "7.5.3",
    "7.8.1",
    "7.9.1",
    "7.9.2",
    "7.9.4",
    "8.6.1",
    "8.6.3",
    "8.8.1",
    "8.8.2",
    "8.8.3",
    "8.9.1",
    "8.9.2",
    "8.9.3",
    "8.10.1",
    "8.10.2",
    "8.10.3",
    "8.11.1",
    "9.x",
    "11.1.1",
    "11.1.2",
    "11.1.3",
    "11.1.4",
    "11.1.5",
    "11.2.1",
    "11.2.2",
    "12.1.1",
    "12.2.1",
    "12.3.1",
    "102.1.1",
    "107.1.1",
    "107.1.2",
    "107.2.1",
    "107.2.2",
    "R1",
    "R2",
    "R3",
    "R4",
    "R5",
    "R6",
    "R7",
    "R8",
]


def check(
    activity: Element, *, now: datetime, is_ours: bool = False, most: int | None = None
) -> list[Finding]:
    """Every breach in one activity, in the order of lines. is_ours: completeness is asked for too.

    most: stop after so many; one more finding then says so, and that nothing of the activity can be taken.
    """
    view = View(activity, now)
    rules = (*_PUBLIC, completeness) if is_ours else _PUBLIC
    findings = list(islice((finding for rule in rules for finding in rule(view)), most))
    if most is not None and len(findings) == most:
        findings.append(found("XSD", "too-many-breaches", activity, count=str(most)))
    return sorted(findings, key=lambda finding: finding.line)
