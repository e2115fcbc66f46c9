"""Whether two records are one person: said by somebody, for a reason, and never deleted."""

from django.db import models

from rohnamo.people.models.person import Person


class Verdict(models.TextChoices):
    """What a judgement says."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"
    NONE = "none"


class Judgement(models.Model):
    """A statement about a pair. The one without `superseded_at` stands."""

    left = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    judged_by = models.CharField(max_length=40)
    judged_at = models.DateTimeField(auto_now_add=True)
    reasons = models.JSONField(default=list)
    score = models.FloatField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left__lt=models.F("right")), name="people_pair_in_order"
            ),
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=models.Q(superseded_at=None),
                name="people_one_standing_judgement",
            ),
        ]
