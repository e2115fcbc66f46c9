"""How the mission, its projects and their people are read."""

from rohnamo.projects.queries.cards import (
    Donor,
    Named,
    Participant,
    ProjectCard,
    YearOfMoney,
    project_card,
    with_card_parts,
)
from rohnamo.projects.queries.mission import areas_with_projects, profile, text, tour
from rohnamo.projects.queries.projects import active_projects, by_code, members, visible_to
from rohnamo.projects.queries.services import (
    agreement_in_force,
    service_vocabulary,
    services_of,
    source_by_code,
)

__all__ = [
    "Donor",
    "Named",
    "Participant",
    "ProjectCard",
    "YearOfMoney",
    "active_projects",
    "agreement_in_force",
    "areas_with_projects",
    "by_code",
    "members",
    "profile",
    "project_card",
    "service_vocabulary",
    "services_of",
    "source_by_code",
    "text",
    "tour",
    "visible_to",
    "with_card_parts",
]
