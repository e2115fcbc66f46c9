"""What is typed for a report: its period, its answers in words, and a donor's form in Word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rohnamo.core.languages import LANGUAGE_NAMES, in_language
from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.projects.models import Partner
from rohnamo.results.queries.donorreports import Form
from rohnamo.ui import words

LARGEST_TEMPLATE = 20_000_000


class PeriodForm(forms.Form):
    """Which period a new report is on: one of those of the project's framework."""

    period = forms.ChoiceField(
        label=_("Reporting period"), error_messages={"invalid_choice": _("Choose a period of the list.")}
    )

    def __init__(self, *args: Any, periods: list[Days], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.label, words.period(one)) for one in reversed(periods)]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]

    def days(self) -> Days:
        return parse_period(self.cleaned_data["period"])


class AnswersForm(forms.Form):
    """The donor's questions, answered in one language."""

    def __init__(self, *args: Any, asked: Form, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._most = {question.code: question.most_words for question in asked.questions}
        for question in asked.questions:
            self.fields[question.code] = forms.CharField(
                label=in_language(question.titles, language),
                help_text=_most_words(question.most_words),
                required=False,
                widget=forms.Textarea(attrs={"rows": 6, "lang": language}),
            )

    def clean(self) -> dict[str, Any]:
        for code, most in self._most.items():
            written = len(self.cleaned_data.get(code, "").split())
            if most and written > most:
                self.add_error(
                    code,
                    _("The donor takes %(most)d words; these are %(count)d. Shorten the answer.")
                    % {"most": most, "count": written},
                )
        return self.cleaned_data


class TemplateForm(forms.Form):
    """A Word file with places for our fields."""

    name = forms.CharField(label=_("Name of the form"), max_length=80)
    language = forms.ChoiceField(label=_("Language of the form"), choices=list(LANGUAGE_NAMES.items()))
    donor = forms.ModelChoiceField(queryset=Partner.objects.none(), label=_("Donor"), empty_label=None)
    file = forms.FileField(
        label=_("Word file (.docx)"),
        help_text=_(
            "Where a number or a text of the report shall stand, the file names it, as {{ project.title }}."
        ),
    )

    def __init__(self, *args: Any, donors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["donor"]
        field.queryset = donors
        field.label_from_instance = lambda donor: in_language(donor.names) or donor.code

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TEMPLATE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Leave pictures out of it."))
        content: bytes = file.read()
        return content


def _most_words(most: int | None) -> str:
    return (
        ngettext("At most %(count)d word.", "At most %(count)d words.", most) % {"count": most}
        if most
        else ""
    )
