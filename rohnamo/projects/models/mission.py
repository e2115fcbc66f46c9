"""The mission itself: one row, and what it says about its work."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.area import ThematicArea


class Publishing(models.TextChoices):
    """As what the mission gives out its IATI file. Headquarters is the publisher of record, not the mission."""

    DRAFT = "draft", pgettext_lazy("way of publishing", "A draft for headquarters")
    SECONDARY = "secondary", pgettext_lazy("way of publishing", "A secondary reporter")
    PUBLISHER = "publisher", pgettext_lazy("way of publishing", "The publisher of record")


class MissionProfile(models.Model):
    """Who we are. One row an installation.

    country: ISO 3166-1. currencies: ISO 4217, the first one is the usual one. facts: what the mission says of its
    own size, as [{"code", "value", "titles", "source"}]; a value is text, because "30+" is not 30.
    hotline_tested_on: when somebody last called the number and was answered. contact_email: a functional mailbox,
    never a person's. iati_prefix: reference of the reporting organisation; every activity identifier begins with it.
    publisher_names, publisher_type: that organisation's name and its IATI OrganisationType. publishing: as what.
    oldest_rate_days: a rate of exchange older than that is not used for a movement of money.
    """

    code = models.CharField(max_length=40, unique=True)
    names = TextByLanguage()
    mottos = TextByLanguage()
    aims = TextByLanguage()
    is_example = models.BooleanField(default=True)
    country = models.CharField(max_length=2)
    member_state_since = models.DateField(null=True, blank=True)
    member_state_source = models.TextField(blank=True)
    languages = models.JSONField(default=list)
    time_zone = models.CharField(max_length=60)
    currencies = models.JSONField(default=list)
    iati_prefix = models.CharField(max_length=40, blank=True)
    publisher_names = TextByLanguage()
    publisher_type = models.CharField(max_length=4, blank=True)
    publishing = models.CharField(max_length=10, choices=Publishing.choices, default=Publishing.DRAFT.value)
    oldest_rate_days = models.PositiveSmallIntegerField(default=35)
    hotline = TextByLanguage()
    hotline_tested_on = models.DateField(null=True, blank=True)
    contact_address = TextByLanguage()
    contact_phone = TextByLanguage()
    contact_email = models.CharField(max_length=254, blank=True)
    privileges = TextByLanguage()
    facts = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.code


class MissionText(models.Model):
    """A text of the mission in one language, as Markdown: the welcome letter."""

    key = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    text = models.TextField()

    class Meta:
        ordering = ["key", "language"]
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="projects_text_once")]


class TourLine(models.Model):
    """One thing the mission says it does, beside the wing of the house that does it.

    shows: what one sees there. wing: name of an app. address: path below the language, empty while the wing is
    not built. figure: key of the measure or sourced figure that is its live number.
    """

    code = models.CharField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField()
    sentences = TextByLanguage()
    shows = TextByLanguage()
    area = models.ForeignKey(ThematicArea, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    wing = models.CharField(max_length=40)
    is_built = models.BooleanField(default=False)
    address = models.CharField(max_length=120, blank=True)
    figure = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["order"]
