"""The plainest stored project, partner, service and user."""

from datetime import date

from rohnamo.places.models import Place
from rohnamo.projects.models import (
    Membership,
    Partner,
    PartnerRole,
    Project,
    ProjectPartner,
    Service,
    ThematicArea,
)
from rohnamo.staff.models import Role, User


def words(english: str) -> dict[str, str]:
    """A text in three languages that tells them apart."""
    return {"tg": f"{english} тҷ", "ru": f"{english} ру", "en": english}


def an_area(code: str = "health", order: int = 1) -> ThematicArea:
    return ThematicArea.objects.get_or_create(
        code=code, defaults={"order": order, "names": words(code.title())}
    )[0]


def a_project(code: str = "EX.01", **fields: object) -> Project:
    plain = {
        "area": an_area(),
        "status": "2",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2026, 12, 31),
        "titles": words(f"Project {code}"),
    }
    return Project.objects.create(code=code, **{**plain, **fields})


def a_partner(
    code: str, project: Project | None = None, role: PartnerRole = PartnerRole.IMPLEMENTING
) -> Partner:
    """An organisation, and its part in a project if one is named."""
    partner = Partner.objects.get_or_create(
        code=code, defaults={"names": words(code.title()), "kind": "own"}
    )[0]
    if project:
        ProjectPartner.objects.create(project=project, partner=partner, role=role.value)
    return partner


def a_service(code: str, *projects: Project, **fields: object) -> Service:
    plain = {"area": an_area(), "identity": "named", "names": words(code.title())}
    service = Service.objects.create(code=code, **{**plain, **fields})
    service.projects.set(projects)
    return service


def a_user(name: str, role: Role = Role.PROJECT_OFFICER, **fields: object) -> User:
    return User.objects.create(username=name, role=role, **fields)


def a_member(user: User, project: Project, role: Role = Role.PROJECT_OFFICER) -> Membership:
    return Membership.objects.create(user=user, project=project, role=role)


def a_place(code: str, english: str) -> Place:
    return Place.objects.create(code=code, level=2, names=words(english))
