"""Trainees of a service: guards, inspectors, police, prosecutors, judges, health workers. A register apart."""

from django.db import models

from rohnamo.core.fields import EncryptedText
from rohnamo.people.models.person import Sex


class Official(models.Model):
    """An official who was trained. Never linked to the register of people served."""

    full_name = EncryptedText(default="")
    family = EncryptedText(default="")
    given = EncryptedText(default="")
    patronymic = EncryptedText(default="")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    agency = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"official {self.pk}"


class OfficialKey(models.Model):
    """A keyed hash of a part of an official's name."""

    key = models.BigIntegerField()
    official = models.ForeignKey(Official, on_delete=models.CASCADE, related_name="name_keys", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "official"], name="people_official_key")]
        indexes = [models.Index(fields=["official"], name="people_okey_official")]
