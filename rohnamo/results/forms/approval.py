"""What is decided about periods, one or many at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

STEPS = ("submit", "approve", "return", "reopen")
WANTS_REASON = frozenset({"return", "reopen"})


class NumbersField(forms.TypedMultipleChoiceField):
    """Numbers of lines, whichever they are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal()


class StepForm(forms.Form):
    """A step with its reason. periods: numbers of the ticked ones; shown: of all that stood on the page; all: take those.

    listed: what matches the filter now. Whatever came to match it after the page was read was seen by nobody, and what no
    longer matches was decided by somebody else: "all" takes neither.
    """

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    reason = forms.CharField(required=False, max_length=300)
    periods = forms.TypedMultipleChoiceField(coerce=int, required=False)
    shown = NumbersField(required=False)
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
        """Numbers of the periods that the step is for."""
        if not self.cleaned_data.get("all"):
            return list(self.cleaned_data.get("periods", []))
        shown = set(self.cleaned_data.get("shown", []))
        return [pk for pk in self._listed if pk in shown]
