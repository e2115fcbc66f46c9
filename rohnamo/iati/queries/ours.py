"""Our projects as IATI activities: from the project, its money and its published figures, never from records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core.errors import Refused
from rohnamo.engines.iati.activity import (
    Activity,
    Location,
    Marker,
    OtherIdentifier,
    Participant,
    Sector,
    Share,
    Tag,
)
from rohnamo.engines.iati.codes import is_code
from rohnamo.engines.iati.writing import element_of
from rohnamo.engines.iati.xml import Element
from rohnamo.iati.queries import money, numbers, words
from rohnamo.iati.queries.identity import USUAL_CURRENCY, USUAL_LANGUAGE, Identity, identity, organisation
from rohnamo.iati.queries.profiles import Profile
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import PartnerRole, Project, ProjectPartner, ProjectPlace, Status
from rohnamo.projects.models.money import MoneyMove, PlannedPayment

DAC, SDG_GOAL, SDG_TARGET, OWN, OWN_AREAS = "1", "2", "3", "99", "98"
PARENT, CHILD = "1", "2"
FEATURES = {Level.REGION: "ADM1", Level.DISTRICT: "ADM2"}
GENERAL, OBJECTIVES, TARGET_GROUPS, OTHER = "1", "2", "3", "4"
PLANNED_START, START, PLANNED_END, END = "1", "2", "3", "4"


@dataclass(frozen=True)
class Ours:
    """A project of ours beside its activity. silent: indicators of which some ended period was never published."""

    project: Project
    activity: Activity
    silent: tuple[str, ...] = ()

    @property
    def element(self) -> Element:
        """Raises NotWritable where the project lacks what the standard needs."""
        return element_of(self.activity)


def activities(profile: Profile, *, now: datetime | None = None) -> Iterator[Ours]:
    """The activities of a profile, in the order of codes. The number of queries does not grow with projects.

    Raises Refused before the mission is set up.
    """
    who = identity()
    if who is None:
        raise Refused(_("The mission has no IATI prefix yet. Set it in the mission's profile."))
    projects = list(_with_all(profile.projects()))
    names = dict(Place.objects.values_list("code", "names"))
    shelf = numbers.shelf([project.code for project in projects], names)
    for project in projects:
        yield _Writer(who, profile, shelf, now or timezone.now()).ours(project)


def _with_all(projects: Iterable[Project]) -> Iterable[Project]:
    partners = Prefetch("partners", ProjectPartner.objects.select_related("partner").order_by("role", "pk"))
    places = Prefetch("places", ProjectPlace.objects.select_related("place__parent").order_by("place__code"))
    moves = Prefetch(
        "moves",
        MoneyMove.objects.select_related("provider", "receiver", "grant__donor").order_by("day", "code"),
    )
    payments = Prefetch(
        "planned_payments", PlannedPayment.objects.select_related("provider", "receiver", "grant__donor")
    )
    return projects.select_related("area", "parent").prefetch_related(  # type: ignore[attr-defined,no-any-return]
        partners, places, moves, payments, "grants__donor", "documents", "budget_years", "children"
    )


@dataclass(frozen=True)
class _Writer:
    who: Identity
    profile: Profile
    shelf: numbers.Shelf
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def ours(self, project: Project) -> Ours:
        activity = self._activity(project)
        return Ours(project, activity, tuple(dict.fromkeys(self.shelf.silent.get(project.code, ()))))

    def _activity(self, project: Project) -> Activity:
        places = tuple(_location(one.place) for one in project.places.all())
        locations = frozenset(one.ref for one in places)
        return Activity(
            identifier=self.who.identifier(project.code),
            reporting=self.who.reporting,
            titles=project.titles,
            descriptions=_descriptions(project),
            participants=_participants(project),
            status=project.status,
            days=self._days(project),
            language=USUAL_LANGUAGE,
            currency=USUAL_CURRENCY,
            updated_at=self._updated_at(project),
            is_secondary=not self.who.is_publisher,
            is_humanitarian=project.is_humanitarian,
            other_identifiers=(*_formerly(project), *self.who.former),
            contact=self.who.contact,
            scope=project.scope,
            countries=_countries(project, self.who.country),
            locations=places,
            sectors=_sectors(project),
            tags=_tags(project),
            markers=_markers(project),
            defaults=money.defaults(project.grants.all()),
            budgets=money.budgets(project),
            planned=money.planned(project, donor=self.profile.donor),
            transactions=money.transactions(project, until=self.today, donor=self.profile.donor),
            documents=money.documents(project.documents.all()),
            related=self._related(project),
            results=numbers.results(
                project.code, self.shelf, way=self.profile.way, today=self.today, locations=locations
            ),
        )

    def _days(self, project: Project) -> dict[str, date]:
        days = {PLANNED_START: project.starts_on, PLANNED_END: project.ends_on}
        if project.starts_on <= self.today and project.status != Status.PIPELINE:
            days[START] = project.starts_on
        if project.ends_on <= self.today and project.status == Status.CLOSED:
            days[END] = project.ends_on
        return days

    def _updated_at(self, project: Project) -> datetime:
        """When something published of the project last changed, as far as anybody wrote that down."""
        released = [one.released_at for one in numbers.last_published(project.code, self.shelf)]
        recorded = [one.recorded_at for one in project.moves.all() if one.recorded_at]
        return min(max([*released, *recorded], default=self.now), self.now).replace(microsecond=0)

    def _related(self, project: Project) -> tuple[tuple[str, str], ...]:
        above = [(PARENT, self.who.identifier(project.parent.code))] if project.parent else []
        below = [(CHILD, self.who.identifier(one.code)) for one in project.children.all()]
        return (*above, *below)


def _descriptions(project: Project) -> dict[str, dict[str, str]]:
    """An activity must have one: where nothing was written about a project, its title says what it is."""
    return {
        GENERAL: project.summaries or project.titles,
        OBJECTIVES: project.objectives,
        TARGET_GROUPS: project.target_groups,
        OTHER: project.modelled_on,
    }


def _participants(project: Project) -> tuple[Participant, ...]:
    of_donors = {one.donor_id: one.donor_activity_id for one in project.grants.all()}
    return tuple(
        Participant(
            one.role,
            organisation(
                one.partner, of_donors.get(one.partner_id, "") if one.role == PartnerRole.FUNDING else ""
            ),
        )
        for one in project.partners.all()
    )


def _formerly(project: Project) -> tuple[OtherIdentifier, ...]:
    return tuple(OtherIdentifier(one["ref"], one["type"]) for one in project.other_identifiers)


def _countries(project: Project, own: str) -> tuple[Share, ...]:
    listed = project.countries
    if len(listed) < 2:
        return (Share(listed[0]["code"] if listed else own),)
    return tuple(Share(one["code"], Decimal(str(one["share"]))) for one in listed)


def _location(place: Place) -> Location:
    has_point = place.latitude is not None and place.longitude is not None
    country = place.code.split("-")[0]
    return Location(
        ref=place.code,
        names=place.names,
        latitude=place.latitude,
        longitude=place.longitude,
        administrative=() if has_point else (("A4", country, 0),),
        feature=FEATURES.get(Level(place.level), ""),
    )


def _sectors(project: Project) -> tuple[Sector, ...]:
    own = _own_codes()
    written = [
        Sector(
            one["vocabulary"],
            one["code"],
            Decimal(str(one["share"])) if one.get("share") is not None else None,
            one.get("names") or {} if one["vocabulary"] in {OWN, OWN_AREAS} else {},
            own if one["vocabulary"] in {OWN, OWN_AREAS} else "",
        )
        for one in project.sectors
    ]
    if project.area.iom_area_code and not any(one.vocabulary == OWN_AREAS for one in written):
        area = Sector(OWN_AREAS, project.area.iom_area_code, Decimal(100), project.area.names, own)
        written.append(area)
    return tuple(written)


def _tags(project: Project) -> tuple[Tag, ...]:
    goals = dict.fromkeys(target.split(".")[0] for target in project.sdg_targets)
    return (
        *(Tag(SDG_GOAL, goal) for goal in goals if is_code(goal, "UNSDG-Goals")),
        *(Tag(SDG_TARGET, target) for target in project.sdg_targets),
        *(Tag(OWN, f"GCM-{one}", words.objective(one), _own_codes()) for one in project.gcm_objectives),
    )


def _markers(project: Project) -> tuple[Marker, ...]:
    return tuple(
        Marker(OWN, one["code"], names=words.gender_marker(one["code"]), uri=_own_codes())
        if one["vocabulary"] == OWN
        else Marker(one["vocabulary"], one["code"], str(one.get("significance", "")))
        for one in project.markers
    )


def _own_codes() -> str:
    """Where our own codes are explained: an address on the public site, "" while it has none."""
    return f"{settings.ORIGIN}/iati/codes/" if settings.ORIGIN else ""
