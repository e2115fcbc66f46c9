"""Words of ours that stand in the file, in every language of the mission."""

from collections.abc import Callable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.ages import UNKNOWN_AGE
from rohnamo.core.languages import LANGUAGES

Words = Mapping[str, str]


def said(say: Callable[[], str]) -> dict[str, str]:
    """A text of ours in every language."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = say()
    return found


def objective(number: int) -> dict[str, str]:
    """An objective of the Global Compact. Source: A/RES/73/195, objectives 1 to 23."""
    return said(
        lambda: (
            _("Global Compact for Safe, Orderly and Regular Migration, objective %(number)s")
            % {"number": number}
        )
    )


def gender_marker(code: str) -> dict[str, str]:
    return said(lambda: _("Gender marker of IOM: %(code)s") % {"code": code})


def so_far(day: str) -> dict[str, str]:
    """Beside the number of a period that is not over."""
    return said(lambda: _("Counted up to %(day)s; the period is not over.") % {"day": day})


def category(attribute: str, code: str, places: Mapping[str, Words]) -> dict[str, str]:
    """What a category of a breakdown is called."""
    if attribute == "sex":
        return said(lambda: _sex(code))
    if attribute == "age":
        return said(lambda: _age(code))
    known = places.get(code)
    return dict(known) if known else said(lambda: pgettext("district", "unknown"))


def with_category(titles: Words, parts: Sequence[Words]) -> dict[str, str]:
    """The title of an indicator that counts one category only."""
    return {
        language: f"{title} ({', '.join(part.get(language) or part.get('en', '') for part in parts)})"
        for language, title in titles.items()
        if title
    }


def _sex(code: str) -> str:
    return {"f": pgettext("sex", "female"), "m": pgettext("sex", "male")}.get(
        code, pgettext("sex", "unknown")
    )


def _age(band: str) -> str:
    return pgettext("age", "unknown") if band == UNKNOWN_AGE else band.replace("-", "–")
