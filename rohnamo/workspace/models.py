"""What is noted for those who go and speak for the mission."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import EncryptedText


class About(models.TextChoices):
    """What a briefing can be about."""

    DISTRICT = "district", pgettext_lazy("subject of a briefing", "District")
    AREA = "area", pgettext_lazy("subject of a briefing", "Area of work")
    DONOR = "donor", pgettext_lazy("subject of a briefing", "Donor")
    PARTNER = "partner", pgettext_lazy("subject of a briefing", "Partner")
    CROSSING = "crossing", pgettext_lazy("subject of a briefing", "Border crossing")


class BriefingNote(models.Model):
    """A sentence to bring along, or one not to say. code: of the district, area, organisation or crossing.

    is_restricted: what must not be said; only few read it, and it is printed only when they ask for it.
    struck_at: taken back; kept, because somebody may have acted on it.
    """

    about = models.CharField(max_length=10, choices=About.choices)
    code = models.CharField(max_length=60)
    words = EncryptedText()
    is_restricted = models.BooleanField(default=False)
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField(auto_now_add=True)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["about", "code"], name="workspace_note_subject")]
