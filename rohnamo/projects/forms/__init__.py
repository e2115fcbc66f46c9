"""What people type about money, support and advice."""

from rohnamo.projects.forms.advice import AdviceForm, StepForm, StrikeForm
from rohnamo.projects.forms.money import MoveForm, RateForm, ReverseForm
from rohnamo.projects.forms.support import AlertForm, ApprovalForm, AssessmentForm, DecisionForm, LiftForm

__all__ = [
    "AdviceForm",
    "AlertForm",
    "ApprovalForm",
    "AssessmentForm",
    "DecisionForm",
    "LiftForm",
    "MoveForm",
    "RateForm",
    "ReverseForm",
    "StepForm",
    "StrikeForm",
]
