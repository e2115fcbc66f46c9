"""Codes that an activity may use.

`codes.csv` holds the codes of the lists whose values are few or belong to public registers; `coded.csv` says which
element takes a code of which list, and by which public rule. Two lists are too long to be worth carrying: media types
of documents and kinds of places. Of these only the form is looked at. Lists that the standard leaves open (languages,
countries, humanitarian appeals) are as they stood in 2026. Source: IATI codelists, CC BY 4.0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rohnamo.engines.iati.tables import table

EVERYWHERE = "*"
DEFAULT_VOCABULARY = "1 or none"
_FORMS = {
    "FileFormat": re.compile(
        r"(application|audio|chemical|example|font|image|message|model|multipart|text|video)/[\w.+-]+"
    ),
    "LocationType": re.compile(r"[A-Z]{2,5}[0-9]?H?"),
}


@dataclass(frozen=True)
class Coded:
    """attribute: "" for the text of the element. vocabulary: only where this one is named, "" for any."""

    attribute: str
    vocabulary: str
    codelist: str
    rule: str

    def holds_for(self, vocabulary: str | None) -> bool:
        """Whether this list is meant where the element names such a vocabulary, or none."""
        if not self.vocabulary:
            return True
        return (
            vocabulary in {None, "1"}
            if self.vocabulary == DEFAULT_VOCABULARY
            else vocabulary == self.vocabulary
        )


@cache
def coded() -> Mapping[str, tuple[Coded, ...]]:
    """Path of an element → what is coded in it."""
    found: dict[str, list[Coded]] = {}
    for row in table("coded"):
        one = Coded(row["attribute"], row["vocabulary"], row["list"], row["rule"])
        found.setdefault(row["element"], []).append(one)
    return {path: tuple(rows) for path, rows in found.items()}


@cache
def codes(codelist: str) -> frozenset[str]:
    """All codes of a list. Raises KeyError for one that is known by its form only."""
    rows = {row["list"]: row["codes"] for row in table("codes")}
    return frozenset(rows[codelist].split())


def is_code(value: str, codelist: str) -> bool:
    """Whether a value is a code of the list, or at least looks like one where only the form is known."""
    form = _FORMS.get(codelist)
    return bool(form.fullmatch(value)) if form else value in codes(codelist)


def is_registered(reference: str) -> bool:
    """Whether an organisation's identifier begins with an agency that IATI knows, or is one of old."""
    return is_known_organisation(reference) or "-".join(reference.split("-")[:2]) in codes(
        "OrganisationRegistrationAgency"
    )


def is_known_organisation(reference: str) -> bool:
    """Whether it is an identifier from before agencies had codes."""
    return reference in codes("IATIOrganisationIdentifier") or reference in codes("OrganisationIdentifier")
