"""Who may do what in a project's part of the workspace. What is public stands in figures, not here."""

from rohnamo.projects.rules.advice import NEXT_STEPS, may_record_advice, may_see_advice
from rohnamo.projects.rules.money import MAY_SEE_MONEY, may_record_money, may_see_money
from rohnamo.projects.rules.support import (
    MAY_SEE_SUPPORT,
    alerts_against,
    current_assessment,
    may_approve_support,
    may_assess,
    may_decide_assessment,
    may_lift_alert,
    may_see_support,
    require_support_allowed,
    support_suspended,
)
from rohnamo.projects.rules.visibility import (
    EDITORS,
    NO_PROJECT,
    OUTSIDE,
    Visitor,
    may_be_member,
    may_edit_project,
    may_import_for,
    may_see_project,
    visible_projects,
)

__all__ = [
    "EDITORS",
    "MAY_SEE_MONEY",
    "MAY_SEE_SUPPORT",
    "NEXT_STEPS",
    "NO_PROJECT",
    "OUTSIDE",
    "Visitor",
    "alerts_against",
    "current_assessment",
    "may_approve_support",
    "may_assess",
    "may_be_member",
    "may_decide_assessment",
    "may_edit_project",
    "may_import_for",
    "may_lift_alert",
    "may_record_advice",
    "may_record_money",
    "may_see_advice",
    "may_see_money",
    "may_see_project",
    "may_see_support",
    "require_support_allowed",
    "support_suspended",
    "visible_projects",
]
