"""How projects and all that belongs to them change."""

from rohnamo.projects.actions.advice import ask_advice, load_advice, record_step, strike_step
from rohnamo.projects.actions.deadlines import mark_done, unmark_done
from rohnamo.projects.actions.documents import load_documents
from rohnamo.projects.actions.membership import add_member, remove_member
from rohnamo.projects.actions.mission import load_mission
from rohnamo.projects.actions.money import load_money
from rohnamo.projects.actions.moves import record_move, record_rate, reverse_move
from rohnamo.projects.actions.partners import load_partners, load_sources
from rohnamo.projects.actions.profile import load_areas, load_profile, load_texts, load_tour
from rohnamo.projects.actions.projects import load_projects
from rohnamo.projects.actions.services import load_services
from rohnamo.projects.actions.support import (
    approve_support,
    assess,
    decide_assessment,
    lift_alert,
    raise_alert,
)
from rohnamo.projects.actions.support_files import load_support

__all__ = [
    "add_member",
    "approve_support",
    "ask_advice",
    "assess",
    "decide_assessment",
    "lift_alert",
    "load_advice",
    "load_areas",
    "load_documents",
    "load_mission",
    "load_money",
    "load_partners",
    "load_profile",
    "load_projects",
    "load_services",
    "load_sources",
    "load_support",
    "load_texts",
    "load_tour",
    "mark_done",
    "raise_alert",
    "record_move",
    "record_rate",
    "record_step",
    "remove_member",
    "reverse_move",
    "strike_step",
    "unmark_done",
]
