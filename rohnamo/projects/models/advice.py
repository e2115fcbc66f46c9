"""Advice to a counterpart: asked, given, adopted, in force."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.document import ProjectDocument
from rohnamo.projects.models.partner import Partner
from rohnamo.projects.models.project import Project


class AdviceSubject(models.TextChoices):
    """What the advice is about."""

    STRATEGY = "strategy", pgettext_lazy("subject of advice", "Strategy")
    LAW = "law", pgettext_lazy("subject of advice", "Law")
    PROCEDURE = "procedure", pgettext_lazy("subject of advice", "Procedure")


class Step(models.TextChoices):
    """How far a piece of advice has come. rules.NEXT_STEPS says which may follow which."""

    ASKED = "asked", pgettext_lazy("step of advice", "Asked for")
    GIVEN = "given", pgettext_lazy("step of advice", "Given")
    ADOPTED = "adopted", pgettext_lazy("step of advice", "Adopted")
    IN_FORCE = "in_force", pgettext_lazy("step of advice", "In force")
    DECLINED = "declined", pgettext_lazy("step of advice", "Not taken up")
    REPEALED = "repealed", pgettext_lazy("step of advice", "No longer in force")


class Advice(models.Model):
    """One piece of advice in one project. How far it has come is the last of its steps that was not struck out."""

    code = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="advice")
    asked_by = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="advice_asked")
    subject = models.CharField(max_length=10, choices=AdviceSubject.choices)
    titles = TextByLanguage()

    class Meta:
        ordering = ["project", "code"]

    def __str__(self) -> str:
        return self.code


class AdviceStep(models.Model):
    """One dated step. Never changed or deleted; a mistaken one is struck out with a reason and stays to be read.

    recorded_by, recorded_at: empty for an example that came from the mission's files.
    """

    advice = models.ForeignKey(Advice, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10, choices=Step.choices)
    day = models.DateField()
    document = models.ForeignKey(
        ProjectDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notes = TextByLanguage()
    recorded_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["advice", "order"]
        constraints = [models.UniqueConstraint(fields=["advice", "order"], name="projects_advice_step_once")]
