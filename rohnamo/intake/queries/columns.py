"""The columns of one register as a page shows them: title, what it holds, what it might hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from rohnamo.engines.registers import Certainty, Field, Gazetteer, read_register
from rohnamo.engines.registers.errors import RegisterError
from rohnamo.intake.models import Upload
from rohnamo.intake.queries.titles import ColumnAsRead, memory_of, suggestions
from rohnamo.places.queries import gazetteer_rows

WORDS: Mapping[str, str | Promise] = {
    Field.FULL_NAME: pgettext_lazy("what a column holds", "Name in one column"),
    Field.FAMILY: pgettext_lazy("what a column holds", "Family name"),
    Field.GIVEN: pgettext_lazy("what a column holds", "Given name"),
    Field.PATRONYMIC: pgettext_lazy("what a column holds", "Father's name"),
    Field.SEX: pgettext_lazy("what a column holds", "Sex"),
    Field.BIRTH: pgettext_lazy("what a column holds", "Date or year of birth"),
    Field.AGE: pgettext_lazy("what a column holds", "Age"),
    Field.PLACE: pgettext_lazy("what a column holds", "District or city"),
    Field.REGION: pgettext_lazy("what a column holds", "Region"),
    Field.PHONE: pgettext_lazy("what a column holds", "Phone"),
    Field.DOCUMENT: pgettext_lazy("what a column holds", "Number of a document"),
    Field.SERVICE: pgettext_lazy("what a column holds", "Service"),
    Field.COURSE: pgettext_lazy("what a column holds", "Course"),
    Field.DAY: pgettext_lazy("what a column holds", "Day of the service"),
    Field.CONSENT: pgettext_lazy("what a column holds", "Consent to be called back"),
    Field.HOURS: pgettext_lazy("what a column holds", "Hours"),
    Field.PRETEST: pgettext_lazy("what a column holds", "Test before"),
    Field.POSTTEST: pgettext_lazy("what a column holds", "Test after"),
    Field.COUNT: pgettext_lazy("what a column holds", "Number of people"),
    Field.AGENCY: pgettext_lazy("what a column holds", "Service or organisation of an official"),
    Field.POST: pgettext_lazy("what a column holds", "Post of an official"),
    Field.SIDE: pgettext_lazy("what a column holds", "Side or delegation"),
    Field.DESTINATION: pgettext_lazy("what a column holds", "Country of destination"),
    Field.SERIAL: pgettext_lazy("what a column holds", "Number in the list"),
    Field.NOTES: pgettext_lazy("what a column holds", "Notes (never kept)"),
    Field.ADDRESS: pgettext_lazy("what a column holds", "Address (never kept)"),
    Field.IGNORED: pgettext_lazy("what a column holds", "leave out"),
}
MAY_REPEAT = frozenset({Field.IGNORED, Field.NOTES, Field.ADDRESS, Field.SERIAL})


@dataclass(frozen=True)
class ColumnChoice:
    """A column and what it is taken for. title: empty where it may not be shown, or there is none."""

    letter: str
    title: str
    chosen: str
    is_question: bool
    is_hidden: bool
    is_sure: bool
    has_title: bool

    @property
    def name(self) -> str:
        return f"column-{self.letter}"

    @property
    def options(self) -> list[dict[str, Any]]:
        return [
            {"value": value, "text": words, "is_chosen": value == (self.chosen or Field.IGNORED.value)}
            for value, words in WORDS.items()
        ]

    @property
    def word(self) -> str:
        """How it came to be what it is."""
        if self.is_question:
            return _("new title")
        if not self.chosen:
            return _("not recognised")
        return _("recognised") if self.is_sure else _("likely")

    @property
    def kind(self) -> str:
        return "doubtful" if self.is_question or not self.chosen else "agrees" if self.is_sure else "counted"


@dataclass(frozen=True)
class Sheet:
    """All columns of a register. is_at_hand: the file can be read again in this browser. missing: titles of last time
    that are not here, with what they held."""

    columns: tuple[ColumnChoice, ...]
    before: Mapping[str, str]
    missing: tuple[dict[str, str], ...]
    is_at_hand: bool

    @property
    def question(self) -> str:
        """What is asked about new titles; empty when there is none."""
        new = sum(one.is_question for one in self.columns)
        if not new:
            return ""
        words = ngettext(
            "%(count)s title is another one than last time. Is it what it was taken for?",
            "%(count)s titles are other ones than last time. Are they what they were taken for?",
            new,
        )
        return words % {"count": new}

    def chosen(self, given: Mapping[str, str]) -> dict[str, str]:
        """Letter -> field as somebody says; what is no field of the list stays as it was."""
        asked = {one.letter: given.get(one.name, one.chosen) for one in self.columns}
        return {
            letter: value if value in WORDS else self.before.get(letter, "")
            for letter, value in asked.items()
        }

    def said(self, given: Mapping[str, str]) -> dict[str, str]:
        """Title -> field, for the reader and for the memory."""
        chosen = self.chosen(given)
        return {one.title: chosen[one.letter] for one in self.columns if one.title and chosen[one.letter]}

    def is_changed(self, given: Mapping[str, str]) -> bool:
        left_out = Field.IGNORED.value
        return any(
            (value or left_out) != (self.before.get(letter) or left_out)
            for letter, value in self.chosen(given).items()
        )

    def objection(self, given: Mapping[str, str]) -> str:
        """Why these choices cannot be; empty when they can."""
        held: dict[str, str] = {}
        for letter, value in self.chosen(given).items():
            if value and value in held and value not in MAY_REPEAT:
                return _("Columns %(one)s and %(other)s cannot both hold “%(field)s”. Leave one out.") % {
                    "one": held[value],
                    "other": letter,
                    "field": WORDS[value],
                }
            held.setdefault(value, letter)
        return ""

    def with_choices(self, given: Mapping[str, str]) -> "Sheet":
        """The sheet as somebody left it, when it could not be done."""
        chosen = self.chosen(given)
        return replace(self, columns=tuple(replace(one, chosen=chosen[one.letter]) for one in self.columns))


def sheet_of(waiting: Upload, content: bytes | None) -> Sheet:
    """The columns of a register; titles that mean nothing yet are shown only where the file itself is at hand."""
    kept: list[ColumnAsRead] = list(waiting.columns)
    titles = _titles(waiting, content)
    memory = memory_of(waiting.source)
    missing = memory.missing_from(one.get("digest", "") for one in kept) if waiting.questions else []
    likely = suggestions(kept, missing) if waiting.questions else {}
    return Sheet(
        columns=tuple(_choice(one, titles, waiting.questions, likely) for one in kept),
        before={one["letter"]: one["field"] for one in kept},
        missing=tuple({"title": one.title, "holds": str(WORDS.get(one.field, ""))} for one in missing),
        is_at_hand=bool(titles),
    )


def _choice(
    one: ColumnAsRead, titles: Mapping[str, str], questions: list[str], likely: Mapping[str, str]
) -> ColumnChoice:
    letter = one["letter"]
    return ColumnChoice(
        letter=letter,
        title=one["title"] or titles.get(letter, ""),
        chosen=one["field"] or likely.get(letter, ""),
        is_question=letter in questions,
        is_hidden=one.get("is_hidden", False),
        is_sure=one.get("certainty") in {Certainty.EXACT, Certainty.MAPPED},
        has_title=bool(one.get("digest")),
    )


def _titles(waiting: Upload, content: bytes | None) -> dict[str, str]:
    """Letter -> title of every column, read from the file itself."""
    if content is None:
        return {}
    try:
        mapping = memory_of(waiting.source).mapping_with({})
        register = read_register(
            content, waiting.label, Gazetteer(gazetteer_rows()), mapping=mapping, today=timezone.localdate()
        )
    except RegisterError:
        return {}
    return {column.letter: column.title for column in register.columns if column.title}
