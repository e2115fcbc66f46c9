"""The mission itself: one row, and what it says about its work."""

from django.db import models

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.area import ThematicArea


class MissionProfile(models.Model):
    """Who we are. One row an installation.

    country: ISO 3166-1. currencies: ISO 4217, the first one is the usual one. facts: what the mission says of its
    own size, as [{"code", "value", "titles", "source"}]; a value is text, because "30+" is not 30.
    hotline_tested_on: when somebody last called the number and was answered.
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
