"""What a donor wants by when, as rules; the days follow from the agreement and are stored nowhere."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.money import Grant
from rohnamo.projects.models.partner import Partner


class Anchor(models.TextChoices):
    """The day from which a donor counts."""

    SIGNED = "signed", pgettext_lazy("day from which a donor counts", "Signing of the agreement")
    START = "start", pgettext_lazy("day from which a donor counts", "First day of the agreement")
    END = "end", pgettext_lazy("day from which a donor counts", "Last day of the agreement")


class DonorRule(models.Model):
    """One thing a donor wants in time, for all agreements with this donor.

    months: due so many months after the anchor, before it if negative. opens_months: not to be done earlier than
    that; empty where any day before will do. every_months: asked again and again until the agreement ends.
    reference: the rule holds for the agreement with this reference only, and there instead of the donor's general
    rule of the same code.
    """

    donor = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="rules")
    reference = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40)
    titles = TextByLanguage()
    anchor = models.CharField(max_length=6, choices=Anchor.choices)
    months = models.SmallIntegerField()
    opens_months = models.SmallIntegerField(null=True, blank=True)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["donor", "reference", "code"]
        constraints = [
            models.UniqueConstraint(fields=["donor", "reference", "code"], name="projects_donor_rule_once")
        ]

    def __str__(self) -> str:
        return self.code


class DeadlineDone(models.Model):
    """That somebody did what was due on a day. An agreement that is prolonged has other days, not done yet.

    marked_by, marked_at: empty for what came from the mission's files.
    """

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="deadlines_done")
    code = models.CharField(max_length=40)
    due_on = models.DateField()
    done_on = models.DateField()
    marked_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["grant", "due_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "code", "due_on"], name="projects_deadline_done_once")
        ]
