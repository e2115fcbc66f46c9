"""Support to security services: who decides, and when it may be given at all.

Source: do-no-harm, rule 3. What stands here is asked again on the day support is given, not only when it is approved:
an alert suspends what was approved before.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rohnamo.core.errors import Refused
from rohnamo.projects.models import (
    Alert,
    Decision,
    Membership,
    Partner,
    Project,
    RiskAssessment,
    Service,
    SupportKind,
)
from rohnamo.projects.rules.visibility import EDITORS, Visitor, may_edit_project, may_see_project
from rohnamo.staff.models import Role, User

MAY_SEE_SUPPORT = frozenset(
    {
        Role.CHIEF_OF_MISSION,
        Role.PROGRAMME_MANAGER,
        Role.PROJECT_OFFICER,
        Role.MONITORING_OFFICER,
        Role.BORDER_OFFICER,
        Role.DATA_PROTECTION_OFFICER,
    }
)
MAY_LIFT = frozenset({Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER})


def may_see_support(user: Visitor, project: Project) -> bool:
    """See assessments and alerts, and raise one: whoever hears of something must be able to stop the support."""
    return isinstance(user, User) and user.role in MAY_SEE_SUPPORT and may_see_project(user, project)


def may_assess(user: Visitor, project: Project) -> bool:
    """Write an assessment: those who manage the project, and its border officers."""
    if not isinstance(user, User) or not may_see_support(user, project):
        return False
    writers = EDITORS | {Role.BORDER_OFFICER.value}
    return (
        user.role == Role.CHIEF_OF_MISSION
        or Membership.objects.filter(user=user, project=project, role__in=writers).exists()
    )


def may_approve_support(user: Visitor, project: Project) -> bool:
    """The chief of mission, and the programme manager of this project."""
    if not isinstance(user, User) or not may_see_support(user, project):
        return False
    manager = Role.PROGRAMME_MANAGER.value
    return user.role == Role.CHIEF_OF_MISSION or (
        user.role == manager
        and may_edit_project(user, project)
        and Membership.objects.filter(user=user, project=project, role=manager).exists()
    )


def may_decide_assessment(user: Visitor, assessment: RiskAssessment) -> bool:
    """A second person, while nobody has decided."""
    return (
        isinstance(user, User)
        and assessment.decision == Decision.WAITING
        and user.pk != assessment.assessed_by_id
        and may_approve_support(user, assessment.project)
    )


def may_lift_alert(user: Visitor, alert: Alert) -> bool:
    """Another person than the one who raised it, and never those who run the project: they wait for it to go on."""
    return (
        isinstance(user, User)
        and user.is_active
        and not user.is_superuser
        and user.role in MAY_LIFT
        and alert.lifted_on is None
        and user.pk != alert.raised_by_id
    )


def alerts_against(
    partner: Partner, on: date, *, project: Project | None = None, service: Service | None = None
) -> QuerySet[Alert]:
    """Alerts that stop support to the partner on a day. Where project or service is not said, those of any count."""
    found = Alert.objects.filter(partner=partner, day__lte=on)
    found = found.filter(Q(lifted_on=None) | Q(lifted_on__gt=on))
    if project is not None:
        found = found.filter(Q(project=None) | Q(project=project))
    if service is not None:
        found = found.filter(Q(service=None) | Q(service=service))
    return found


def support_suspended(
    partner: Partner, on: date, *, project: Project | None = None, service: Service | None = None
) -> bool:
    """Whether an alert stops support to the partner on a day. One query."""
    return alerts_against(partner, on, project=project, service=service).exists()


def current_assessment(project: Project, partner: Partner, on: date) -> RiskAssessment | None:
    """The approved assessment that holds on a day. One that was refused ends the approved ones before it. One query."""
    decided = RiskAssessment.objects.filter(
        project=project, partner=partner, valid_from__lte=on, valid_to__gte=on
    ).exclude(decision=Decision.WAITING)
    latest = decided.order_by("-assessed_on", "-pk").first()
    return latest if latest and latest.decision == Decision.APPROVED else None


def require_support_allowed(
    project: Project,
    partner: Partner,
    on: date,
    *,
    kind: SupportKind | None = None,
    service: Service | None = None,
) -> None:
    """Let support to a partner pass, or raise Refused with the reason. At most two queries.

    Sessions, hand-overs and advice ask it for the day on which they are given. A partner that is no security
    service needs no assessment, but an alert stops support to it too. kind: what is given, which the assessment
    must have looked at.
    """
    if support_suspended(partner, on, project=project, service=service):
        raise Refused(
            _("Support to %(partner)s is suspended by an alert. It can go on when the alert has been lifted.")
            % {"partner": partner.code}
        )
    if not partner.is_security_service:
        return
    assessment = current_assessment(project, partner, on)
    if assessment is None:
        raise Refused(
            _(
                "Support to %(partner)s in project %(project)s needs a human-rights risk assessment that holds on "
                "%(day)s and was approved by a second person. Write one first."
            )
            % {"partner": partner.code, "project": project.code, "day": on.isoformat()}
        )
    if kind is not None and kind.value not in assessment.supports:
        raise Refused(
            _("Risk assessment %(code)s did not look at this kind of support: %(kind)s. Write a new one.")
            % {"code": assessment.code, "kind": kind.label}
        )
