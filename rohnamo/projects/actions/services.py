"""What the mission does for people."""

from collections.abc import Iterable

from django.db import transaction

from rohnamo.core.missionfiles import mission as files
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import Project, Service, ThematicArea


@transaction.atomic
def load_services(services: Iterable[files.Service], units: Iterable[files.Unit]) -> Loaded:
    """Services, the words of their units, and the projects that offer them. Load areas and projects first.

    A service that is no longer in the files stays: deliveries point at it.
    """
    services = list(services)
    areas = dict(ThematicArea.objects.values_list("code", "pk"))
    unit_names = {unit.code: dict(unit.name) for unit in units}
    rows = [_service(service, areas[service.area], unit_names[service.unit]) for service in services]
    loaded = bring_in_line(Service.objects.all(), rows, key=["code"])
    return leave_news("services", loaded + _load_projects_of(services))


def _service(service: files.Service, area_id: int, unit_names: dict[str, str]) -> Service:
    words = [word for found in service.words.values() for word in found]
    return Service(
        code=service.code,
        area_id=area_id,
        identity=service.identity.value,
        audience=service.audience.value,
        names=dict(service.name),
        unit=service.unit,
        unit_names=unit_names,
        words=list(dict.fromkeys(words)),
    )


def _load_projects_of(services: list[files.Service]) -> Loaded:
    pairs = Service.projects.through
    services_by_code = dict(Service.objects.values_list("code", "pk"))
    projects = dict(Project.objects.values_list("code", "pk"))
    rows = [
        pairs(service_id=services_by_code[service.code], project_id=projects[code])
        for service in services
        for code in service.projects
    ]
    stored = pairs.objects.filter(service__code__in=[service.code for service in services])
    return bring_in_line(stored, rows, key=["service_id", "project_id"], may_remove=True)
