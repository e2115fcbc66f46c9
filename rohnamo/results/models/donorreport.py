"""Reports to donors: drafted, frozen, made again a year later from the same data; and the templates donors give us."""

from django.db import models
from django.db.models import Q

from rohnamo.core.fields import TextByLanguage


class ReportForm(models.Model):
    """What a donor wants to read, as data: which questions are answered in words, which parts follow in which order.

    donor empty: for donors without a form of their own. questions: [{"code", "titles", "most_words"}].
    sections: of narrative, results, breakdown and money, in the order of the paper.
    """

    code = models.CharField(max_length=40, unique=True)
    donor = models.ForeignKey(
        "projects.Partner", null=True, blank=True, on_delete=models.CASCADE, related_name="report_forms"
    )
    titles = TextByLanguage()
    questions = models.JSONField(default=list)
    sections = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]


class DonorReport(models.Model):
    """One report on one project and period. number: 1, and one more for each that follows a frozen one.

    answers: question → language → text. data, fingerprint: what it says and its SHA-256, from the moment it is frozen;
    until then it is read anew each time.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="donor_reports")
    start = models.DateField()
    end = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    begun_by = models.CharField(max_length=40)
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    data = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    frozen_by = models.CharField(max_length=40, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-end", "-start", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "start", "end", "number"], name="results_donor_report_once"
            ),
            models.UniqueConstraint(
                fields=["project", "start", "end"],
                condition=Q(frozen_at=None),
                name="results_one_draft_a_period",
            ),
        ]


class WordTemplate(models.Model):
    """A donor's form in Word with places for our fields. content: the .docx; checked before it is kept."""

    donor = models.ForeignKey("projects.Partner", on_delete=models.CASCADE, related_name="word_templates")
    language = models.CharField(max_length=2)
    name = models.CharField(max_length=80)
    content = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    kept_by = models.CharField(max_length=40)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["donor", "name"]
        constraints = [
            models.UniqueConstraint(fields=["donor", "language", "name"], name="results_word_template_once")
        ]
