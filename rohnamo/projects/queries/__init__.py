"""How the mission, its projects and their people are read."""

from rohnamo.projects.queries.advice import AdviceState, advice_of, advice_steps_between, state_of
from rohnamo.projects.queries.books import MissingRate, Sums, rates
from rohnamo.projects.queries.cards import (
    Donor,
    Named,
    Participant,
    ProjectCard,
    YearOfMoney,
    project_card,
    with_card_parts,
)
from rohnamo.projects.queries.deadlines import Deadline, deadline_keys, deadlines, deadlines_of
from rohnamo.projects.queries.mission import areas_with_projects, profile, text, tour
from rohnamo.projects.queries.money import (
    BudgetPeriod,
    GrantMoney,
    PortfolioMoney,
    ProjectMoney,
    YearMoney,
    budget_periods,
    money_of,
    portfolio_money,
)
from rohnamo.projects.queries.projects import active_projects, by_code, members, new_code, visible_to
from rohnamo.projects.queries.services import (
    agreement_in_force,
    service_vocabulary,
    services_of,
    source_by_code,
)
from rohnamo.projects.queries.support import (
    Standing,
    alerts_of,
    assessments_of,
    services_supported,
    standings,
    supports_of,
    waiting_assessments,
)
from rohnamo.projects.rules import current_assessment, require_support_allowed, support_suspended

__all__ = [
    "AdviceState",
    "BudgetPeriod",
    "Deadline",
    "Donor",
    "GrantMoney",
    "MissingRate",
    "Named",
    "Participant",
    "PortfolioMoney",
    "ProjectCard",
    "ProjectMoney",
    "Standing",
    "Sums",
    "YearMoney",
    "YearOfMoney",
    "active_projects",
    "advice_of",
    "advice_steps_between",
    "agreement_in_force",
    "alerts_of",
    "areas_with_projects",
    "assessments_of",
    "budget_periods",
    "by_code",
    "current_assessment",
    "deadline_keys",
    "deadlines",
    "deadlines_of",
    "members",
    "money_of",
    "new_code",
    "portfolio_money",
    "profile",
    "project_card",
    "rates",
    "require_support_allowed",
    "service_vocabulary",
    "services_of",
    "services_supported",
    "source_by_code",
    "standings",
    "state_of",
    "support_suspended",
    "supports_of",
    "text",
    "tour",
    "visible_to",
    "waiting_assessments",
    "with_card_parts",
]
