"""Assessments, alerts and approved support of the mission's files: examples, or what a mission brings along."""

from django.db import transaction

from rohnamo.core.errors import WrongData
from rohnamo.core.missionfiles import Mission
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import Alert, Partner, Project, RiskAssessment, Service, Support


@transaction.atomic
def load_support(mission: Mission) -> Loaded:
    """Load partners, projects and services first. What is no longer in the files stays, and nothing that somebody
    here wrote or decided is changed: an alert lifted here stays lifted."""
    partners = dict(Partner.objects.values_list("code", "pk"))
    projects = dict(Project.objects.values_list("code", "pk"))
    loaded = _load_assessments(mission, partners, projects)
    loaded += _load_alerts(mission, partners, projects)
    return leave_news("support", loaded + _load_supports(mission))


def _load_assessments(mission: Mission, partners: dict[str, int], projects: dict[str, int]) -> Loaded:
    invented_or_known = {partner.code for partner in mission.partners if partner.is_security_service}
    for one in mission.assessments:
        if one.partner not in invented_or_known:
            raise WrongData(f"support.toml: {one.code} is about {one.partner}, which is no security service.")
    touched = RiskAssessment.objects.exclude(decided_by=None).values_list("code", flat=True)
    rows = [
        RiskAssessment(
            code=one.code,
            project_id=projects[one.project],
            partner_id=partners[one.partner],
            supports=[kind.value for kind in one.supports],
            forces=dict(one.forces),
            risks=dict(one.risks),
            measures=dict(one.measures),
            mechanism=dict(one.mechanism),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            assessed_on=one.assessed_on,
            decision=one.decision.value,
            decided_on=one.decided_on,
            decision_reason=dict(one.reason),
        )
        for one in mission.assessments
        if one.code not in set(touched)
    ]
    return bring_in_line(RiskAssessment.objects.filter(assessed_by=None), rows, key=["code"])


def _load_alerts(mission: Mission, partners: dict[str, int], projects: dict[str, int]) -> Loaded:
    services = dict(Service.objects.values_list("code", "pk"))
    touched = set(Alert.objects.exclude(lifted_by=None).values_list("code", flat=True))
    rows = [
        Alert(
            code=one.code,
            partner_id=partners[one.partner],
            project_id=projects.get(one.project),
            service_id=services.get(one.service),
            day=one.day,
            source=dict(one.source),
            what=dict(one.what),
            raised_on=one.day,
            lifted_on=one.lifted_on,
            lift_reason=dict(one.lift_reason),
        )
        for one in mission.alerts
        if one.code not in touched
    ]
    return bring_in_line(Alert.objects.filter(raised_by=None), rows, key=["code"])


def _load_supports(mission: Mission) -> Loaded:
    bases = {one.code: one for one in RiskAssessment.objects.all()}
    rows = [
        Support(
            project_id=bases[one.assessment].project_id,
            partner_id=bases[one.assessment].partner_id,
            kind=one.kind.value,
            assessment_id=bases[one.assessment].pk,
            starts_on=one.first_on,
            ends_on=one.last_on,
            approved_on=one.approved_on,
        )
        for one in mission.supports
    ]
    stored = Support.objects.filter(approved_by=None)
    return bring_in_line(stored, rows, key=["project_id", "partner_id", "kind", "starts_on"])
