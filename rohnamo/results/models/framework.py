"""Result → indicator → period, as agreed with the donor; versions, because donors re-plan."""

from django.db import models

from rohnamo.core.fields import TextByLanguage


class Result(models.Model):
    """An outcome or an output of a project. kind: outcome or output."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="results")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="outputs"
    )
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    order = models.PositiveSmallIntegerField()
    titles = TextByLanguage()

    class Meta:
        ordering = ["project", "order"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="results_result_once")]


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Indicator(models.Model):
    """Something a project promised to move. Its measure stands in its versions."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    titles = TextByLanguage()
    unit_names = TextByLanguage()
    notes = TextByLanguage()
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    is_cumulative = models.BooleanField(default=True)

    class Meta:
        ordering = ["result", "order"]
        constraints = [models.UniqueConstraint(fields=["result", "code"], name="results_indicator_once")]


class IndicatorVersion(models.Model):
    """How an indicator is measured from a day on, and why that was changed.

    measure: {"count": unit, "services": [code], "filter": {"sex", "age_min", "age_max", "places"}, "unique_within":
    "indicator" | "project" | "mission"}; of an indicator that is not counted {"way": "typed" | "words"}.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    measure = models.JSONField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="results_version_once")]


class Period(models.Model):
    """A reporting period of an indicator: what was there before, what was promised, who approved what was counted."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="periods")
    start = models.DateField()
    end = models.DateField()
    baseline = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    approved_value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["indicator", "start"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "start", "end"], name="results_period_once"),
            models.CheckConstraint(
                condition=models.Q(start__lte=models.F("end")), name="results_period_in_order"
            ),
        ]
