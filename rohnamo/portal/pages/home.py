"""The first page: what the mission is for, three doors, what it amounts to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.figures.models import Release, SourcedFigure
from rohnamo.portal import queries
from rohnamo.portal.pages import chart, districts, frame, wording
from rohnamo.portal.pages.frame import Context, path
from rohnamo.portal.pages.letters import read_letter
from rohnamo.projects import queries as projects
from rohnamo.projects.models import MissionProfile, ThematicArea
from rohnamo.staff.queries import posts_count
from rohnamo.ui.templatetags.furniture import day

REACHED, DELIVERED = "mission.reached", "mission.delivered"
SERIES = (chart.SHARE, chart.LEAVING)


def home(language: str, subjects: queries.Subjects) -> Page:
    """The home in one language."""
    areas = {f"area.{area.code}.reached" for area in subjects.areas}
    return Page(
        address=path("", language),
        language=language,
        title=_("First page"),
        render=partial(render, language),
        topics=frame.marks(
            "mission.changed",
            "figure.loaded",
            "places.changed",
            "posts.changed",
            figures=frozenset({REACHED, DELIVERED, *areas}),
        ),
        valid_until=queries.last_day_as_it_stands(subjects.projects, timezone.localdate()),
    )


def render(language: str) -> bytes:
    return frame.written("portal/home.html", language, "", _made)


def _made(mission: MissionProfile | None) -> Context:
    areas = list(ThematicArea.objects.all())
    standing = queries.periods({REACHED, DELIVERED, *(f"area.{area.code}.reached" for area in areas)})
    numbers = {key: releases[0] for key, releases in standing.items()}
    sourced = {figure.key: figure for figure in queries.sourced_figures()}
    ledger = _areas(areas, numbers, sourced)
    found = queries.by_district(standing.get(REACHED, ()))
    return {
        "opening": {
            "title": (in_language(mission.mottos) or frame.name_of(mission)) if mission else _("First page"),
            "lead": in_language(mission.aims) if mission else "",
        },
        "doors": _doors(),
        "strip": _strip(mission, numbers, areas_count=len(areas)),
        "areas": ledger,
        "areas_source": _("The source of each figure stands on the page of its area.")
        if any(area["number"] is not None for area in ledger)
        else "",
        "chart": chart.money_and_people(queries.series_with_years(SERIES)),
        "map": districts.where_work_goes_on(found) if found else None,
        "letter": _letter(),
    }


def _doors() -> list[Mapping[str, object]]:
    return [
        {
            "href": path("going-abroad/"),
            "title": _("I am going abroad"),
            "text": _("Papers, travel, work"),
            "icon": "road",
        },
        {
            "href": path("families/"),
            "title": _("Someone in my family works abroad"),
            "text": _("Money, budget, your rights"),
            "icon": "family",
        },
        {
            "href": path("help/"),
            "title": _("I need help"),
            "text": _("Free. We do not ask your name."),
            "icon": "phone",
            "is_help": True,
        },
    ]


def _strip(mission: MissionProfile | None, numbers: Mapping[str, Release], *, areas_count: int) -> Context:
    """The mission in figures. What was not released yet is a dash, never a zero."""
    reached, delivered = numbers.get(REACHED), numbers.get(DELIVERED)
    running = projects.active_projects(timezone.localdate()).count()
    posts = posts_count()
    figures: list[Mapping[str, object]] = [
        _released(reached, _reached_words, key=REACHED),
        _released(delivered, _delivered_words, key=DELIVERED),
        {
            "number": running or "–",
            "text": ngettext("active project", "active projects", running),
            "href": path("projects/"),
        },
        {
            "number": areas_count or "–",
            "text": ngettext("area of work", "areas of work", areas_count),
            "href": path("areas/"),
        },
        {"number": wording.in_tens(posts) if posts else "–", "text": _("staff"), "href": path("about-us/")},
    ]
    if mission and mission.member_state_since:
        since = mission.member_state_since
        words = _("Member State since %(day)s") % {"day": day(since)}
        figures.append({"number": str(since.year), "text": words, "href": path("about-us/")})
    days = [release.as_of for release in (reached, delivered) if release]
    return {
        "title": _("The mission in figures"),
        "figures": figures,
        "as_of": max(days, default=None),
        "how_href": path("figures/"),
    }


def _released(
    release: Release | None, words: Callable[[Release | None], str], *, key: str
) -> Mapping[str, object]:
    if release is None:
        return {"number": "–", "text": words(None)}
    return {
        "number": release.value,
        "text": words(release),
        "is_example": release.measure.is_example,
        "href": path(f"figures/{queries.slug_of(key)}/"),
    }


def _reached_words(release: Release | None) -> str:
    if release is None:
        return _("people reached: nothing released yet")
    if _is_this_year(release.start, release.end):
        return _("people reached this year")
    return _("people reached, %(period)s") % {"period": wording.period_words(release.start, release.end)}


def _delivered_words(release: Release | None) -> str:
    if release is None:
        return _("services delivered: nothing released yet")
    if _is_this_year(release.start, release.end):
        return _("services delivered this year")
    return _("services delivered, %(period)s") % {"period": wording.period_words(release.start, release.end)}


def _is_this_year(start: date, end: date) -> bool:
    return start.year == end.year == timezone.localdate().year


def _areas(
    areas: Sequence[ThematicArea], numbers: Mapping[str, Release], sourced: Mapping[str, SourcedFigure]
) -> list[Mapping[str, Any]]:
    return [
        {
            "href": path(f"areas/{area.code}/"),
            "name": area.names,
            "text": area.summaries,
            **_figure_of(sourced.get(f"area.{area.code}"), numbers.get(f"area.{area.code}.reached")),
        }
        for area in areas
    ]


def _figure_of(sourced: SourcedFigure | None, counted: Release | None) -> Mapping[str, Any]:
    """One figure for an area: one that was published with a source, else what we counted ourselves."""
    if sourced:
        return {
            "number": wording.number_as_written(in_language(sourced.value_text)),
            "what": _with_place(sourced),
            "when": sourced.when,
        }
    if counted:
        return {
            "number": counted.value,
            "what": _("people reached"),
            "when": wording.period_words(counted.start, counted.end),
            "is_example": counted.measure.is_example,
        }
    return {"number": None}


def _with_place(sourced: SourcedFigure) -> str:
    """Where it was is left out when the words say it already."""
    what, where = in_language(sourced.what), in_language(sourced.where)
    return _("%(what)s, %(where)s") % {"what": what, "where": where} if where and where not in what else what


def _letter() -> Context | None:
    letter = read_letter(projects.text("welcome"))
    if not letter.opening:
        return None
    return {"title": letter.title, "signed": letter.signed, "text": letter.opening, "href": path("welcome/")}
