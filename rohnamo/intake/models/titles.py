"""What the titles of a source's registers mean: said once, remembered."""

from django.db import models

from rohnamo.core.fields import EncryptedText


class KnownTitle(models.Model):
    """A title that a source writes, and the field it stands for; an empty field is left out.

    digest: keyed hash of the folded title. title: only where a field is known or somebody said what it is; any other
    cell of a title row may be anything. seen_at: when it came last; titles of one register share the moment.
    """

    source = models.ForeignKey("projects.Source", on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=16)
    title = EncryptedText(default="")
    field = models.CharField(max_length=20, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "digest"], name="intake_title_once"),
        ]
