"""Support to security services: what could go wrong, who looked at it, what stops it."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.projects.models.partner import Partner
from rohnamo.projects.models.project import Project
from rohnamo.projects.models.sealed import SealedWords
from rohnamo.projects.models.service import Service


class SupportKind(models.TextChoices):
    """What is given to a service. Source: do-no-harm, rule 3."""

    TRAINING = "training", pgettext_lazy("support to a service", "Training")
    EQUIPMENT = "equipment", pgettext_lazy("support to a service", "Equipment")
    ADVICE = "advice", pgettext_lazy("support to a service", "Advice")


class Decision(models.TextChoices):
    """What a second person said of an assessment."""

    WAITING = "waiting", pgettext_lazy("decision on a risk assessment", "Waits for a second person")
    APPROVED = "approved", pgettext_lazy("decision on a risk assessment", "Approved")
    REFUSED = "refused", pgettext_lazy("decision on a risk assessment", "Refused")


class RiskAssessment(models.Model):
    """Human-rights due diligence before support to one service in one project. Written once; a new one replaces it.

    supports: codes of SupportKind it looked at; only these may be given. forces: which units get the support.
    mechanism: who was consulted, as the list of reports that were read. valid_to is the day of review.
    assessed_by is empty for an example that came from the mission's files; decided_by is never the one who assessed.
    """

    code = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="risk_assessments")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="risk_assessments")
    supports = models.JSONField(default=list)
    forces = SealedWords()
    risks = SealedWords()
    measures = SealedWords()
    mechanism = SealedWords()
    valid_from = models.DateField()
    valid_to = models.DateField()
    assessed_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessed_on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING.value)
    decided_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    decision_reason = SealedWords()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["project", "partner"], name="projects_risk_of")]

    def __str__(self) -> str:
        return self.code


class Alert(models.Model):
    """Something heard of a service that stops support to it at once. Lifted with a reason by another person.

    project, service: empty for all. source: where it was heard, as a kind of source and never a person.
    raised_by is empty for an example that came from the mission's files.
    """

    code = models.CharField(max_length=60, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="alerts")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts"
    )
    day = models.DateField()
    source = SealedWords()
    what = SealedWords()
    raised_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_on = models.DateField()
    lifted_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_on = models.DateField(null=True, blank=True)
    lift_reason = SealedWords()

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.code


class Support(models.Model):
    """Approved support to a security service, with the assessment it stands on. It ends with it at the latest."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="supports")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=10, choices=SupportKind.choices)
    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="supports_given")
    starts_on = models.DateField()
    ends_on = models.DateField()
    approved_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField()

    class Meta:
        ordering = ["project", "partner", "-starts_on", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "partner", "kind", "starts_on"], name="projects_support_once"
            )
        ]
