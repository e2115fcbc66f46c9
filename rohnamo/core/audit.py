"""The log of deeds and reads."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models

from rohnamo.core.models import AuditEntry

LONGEST_REASON = 300
BATCH = 500


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
    _entry(by, verb, subject, subject_id, fields=list(fields), reason=reason).save(force_insert=True)


def record_many(
    by: Actor | None,
    verb: str,
    subject: str,
    subject_ids: Iterable[object],
    *,
    fields: Iterable[str] = (),
    reason: str = "",
) -> None:
    """Write down one deed done to many records of a model: a line for each, all of them written at once. See `record`."""
    touched = list(fields)
    AuditEntry.objects.bulk_create(
        [_entry(by, verb, subject, number, fields=touched, reason=reason) for number in subject_ids],
        batch_size=BATCH,
    )


def _entry(
    by: Actor | None, verb: str, subject: str, subject_id: object, *, fields: list[str], reason: str
) -> AuditEntry:
    return AuditEntry(
        actor_id=str(by.pk) if by else "",
        actor=str(by) if by else "",
        verb=verb,
        subject=subject,
        subject_id=str(subject_id),
        fields=fields,
        reason=reason[:LONGEST_REASON],
    )
