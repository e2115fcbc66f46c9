"""What the mission does for people, and how much it may know of them in doing so."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.area import ThematicArea


class Identity(models.TextChoices):
    """How much we keep of a person. Source: do-no-harm, rule 1."""

    NAMED = "named", pgettext_lazy("identity of a service", "By name")
    CODED = "coded", pgettext_lazy("identity of a service", "By code")
    COUNTED = "counted", pgettext_lazy("identity of a service", "Counted only")
    VAULT = "vault", pgettext_lazy("identity of a service", "In the vault only")


class Audience(models.TextChoices):
    """Whom a service is for: people served, or officials trained. They are registers apart."""

    PERSONS = "persons", pgettext_lazy("audience of a service", "People served")
    OFFICIALS = "officials", pgettext_lazy("audience of a service", "Officials trained")


class Service(models.Model):
    """One kind of thing that can be delivered.

    words: how registers call it, in any language. unit: code of what one delivery of it counts, unit_names: in words.
    projects: those that offer it.
    """

    code = models.CharField(max_length=60, unique=True)
    area = models.ForeignKey(ThematicArea, on_delete=models.PROTECT, related_name="services")
    identity = models.CharField(max_length=10, choices=Identity.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PERSONS)
    names = TextByLanguage()
    unit = models.CharField(max_length=40, blank=True)
    unit_names = TextByLanguage()
    words = models.JSONField(default=list)
    projects = models.ManyToManyField("projects.Project", blank=True, related_name="services")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
