"""Areas of work: the list, and what goes on in each."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.figures.models import SourcedFigure
from rohnamo.portal import queries
from rohnamo.portal.pages import frame, wording
from rohnamo.portal.pages.frame import Context, path
from rohnamo.portal.pages.projects import line_of
from rohnamo.projects.models import AreaName, MissionProfile, ThematicArea
from rohnamo.projects.queries import areas_with_projects, project_card
from rohnamo.ui.spelling import Precision
from rohnamo.ui.templatetags.furniture import day

LIST = "areas/"
OF_ALL = ("mission.changed:areas", "mission.changed:projects")


def list_page(language: str, subjects: queries.Subjects) -> Page:
    return Page(
        address=path(LIST, language),
        language=language,
        title=_("What we do"),
        render=partial(render_list, language),
        topics=frame.marks(*OF_ALL),
        text=" ".join(in_language(area.names, language) for area in subjects.areas),
    )


def area_pages(language: str, subjects: queries.Subjects) -> list[Page]:
    return [
        Page(
            address=path(f"{LIST}{area.code}/", language),
            language=language,
            title=in_language(area.names, language),
            render=partial(render_area, language, area.code),
            topics=frame.marks(
                *OF_ALL,
                "mission.changed:partners",
                "mission.changed:services",
                "figure.loaded",
                "places.changed",
                figures=frozenset(_counted(area.code)),
            ),
            text=in_language(area.summaries, language),
            valid_until=queries.last_day_as_it_stands(subjects.projects, timezone.localdate()),
        )
        for area in subjects.areas
    ]


def render_list(language: str) -> bytes:
    return frame.written("portal/areas.html", language, LIST, _list)


def render_area(language: str, code: str) -> bytes:
    """Raises ThematicArea.DoesNotExist."""
    area = queries.area_by_code(code)
    return frame.written("portal/area.html", language, f"{LIST}{code}/", partial(_area, area))


def _list(_mission: MissionProfile | None) -> Context:
    areas = [
        {
            "href": path(f"{LIST}{area.code}/"),
            "name": area.names,
            "text": area.summaries,
            "number": len(area.projects.all()),
            "what": ngettext("project", "projects", len(area.projects.all())),
        }
        for area in areas_with_projects()
    ]
    return {
        "page_title": _("What we do"),
        "lead": _("Each area of work, what it is for, and how many projects there are."),
        "areas": areas,
    }


def _area(area: ThematicArea, _mission: MissionProfile | None) -> Context:
    cards = [project_card(project) for project in queries.projects_with_cards(area.code)]
    services = queries.services_for_people(area.code, timezone.localdate())
    return {
        "page_title": in_language(area.names),
        "page_description": in_language(area.summaries),
        "trail": [
            {"href": path(LIST), "text": _("What we do")},
            {"href": "", "text": in_language(area.names)},
        ],
        "lead": in_language(area.summaries),
        "claims": _claims(area.code),
        "services": [in_language(service.names) for service in services],
        "projects": [line_of(card) for card in cards],
        "names": [_name(one) for one in area.all_names.all() if one.valid_to],
        "confidence": area.confidence,
    }


def _claims(code: str) -> list[Mapping[str, object]]:
    """What others published of this area first, then what was counted here."""
    sourced = [_sourced(one) for one in queries.sourced_figures() if one.area == code]
    standing = queries.standing(_counted(code))
    words = dict(zip(_counted(code), (_("people reached"), _("services delivered")), strict=True))
    counted = [
        {
            "number": release.value,
            "what": words[key],
            "when": wording.period_words(release.start, release.end),
            "as_of": release.as_of,
            "is_example": release.measure.is_example,
            "href": path(f"figures/{queries.slug_of(key)}/"),
        }
        for key, release in sorted(standing.items(), reverse=True)
    ]
    return [*sourced, *counted]


def _sourced(one: SourcedFigure) -> Mapping[str, object]:
    return {
        "number": wording.number_as_written(in_language(one.value_text)),
        "what": in_language(one.what),
        "when": wording.listed([in_language(one.where), in_language(one.when)]),
        "source": _("Source: %(source)s.") % {"source": one.source},
    }


def _counted(code: str) -> Sequence[str]:
    return (f"area.{code}.reached", f"area.{code}.delivered")


def _name(one: AreaName) -> Mapping[str, str]:
    """An earlier name; days that stand for a year alone are written as years."""
    precision: Precision = "day" if one.is_exact else "year"
    days = [day(known, precision) for known in (one.valid_from, one.valid_to) if known]
    return {"name": in_language(one.names), "when": " – ".join(dict.fromkeys(days)), "source": one.source}
