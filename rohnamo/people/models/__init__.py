"""Whom we know. Names, phones and documents are encrypted; what must be found is a keyed hash."""

from rohnamo.people.models.access import Access, Consent, Purpose
from rohnamo.people.models.coded import CallBack, CodedPerson
from rohnamo.people.models.household import Household, HouseholdMember
from rohnamo.people.models.judgement import Judgement, Verdict
from rohnamo.people.models.official import Official, OfficialKey
from rohnamo.people.models.person import Document, NameKey, Person, PersonName, Phone, Precision, Sex

__all__ = [
    "Access",
    "CallBack",
    "CodedPerson",
    "Consent",
    "Document",
    "Household",
    "HouseholdMember",
    "Judgement",
    "NameKey",
    "Official",
    "OfficialKey",
    "Person",
    "PersonName",
    "Phone",
    "Precision",
    "Purpose",
    "Sex",
    "Verdict",
]
