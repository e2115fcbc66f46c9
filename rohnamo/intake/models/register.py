"""Registers: sent, taken in, taken back."""

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
    """One register taken in. The file as sent is kept nowhere; digest is a keyed hash of it.

    people_rows: rows about somebody who can be counted once, repeats among them: what a typed total would add up.
    first_day, last_day: of its rows. undo_since: it is being taken back since then; undone_at: it is, and `undone`
    says in numbers what became of it. same_as: the first register of the same file, of which this one
    brought nothing new; it vouches for its rows all the same, should that one be taken back. seen_again_at: when such a
    file came last.
    """

    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    label = EncryptedText(default="")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    people_rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.CharField(max_length=40)
    undo_since = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)
    undo_reason = EncryptedText(default="")
    undone = models.JSONField(default=dict)
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seen_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "import"


class Upload(models.Model):
    """A register that waits between preview and acceptance. stored: its reduced lines, sealed, for thirty days.

    raw: the file as sent, sealed under a key of its own that only the sender's browser holds, so that columns can be
    mended; gone with the decision, after thirty days at the latest. questions: letters of columns whose titles are
    other ones than last time. sent_back_words: why the whole register went back to its sender. ticked: what somebody
    confirmed by hand before acceptance.
    """

    stored = models.ForeignKey("core.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    raw = models.ForeignKey(
        "core.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    label = EncryptedText(default="")
    columns = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    uploaded_by = models.ForeignKey("staff.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    taking_since = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_words = EncryptedText(default="")
    register = models.OneToOneField(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="upload"
    )
    ticked = models.JSONField(default=list)


class DoubtfulRow(models.Model):
    """A row that may be a person we know: it waits for somebody's decision, and counts as a new person meanwhile.

    person: the record made from the row. other: the record it resembles. judgement: the answer that was given at the
    preview and came in with the register; it goes with it too.
    """

    register = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="doubtful_rows")
    row = models.PositiveIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    judgement = models.ForeignKey(
        "people.Judgement", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "row"], name="intake_doubtful_once"),
        ]
