"""The log of deeds and reads."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models

from rohnamo.core.models import AuditEntry

LONGEST_REASON = 300


class Actor(Protocol):
    """Whoever does something: a user, or `SYSTEM`."""

    @property
    def pk(self) -> object: ...


class _System:
    pk = "system"

    def __str__(self) -> str:
        return "system"


SYSTEM: Actor = _System()


def record(
    by: Actor | None,
    verb: str,
    subject: models.Model | str,
    *,
    subject_id: object = "",
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Write down a deed.

    verb: area and deed, as in "people.register". fields: names of the fields touched, or how many records, never a
    value. reason: cut at 300 characters.
    """
    if isinstance(subject, models.Model):
        subject_id = subject.pk
        subject = subject._meta.label_lower
    AuditEntry.objects.create(
        actor_id=str(by.pk) if by else "",
        actor=str(by) if by else "",
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        fields=list(fields),
        reason=reason[:LONGEST_REASON],
    )
