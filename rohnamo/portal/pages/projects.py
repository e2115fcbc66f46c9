"""The list of projects, and each project: what was promised, what came of it, for how much money."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.portal import queries
from rohnamo.portal.pages import frame
from rohnamo.portal.pages.frame import Context, path
from rohnamo.portal.pages.project import project_context
from rohnamo.projects.models import MissionProfile, Project, ThematicArea
from rohnamo.projects.queries import Named, ProjectCard, project_card
from rohnamo.ui.templatetags.furniture import day, number

LIST = "projects/"
FIRST_NAMED = 3
OF_ALL = ("mission.changed:projects", "mission.changed:areas", "mission.changed:partners", "places.changed")


def list_page(language: str, subjects: queries.Subjects) -> Page:
    return Page(
        address=path(LIST, language),
        language=language,
        title=_("Projects"),
        render=partial(render_list, language),
        topics=frame.marks(*OF_ALL),
        valid_until=queries.last_day_as_it_stands(subjects.projects, timezone.localdate()),
        text=" ".join(in_language(project.titles, language) for project in subjects.projects),
    )


def project_pages(language: str, subjects: queries.Subjects) -> list[Page]:
    keys: dict[str, set[str]] = {}
    for measure in subjects.measures:
        keys.setdefault(measure.project, set()).add(measure.key)
    return [_page(language, project, frozenset(keys.get(project.code, ()))) for project in subjects.projects]


def render_list(language: str, area: str = "") -> bytes:
    """All projects, or those of one area: that list is not published, it is made on demand."""
    return frame.written("portal/projects.html", language, LIST, partial(_list, area=area))


def render_project(language: str, code: str) -> bytes:
    """Raises Project.DoesNotExist."""
    project = queries.project_by_code(code)
    return frame.written("portal/project.html", language, f"{LIST}{code}/", partial(project_context, project))


def _page(language: str, project: Project, keys: frozenset[str]) -> Page:
    return Page(
        address=path(f"{LIST}{project.code}/", language),
        language=language,
        title=in_language(project.titles, language),
        render=partial(render_project, language, project.code),
        topics=frame.marks(
            *OF_ALL,
            "mission.changed:services",
            *(f"figure.{what}:{key}" for key in keys for what in ("declared", "promised")),
            figures=keys,
        ),
        text=in_language(project.summaries, language),
    )


def _list(_mission: MissionProfile | None, *, area: str) -> Context:
    projects = queries.projects_with_cards(area)
    cards = [project_card(project) for project in projects]
    return {
        "page_title": _("Projects"),
        "lead": _("What we do, for whose money, where, and what came of it."),
        "totals": _totals(projects, cards),
        "fields": [_area_field(area)],
        "clear_href": path(LIST) if area else "",
        "projects": [line_of(card) for card in cards],
    }


def line_of(card: ProjectCard) -> Mapping[str, object]:
    """A project as ui/parts/projects.html shows it in a list."""
    return {
        "href": path(f"{LIST}{card.code}/"),
        "code": card.code,
        "title": card.title,
        "text": card.summary,
        "period": _("%(start)s – %(end)s")
        % {"start": day(card.starts_on, "month"), "end": day(card.ends_on, "month")},
        "place": places_in_short(card.districts),
        "is_example": card.is_example,
    }


def places_in_short(districts: Sequence[Named]) -> str:
    """Two or three places by name; of more only the first, and how many there are besides."""
    if len(districts) <= FIRST_NAMED:
        return ", ".join(place.name for place in districts)
    rest = len(districts) - 2
    return ngettext(
        "%(first)s, %(second)s and %(number)d more place",
        "%(first)s, %(second)s and %(number)d more places",
        rest,
    ) % {"first": districts[0].name, "second": districts[1].name, "number": rest}


def _totals(projects: Sequence[Project], cards: Iterable[ProjectCard]) -> list[Mapping[str, object]]:
    running = len(queries.running(projects, timezone.localdate()))
    planned = sum(card.planned_usd for card in cards)
    districts = {place.place_id for project in projects for place in project.places.all()}
    return [
        {"number": running, "text": ngettext("project under way", "projects under way", running)},
        {"number": len(projects), "text": _("in all")},
        {"number": len(districts), "text": ngettext("place", "places", len(districts))},
        {"number": number(planned, 0), "text": _("US dollars planned")},
    ]


def _area_field(chosen: str) -> Mapping[str, object]:
    areas = [(area.code, in_language(area.names)) for area in ThematicArea.objects.all()]
    return {
        "name": "area",
        "label": _("Area of work"),
        "options": [
            {"value": code, "text": text, "is_chosen": code == chosen}
            for code, text in [("", pgettext("all areas", "All")), *areas]
        ],
    }
