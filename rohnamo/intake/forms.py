"""What people give when they send a register."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from rohnamo.core.languages import in_language
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


def _offer(field: Any, choices: QuerySet[Any]) -> None:
    """The only choice there is, is made."""
    field.queryset = choices
    field.empty_label = pgettext("in an empty choice", "choose")
    listed = list(choices[:2])
    if len(listed) == 1:
        field.initial = listed[0].pk
        field.empty_label = None
