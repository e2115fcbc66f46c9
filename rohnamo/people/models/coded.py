"""People of coded services: a code made here, and a name only to be called back, under its own key."""

from django.db import models

from rohnamo.core.fields import EncryptedText
from rohnamo.people.models.person import Sex


class CodedPerson(models.Model):
    """Somebody known by a code. No link to the register of persons exists, and none may be made."""

    code = models.CharField(max_length=20, unique=True)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class CallBack(models.Model):
    """Name and phone of somebody who agreed in writing to be called back.

    Erased twelve months after closing, or after the last service where nobody closed. digest: keyed hash by which
    the same person is given the same code again; there is none without consent.
    """

    coded = models.OneToOneField(CodedPerson, on_delete=models.CASCADE, related_name="call_back")
    name = EncryptedText(ring="callback")
    phone = EncryptedText(ring="callback", default="")
    digest = models.BinaryField(max_length=16, db_index=True)
    consented_on = models.DateField()
