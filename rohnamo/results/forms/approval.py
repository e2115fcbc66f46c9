"""What is decided about periods, one or many at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

STEPS = ("submit", "approve", "return", "reopen")
WANTS_REASON = frozenset({"return", "reopen"})


class StepForm(forms.Form):
    """A step with its reason. periods: numbers of the ticked ones; all: everything that the filter shows."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    reason = forms.CharField(required=False, max_length=300)
    periods = forms.TypedMultipleChoiceField(coerce=int, required=False)
    all = forms.BooleanField(required=False)

    def __init__(self, *args: Any, listed: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["periods"].choices = [(str(pk), str(pk)) for pk in listed]  # type: ignore[attr-defined]
        self._listed = listed

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("step") in WANTS_REASON and not given.get("reason", "").strip():
            self.add_error("reason", _("Write the reason in a few words."))
        if not self.chosen():
            self.add_error("periods", _("Tick at least one line."))
        return given

    def chosen(self) -> list[int]:
        return self._listed if self.cleaned_data.get("all") else self.cleaned_data.get("periods", [])
