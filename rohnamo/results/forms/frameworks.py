"""What people type about a framework: results, indicators, periods, and what is promised."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rohnamo.core.ages import BAND_NAMES, UNKNOWN_AGE
from rohnamo.core.languages import LANGUAGE_NAMES, LANGUAGES, in_language
from rohnamo.core.periods import Period as Days
from rohnamo.places.models import Place
from rohnamo.results.forms.numbers import NumberField
from rohnamo.results.models import Direction, Indicator, Period, Result
from rohnamo.results.queries.given import IndicatorWords, Promised, ResultWords
from rohnamo.results.queries.lines import CategoryTarget
from rohnamo.ui import words

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y"]
_SEXES = ("f", "m")
_BANDS = [band for band in BAND_NAMES if band != UNKNOWN_AGE]


class InLanguages(forms.Form):
    """Fields of a text in each language, named title_tg, title_ru, title_en. One of them must be there."""

    def add_texts(self, name: str, label: str | LazyText, *, rows: int = 0, required: bool = False) -> None:
        for code in LANGUAGES:
            widget = (
                forms.Textarea(attrs={"rows": rows, "lang": code})
                if rows
                else forms.TextInput(attrs={"lang": code})
            )
            field = forms.CharField(
                label=f"{label} · {LANGUAGE_NAMES[code]}",
                required=False,
                widget=widget,
                max_length=None if rows else 300,
            )
            self.fields[f"{name}_{code}"] = field
        self.wanted = [*getattr(self, "wanted", []), *([name] if required else [])]

    def texts(self, name: str) -> dict[str, str]:
        found = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in LANGUAGES}
        return {code: text for code, text in found.items() if text}

    def clean(self) -> dict[str, Any]:
        for name in getattr(self, "wanted", []):
            if not self.texts(name):
                self.add_error(f"{name}_{LANGUAGES[0]}", _("Write it in at least one language."))
        return self.cleaned_data


class ResultForm(InLanguages):
    """An outcome, or an output of one."""

    code = forms.CharField(
        label=pgettext_lazy("of a result", "Code"),
        max_length=20,
        help_text=_("As in the agreement, such as 1.2"),
    )
    parent = forms.ChoiceField(label=_("Belongs to"), required=False)

    def __init__(self, *args: Any, outcomes: Iterable[Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.pk), f"{one.code} {in_language(one.titles)}") for one in outcomes]
        self.fields["parent"].choices = [("", _("Nothing: it is an outcome")), *listed]  # type: ignore[attr-defined]
        self.add_texts("title", _("Title"), required=True)
        self._outcomes = {str(one.pk): one for one in outcomes}

    def given(self) -> ResultWords:
        parent = self._outcomes.get(self.cleaned_data["parent"])
        return ResultWords(self.cleaned_data["code"].strip(), self.texts("title"), parent)

    @staticmethod
    def initial_of(result: Result) -> dict[str, Any]:
        return {"code": result.code, "parent": result.parent_id or "", **texts_of("title", result.titles)}


class IndicatorForm(InLanguages):
    """An indicator without its measure."""

    code = forms.CharField(
        label=pgettext_lazy("of an indicator", "Code"),
        max_length=20,
        help_text=_("As in the agreement, such as 1.2.a"),
    )

    def __init__(self, *args: Any, wants_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("title", _("Title"), required=True)
        self.add_texts("unit", _("Unit"))
        self.fields["direction"] = forms.ChoiceField(
            label=_("What is better"),
            choices=[(Direction.UP, _("More is better")), (Direction.DOWN, _("Less is better"))],
            widget=forms.RadioSelect,
        )
        self.fields["grows"] = forms.ChoiceField(
            label=_("How it is read"),
            choices=[
                ("yes", _("Since the start of the project, up to the end of each period")),
                ("no", _("Each period for itself")),
            ],
            widget=forms.RadioSelect,
        )
        self.add_texts("note", _("Note"), rows=2)
        if wants_reason:
            self.fields["reason"] = reason_field(required=False)

    def given(self) -> IndicatorWords:
        return IndicatorWords(
            code=self.cleaned_data["code"].strip(),
            titles=self.texts("title"),
            unit_names=self.texts("unit"),
            direction=self.cleaned_data["direction"],
            is_cumulative=self.cleaned_data["grows"] == "yes",
            notes=self.texts("note"),
        )

    @staticmethod
    def initial_of(indicator: Indicator) -> dict[str, Any]:
        return {
            "code": indicator.code,
            "direction": indicator.direction,
            "grows": "yes" if indicator.is_cumulative else "no",
            **texts_of("title", indicator.titles),
            **texts_of("unit", indicator.unit_names),
            **texts_of("note", indicator.notes),
        }


class DaysForm(forms.Form):
    """A reporting period more, for all indicators of a project or for some."""

    start = forms.DateField(label=_("First day"), input_formats=DAYS, help_text=_("As 01.07.2026"))
    end = forms.DateField(label=_("Last day"), input_formats=DAYS)
    indicators = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, indicators: Iterable[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(one.pk), f"{one.code} {in_language(one.titles)}") for one in indicators]
        self.fields["indicators"].choices = listed  # type: ignore[attr-defined]
        self.fields["indicators"].initial = [pk for pk, _title in listed]

    def clean(self) -> dict[str, Any]:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first."))
        return self.cleaned_data

    def days(self) -> Days:
        return Days(self.cleaned_data["start"], self.cleaned_data["end"])


class PromiseForm(forms.Form):
    """Baseline and target of a period, and what was promised of its categories."""

    baseline = NumberField(label=_("Baseline"), required=False)
    target = NumberField(label=_("Target"), required=False)

    def __init__(self, *args: Any, places: Iterable[Place], has_categories: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._categories: dict[str, tuple[str, str, str]] = {}
        if has_categories:
            for code in _SEXES:
                self._add(f"sex_{code}", words.sex(code), (code, "", ""))
            for band in _BANDS:
                self._add(f"age_{band}", _("aged %(band)s") % {"band": words.age(band)}, ("", band, ""))
            for place in places:
                self._add(f"district_{place.code}", in_language(place.names), ("", "", place.code))
        self.fields["reason"] = reason_field(required=False)

    def given(self) -> Promised:
        targets = [
            CategoryTarget(*category, self.cleaned_data[name])
            for name, category in self._categories.items()
            if self.cleaned_data.get(name) is not None
        ]
        return Promised(self.cleaned_data["baseline"], self.cleaned_data["target"], targets)

    def _add(self, name: str, title: str, category: tuple[str, str, str]) -> None:
        self.fields[name] = NumberField(label=_("Target: %(category)s") % {"category": title}, required=False)
        self._categories[name] = category

    @staticmethod
    def initial_of(period: Period) -> dict[str, Any]:
        found: dict[str, Any] = {"baseline": period.baseline, "target": period.target}
        for row in period.targets.select_related("district"):
            name = f"sex_{row.sex}" if row.sex else f"age_{row.age}" if row.age else ""
            found[name or f"district_{row.district.code if row.district else ''}"] = row.target
        return found


class ValueForm(forms.Form):
    """What the project reports of an indicator that is typed."""

    value = NumberField(label=_("Value of this period"), required=False)


class ToldForm(InLanguages):
    """What became of an indicator that has no number, in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("told", _("What became of it"), rows=6, required=True)


def reason_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=_("Who asked for it, and why. No names of people served."),
        required=required,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def texts_of(name: str, texts: Any) -> dict[str, str]:
    return {f"{name}_{code}": texts.get(code, "") for code in LANGUAGES}
