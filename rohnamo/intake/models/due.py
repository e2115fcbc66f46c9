"""When a source owes its registers."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Every(models.TextChoices):
    """How often a register is due."""

    MONTH = "month", pgettext_lazy("how often a register is due", "every month")
    QUARTER = "quarter", pgettext_lazy("how often a register is due", "every quarter")


class Rhythm(models.Model):
    """A source's registers for a project are due `due_day` days after each month or quarter from `since` on."""

    source = models.ForeignKey("projects.Source", on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    every = models.CharField(max_length=8, choices=Every.choices, default=Every.MONTH)
    due_day = models.PositiveSmallIntegerField(default=10)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "project"], name="intake_rhythm_once"),
            models.CheckConstraint(
                condition=models.Q(due_day__gte=1, due_day__lte=60), name="intake_due_day_sane"
            ),
        ]
