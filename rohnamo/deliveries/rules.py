"""What may be written into the ledger, and who may read it."""

from rohnamo.projects.models import Audience, Identity, Service

PERSON, CODED, OFFICIAL, GROUP = "person", "coded", "official", "group"


def subject_allowed(service: Service, subject: str) -> bool:
    """Whether the ledger may keep this kind of subject for a service.

    A group without names is always allowed: it is the least one can know. Source: do-no-harm, rule 1.
    """
    if service.identity == Identity.VAULT:
        return False
    if subject == GROUP:
        return True
    if service.identity == Identity.CODED:
        return subject == CODED
    if service.identity == Identity.NAMED:
        return subject == (OFFICIAL if service.audience == Audience.OFFICIALS else PERSON)
    return False
