"""The tour: what the mission says it does, sentence by sentence, beside the part of the house that does it."""

from collections.abc import Mapping
from functools import partial

from django.apps import apps
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.figures.models import Release, Series, SourcedFigure
from rohnamo.portal import queries
from rohnamo.portal.pages import frame, wording
from rohnamo.portal.pages.frame import Context, current_language, path
from rohnamo.projects.models import MissionProfile, TourLine
from rohnamo.projects.queries import active_projects, tour

TAIL = "tour/"
FOR_STAFF = "/work/"
ACTIVE_PROJECTS = "active-projects"


def tour_page(language: str, subjects: queries.Subjects) -> Page:
    return Page(
        address=path(TAIL, language),
        language=language,
        title=_("What we say and what stands"),
        render=partial(render, language),
        topics=frame.marks(
            "mission.changed:tour",
            "mission.changed:projects",
            "figure.released",
            "figure.loaded",
            "figure.declared",
        ),
        valid_until=queries.last_day_as_it_stands(subjects.projects, timezone.localdate()),
    )


def render(language: str) -> bytes:
    return frame.written("portal/tour.html", language, TAIL, _made)


def stands(line: TourLine) -> bool:
    """Whether the wing is there: the mission's file says so, and so does the code."""
    return line.is_built and apps.is_installed(f"rohnamo.{line.wing}")


def href_of(line: TourLine) -> str:
    """Where the working thing is, in the active language; "" while the wing or its page is not there."""
    if not stands(line) or not line.address:
        return ""
    address = line.address if line.address.startswith(FOR_STAFF) else path(line.address.lstrip("/"))
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


def _made(_mission: MissionProfile | None) -> Context:
    lines = list(tour())
    measured = {
        slug: key for slug, key in queries.keys_by_slug().items() if slug in {line.figure for line in lines}
    }
    released = queries.standing(measured.values())
    numbers: dict[str, Mapping[str, object]] = {
        slug: _released(released[key]) for slug, key in measured.items() if key in released
    }
    others = queries.series_with_years({line.figure for line in lines})
    numbers |= {key: _latest(series) for key, series in others.items()}
    numbers |= {one.key: _sourced(one) for one in queries.sourced_figures()}
    running = active_projects(timezone.localdate()).count()
    numbers[ACTIVE_PROJECTS] = {
        "number": running,
        "unit": ngettext("active project", "active projects", running),
    }
    shown = [_line(line, numbers) for line in lines]
    return {
        "page_title": _("What we say and what stands"),
        "lead": _(
            "Every sentence with which the mission describes its work, beside the part of this house that does it and"
            " its number of today. What is not built yet says so."
        ),
        "lines": shown,
        "counted": _("Of %(all)d sentences %(built)d lead to something that works.")
        % {"all": len(shown), "built": sum(bool(line["href"]) for line in shown)},
    }


def _line(line: TourLine, numbers: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    return {
        "sentence": line.sentences,
        "wing": in_language(line.shows),
        "href": href_of(line),
        "not_yet": _("%(wing)s: not built yet.") % {"wing": in_language(line.shows)},
        **numbers.get(line.figure, {"number": None}),
    }


def _released(release: Release) -> Mapping[str, object]:
    measure = release.measure
    unit = wording.unit_words(measure.unit, measure.unit_names)
    when = wording.when_words(release, is_cumulative=measure.is_cumulative)
    return {
        "number": release.value,
        "unit": _("%(unit)s, %(when)s") % {"unit": unit, "when": when},
        "is_example": measure.is_example,
    }


def _latest(series: Series) -> Mapping[str, object]:
    known = [one for one in series.observations.all() if one.value is not None]
    if not known:
        return {"number": None}
    unit = in_language(series.unit_names, current_language())
    return {
        "number": known[-1].value,
        "unit": _("%(unit)s, %(when)s") % {"unit": unit, "when": str(known[-1].year)},
    }


def _sourced(one: SourcedFigure) -> Mapping[str, object]:
    return {"number": wording.number_as_written(in_language(one.value_text)), "unit": in_language(one.what)}
