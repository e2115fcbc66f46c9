"""What people give when they send a register."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from rohnamo.core.languages import in_language
from rohnamo.intake.models import Every
from rohnamo.intake.queries.uploads import upload_choices
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import User

KINDS_OF_FILE = ".xlsx,.xls,.csv,.txt"


class ProjectChoice(forms.ModelChoiceField[Project]):
    def label_from_instance(self, one: Any) -> str:
        return f"{one.code} · {in_language(one.titles)}"


class SourceChoice(forms.ModelChoiceField[Source]):
    def label_from_instance(self, one: Any) -> str:
        return in_language(one.names) or str(one.code)


class UploadForm(forms.Form):
    """A register, the project it belongs to, and who sends it: only what the user may choose."""

    file = forms.FileField(
        label=pgettext_lazy("of a register", "File"),
        help_text=_(
            "An Excel or CSV file. Titles, order of columns, languages and dates may be as they are."
        ),
        widget=forms.FileInput(attrs={"accept": KINDS_OF_FILE}),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("The file is empty. Save the register again and send that file."),
        },
    )
    project = ProjectChoice(
        queryset=Project.objects.none(),
        label=_("Project"),
        error_messages={
            "required": _("Choose the project."),
            "invalid_choice": _("Choose a project of the list."),
        },
    )
    source = SourceChoice(
        queryset=Source.objects.none(),
        label=_("Who sends the register"),
        help_text=_("Where no data agreement is in force, only counts are taken and every name is dropped."),
        error_messages={
            "required": _("Choose the sender."),
            "invalid_choice": _("Choose a sender of the list."),
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects, sources = upload_choices(user)
        _offer(self.fields["project"], projects.order_by("code"))
        _offer(self.fields["source"], sources)


class UndoForm(forms.Form):
    """Why a register is taken back. numbers: what somebody saw before they said yes; empty at the first step."""

    reason = forms.CharField(
        label=_("Why is the register taken back?"),
        help_text=_("One sentence, without names. It is kept with the register, encrypted."),
        min_length=3,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence why the register is taken back.")},
    )
    numbers = forms.CharField(required=False, widget=forms.HiddenInput())


class WholeBackForm(forms.Form):
    """The sentence with which a whole register goes back."""

    words = forms.CharField(
        label=_("What is to be corrected?"),
        help_text=_("One sentence, without names: the sender reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence what is to be corrected.")},
    )


class RowsBackForm(WholeBackForm):
    """Rows that go back, and what is wrong with them."""

    rows = forms.CharField(
        label=pgettext_lazy("of a register", "Rows"),
        help_text=_("Numbers as in the sheet: 4, 7, 9–12."),
        error_messages={"required": _("Write the numbers of rows of this register, as in 4, 7, 9–12.")},
    )
    field_order = ("rows", "words")


class RhythmForm(forms.Form):
    """When a sender's registers for a project are due."""

    source = SourceChoice(queryset=Source.objects.none(), label=pgettext_lazy("of a register", "Sender"))
    every = forms.ChoiceField(label=pgettext_lazy("of a register", "How often"), choices=Every.choices)
    due_day = forms.IntegerField(
        label=pgettext_lazy("of a register", "Days after the period"),
        help_text=_("10 means: on the tenth day after the month or quarter has ended."),
        min_value=1,
        max_value=60,
        initial=10,
    )
    since = forms.DateField(
        label=pgettext_lazy("of a register", "Since"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, sources: QuerySet[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["source"], sources)


def _offer(field: Any, choices: QuerySet[Any]) -> None:
    """The only choice there is, is made."""
    field.queryset = choices
    field.empty_label = pgettext("in an empty choice", "choose")
    listed = list(choices[:2])
    if len(listed) == 1:
        field.initial = listed[0].pk
        field.empty_label = None
