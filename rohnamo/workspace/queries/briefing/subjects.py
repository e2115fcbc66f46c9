"""What a briefing can be about, and which of the reader's projects belong to it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from rohnamo.core.languages import in_language
from rohnamo.places.models import Crossing, Level, Place
from rohnamo.projects.models import Partner, PartnerRole, Project, Status, ThematicArea
from rohnamo.projects.queries import visible_to
from rohnamo.staff.models import User
from rohnamo.workspace.models import About

RUNNING = (Status.PIPELINE, Status.IMPLEMENTATION, Status.FINALISATION)
BORDERS = Q(area__code="borders")


@dataclass(frozen=True)
class Subject:
    """code: as in the table it comes from. names: in all languages. place: the district of it, if it is one or lies in one."""

    about: About
    code: str
    names: dict[str, str]
    place: str = ""


def choices(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds with what there is of each, as (value of the address, name), only where the reader has projects."""
    ours = visible_to(user)
    listed: dict[About, QuerySet[Any]] = {
        About.DISTRICT: Place.objects.filter(level=Level.DISTRICT),
        About.AREA: ThematicArea.objects.filter(projects__in=ours).distinct(),
        About.DONOR: Partner.objects.filter(
            projects__project__in=ours, projects__role=PartnerRole.FUNDING
        ).distinct(),
        About.PARTNER: Partner.objects.filter(projects__project__in=ours)
        .exclude(projects__role=PartnerRole.FUNDING)
        .distinct(),
        About.CROSSING: Crossing.objects.all(),
    }
    return [
        (
            str(about.label),
            sorted(
                ((f"{about.value}:{one.code}", in_language(one.names) or one.code) for one in found),
                key=lambda pair: pair[1],
            ),
        )
        for about, found in listed.items()
    ]


def subject(value: str) -> Subject | None:
    """What an address asks for ("district:TJ-KT-kulob"); None when there is no such thing."""
    kind, _colon, code = value.partition(":")
    if kind not in About.values:
        return None
    about = About(kind)
    if about is About.DISTRICT:
        place = Place.objects.filter(code=code, level=Level.DISTRICT).first()
        return Subject(about, code, place.names, code) if place else None
    if about is About.AREA:
        area = ThematicArea.objects.filter(code=code).first()
        return Subject(about, code, area.names) if area else None
    if about is About.CROSSING:
        crossing = Crossing.objects.filter(code=code).select_related("place").first()
        return Subject(about, code, crossing.names, crossing.place.code) if crossing else None
    partner = Partner.objects.filter(code=code).first()
    return Subject(about, code, partner.names) if partner else None


def projects_of(asked: Subject, user: User) -> QuerySet[Project]:
    """The reader's projects that are not closed and belong to it, in the order of codes."""
    conditions = {
        About.DISTRICT: Q(places__place__code=asked.code),
        About.AREA: Q(area__code=asked.code),
        About.DONOR: Q(partners__partner__code=asked.code, partners__role=PartnerRole.FUNDING),
        About.PARTNER: Q(partners__partner__code=asked.code),
        About.CROSSING: Q(places__place__code=asked.place) & BORDERS,
    }
    running = visible_to(user).filter(conditions[asked.about], status__in=RUNNING)
    return Project.objects.filter(pk__in=running.values("pk")).order_by("code")
