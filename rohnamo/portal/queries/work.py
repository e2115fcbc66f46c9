"""Areas, projects and services, as the public sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet

from rohnamo.figures.models import Measure, Series
from rohnamo.projects.models import Audience, Identity, Project, Service, Status, ThematicArea
from rohnamo.projects.queries import active_projects, with_card_parts


@dataclass(frozen=True)
class Subjects:
    """Everything that has a page of its own, read once for all languages."""

    areas: tuple[ThematicArea, ...]
    projects: tuple[Project, ...]
    measures: tuple[Measure, ...]
    series: tuple[Series, ...]


def subjects() -> Subjects:
    """Four queries."""
    return Subjects(
        areas=tuple(ThematicArea.objects.all()),
        projects=tuple(Project.objects.select_related("area")),
        measures=tuple(Measure.objects.all()),
        series=tuple(Series.objects.all()),
    )


def projects_with_cards(area: str = "") -> list[Project]:
    """All projects, or those of one area, in the order of codes, ready for their cards."""
    projects = Project.objects.filter(area__code=area) if area else Project.objects.all()
    return list(with_card_parts(projects.order_by("code")))


def project_by_code(code: str) -> Project:
    """One project, ready for its card. Raises Project.DoesNotExist."""
    return with_card_parts(Project.objects.all()).get(code=code)


def area_by_code(code: str) -> ThematicArea:
    """One area with all its names. Raises ThematicArea.DoesNotExist."""
    return ThematicArea.objects.prefetch_related("all_names").get(code=code)


def area_names() -> dict[str, dict[str, str]]:
    """Code of each area → its names, in the mission's order."""
    return dict(ThematicArea.objects.values_list("code", "names"))


def project_titles(code: str) -> dict[str, str]:
    """What a project is called; nothing for a code that is none."""
    return Project.objects.filter(code=code).values_list("titles", flat=True).first() or {}


def services_for_people(area: str, on: date) -> QuerySet[Service]:
    """What people can get now in an area: each service with the running projects that give it, and their places.

    What lies in the vault is left out: who offers it and where must not be found out here.
    """
    now = active_projects(on)
    return (
        Service.objects.filter(area__code=area, audience=Audience.PERSONS, projects__in=now)
        .exclude(identity=Identity.VAULT)
        .prefetch_related(Prefetch("projects", now.prefetch_related("places__place")))
        .order_by("code")
        .distinct()
    )


def running(projects: Iterable[Project], on: date) -> list[Project]:
    """Those of the given projects that `projects.queries.active_projects` would find, without asking again."""
    return [
        project
        for project in projects
        if project.status == Status.IMPLEMENTATION and project.starts_on <= on <= project.ends_on
    ]


def last_day_as_it_stands(projects: Iterable[Project], today: date) -> date:
    """The last day on which the same projects run and "this year" means the same year."""
    turns = [date(today.year + 1, 1, 1)]
    for project in projects:
        turns += [project.starts_on, project.ends_on + timedelta(days=1)]
    return min(day for day in turns if day > today) - timedelta(days=1)
