"""A piece of advice, its next step, striking one out."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rohnamo.projects.forms.fields import ByName, Day, Words
from rohnamo.projects.forms.money import CHOSEN
from rohnamo.projects.models import AdviceSubject, Partner, PartnerRole, Project, ProjectDocument, Step
from rohnamo.projects.queries import new_code


class AdviceForm(forms.Form):
    """That a partner asked for advice."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    asked_by = ByName(queryset=Partner.objects.none(), label=_("Who asked"))
    subject = forms.ChoiceField(
        label=pgettext_lazy("of advice", "About"), choices=AdviceSubject.choices, error_messages=CHOSEN
    )
    title = Words(label=_("In one sentence"), rows=2)
    day = Day(label=_("Day it was asked for"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = new_code(project)
        self.fields["day"].initial = timezone.localdate()
        asking: Any = self.fields["asked_by"]
        donors = PartnerRole.FUNDING.value
        asking.queryset = Partner.objects.filter(
            projects__in=project.partners.exclude(role=donors)
        ).distinct()


class StepForm(forms.Form):
    """The next step of a piece of advice."""

    step = forms.ChoiceField(label=_("What happened"), error_messages=CHOSEN)
    day = Day(label=_("Day"))
    document = ByName(queryset=ProjectDocument.objects.none(), label=_("Document"), required=False)
    note = Words(label=pgettext_lazy("of a step", "Note"), required=False, rows=2)

    def __init__(self, *args: Any, project: Project, steps: tuple[Step, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
        step: Any = self.fields["step"]
        step.choices = [(one.value, one.label) for one in steps]
        document: Any = self.fields["document"]
        document.queryset = project.documents.all()


class StrikeForm(forms.Form):
    """Why the last step is struck out."""

    reason = forms.CharField(
        label=pgettext_lazy("of a deed", "Why"),
        max_length=300,
        error_messages={"required": _("Say why the step is struck out.")},
    )
