"""Activities that others published, the files they came in, and how donors want ours."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import EncryptedText, TextByLanguage


class Verdict(models.TextChoices):
    """What becomes of an activity of a file. ours: one of our own projects, which is never overwritten."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OURS = "ours"
    REFUSED = "refused"


class Import(models.Model):
    """A file on its way in.

    size_bytes, done_bytes: as the file lies in our store, packed or not. counts: verdict → number. problems: what is
    wrong with the file as a whole, as in `Incoming.problems`. unreadable: why nothing of it can be read, as {"key",
    "line", "values"}. looked_at: when every activity had its verdict. taking_since, decided_at: as for a register.
    """

    label = EncryptedText(default="")
    size_bytes = models.PositiveBigIntegerField(default=0)
    done_bytes = models.PositiveBigIntegerField(default=0)
    version = models.CharField(max_length=20, blank=True)
    generated = models.CharField(max_length=40, blank=True)
    activities = models.PositiveIntegerField(default=0)
    activities_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    unreadable = models.JSONField(default=dict)
    sent_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    taking_since = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_taken = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]


class Piece(models.Model):
    """A stretch of a file that waits to be looked through: never the whole of it in memory."""

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pieces")
    order = models.PositiveIntegerField()
    stored = models.ForeignKey("core.StoredFile", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["file", "order"]
        constraints = [models.UniqueConstraint(fields=["file", "order"], name="iati_piece_once")]


class Incoming(models.Model):
    """One activity of a file, looked at.

    line: where it begins in the file. xml: its canonical form without what cannot be taken, encrypted; empty
    when it is not news. problems: [{"rule", "key", "severity", "line", "where", "values", "fate"}]. changed: names
    of the elements that differ from what we have. basics: what `Activity` keeps beside the XML.
    """

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="incoming")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    identifier = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    titles = TextByLanguage()
    digest = models.CharField(max_length=64, blank=True)
    xml = EncryptedText(default="")
    problems = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    basics = models.JSONField(default=dict)

    class Meta:
        ordering = ["file", "number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="iati_incoming_once")]


class Activity(models.Model):
    """An activity that somebody else published, whole, with what a list shows of it.

    xml: canonical; encrypted, because files of others name contact persons. digest: SHA-256 of it. titles, reporting_names: "" stands for a language nobody named. sums:
    [{"kind", "type", "currency", "value", "count"}], values as text. updated: as the publisher wrote it. words: what
    it is found by, in small letters, because a database knows small letters of Latin script only.
    """

    identifier = models.TextField(unique=True)
    digest = models.CharField(max_length=64)
    xml = EncryptedText()
    titles = TextByLanguage()
    status = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reporting_ref = models.TextField(blank=True)
    reporting_names = TextByLanguage()
    countries = models.JSONField(default=list)
    sums = models.JSONField(default=list)
    updated = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    file = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["identifier"]

    def __str__(self) -> str:
        return self.identifier


class Way(models.TextChoices):
    """How numbers of men, women, ages and districts are written."""

    DIMENSIONS = (
        "full",
        pgettext_lazy("how numbers are written", "By sex, age and district inside each indicator"),
    )
    INDICATORS = (
        "one-indicator-per-category",
        pgettext_lazy("how numbers are written", "One indicator for each category"),
    )
    TOTALS = "totals", pgettext_lazy("how numbers are written", "Totals only")


class DonorWay(models.Model):
    """What a donor can read. A donor without a row gets everything."""

    partner = models.OneToOneField("projects.Partner", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=40, choices=Way.choices)
