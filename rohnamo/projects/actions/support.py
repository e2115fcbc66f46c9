"""Risk assessments, alerts, and approval of support to security services. Always two people."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused, WrongData
from rohnamo.projects import queries, rules
from rohnamo.projects.models import (
    Alert,
    Decision,
    Partner,
    Project,
    RiskAssessment,
    Service,
    Support,
    SupportKind,
)
from rohnamo.staff.models import User

TOPIC = "support.changed"
LONGEST_YEARS = 1
Words = Mapping[str, str]


@transaction.atomic
def assess(
    project: Project,
    partner: Partner,
    *,
    supports: Iterable[SupportKind],
    forces: Words,
    risks: Words,
    measures: Words,
    mechanism: Words,
    valid_from: date,
    valid_to: date,
    by: User,
    code: str = "",
) -> RiskAssessment:
    """Write a risk assessment, to be decided by another person. It cannot be changed: write a new one instead.

    Raises Refused for whoever may not, WrongData where something is empty, the partner is no security service, or
    the review is more than a year away. The same code twice is one assessment.
    """
    _require(project, may=rules.may_assess(by, project))
    if code and (known := RiskAssessment.objects.filter(code=code, project=project).first()):
        return known
    kinds = [SupportKind(kind).value for kind in supports]
    if not partner.is_security_service:
        raise WrongData(_("Only support to a security service needs a risk assessment."))
    if not kinds or not all(any(words.values()) for words in (forces, risks, measures, mechanism)):
        raise WrongData(
            _("Say what is given, to which units, the risks, the measures, and what was consulted.")
        )
    if not valid_from <= valid_to <= _years_later(valid_from):
        raise WrongData(_("The day of review comes after the first day and within a year of it."))
    assessment = RiskAssessment.objects.create(
        code=code or queries.new_code(project),
        project=project,
        partner=partner,
        supports=kinds,
        forces=dict(forces),
        risks=dict(risks),
        measures=dict(measures),
        mechanism=dict(mechanism),
        valid_from=valid_from,
        valid_to=valid_to,
        assessed_by=by,
        assessed_on=timezone.localdate(),
    )
    _write_down(assessment, "projects.assess_risk", partner, by=by)
    return assessment


@transaction.atomic
def decide_assessment(
    assessment: RiskAssessment, *, decision: Decision, reason: Words | None = None, by: User
) -> RiskAssessment:
    """Approve or refuse as the second person. A refusal needs a reason. Raises Refused for the first person."""
    assessment = RiskAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if not rules.may_decide_assessment(by, assessment):
        raise Refused(
            _(
                "Risk assessment %(code)s is decided by a second person who may approve support, and only once."
            )
            % {"code": assessment.code}
        )
    if decision == Decision.WAITING or (decision == Decision.REFUSED and not any((reason or {}).values())):
        raise WrongData(_("Approve, or refuse with a reason."))
    assessment.decision = decision.value
    assessment.decision_reason = dict(reason or {})
    assessment.decided_by = by
    assessment.decided_on = timezone.localdate()
    assessment.save(update_fields=["decision", "decision_reason", "decided_by", "decided_on"])
    _write_down(assessment, f"projects.risk_{decision.value}", assessment.partner, by=by)
    return assessment


@transaction.atomic
def approve_support(
    project: Project,
    partner: Partner,
    *,
    kind: SupportKind,
    starts_on: date,
    ends_on: date,
    by: User,
) -> Support:
    """Approve support to a security service on the ground of its current assessment.

    Raises Refused without one that another person approved and that looked at this kind of support, and while an
    alert stands. Support ends with the assessment at the latest; WrongData for a later day.
    """
    _require(project, may=rules.may_approve_support(by, project))
    if not partner.is_security_service:
        raise WrongData(_("Support to this partner needs no approval here: it is no security service."))
    rules.require_support_allowed(project, partner, timezone.localdate(), kind=kind)
    rules.require_support_allowed(project, partner, starts_on, kind=kind)
    assessment = rules.current_assessment(project, partner, starts_on)
    if assessment is None or not starts_on <= ends_on <= assessment.valid_to:
        raise WrongData(_("Support ends with the risk assessment at the latest. Choose an earlier day."))
    support, is_new = Support.objects.get_or_create(
        project=project,
        partner=partner,
        kind=kind.value,
        starts_on=starts_on,
        defaults={
            "assessment": assessment,
            "ends_on": ends_on,
            "approved_by": by,
            "approved_on": timezone.localdate(),
        },
    )
    if is_new:
        _write_down(support, "projects.approve_support", partner, by=by)
    return support


@transaction.atomic
def raise_alert(
    partner: Partner,
    project: Project,
    *,
    day: date,
    source: Words,
    what: Words,
    by: User,
    in_all_projects: bool = False,
    service: Service | None = None,
    code: str = "",
) -> Alert:
    """Stop support to a partner at once, in this project or in all. The same code twice is one alert.

    project: where the person who heard of it works; who does not see it may not raise one. Raises WrongData for a
    day to come and without words.
    """
    _require(project, may=rules.may_see_support(by, project))
    if code and (known := Alert.objects.filter(code=code, partner=partner).first()):
        return known
    if day > timezone.localdate() or not any(what.values()) or not any(source.values()):
        raise WrongData(_("Say what was heard, from what kind of source, and on which day until today."))
    alert = Alert.objects.create(
        code=code or queries.new_code(project),
        partner=partner,
        project=None if in_all_projects else project,
        service=service,
        day=day,
        source=dict(source),
        what=dict(what),
        raised_by=by,
        raised_on=timezone.localdate(),
    )
    _write_down(alert, "projects.raise_alert", partner, by=by)
    return alert


@transaction.atomic
def lift_alert(alert: Alert, *, reason: Words, by: User) -> Alert:
    """Let support go on, with a reason, as another person than the one who raised the alert. Raises Refused."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    if not rules.may_lift_alert(by, alert):
        raise Refused(
            _(
                "Alert %(code)s is lifted by the chief of mission or the data-protection officer, by another person "
                "than the one who raised it."
            )
            % {"code": alert.code}
        )
    if not any(reason.values()):
        raise WrongData(_("Say why support may go on."))
    alert.lift_reason = dict(reason)
    alert.lifted_by = by
    alert.lifted_on = timezone.localdate()
    alert.save(update_fields=["lift_reason", "lifted_by", "lifted_on"])
    _write_down(alert, "projects.lift_alert", alert.partner, by=by)
    return alert


def _require(project: Project, *, may: bool) -> None:
    if not may:
        raise Refused(
            _("Support to services in project %(project)s is not yours to decide.")
            % {"project": project.code}
        )


def _years_later(day: date) -> date:
    try:
        return day.replace(year=day.year + LONGEST_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + LONGEST_YEARS, day=28)


def _write_down(record: RiskAssessment | Alert | Support, verb: str, partner: Partner, *, by: User) -> None:
    """What was found or heard stays out of the log: it is sealed, and the log is not."""
    audit.record(by, verb, record, reason=f"partner {partner.code}")
    changes.leave(TOPIC, [partner.code])
