"""What the mission undertakes, with whom, for how much, and who works on it."""

from rohnamo.projects.models.advice import Advice, AdviceStep, AdviceSubject, Step
from rohnamo.projects.models.area import AreaName, ThematicArea
from rohnamo.projects.models.deadline import Anchor, DeadlineDone, DonorRule
from rohnamo.projects.models.document import ProjectDocument
from rohnamo.projects.models.membership import Membership
from rohnamo.projects.models.mission import MissionProfile, MissionText, Publishing, TourLine
from rohnamo.projects.models.money import (
    ExchangeRate,
    Grant,
    MoneyMove,
    MoveKind,
    PlannedPayment,
    Recorded,
)
from rohnamo.projects.models.partner import Partner, PartnerKind, Source
from rohnamo.projects.models.project import (
    BudgetStatus,
    BudgetYear,
    PartnerRole,
    Project,
    ProjectPartner,
    ProjectPlace,
    Status,
)
from rohnamo.projects.models.risk import Alert, Decision, RiskAssessment, Support, SupportKind
from rohnamo.projects.models.service import Audience, Identity, Service

__all__ = [
    "Advice",
    "AdviceStep",
    "AdviceSubject",
    "Alert",
    "Anchor",
    "AreaName",
    "Audience",
    "BudgetStatus",
    "BudgetYear",
    "DeadlineDone",
    "Decision",
    "DonorRule",
    "ExchangeRate",
    "Grant",
    "Identity",
    "Membership",
    "MissionProfile",
    "MissionText",
    "MoneyMove",
    "MoveKind",
    "Partner",
    "PartnerKind",
    "PartnerRole",
    "PlannedPayment",
    "Project",
    "ProjectDocument",
    "ProjectPartner",
    "ProjectPlace",
    "Publishing",
    "Recorded",
    "RiskAssessment",
    "Service",
    "Source",
    "Status",
    "Step",
    "Support",
    "SupportKind",
    "ThematicArea",
    "TourLine",
]
