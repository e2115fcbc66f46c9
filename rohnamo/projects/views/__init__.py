"""Pages of a project's money, of support to services, of advice."""

from rohnamo.projects.views.advice import advice, advice_list, ask_advice, strike
from rohnamo.projects.views.money import (
    mark_deadline,
    money,
    portfolio,
    record_move,
    record_rate,
    reverse_move,
)
from rohnamo.projects.views.support import approve_support, assess, decide, lift, raise_alert, support

__all__ = [
    "advice",
    "advice_list",
    "approve_support",
    "ask_advice",
    "assess",
    "decide",
    "lift",
    "mark_deadline",
    "money",
    "portfolio",
    "raise_alert",
    "record_move",
    "record_rate",
    "reverse_move",
    "strike",
    "support",
]
