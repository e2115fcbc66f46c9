"""What came in, and what was decided about each row."""

from django.db import models

from rohnamo.core.fields import EncryptedText


class RowVerdict(models.TextChoices):
    """What became of a row."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    REPEAT = "repeat"
    CODED = "coded"
    COUNTED = "counted"
    REFUSED = "refused"


class Import(models.Model):
    """One register taken in. The file as sent is kept nowhere; digest is a keyed hash of it."""

    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    label = EncryptedText(default="")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=40)

    class Meta:
        verbose_name = "import"


class Upload(models.Model):
    """A register that waits between preview and acceptance. stored: its reduced lines, sealed, for thirty days."""

    stored = models.ForeignKey("core.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    label = EncryptedText(default="")
    columns = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("staff.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    taking_since = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    register = models.OneToOneField(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="upload"
    )


class DoubtfulRow(models.Model):
    """A row that may be a person we know: it waits for somebody's decision, and counts as a new person meanwhile.

    person: the record made from the row. other: the record it resembles.
    """

    register = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="doubtful_rows")
    row = models.PositiveIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "row"], name="intake_doubtful_once"),
        ]
