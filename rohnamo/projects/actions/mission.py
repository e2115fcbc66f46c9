"""The whole mission from its files: everything that places and projects keep of it."""

from django.db import transaction

from rohnamo.core import audit
from rohnamo.core.missionfiles import Mission
from rohnamo.places import actions as places
from rohnamo.places.actions import Loaded
from rohnamo.projects.actions.advice import load_advice
from rohnamo.projects.actions.documents import load_documents
from rohnamo.projects.actions.money import load_money
from rohnamo.projects.actions.partners import load_partners, load_sources
from rohnamo.projects.actions.profile import load_areas, load_profile, load_texts, load_tour
from rohnamo.projects.actions.projects import load_projects
from rohnamo.projects.actions.services import load_services
from rohnamo.projects.actions.support_files import load_support


@transaction.atomic
def load_mission(mission: Mission, *, by: audit.Actor) -> Loaded:
    """Load all parts, those that others point at first. All of them, or none if one is refused.

    Loading the same mission again changes nothing, not even the log. Results frameworks, series and posts are
    loaded by the apps that keep them.
    """
    profile = mission.profile
    # The profile comes first: it refuses a second mission before anything of it is written.
    loaded = load_profile(profile)
    loaded += places.load(
        mission.places, mission.place_names, mission.crossings, small_cells=profile.small_cells
    )
    loaded += load_areas(mission.areas)
    loaded += load_partners(mission.partners)
    loaded += load_projects(mission.projects, is_example=profile.is_example)
    loaded += load_services(mission.services, mission.units)
    loaded += load_sources(mission.sources)
    loaded += load_money(mission)
    loaded += load_documents(mission.documents)
    loaded += load_support(mission)
    loaded += load_advice(mission.advice)
    loaded += load_texts({"welcome": mission.welcome})
    loaded += load_tour(mission.tour)
    if loaded.is_news:
        audit.record(by, "projects.load_mission", "projects.missionprofile", subject_id=profile.code)
    return loaded
