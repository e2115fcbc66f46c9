"""How a reported number came to stand: every step of a period, and the counted rows that were frozen with it."""

from django.db import models

from rohnamo.core.fields import TextByLanguage
from rohnamo.results.models.framework import Indicator, Period

# What is left in core.changes when a value was approved or reopened; the key is the number of its indicator.
APPROVED_TOPIC = "result.approved"


class StepKind(models.TextChoices):
    """What somebody did with a period."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"


class PeriodStep(models.Model):
    """One step of a period. Append-only: a reopened approval stays here with its value and its rows.

    by: empty for steps from before they were kept, or whose user is not known any more. value, numerator, denominator,
    told: what was submitted or approved. rules: fingerprint of what was counted, so that a later re-planning shows.
    """

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    by = models.ForeignKey("staff.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    told = TextByLanguage()
    rules = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["period", "pk"]


class ApprovedRow(models.Model):
    """A row of reach as it was when its number was approved. No names, and no foreign key that could move it.

    part: empty, or "denominator" for the second count of a share. counted_in: the counted period, as in `Reach.period`.
    subject: as in `Reach`; 0 for somebody who was erased since: the row stays counted. first_contact: 0 then, too.
    """

    approval = models.ForeignKey(
        PeriodStep, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    part = models.CharField(max_length=12, blank=True)
    counted_in = models.PositiveIntegerField()
    subject = models.BigIntegerField()
    first_contact = models.BigIntegerField()
    sex = models.CharField(max_length=1)
    age = models.CharField(max_length=8)
    district = models.BigIntegerField(default=0)
    persons = models.PositiveIntegerField()
    contacts = models.PositiveIntegerField()
    quantity = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["approval", "subject"], name="results_approved_subject")]


class ApprovedCell(models.Model):
    """Sums of approved rows by sex, age and district: the breakdown of an approved number, which never moves.

    district: number of the place, 0 for unknown.
    """

    approval = models.ForeignKey(PeriodStep, on_delete=models.CASCADE, related_name="cells")
    part = models.CharField(max_length=12, blank=True)
    sex = models.CharField(max_length=1)
    age = models.CharField(max_length=8)
    district = models.BigIntegerField(default=0)
    value = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "part", "sex", "age", "district"], name="results_approved_cell_once"
            )
        ]


class PlanStep(models.Model):
    """What was re-planned in an indicator, by whom and why: append-only.

    what: version, target, baseline, period or words. before, after: as they were, and became; empty for none.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="plan_steps")
    period = models.ForeignKey(Period, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=12)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("staff.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "pk"]
