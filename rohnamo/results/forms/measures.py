"""How an indicator is measured, as somebody fills it in: first the way, then what that way needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import Identity, Service
from rohnamo.results.forms.frameworks import DAYS, reason_field
from rohnamo.results.models import Count
from rohnamo.ui import words

WAYS = ("counted", "percent", "typed", "words")
NUMERATOR, DENOMINATOR = "numerator", "denominator"
OLDEST = 120


def way_words(way: str) -> str:
    return {
        "counted": _("Counted from what was done"),
        "percent": _("A share: one counted number of another, in per cent"),
        "typed": _("A number that the project reports"),
        "words": _("Told in words"),
    }[way]


class MeasureForm(forms.Form):
    """The measure of one way. replans: whether it begins on a day and needs a reason."""

    def __init__(self, *args: Any, way: str, replans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way, self.replans = way, replans
        parts = {"counted": [""], "percent": [NUMERATOR, DENOMINATOR]}.get(way, [])
        services, places = _services(), _places()
        for part in parts:
            chosen = (self.initial or {}).get(f"{_of(part)}services") or []
            self._add_part(part, sorted(services, key=lambda one: one[0] not in chosen), places)
        if replans:
            self.fields["valid_from"] = forms.DateField(
                label=_("Counts from"),
                input_formats=DAYS,
                help_text=_("The day from which the donor agreed to it."),
            )
        self.fields["reason"] = reason_field(required=replans)

    @property
    def measure_counts(self) -> bool:
        """Whether it says what it would count today."""
        return self.way in {"counted", "percent"}

    def measure(self) -> dict[str, Any]:
        if self.way == "counted":
            return self._part("")
        if self.way == "percent":
            return {"way": "percent", NUMERATOR: self._part(NUMERATOR), DENOMINATOR: self._part(DENOMINATOR)}
        return {"way": self.way}

    def clean(self) -> dict[str, Any]:
        for part in ("", NUMERATOR, DENOMINATOR):
            low, high = (self.cleaned_data.get(f"{_of(part)}{name}") for name in ("age_min", "age_max"))
            if low is not None and high is not None and high < low:
                self.add_error(f"{_of(part)}age_max", _("The highest age is below the lowest."))
        return self.cleaned_data

    def _add_part(self, part: str, services: list[tuple[str, str]], places: list[tuple[str, str]]) -> None:
        begin = _of(part)
        units = [(Count.PERSONS, _("People, each once")), (Count.HOUSEHOLDS, _("Households, each once")),
                 (Count.CONTACTS, _("Contacts: every time somebody was served")), (Count.EVENTS, _("Events")),
                 (Count.QUANTITY, _("The quantity written down"))]  # fmt: skip
        self.fields |= {
            f"{begin}count": forms.ChoiceField(label=_asked(part, _("What is counted")), choices=units),
            f"{begin}services": forms.MultipleChoiceField(
                label=_asked(part, _("Services")), choices=services, widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one service.")},
            ),
            f"{begin}sex": forms.ChoiceField(
                label=_asked(part, _("Sex")), required=False,
                choices=[("", pgettext("people", "all")), *((code, words.sex(code)) for code in "fmu")],
            ),
            f"{begin}age_min": forms.IntegerField(
                label=_asked(part, _("Youngest age, in years")), required=False, min_value=0, max_value=OLDEST
            ),
            f"{begin}age_max": forms.IntegerField(
                label=_asked(part, _("Oldest age, in years")), required=False, min_value=0, max_value=OLDEST
            ),
            f"{begin}places": forms.MultipleChoiceField(
                label=_asked(part, _("Only in")), required=False, choices=places, widget=forms.SelectMultiple(attrs={"size": 6}),
                help_text=_("Nothing chosen means everywhere. A region holds its districts."),
            ),
            f"{begin}unique_within": forms.ChoiceField(
                label=_asked(part, _("Where it counts")),
                choices=[("indicator", _("What this project did")), ("mission", _("What all projects of the mission did"))],
            ),
        }  # fmt: skip

    def _part(self, part: str) -> dict[str, Any]:
        begin, given = _of(part), self.cleaned_data
        only = {name: given[f"{begin}{name}"] for name in ("sex", "age_min", "age_max", "places")}
        return {
            "count": given[f"{begin}count"],
            "services": given[f"{begin}services"],
            "filter": {name: value for name, value in only.items() if value not in ("", None, [])},
            "unique_within": given[f"{begin}unique_within"],
        }


def initial_of(measure: Mapping[str, Any]) -> dict[str, Any]:
    """What the form begins with for a measure that stands."""
    parts = {part: measure.get(part, {}) for part in (NUMERATOR, DENOMINATOR)}
    parts[""] = measure if measure.get("services") else {}
    found: dict[str, Any] = {}
    for part, of_part in parts.items():
        if of_part:
            only = of_part.get("filter") or {}
            found |= {f"{_of(part)}{name}": of_part.get(name) for name in ("count", "services")}
            found |= {
                f"{_of(part)}{name}": only.get(name) for name in ("sex", "age_min", "age_max", "places")
            }
            within = of_part.get("unique_within")
            found[f"{_of(part)}unique_within"] = "mission" if within == "mission" else "indicator"
    return found


def _asked(part: str, question: str) -> str:
    """A question about one of the two numbers of a share, or about the only one."""
    if part == NUMERATOR:
        return _("Of them: %(question)s") % {"question": question}
    return _("The whole: %(question)s") % {"question": question} if part else question


def _of(part: str) -> str:
    return f"{part}_" if part else ""


def _services() -> list[tuple[str, str]]:
    found = Service.objects.exclude(identity=Identity.VAULT).order_by("code")
    return sorted(((one.code, in_language(one.names) or one.code) for one in found), key=lambda one: one[1])


def _places() -> list[tuple[str, str]]:
    found = Place.objects.filter(level__in=[Level.REGION, Level.DISTRICT])
    return sorted(((one.code, in_language(one.names) or one.code) for one in found), key=lambda one: one[1])
