"""A movement of money, taking one back, a rate."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rohnamo.projects.forms.fields import Amount, ByName, Day, Words
from rohnamo.projects.models import Grant, MissionProfile, MoveKind, Partner, Project
from rohnamo.projects.queries import new_code

CHOSEN = {
    "required": _("Choose one of the list."),
    "invalid_choice": _("Choose one of the list."),
}


class MoveForm(forms.Form):
    """One movement of money of a project. The hidden code makes sending it twice harmless."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    kind = forms.ChoiceField(label=_("What happened"), choices=MoveKind.choices, error_messages=CHOSEN)
    day = Day(label=_("Day"))
    value = Amount(label=pgettext_lazy("of money", "Amount"), max_digits=14, decimal_places=2)
    currency = forms.ChoiceField(label=pgettext_lazy("of money", "Currency"), error_messages=CHOSEN)
    grant = ByName(
        queryset=Grant.objects.none(), label=pgettext_lazy("of money", "Agreement"), required=False
    )
    partner = ByName(
        queryset=Partner.objects.none(),
        label=_("Paid to"),
        required=False,
        help_text=_("Only where a partner gets the money. Never the name of a person."),
    )
    description = Words(label=_("What for"), required=False, rows=2)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].initial = new_code(project)
        self.fields["kind"].initial = MoveKind.EXPENDITURE.value
        self.fields["day"].initial = timezone.localdate()
        grants = Grant.objects.filter(project=project).select_related("donor")
        _offer(self.fields["grant"], grants)
        _offer(self.fields["partner"], Partner.objects.filter(projects__project=project).distinct())
        named = [grant.currency for grant in grants]
        mission = MissionProfile.objects.values_list("currencies", flat=True).first() or []
        listed = list(dict.fromkeys(["USD", *mission, *named]))
        _choose(self.fields["currency"], [(code, code) for code in listed])


class ReverseForm(forms.Form):
    """Taking a movement back."""

    day = Day(label=_("Day"))
    reason = forms.CharField(
        label=pgettext_lazy("of a deed", "Why"),
        max_length=300,
        error_messages={"required": _("Say why the movement is taken back.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()


class RateForm(forms.Form):
    """What one unit of a currency is worth on a day."""

    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=pgettext_lazy("of money", "Currency"),
        help_text=_("Three letters, as EUR or TJS."),
        error_messages={"required": _("Give the currency."), "invalid": _("Give three capital letters.")},
    )
    day = Day(label=_("Day"))
    usd_per_unit = Amount(
        label=_("US dollars for one unit"),
        max_digits=18,
        decimal_places=9,
        help_text=_("For example 1.0840."),
    )
    source = forms.CharField(
        label=pgettext_lazy("of a rate", "Source"),
        max_length=200,
        error_messages={"required": _("Say where the rate is from.")},
    )


def _offer(field: Any, choices: Any) -> None:
    field.queryset = choices


def _choose(field: Any, choices: list[tuple[str, str]]) -> None:
    field.choices = choices
