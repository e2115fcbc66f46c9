"""Profiles: which projects go into a file, and how its numbers are written."""

from dataclasses import dataclass

from django.db.models import QuerySet

from rohnamo.core.errors import WrongData
from rohnamo.iati.models import DonorWay, Way
from rohnamo.projects.models import Partner, PartnerRole, Project

FULL = Way.DIMENSIONS.value


@dataclass(frozen=True)
class Profile:
    """name: as it is asked for. donor: code of the organisation whose projects these are; "" for all of them."""

    name: str
    way: Way
    donor: str = ""

    def projects(self) -> QuerySet[Project]:
        """The projects that belong into the file, in the order of codes."""
        listed = Project.objects.order_by("code")
        if not self.donor:
            return listed
        return listed.filter(
            partners__role=PartnerRole.FUNDING, partners__partner__code=self.donor
        ).distinct()


def profile(name: str = "") -> Profile:
    """By its name: a way, or the code of a donor. Raises WrongData that names those there are."""
    name = name or FULL
    found = {one.name: one for one in profiles()}.get(name)
    if found is None:
        raise WrongData(
            f"There is no profile {name!r}. Known profiles: {', '.join(one.name for one in profiles())}."
        )
    return found


def profiles() -> list[Profile]:
    """The three ways for all projects, then one profile for each donor."""
    return [Profile(way.value, way) for way in Way] + [
        Profile(code, way, code) for code, way in ways_of_donors().items()
    ]


def donors() -> QuerySet[Partner]:
    """Organisations that pay for a project."""
    paying = Partner.objects.filter(projects__role=PartnerRole.FUNDING)
    return paying.distinct().order_by("code")


def ways_of_donors() -> dict[str, Way]:
    """Code of a donor → what it can read."""
    chosen = {one.partner.code: Way(one.way) for one in DonorWay.objects.select_related("partner")}
    return {donor.code: chosen.get(donor.code, Way.DIMENSIONS) for donor in donors()}
