"""Organisations we work with, and those that send us data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage


class PartnerKind(models.TextChoices):
    """What an organisation is to the mission."""

    DONOR = "donor", pgettext_lazy("kind of organisation", "Donor")
    GOVERNMENT = "government", pgettext_lazy("kind of organisation", "Government")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("kind of organisation", "Civil society")
    UNITED_NATIONS = "united_nations", pgettext_lazy("kind of organisation", "United Nations")
    EDUCATION = "education", pgettext_lazy("kind of organisation", "Education")
    HEALTH = "health", pgettext_lazy("kind of organisation", "Health facility")
    OWN = "own", pgettext_lazy("kind of organisation", "The mission itself")


class Partner(models.Model):
    """An organisation: donor, implementing partner, counterpart.

    iati_type: code of the IATI codelist OrganisationType. identifier: its IATI reference, empty when none is known.
    is_security_service: armed, border, police or intelligence service, whatever its kind: support to it needs a
    risk assessment. is_invented: made up for an example mission.
    """

    code = models.CharField(max_length=40, unique=True)
    names = TextByLanguage()
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    iati_type = models.CharField(max_length=4, blank=True)
    identifier = models.CharField(max_length=60, blank=True)
    is_security_service = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """Who sends us data, under which data-sharing agreement.

    Without an agreement in force only counts go in. purposes, fields: what the agreement allows. services: what
    its registers usually hold; project: where they usually belong, if they belong to one.
    """

    code = models.CharField(max_length=40, unique=True)
    names = TextByLanguage()
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    services = models.ManyToManyField("projects.Service", blank=True, related_name="sources")
    agreement = models.CharField(max_length=60, blank=True)
    purposes = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    consent_wording = TextByLanguage()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
