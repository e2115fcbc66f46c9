"""Words that pages say alike: periods, units, how a number was counted, what is hidden."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period
from rohnamo.figures.models import Measure, Release, Unit, Verdict
from rohnamo.figures.queries import Part
from rohnamo.ui.templatetags.furniture import day, number

BILLION = 1_000_000_000
DELIVERED = ".delivered"
LONGEST_UNBROKEN = 14


def period_words(start: date, end: date) -> str:
    """2026 · first half of 2026 · from 1 March 2024 to 30 June 2024."""
    label = Period(start, end).label
    if label.isdigit():
        return label
    if label.endswith("-H1"):
        return _("first half of %(year)s") % {"year": start.year}
    if label.endswith("-H2"):
        return _("second half of %(year)s") % {"year": start.year}
    return _("from %(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def when_words(release: Release, *, is_cumulative: bool) -> str:
    """The days a number stands for. A number that grows from period to period stands for all days up to its last one."""
    if is_cumulative:
        return _("since the start, to %(day)s") % {"day": day(min(release.end, release.as_of))}
    return period_words(release.start, release.end)


def breakdown_words(release: Release) -> str:
    """Of which day a breakdown is that stands beside a newer total; "" where both are of one day."""
    earlier = release.cells_of
    if earlier is None:
        return ""
    return _("Breakdown as of %(day)s, when the total was %(number)s.") % {
        "day": day(earlier.as_of),
        "number": number(earlier.value),
    }


def unit_words(key: str, unit: str, names: Mapping[str, str]) -> str:
    """What is counted, in the measure's own words or in ours.

    A sum of all services is called services: "contacts" beside "services delivered" reads as something else.
    """
    if key.endswith(DELIVERED):
        return pgettext("unit of a figure", "services")
    return in_language(names) or _units().get(unit, "")


def whose_words(what: str, whose: str) -> str:
    """A figure with the area or project it belongs to: many are called the same."""
    return _("%(whose)s: %(what)s") % {"whose": whose, "what": what} if whose else what


def unreleased_words(*, is_withheld: bool) -> str:
    """Why there is no number."""
    return (
        _("withheld: so few people that they could be recognised") if is_withheld else _("not released yet")
    )


def source_words(source: Mapping[str, str]) -> str:
    return in_language(source) or _("Records of the mission's own work")


def breakable(text: str) -> SafeString:
    """A source that may break inside a long code or address: a phone is narrower than BX.TRF.PWKR.DT.GD.ZS."""
    words = [
        mark_safe(re.sub(r"(?<=[./])(?=\w)", "<wbr>", conditional_escape(word)))  # noqa: S308 -- escaped right here
        if len(word) > LONGEST_UNBROKEN
        else word
        for word in text.split(" ")
    ]
    return format_html_join(" ", "{}", ((word,) for word in words))


def counting_words(measure: Measure) -> str:
    """How a number comes about, by what it counts."""
    if measure.unit in (Unit.PERCENT, Unit.USD, Unit.VALUE):
        return _("Reported by the project without names, and approved before it is shown.")
    if measure.unit == Unit.PERSONS:
        return _(
            "Counted by a declared rule from the records of work done, never typed in. Somebody whose name was written"
            " in three scripts is one person."
        )
    return _("Counted by a declared rule from the records of work done, never typed in.")


def hiding_words(release: Release | None, parts: Iterable[Part]) -> str:
    """What of a release is not shown, and why; "" when all of it is."""
    if release is None:
        return ""
    reasons = {
        Verdict.OPEN: _("The period is not over yet. Until then only its total is shown."),
        Verdict.TOTAL_ONLY: _(
            "Only the total is shown. A breakdown could point at single people, or none was made."
        ),
        Verdict.KEPT_EARLIER: _(
            "The breakdown published first stays as it was: a second one beside it could point at single people."
        ),
    }
    verdict = Verdict(release.verdict)
    if verdict == Verdict.KEPT_EARLIER and release.cells_of_id is None:
        verdict = Verdict.TOTAL_ONLY  # A number was kept that never had a breakdown.
    said = [reasons.get(verdict, ""), breakdown_words(release), hidden_words(parts)]
    return " ".join(words for words in said if words)


def hidden_words(parts: Iterable[Part]) -> str:
    """A sentence on numbers that are not shown; "" when all are."""
    hidden = sum(part.count is None for part in parts)
    if not hidden:
        return ""
    return ngettext(
        "%(number)d number is hidden: so few people stand behind it, or behind one that it would give away, that"
        " they could be recognised.",
        "%(number)d numbers are hidden: so few people stand behind them, or behind one that they would give away,"
        " that they could be recognised.",
        hidden,
    ) % {"number": hidden}


def count_words(part: Part) -> str:
    """A number of a breakdown, or the word that stands for a hidden one."""
    return _("hidden") if part.count is None else number(part.count)


def in_thousands(value: Decimal) -> str:
    """US dollars in thousands, as the charts of money write them."""
    return number(value / 1000, 0)


def sentence(words: str) -> str:
    """Words that begin small, as a sentence."""
    return f"{words[:1].upper()}{words[1:]}."


def listed(words: Iterable[str]) -> str:
    """Those of the words that are there, with commas between them."""
    return ", ".join(word for word in words if word)


def number_as_written(text: str) -> str:
    """A number that others wrote, "6 000+", with the reader's thousands. A year or words stay as they are."""
    match = re.fullmatch(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(\+?)", text)
    return f"{number(int(re.sub('[^0-9]', '', match[1])))}{match[2]}" if match else text


def large_number(value: Decimal) -> Decimal | str:
    """From a billion on in words: nobody reads eleven digits in a list."""
    return _("%(number)s billion") % {"number": number(value / BILLION, 1)} if value >= BILLION else value


def in_tens(count: int) -> str:
    """A count of posts as the mission says it: 34 is "30+", because posts come and go. Few are said as they are."""
    if count < 20 or count % 10 == 0:
        return number(count)
    return f"{number(count // 10 * 10)}+"


def _units() -> dict[str, str]:
    return {
        Unit.PERSONS.value: _("people"),
        Unit.HOUSEHOLDS.value: _("households"),
        Unit.CONTACTS.value: _("contacts"),
        Unit.EVENTS.value: _("events"),
        Unit.QUANTITY.value: _("pieces"),
        Unit.PERCENT.value: _("per cent"),
        Unit.USD.value: _("US dollars"),
    }
