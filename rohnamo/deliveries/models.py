"""The ledger. Append-only: a correction reverses, nothing is changed and nothing deleted."""

from django.db import models

from rohnamo.people.models import Sex


class DayPrecision(models.TextChoices):
    """How well the day is known. The stored day is the first of the stretch."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Delivery(models.Model):
    """One thing done.

    Exactly one subject: a person, a coded person, an official, or a group of `group_count` people without names.
    district: where the receiver lived at that contact; place: where it was done.
    source_key: sixteen bytes that are the same for the same row of the same source, whatever its order in the file.
    reverses: the delivery that this one takes back; a reversed pair counts as nothing.
    """

    service = models.ForeignKey(
        "projects.Service", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+", db_index=False)
    source_key = models.BinaryField(max_length=16)
    day = models.DateField()
    day_precision = models.CharField(max_length=8, choices=DayPrecision.choices, default=DayPrecision.DAY)
    place = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    coded = models.ForeignKey(
        "people.CodedPerson",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    official = models.ForeignKey(
        "people.Official",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    group_sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    group_age = models.CharField(max_length=8, blank=True)
    group_language = models.CharField(max_length=8, blank=True)
    group_count = models.PositiveIntegerField(null=True, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], name="deliveries_source_key_once"),
            models.CheckConstraint(
                name="deliveries_one_subject",
                condition=(
                    models.Q(person__isnull=False, coded=None, official=None, group_count=None)
                    | models.Q(person=None, coded__isnull=False, official=None, group_count=None)
                    | models.Q(person=None, coded=None, official__isnull=False, group_count=None)
                    | models.Q(person=None, coded=None, official=None, group_count__gte=1)
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], name="deliveries_person", condition=models.Q(person__isnull=False)
            ),
            models.Index(fields=["coded"], name="deliveries_coded", condition=models.Q(coded__isnull=False)),
            models.Index(
                fields=["official"], name="deliveries_official", condition=models.Q(official__isnull=False)
            ),
            models.Index(fields=["project", "service", "day"], name="deliveries_project_day"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
