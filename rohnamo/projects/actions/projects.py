"""Projects with their partners, places and money."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db import transaction

from rohnamo.core.missionfiles import codes
from rohnamo.core.missionfiles import project as files
from rohnamo.engines.finance import split_by_year
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.places.models import Place
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import (
    BudgetStatus,
    BudgetYear,
    Partner,
    PartnerRole,
    Project,
    ProjectPartner,
    ProjectPlace,
    Status,
    ThematicArea,
)

CENT = Decimal("0.01")
STATUS = {
    codes.ProjectStatus.PIPELINE: Status.PIPELINE,
    codes.ProjectStatus.IMPLEMENTATION: Status.IMPLEMENTATION,
    codes.ProjectStatus.FINALISATION: Status.FINALISATION,
    codes.ProjectStatus.CLOSED: Status.CLOSED,
}
ROLE = {
    codes.PartnerRole.FUNDING: PartnerRole.FUNDING,
    codes.PartnerRole.ACCOUNTABLE: PartnerRole.ACCOUNTABLE,
    codes.PartnerRole.EXTENDING: PartnerRole.EXTENDING,
    codes.PartnerRole.IMPLEMENTING: PartnerRole.IMPLEMENTING,
}


@transaction.atomic
def load_projects(projects: Iterable[files.Project], *, is_example: bool) -> Loaded:
    """Projects with partners, places and money. Load areas, partners and places first.

    is_example: whether the mission is one. A project that is no longer in the files stays whole: what was done
    in it points at it. Partners, places and years that its file no longer names are taken away.
    """
    projects = list(projects)
    areas = dict(ThematicArea.objects.values_list("code", "pk"))
    loaded, ids = Loaded(), dict(Project.objects.values_list("code", "pk"))
    # Once more for a programme that was not there when its parts were written.
    for _ in range(2 if {project.parent for project in projects if project.parent} - ids.keys() else 1):
        rows = [
            _project(project, areas[project.area], ids.get(project.parent), is_example=is_example)
            for project in projects
        ]
        loaded += bring_in_line(Project.objects.all(), rows, key=["code"])
        ids = dict(Project.objects.values_list("code", "pk"))
    loaded += (
        _load_partners_of(projects, ids) + _load_places_of(projects, ids) + _load_money_of(projects, ids)
    )
    return leave_news("projects", loaded)


def _project(project: files.Project, area_id: int, parent_id: int | None, *, is_example: bool) -> Project:
    return Project(
        code=project.code,
        area_id=area_id,
        parent_id=parent_id,
        objectives=dict(project.objectives),
        target_groups=dict(project.target_groups),
        scope=project.scope,
        countries=[{"code": one.code, "share": str(one.share)} for one in project.countries],
        other_identifiers=[{"ref": one.ref, "type": one.type} for one in project.other_identifiers],
        status=STATUS[project.status].value,
        starts_on=project.first_on,
        ends_on=project.last_on,
        titles=dict(project.title),
        summaries=dict(project.summary),
        histories=dict(project.history),
        modelled_on=dict(project.modelled_on),
        modelled_on_source=project.modelled_on_source,
        is_example=is_example,
        is_humanitarian=project.is_humanitarian,
        iom_type=project.iom_type,
        markers=[_marker(marker) for marker in project.markers],
        sectors=[_sector(sector) for sector in project.sectors],
        sdg_targets=list(project.sdg_targets),
        gcm_objectives=list(project.compact_objectives),
        default_service=project.default_service,
        cascades=[_cascade(cascade) for cascade in project.cascades],
    )


def _marker(marker: files.Marker) -> dict[str, str]:
    return {"vocabulary": marker.vocabulary, "code": marker.code, "significance": marker.significance}


def _sector(sector: files.Sector) -> dict[str, object]:
    return {
        "vocabulary": sector.vocabulary,
        "code": sector.code,
        "share": str(sector.share),
        "names": dict(sector.name),
    }


def _cascade(cascade: files.Cascade) -> dict[str, object]:
    steps = [{"service": step.service, "titles": dict(step.title)} for step in cascade.steps]
    return {"code": cascade.code, "titles": dict(cascade.title), "steps": steps}


def _load_partners_of(projects: list[files.Project], ids: dict[str, int]) -> Loaded:
    partners = dict(Partner.objects.values_list("code", "pk"))
    rows = [row for project in projects for row in _partners(project, ids[project.code], partners)]
    stored = ProjectPartner.objects.filter(project__code__in=_codes(projects))
    return bring_in_line(stored, rows, key=["project_id", "partner_id", "role", "agreement"], may_remove=True)


def _partners(project: files.Project, project_id: int, partners: dict[str, int]) -> Iterator[ProjectPartner]:
    """Donors with their agreements, then the others. A donor named again as funding partner is one donor."""
    for funding in project.funding:
        yield ProjectPartner(
            project_id=project_id,
            partner_id=partners[funding.donor],
            role=PartnerRole.FUNDING.value,
            agreement=funding.agreement,
            amount_usd=funding.amount_usd.quantize(CENT),
        )
    donors = {funding.donor for funding in project.funding}
    for other in project.partners:
        role = ROLE[other.role]
        if role != PartnerRole.FUNDING or other.partner not in donors:
            yield ProjectPartner(project_id=project_id, partner_id=partners[other.partner], role=role.value)


def _load_places_of(projects: list[files.Project], ids: dict[str, int]) -> Loaded:
    places = dict(Place.objects.values_list("code", "pk"))
    rows = [
        ProjectPlace(project_id=ids[project.code], place_id=places[code])
        for project in projects
        for code in project.places
    ]
    stored = ProjectPlace.objects.filter(project__code__in=_codes(projects))
    return bring_in_line(stored, rows, key=["project_id", "place_id"], may_remove=True)


def _load_money_of(projects: list[files.Project], ids: dict[str, int]) -> Loaded:
    rows = [year for project in projects for year in _years(project, ids[project.code])]
    stored = BudgetYear.objects.filter(project__code__in=_codes(projects))
    return bring_in_line(stored, rows, key=["project_id", "year"], may_remove=True)


def _years(project: files.Project, project_id: int) -> list[BudgetYear]:
    """The years of the file, or what was agreed spread over the days of the project."""
    if project.budget:
        return [_year(year, project_id) for year in project.budget]
    agreed = sum((funding.amount_usd.quantize(CENT) for funding in project.funding), Decimal(0))
    if not agreed:
        return []
    shares = split_by_year(agreed, project.first_on, project.last_on)
    return [BudgetYear(project_id=project_id, year=year, planned_usd=part) for year, part in shares.items()]


def _year(year: files.BudgetYear, project_id: int) -> BudgetYear:
    status = BudgetStatus.INDICATIVE if year.is_indicative else BudgetStatus.COMMITTED
    return BudgetYear(
        project_id=project_id,
        year=year.year,
        planned_usd=year.amount_usd.quantize(CENT),
        spent_usd=None if year.spent_usd is None else year.spent_usd.quantize(CENT),
        spent_until=year.spent_until,
        status=status.value,
        is_revised=year.is_revised,
    )


def _codes(projects: list[files.Project]) -> list[str]:
    return [project.code for project in projects]
