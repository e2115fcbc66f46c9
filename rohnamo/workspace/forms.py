"""What is typed for a briefing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from rohnamo.staff.models import User
from rohnamo.workspace import rules
from rohnamo.workspace.queries.briefing import choices


class SubjectForm(forms.Form):
    """What the meeting is about."""

    about = forms.ChoiceField(label=_("What is the meeting about?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["about"]
        field.choices = [("", pgettext("in an empty choice", "choose")), *choices(user)]


class NoteForm(forms.Form):
    """A sentence for whoever goes there next."""

    words = forms.CharField(
        label=_("One sentence"),
        help_text=_("No names of people we serve."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    is_restricted = forms.BooleanField(label=_("Not to be said: only few read it"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rules.may_read_restricted(user):
            del self.fields["is_restricted"]
