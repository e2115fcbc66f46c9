"""The mission, its areas, and what it says about itself."""

from django.db.models import Prefetch, QuerySet

from rohnamo.core.languages import in_language
from rohnamo.projects.models import MissionProfile, MissionText, Project, ThematicArea, TourLine


def profile() -> MissionProfile | None:
    """The mission of this installation; None before `rohnamo init`."""
    return MissionProfile.objects.first()


def text(key: str, language: str | None = None) -> str:
    """A letter of the mission as Markdown, in a language or the next best one; "" if there is none."""
    return in_language(dict(MissionText.objects.filter(key=key).values_list("language", "text")), language)


def areas_with_projects() -> QuerySet[ThematicArea]:
    """Every area in the mission's order, with its projects and all the names it had. Three queries."""
    projects = Prefetch("projects", Project.objects.order_by("code"))
    return ThematicArea.objects.prefetch_related(projects, "all_names")


def tour() -> QuerySet[TourLine]:
    """What the mission says it does, in its order, with the areas."""
    return TourLine.objects.select_related("area")
