"""Organisations, and those of them that send us data."""

from collections.abc import Iterable

from django.db import transaction

from rohnamo.core.missionfiles import mission as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import Partner, Project, Service, Source


@transaction.atomic
def load_partners(partners: Iterable[files.Partner]) -> Loaded:
    """Organisations. Those that are no longer in the files stay: projects and sources point at them."""
    rows = [
        Partner(
            code=partner.code,
            names=dict(partner.name),
            kind=partner.kind.value,
            iati_type=partner.iati_type,
            identifier=partner.identifier,
            is_security_service=partner.is_security_service,
            is_invented=partner.is_invented,
        )
        for partner in partners
    ]
    return leave_news("partners", bring_in_line(Partner.objects.all(), rows, key=["code"]))


@transaction.atomic
def load_sources(sources: Iterable[files.Source]) -> Loaded:
    """Sources with the services they report. Load partners, projects and services first.

    A source that is no longer in the files stays: what it sent points at it.
    """
    sources = list(sources)
    partners = dict(Partner.objects.values_list("code", "pk"))
    projects = dict(Project.objects.values_list("code", "pk"))
    rows = [_source(source, partners[source.partner], projects.get(source.project)) for source in sources]
    loaded = bring_in_line(Source.objects.all(), rows, key=["code"])
    return leave_news("sources", loaded + _load_services_of(sources))


def _source(source: files.Source, partner_id: int, project_id: int | None) -> Source:
    return Source(
        code=source.code,
        names=dict(source.name),
        partner_id=partner_id,
        project_id=project_id,
        agreement=source.agreement,
        purposes=list(source.purposes),
        fields=list(source.fields),
        consent_wording=dict(source.consent),
        valid_from=source.valid.first_on,
        valid_to=source.valid.last_on,
    )


def _load_services_of(sources: list[files.Source]) -> Loaded:
    pairs = Source.services.through
    sources_by_code = dict(Source.objects.values_list("code", "pk"))
    services = dict(Service.objects.values_list("code", "pk"))
    rows = [
        pairs(source_id=sources_by_code[source.code], service_id=services[code])
        for source in sources
        for code in source.services
    ]
    stored = pairs.objects.filter(source__code__in=[source.code for source in sources])
    return bring_in_line(stored, rows, key=["source_id", "service_id"], may_remove=True)
