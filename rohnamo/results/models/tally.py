"""Counting. A tally is a measure made countable; reach is who was met, once per tally and period."""

from django.db import models

from rohnamo.figures.models import Unit
from rohnamo.results.models.framework import Indicator


class Count(models.TextChoices):
    """What a tally adds up. Persons and contacts are two sums over the same rows."""

    PERSONS = Unit.PERSONS.value
    HOUSEHOLDS = Unit.HOUSEHOLDS.value
    CONTACTS = Unit.CONTACTS.value
    EVENTS = Unit.EVENTS.value
    QUANTITY = Unit.QUANTITY.value


class SubjectKind(models.IntegerChoices):
    """Who a row of reach is about: the last three bits of its subject."""

    PERSON = 0
    CODED = 1
    OFFICIAL = 2
    GROUP = 3
    HOUSEHOLD = 4

    def subject(self, number: int) -> int:
        """The subject of the record with this number."""
        return number * 8 + self.value


class Tally(models.Model):
    """One thing counted over periods of one kind, for an indicator, a project, an area or the mission.

    key: the key of the figure it feeds. period_kind: year, half, quarter or month.
    rows_of: the tally whose reach this one reads with another unit: persons and contacts are two sums over the
    same rows, so they are kept once. Such a tally has no rules of its own.
    part: "numerator" or "denominator" of an indicator that is a share, and has two tallies; else empty.
    """

    key = models.CharField(max_length=80, unique=True)
    indicator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.CASCADE, related_name="tallies"
    )
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="tallies"
    )
    area = models.ForeignKey(
        "projects.ThematicArea", null=True, blank=True, on_delete=models.CASCADE, related_name="tallies"
    )
    rows_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="other_units"
    )
    part = models.CharField(max_length=12, blank=True)
    count = models.CharField(max_length=12, choices=Count.choices)
    is_cumulative = models.BooleanField(default=False)
    period_kind = models.CharField(max_length=8, default="half")

    class Meta:
        verbose_name_plural = "tallies"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class TallyRule(models.Model):
    """One line of what a tally counts: a service, perhaps of one project, one sex, one district, some ages, some days.

    A delivery is in the tally when it fits a line. Empty means: any. Two lines of a tally never fit the same
    delivery: `actions.require_lines_apart` refuses that, because it would be counted twice.
    """

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="rules")
    service = models.ForeignKey("projects.Service", on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    sex = models.CharField(max_length=1, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)


class Reach(models.Model):
    """Somebody met in a period: one row per tally, period and subject, dated and described by the first contact.

    period: first day of the period as year × 10000 + month × 100 + day.
    subject: number of the person (root), coded person, official, group delivery or household, times eight plus
    its kind (see SubjectKind), so that one column holds them all.
    persons: 1 for somebody known, 0 for a group without names: it has contacts, nobody to be counted once.
    first_contact: the delivery that dates and describes the row.
    is_first: first period in which this tally met the subject; cumulative totals add these rows only.

    No foreign key is checked by the database: all of it is made by one statement from rows that are checked, and
    to check millions of rows again would take longer than to count them.
    """

    tally = models.ForeignKey(
        Tally, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    period = models.PositiveIntegerField()
    subject = models.BigIntegerField()
    first_contact = models.ForeignKey(
        "deliveries.Delivery",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    sex = models.CharField(max_length=1)
    age = models.CharField(max_length=8)
    district = models.ForeignKey(
        "places.Place",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    is_first = models.BooleanField()
    persons = models.PositiveIntegerField()
    contacts = models.PositiveIntegerField()
    quantity = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally", "subject", "period"], name="results_reach_once"),
        ]
        indexes = [models.Index(fields=["subject"], name="results_reach_subject")]


class ReachedCell(models.Model):
    """Sums of reach by sex, age and district: what pages and reports read. Kept with reach, in one transaction.

    district: number of the place, 0 for unknown (a key column may not be empty).
    """

    tally = models.ForeignKey(
        Tally, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    period = models.PositiveIntegerField()
    sex = models.CharField(max_length=1)
    age = models.CharField(max_length=8)
    district = models.BigIntegerField(default=0)
    persons = models.BigIntegerField()
    firsts = models.BigIntegerField()
    contacts = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tally", "period", "sex", "age", "district"], name="results_cell_once"
            ),
        ]


class ReachedTotal(models.Model):
    """Sums of a tally's cells in one period: what the portfolio reads, so that it need not add up all cells."""

    tally = models.ForeignKey(
        Tally, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    period = models.PositiveIntegerField()
    persons = models.BigIntegerField()
    firsts = models.BigIntegerField()
    contacts = models.BigIntegerField()
    quantity = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "period"], name="results_total_once")]
