"""The plainest valid records that tests of people and of the floors above begin with. Everybody is made up."""

from datetime import date
from itertools import count

from rohnamo.places.models import Level, Place
from rohnamo.projects.models import Audience, Identity, Membership, Project, Service, Source, ThematicArea
from rohnamo.staff.models import Role, User

_numbers = count(1)


def make_area() -> ThematicArea:
    number = next(_numbers)
    return ThematicArea.objects.create(code=f"area-{number}", order=number, names={"en": f"Area {number}"})


def make_project(code: str = "", *, area: ThematicArea | None = None) -> Project:
    return Project.objects.create(
        code=code or f"EX.{next(_numbers) + 100}",
        area=area or make_area(),
        status="2",
        starts_on=date(2024, 1, 1),
        ends_on=date(2027, 12, 31),
        titles={"en": "Example"},
    )


def make_source(code: str = "", *, has_agreement: bool = True) -> Source:
    return Source.objects.create(
        code=code or f"source-{next(_numbers)}",
        names={"en": "Source"},
        agreement="EX-DSA" if has_agreement else "",
        valid_from=date(2020, 1, 1) if has_agreement else None,
        valid_to=date(2040, 1, 1) if has_agreement else None,
    )


def make_service(
    code: str = "",
    *,
    identity: Identity = Identity.NAMED,
    audience: Audience = Audience.PERSONS,
    words: tuple[str, ...] = (),
) -> Service:
    return Service.objects.create(
        code=code or f"service-{next(_numbers)}",
        area=make_area(),
        identity=identity,
        audience=audience,
        names={"en": code or "Service"},
        words=list(words),
    )


def make_place(code: str = "TJ-KT-kulob", **names: str) -> Place:
    return Place.objects.create(
        code=code, level=Level.DISTRICT, names=names or {"tg": "Кӯлоб", "ru": "Куляб", "en": "Kulob"}
    )


def make_user(*projects: Project, role: Role = Role.PROJECT_OFFICER, **fields: object) -> User:
    user = User.objects.create(username=f"user-{next(_numbers)}", role=role, **fields)
    for project in projects:
        Membership.objects.create(user=user, project=project, role=role)
    return user
