"""What the mission undertakes, with whom, and who works on it."""

from rohnamo.projects.models.area import AreaName, ThematicArea
from rohnamo.projects.models.membership import Membership
from rohnamo.projects.models.mission import MissionProfile, MissionText, TourLine
from rohnamo.projects.models.partner import Partner, PartnerKind, Source
from rohnamo.projects.models.project import (
    BudgetYear,
    PartnerRole,
    Project,
    ProjectPartner,
    ProjectPlace,
    Status,
)
from rohnamo.projects.models.service import Audience, Identity, Service

__all__ = [
    "AreaName",
    "Audience",
    "BudgetYear",
    "Identity",
    "Membership",
    "MissionProfile",
    "MissionText",
    "Partner",
    "PartnerKind",
    "PartnerRole",
    "Project",
    "ProjectPartner",
    "ProjectPlace",
    "Service",
    "Source",
    "Status",
    "ThematicArea",
    "TourLine",
]
