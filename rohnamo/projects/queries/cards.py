"""A project as a page shows it: everything in one language, nothing left to ask the database for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from rohnamo.core.languages import in_language
from rohnamo.projects.models import PartnerRole, Project, ProjectPartner, ProjectPlace


@dataclass(frozen=True)
class Named:
    code: str
    name: str


@dataclass(frozen=True)
class Donor:
    code: str
    name: str
    agreement: str
    amount_usd: Decimal | None


@dataclass(frozen=True)
class Participant:
    """An organisation that does not pay. role: IATI organisation role, 2 to 4."""

    code: str
    name: str
    role: str


@dataclass(frozen=True)
class YearOfMoney:
    """spent_usd None: not reported; otherwise it is what was spent until `spent_until`."""

    year: int
    planned_usd: Decimal
    spent_usd: Decimal | None
    spent_until: date | None


@dataclass(frozen=True)
class ProjectCard:
    """modelled_on: "" for a project that is no example. districts: in the order of codes; some may be regions."""

    code: str
    title: str
    summary: str
    history: str
    area: Named
    status: str
    starts_on: date
    ends_on: date
    is_example: bool
    modelled_on: str
    modelled_on_source: str
    donors: tuple[Donor, ...]
    partners: tuple[Participant, ...]
    districts: tuple[Named, ...]
    services: tuple[Named, ...]
    money: tuple[YearOfMoney, ...]
    sdg_targets: tuple[str, ...]
    gcm_objectives: tuple[int, ...]

    @property
    def planned_usd(self) -> Decimal:
        return sum((year.planned_usd for year in self.money), Decimal(0))

    @property
    def spent_usd(self) -> Decimal:
        """What was reported as spent so far; years without a report add nothing."""
        return sum((year.spent_usd or Decimal(0) for year in self.money), Decimal(0))


def with_card_parts(projects: QuerySet[Project]) -> QuerySet[Project]:
    """The projects with all that their cards need: five queries, however many projects there are."""
    return projects.select_related("area").prefetch_related(*_parts())


def project_card(project: Project, language: str | None = None) -> ProjectCard:
    """The card of a project in a language, the active one if none is named.

    Takes no query for a project that came through `with_card_parts`, and at most five for any other.
    """
    prefetch_related_objects([project], *_parts())
    parts = list(project.partners.all())
    return ProjectCard(
        code=project.code,
        title=in_language(project.titles, language),
        summary=in_language(project.summaries, language),
        history=in_language(project.histories, language),
        area=Named(project.area.code, in_language(project.area.names, language)),
        status=project.status,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        is_example=project.is_example,
        modelled_on=in_language(project.modelled_on, language),
        modelled_on_source=project.modelled_on_source,
        donors=tuple(_donor(part, language) for part in parts if part.role == PartnerRole.FUNDING),
        partners=tuple(_participant(part, language) for part in parts if part.role != PartnerRole.FUNDING),
        districts=tuple(
            Named(part.place.code, in_language(part.place.names, language)) for part in project.places.all()
        ),
        services=tuple(
            Named(service.code, in_language(service.names, language)) for service in project.services.all()
        ),
        money=tuple(
            YearOfMoney(year.year, year.planned_usd, year.spent_usd, year.spent_until)
            for year in project.budget_years.all()
        ),
        sdg_targets=tuple(project.sdg_targets),
        gcm_objectives=tuple(project.gcm_objectives),
    )


def _parts() -> list[Prefetch[str] | str]:
    return [
        Prefetch(
            "partners", ProjectPartner.objects.select_related("partner").order_by("role", "partner__code")
        ),
        Prefetch("places", ProjectPlace.objects.select_related("place").order_by("place__code")),
        "budget_years",
        "services",
    ]


def _donor(part: ProjectPartner, language: str | None) -> Donor:
    name = in_language(part.partner.names, language)
    return Donor(part.partner.code, name, part.agreement, part.amount_usd)


def _participant(part: ProjectPartner, language: str | None) -> Participant:
    return Participant(part.partner.code, in_language(part.partner.names, language), part.role)
