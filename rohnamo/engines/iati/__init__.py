"""IATI 2.03: read, check, write. Pure: no Django, no network, no files but its own small tables."""

from rohnamo.engines.iati.basics import Basics, Sum, as_data, basics, identifier_of, words
from rohnamo.engines.iati.canonical import canonical, changed_parts, digest, parse
from rohnamo.engines.iati.errors import NotReadable
from rohnamo.engines.iati.found import Finding, Severity
from rohnamo.engines.iati.reading import File, activities
from rohnamo.engines.iati.rules import KNOWN_RULES, check
from rohnamo.engines.iati.taking import Fate, Taken, take

__all__ = [
    "KNOWN_RULES",
    "Basics",
    "Fate",
    "File",
    "Finding",
    "NotReadable",
    "Severity",
    "Sum",
    "Taken",
    "activities",
    "as_data",
    "basics",
    "canonical",
    "changed_parts",
    "check",
    "digest",
    "identifier_of",
    "parse",
    "take",
    "words",
]
