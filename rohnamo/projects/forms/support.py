"""Risk assessments and their decision, alerts and lifting them, approval of support."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rohnamo.projects import queries
from rohnamo.projects.forms.fields import ByName, Day, Words
from rohnamo.projects.forms.money import CHOSEN
from rohnamo.projects.models import Decision, Partner, Project, Service, SupportKind
from rohnamo.projects.queries import new_code

NO_PERSON = _("Never the name of a person.")


class AssessmentForm(forms.Form):
    """Human-rights due diligence for one service in one project."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    partner = ByName(queryset=Partner.objects.none(), label=pgettext_lazy("security service", "Service"))
    supports = forms.MultipleChoiceField(
        label=_("What is to be given"),
        choices=SupportKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one at least."), "invalid_choice": _("Choose from the list.")},
    )
    forces = Words(label=_("Which units get it"), help_text=NO_PERSON, rows=2)
    risks = Words(
        label=_("What could go wrong, and how likely it is"),
        help_text=_(
            "Think of those whom the service meets: could they be sent back, watched, hurt, asked for money?"
        ),
        rows=5,
    )
    measures = Words(label=_("What is done against it"), rows=5)
    mechanism = Words(
        label=_("What was read and who was asked"), help_text=_("Reports and bodies, not persons."), rows=3
    )
    valid_from = Day(label=_("Holds from"))
    valid_to = Day(label=_("Day of review"), help_text=_("A year later at most."))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = new_code(project)
        _offer(self.fields["partner"], queries.services_supported(project))


class DecisionForm(forms.Form):
    """What the second person says."""

    decision = forms.ChoiceField(
        label=pgettext_lazy("on an assessment", "Decision"),
        choices=[(one.value, one.label) for one in (Decision.APPROVED, Decision.REFUSED)],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    reason = Words(label=pgettext_lazy("of a deed", "Why"), required=False, help_text=_("Needed to refuse."))


class ApprovalForm(forms.Form):
    """Support to a service, on the ground of its assessment."""

    partner = ByName(queryset=Partner.objects.none(), label=pgettext_lazy("security service", "Service"))
    kind = forms.ChoiceField(label=_("What is given"), choices=SupportKind.choices, error_messages=CHOSEN)
    starts_on = Day(label=_("First day"))
    ends_on = Day(label=_("Last day"), help_text=_("Not after the review of the risk assessment."))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["partner"], queries.services_supported(project))


class AlertForm(forms.Form):
    """Something heard that stops support at once."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    partner = ByName(queryset=Partner.objects.none(), label=pgettext_lazy("security service", "Service"))
    day = Day(label=_("Day it happened or was heard"))
    what = Words(label=_("What was heard"), help_text=NO_PERSON)
    source = Words(
        label=_("From what kind of source"),
        help_text=_("For example: a complaint, an open report. No names."),
        rows=1,
    )
    service = ByName(
        queryset=Service.objects.none(),
        label=_("Only this activity"),
        required=False,
        help_text=_("Empty stops all support to the service."),
    )
    in_all_projects = forms.BooleanField(label=_("Stop it in all projects"), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = new_code(project)
        self.fields["day"].initial = timezone.localdate()
        _offer(self.fields["partner"], queries.services_supported(project))
        _offer(self.fields["service"], queries.services_of(project))


class LiftForm(forms.Form):
    """Why support may go on."""

    reason = Words(label=_("Why support may go on"))


def _offer(field: Any, choices: Any) -> None:
    field.queryset = choices
