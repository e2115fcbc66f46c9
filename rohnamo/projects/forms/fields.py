"""Fields that forms of projects share: days, amounts, words, and choices by name."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rohnamo.core.languages import in_language
from rohnamo.projects.models import Grant, Partner, ProjectDocument, Service

DAYS_AS_TYPED = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"]
CHOOSE = pgettext_lazy("in an empty choice", "choose")


class Day(forms.DateField):
    """A day, by the phone's own calendar or as people type it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault(
            "error_messages", {"required": _("Give the day."), "invalid": _("Give the day as 31.01.2026.")}
        )
        super().__init__(input_formats=DAYS_AS_TYPED, **kwargs)


class Amount(forms.DecimalField):
    """An amount with spaces between thousands and a comma or a point before the cents."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        kwargs.setdefault(
            "error_messages",
            {"required": _("Give the amount."), "invalid": _("Give the amount as a number: 1250.50.")},
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace("\u202f", "").replace(",", ".")
        return super().to_python(value)


class Words(forms.CharField):
    """A few sentences in the writer's language, kept as a dict of that language."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("error_messages", {"required": _("Write a sentence here.")})
        super().__init__(max_length=4000, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return {get_language() or "ru": text} if text else {}


class ByName(forms.ModelChoiceField[Any]):
    """One of the records offered, by its name in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", CHOOSE)
        kwargs.setdefault(
            "error_messages",
            {"required": _("Choose one of the list."), "invalid_choice": _("Choose one of the list.")},
        )
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Grant):
            return f"{obj.reference} · {in_language(obj.donor.names)}"
        if isinstance(obj, ProjectDocument):
            return in_language(obj.titles)
        if isinstance(obj, Partner | Service):
            return in_language(obj.names) or obj.code
        return str(obj)
