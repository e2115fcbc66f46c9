"""How projects and all that belongs to them change."""

from rohnamo.projects.actions.membership import add_member, remove_member
from rohnamo.projects.actions.mission import load_mission
from rohnamo.projects.actions.partners import load_partners, load_sources
from rohnamo.projects.actions.profile import load_areas, load_profile, load_texts, load_tour
from rohnamo.projects.actions.projects import load_projects
from rohnamo.projects.actions.services import load_services

__all__ = [
    "add_member",
    "load_areas",
    "load_mission",
    "load_partners",
    "load_profile",
    "load_projects",
    "load_services",
    "load_sources",
    "load_texts",
    "load_tour",
    "remove_member",
]
