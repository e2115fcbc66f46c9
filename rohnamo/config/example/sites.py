"""Where the example's work is done: projects that have begun, with their districts and those who send their registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from rohnamo.places.models import Place
from rohnamo.projects.models import Project, Service, Source


@dataclass(frozen=True)
class Site:
    """One project with what it does, where, and who sends its registers. sources: by code of the service."""

    project: Project
    services: Mapping[str, Service]
    sources: Mapping[str, Source]
    districts: tuple[Place, ...]


def all_sites() -> list[Site]:
    """The projects that have begun, with their services and districts."""
    districts = tuple(Place.objects.filter(level=2))
    sources = list(Source.objects.prefetch_related("services").order_by("pk"))
    return [
        _site(project, sources, districts)
        for project in Project.objects.filter(starts_on__lt=timezone.localdate()).order_by("code")
    ]


def _site(project: Project, sources: Sequence[Source], everywhere: tuple[Place, ...]) -> Site:
    services = {service.code: service for service in project.services.order_by("code")}
    return Site(
        project=project,
        services=services,
        sources={code: _sender(service, project, sources) for code, service in services.items()},
        districts=tuple(link.place for link in project.places.select_related("place").order_by("place__code"))
        or everywhere,
    )


def _sender(service: Service, project: Project, sources: Sequence[Source]) -> Source:
    """Who sends registers of this service: under an agreement rather than without, of this project rather than of any."""
    fitting = [
        one for one in sources if service in one.services.all() and one.project_id in (project.pk, None)
    ] or [one for one in sources if one.agreement and one.project_id is None]
    return min(fitting or sources, key=lambda one: (not one.agreement, one.project_id != project.pk, one.pk))
