"""What every public page shares: header, ways to go, languages, footer. Made without a request, so it can be published."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from rohnamo.core.languages import LANGUAGES, in_language
from rohnamo.projects import queries as projects
from rohnamo.projects.models import MissionProfile

Context = dict[str, Any]
HOTLINE_TOPIC = "mission.changed:profile"


def written(
    template: str, language: str, tail: str, make: Callable[[MissionProfile | None], Context]
) -> bytes:
    """A page in one language as bytes.

    tail: the address below the language, "projects/EX.03/"; "" is the home. make: what the page itself says; it is
    given the mission, None in a house without one yet.
    """
    with translation.override(language):
        mission = projects.profile()
        context = {**_frame(mission, language, tail), **make(mission)}
        html: str = get_template(template).render(context)
    return html.encode()


def path(tail: str, language: str | None = None) -> str:
    """The address of a page in a language, the active one if none is named."""
    return f"/{language or current_language()}/{tail}"


def current_language() -> str:
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def languages_of(tail: str) -> list[dict[str, str]]:
    """The same page in each language, with the public address in front where the installation has one."""
    return [{"code": code, "href": f"{settings.ORIGIN}{path(tail, code)}"} for code in LANGUAGES]


def marks(*topics: str, figures: frozenset[str] = frozenset()) -> frozenset[str]:
    """What a page depends on: these topics, these figures by key, and the mission's name and number in its header."""
    return frozenset({HOTLINE_TOPIC, *topics, *(f"figure.released:{key}" for key in figures)})


def name_of(mission: MissionProfile | None) -> str:
    return in_language(mission.names) if mission else ""


def _frame(mission: MissionProfile | None, language: str, tail: str) -> Context:
    return {
        "mission": mission,
        "page_path": path(tail, language),
        "canonical": f"{settings.ORIGIN}{path(tail, language)}",
        "alternates": languages_of(tail),
        "navigation": _navigation(tail),
        "footer_links": _footer(),
        "page_description": in_language(mission.aims) if mission else "",
    }


def _navigation(tail: str) -> list[Mapping[str, object]]:
    ways = {
        "going-abroad/": _("Going abroad"),
        "families/": _("Families"),
        "areas/": _("What we do"),
        "projects/": _("Projects"),
        "figures/": _("Figures"),
        "about-us/": _("About us"),
    }
    return [
        {"href": path(start), "text": text, "is_current": tail.startswith(start)}
        for start, text in ways.items()
    ]


def _footer() -> list[Mapping[str, str]]:
    return [
        {
            "href": path("help/about-us/"),
            "text": _("Tell us about us"),
            "note": _("Praise, a complaint, misconduct"),
        },
        {"href": path("figures/"), "text": _("Figures and open data"), "note": "CSV, JSON"},
        {"href": path("tour/"), "text": _("What we say and what stands"), "note": _("Sentence by sentence")},
        {"href": path("about-us/"), "text": _("About the mission"), "note": ""},
        # No cookie tells the workspace which language was read here: the address does.
        {
            "href": f"/work/?language={current_language()}",
            "text": _("Sign in"),
            "note": _("Staff and partners"),
        },
    ]
