"""Support to security services: what was assessed, approved, and what stops it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from rohnamo.projects import rules
from rohnamo.projects.models import (
    Alert,
    Decision,
    Partner,
    PartnerRole,
    Project,
    RiskAssessment,
    Support,
)


@dataclass(frozen=True)
class Standing:
    """Whether support to a partner may go on today. assessment: the one it stands on, None without one."""

    partner: Partner
    assessment: RiskAssessment | None
    alerts: tuple[Alert, ...]
    supports: tuple[Support, ...]

    @property
    def is_suspended(self) -> bool:
        """Whether an alert stops all support, not one activity alone."""
        return any(alert.service_id is None for alert in self.alerts)

    @property
    def is_allowed(self) -> bool:
        """Whether anything may be given; single activities may be stopped all the same."""
        has_basis = self.assessment is not None or not self.partner.is_security_service
        return has_basis and not self.is_suspended


def assessments_of(project: Project) -> QuerySet[RiskAssessment]:
    """All that were ever written, the newest first, with those who wrote and decided."""
    found = RiskAssessment.objects.filter(project=project)
    return found.select_related("partner", "assessed_by", "decided_by").order_by("-assessed_on", "-pk")


def alerts_of(project: Project) -> QuerySet[Alert]:
    """Alerts about the services in a project, lifted ones too, the newest first."""
    found = Alert.objects.filter(partner__in=services_supported(project))
    found = found.filter(Q(project=None) | Q(project=project))
    return found.select_related("partner", "project", "service", "raised_by", "lifted_by")


def supports_of(project: Project, on: date | None = None) -> QuerySet[Support]:
    """Approved support, all of it or that of one day. An alert may suspend it all the same."""
    found = Support.objects.filter(project=project).select_related("partner", "assessment", "approved_by")
    return found if on is None else found.filter(starts_on__lte=on, ends_on__gte=on)


def services_supported(project: Project) -> QuerySet[Partner]:
    """Security services that take part in a project, donors apart, or were assessed in it."""
    part = Q(projects__project=project) & ~Q(projects__role=PartnerRole.FUNDING.value)
    assessed = Q(risk_assessments__project=project)
    return Partner.objects.filter(part | assessed, is_security_service=True).distinct().order_by("code")


def standings(project: Project, on: date) -> list[Standing]:
    """Each security service of a project, and whether support to it may go on. Four queries."""
    decided = [one for one in assessments_of(project) if one.decision != Decision.WAITING]
    alerts = [one for one in alerts_of(project) if one.day <= on and not _is_lifted(one, on)]
    supports = list(supports_of(project, on))
    return [
        Standing(
            partner,
            _current([one for one in decided if one.partner_id == partner.pk], on),
            tuple(one for one in alerts if one.partner_id == partner.pk),
            tuple(one for one in supports if one.partner_id == partner.pk),
        )
        for partner in services_supported(project)
    ]


def waiting_assessments(user: rules.Visitor) -> list[RiskAssessment]:
    """Assessments that wait for a decision this user may take."""
    visible = Project.objects.filter(rules.visible_projects(user)).values("pk")
    waiting = RiskAssessment.objects.filter(project__in=visible, decision=Decision.WAITING.value)
    found = waiting.select_related("project", "partner").order_by("assessed_on", "pk")
    return [one for one in found if rules.may_decide_assessment(user, one)]


def _current(newest_first: list[RiskAssessment], on: date) -> RiskAssessment | None:
    """As rules.current_assessment, for rows at hand."""
    latest = next((one for one in newest_first if one.valid_from <= on <= one.valid_to), None)
    return latest if latest and latest.decision == Decision.APPROVED else None


def _is_lifted(alert: Alert, on: date) -> bool:
    return alert.lifted_on is not None and alert.lifted_on <= on
