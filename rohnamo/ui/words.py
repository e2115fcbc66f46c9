"""Small words that many pages share: sexes, ages, periods, what is not known."""

from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.ages import UNKNOWN_AGE
from rohnamo.core.periods import Period, Span
from rohnamo.ui import spelling


def language() -> str:
    return get_language() or "ru"


def sex(code: str) -> str:
    return {
        "f": pgettext("sex", "female"),
        "m": pgettext("sex", "male"),
    }.get(code, pgettext("sex", "unknown"))


def age(band: str) -> str:
    return pgettext("age", "unknown") if band in {UNKNOWN_AGE, ""} else band.replace("-", "–")


def day(on: date | None, precision: str = "day") -> str:
    """A day as exactly as it is known; a quarter or half is named by its first month."""
    if on is None:
        return ""
    if precision == "year":
        return spelling.day(on, language(), precision="year")
    if precision in {"half", "quarter"}:
        return _("from %(month)s") % {"month": spelling.day(on, language(), precision="month")}
    return spelling.day(on, language(), precision="month" if precision == "month" else "day")


def month(on: date | None) -> str:
    return "" if on is None else spelling.day(on, language(), precision="month")


def period(span: Span) -> str:
    """A stretch of days in words: a year by its number, anything else by its first and last month or day."""
    label = Period(span.start, span.end).label
    if len(label) == len("2025"):
        return label
    if len(label) == len("2025-04") and "H" not in label and "Q" not in label:
        return month(span.start)
    precision = "day" if "/" in label else "month"
    if precision == "month" and span.start.year == span.end.year:
        return _("%(first)s – %(last)s") % {"first": _month_alone(span.start), "last": month(span.end)}
    return _("%(first)s – %(last)s") % {
        "first": day(span.start, precision),
        "last": day(span.end, precision),
    }


def _month_alone(on: date) -> str:
    """A month that shares its year with the next one: the year is written once."""
    months = {"tg": spelling.MONTHS_TG, "ru": spelling.MONTHS_RU_ALONE, "en": spelling.MONTHS_EN}
    return months[spelling.known(language())][on.month - 1]


def until(on: date, today: date) -> str:
    """How long there is still, or how long ago it should have been."""
    days = (on - today).days
    if days == 0:
        return pgettext("when", "today")
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
