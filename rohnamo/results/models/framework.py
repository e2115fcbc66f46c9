"""Result → indicator → period, as agreed with the donor; versions, because donors re-plan."""

from django.db import models
from django.utils.translation import pgettext_lazy

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
    "indicator" | "project" | "mission"}; of a share {"way": "percent", "numerator": measure, "denominator": measure};
    of an indicator that is not counted {"way": "typed" | "words"}. made_by, made_at: empty for one from a file.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    measure = models.JSONField()
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="results_version_once")]


class PeriodState(models.TextChoices):
    """How far the report of a period has come. What is submitted or approved is locked."""

    DRAFT = "draft", pgettext_lazy("state of a period", "draft")
    SUBMITTED = "submitted", pgettext_lazy("state of a period", "submitted")
    RETURNED = "returned", pgettext_lazy("state of a period", "returned")
    APPROVED = "approved", pgettext_lazy("state of a period", "approved")


class Period(models.Model):
    """A reporting period of an indicator: what was there before, what was promised, who approved what was counted.

    typed_value, told: what the project reports of an indicator that is not counted, as a number or in words.
    approved_…: what stands while the state is "approved", empty otherwise; approved_value is empty, too, for a share of
    nobody and for what is told in words.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="periods")
    start = models.DateField()
    end = models.DateField()
    baseline = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=10, choices=PeriodState.choices, default=PeriodState.DRAFT)
    typed_value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    told = TextByLanguage()
    approved_value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    approved_numerator = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    approved_denominator = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    approved_told = TextByLanguage()
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


class PeriodTarget(models.Model):
    """What was promised of one category in a period: women, an age band, a district. Empty means any."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="targets")
    sex = models.CharField(max_length=1, blank=True)
    age = models.CharField(max_length=8, blank=True)
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    target = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["period", "pk"]
        constraints = [
            # Two, because to a database an empty district is never the same as another empty one.
            models.UniqueConstraint(
                fields=["period", "sex", "age", "district"], name="results_category_once"
            ),
            models.UniqueConstraint(
                fields=["period", "sex", "age"],
                condition=models.Q(district=None),
                name="results_category_anywhere_once",
            ),
        ]


class Framework(models.Model):
    """That somebody edited a project's framework here. From then on the project's file is not read for it."""

    project = models.OneToOneField(
        "projects.Project", on_delete=models.CASCADE, related_name="results_framework"
    )
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("staff.User", null=True, on_delete=models.PROTECT, related_name="+")
