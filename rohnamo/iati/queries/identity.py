"""Who we are in a file of ours, and which identifiers are ours."""

from dataclasses import dataclass

from rohnamo.core.languages import in_language
from rohnamo.engines.iati.activity import Contact, Organisation, OtherIdentifier
from rohnamo.engines.iati.codes import is_registered
from rohnamo.projects import queries as projects
from rohnamo.projects.models import MissionProfile, Partner, Project
from rohnamo.projects.models.mission import Publishing

# The agency code that IATI keeps for examples. An invented organisation must not stand under a real one.
EXAMPLES = "XE-EXAMPLE"
MULTILATERAL = "40"
USUAL_CURRENCY, USUAL_LANGUAGE = "USD", "en"


@dataclass(frozen=True)
class Identity:
    """prefix: what our identifiers begin with. reporting: as what we report. former: other prefixes that are ours."""

    prefix: str
    reporting: Organisation
    former: tuple[OtherIdentifier, ...]
    contact: Contact | None
    country: str
    is_example: bool
    is_publisher: bool

    def identifier(self, project: str) -> str:
        """The identifier of a project, by its code. It never changes after the first publication."""
        return f"{self.prefix}-{project}"


def identity() -> Identity | None:
    """Of the mission of this installation; None before `rohnamo init`."""
    found = projects.profile()
    if found is None or not found.iati_prefix:
        return None
    reference = _reference(found)
    former = () if reference == found.iati_prefix else (OtherIdentifier(found.iati_prefix, "B1"),)
    names = found.publisher_names or found.names
    return Identity(
        prefix=found.iati_prefix,
        reporting=Organisation(names, reference, found.publisher_type or MULTILATERAL),
        former=former,
        contact=_contact(found),
        country=found.country,
        is_example=found.is_example,
        is_publisher=found.publishing == Publishing.PUBLISHER,
    )


def ours() -> set[str]:
    """Identifiers of our own projects."""
    found = identity()
    if found is None:
        return set()
    return {found.identifier(code) for code in Project.objects.values_list("code", flat=True)}


def organisation(partner: Partner, activity: str = "") -> Organisation:
    """An organisation we work with, as the standard names it. activity: its own activity of this money."""
    names = {language: name for language, name in partner.names.items() if name}
    return Organisation(
        names or {USUAL_LANGUAGE: partner.code}, partner.identifier, partner.iati_type, activity
    )


def _reference(found: MissionProfile) -> str:
    if is_registered(found.iati_prefix) or not found.is_example:
        return str(found.iati_prefix)
    return f"{EXAMPLES}-{found.code.upper()}"


def _contact(found: MissionProfile) -> Contact | None:
    if not found.contact_email and not in_language(found.contact_address):
        return None
    return Contact(found.names, found.contact_email, found.contact_address)
