"""The tour: what the mission says it does, sentence by sentence, beside the part of the system that does it."""

from collections.abc import Mapping, Sequence
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
    """Where the working thing is, in the active language; "" while the wing or its page is not there.

    The workspace's addresses have no language, and no cookie tells it: it is named, so that sign-in speaks it too.
    """
    if not stands(line) or not line.address:
        return ""
    is_for_staff = line.address.startswith(FOR_STAFF)
    address = line.address if is_for_staff else path(line.address.lstrip("/"))
    try:
        resolve(address)
    except Resolver404:
        return ""
    return f"{address}?language={current_language()}" if is_for_staff else address


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
            "Every sentence with which the mission describes its work, beside the part of this system that does it and"
            " its number of today. Where a tool is not built yet, it says so."
        ),
        "lines": shown,
        "counted": _counted(shown),
    }


def _counted(lines: Sequence[Mapping[str, object]]) -> str:
    """How many sentences lead somewhere, and behind how many of the others work is counted all the same."""
    built = sum(bool(line["href"]) for line in lines)
    recorded = sum(not line["href"] and bool(line.get("is_counted")) for line in lines)
    said = _("Of %(all)d sentences %(built)d lead to a part of this system that works.") % {
        "all": len(lines),
        "built": built,
    }
    if not recorded:
        return said
    more = ngettext(
        "Behind %(number)d more the work is recorded and counted today; only its own tool is missing.",
        "Behind %(number)d more the work is recorded and counted today; only their own tools are missing.",
        recorded,
    ) % {"number": recorded}
    return f"{said} {more}"


def _line(line: TourLine, numbers: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    found = numbers.get(line.figure, {"number": None})
    return {
        "sentence": line.sentences,
        "wing": in_language(line.shows),
        "href": href_of(line),
        "not_yet": _not_yet(in_language(line.shows), is_counted=bool(found.get("is_counted"))),
        **found,
    }


def _not_yet(wing: str, *, is_counted: bool) -> str:
    """A tool that is missing does not mean that the work is not done."""
    if is_counted:
        return _("Recorded and counted today. Its own tool is not built yet: %(wing)s.") % {"wing": wing}
    return _("The tool for it is not built yet: %(wing)s.") % {"wing": wing}


def _released(release: Release) -> Mapping[str, object]:
    measure = release.measure
    unit = wording.unit_words(measure.key, measure.unit, measure.unit_names)
    when = wording.when_words(release, is_cumulative=measure.is_cumulative)
    return {
        "number": release.value,
        "unit": _("%(unit)s, %(when)s") % {"unit": unit, "when": when},
        "is_example": measure.is_example,
        "is_counted": True,
        "number_href": path(f"figures/{queries.slug_of(measure.key)}/"),
    }


def _latest(series: Series) -> Mapping[str, object]:
    known = [one for one in series.observations.all() if one.value is not None]
    if not known:
        return {"number": None}
    unit = in_language(series.unit_names, current_language())
    return {
        "number": known[-1].value,
        "unit": _("%(unit)s, %(when)s") % {"unit": unit, "when": str(known[-1].year)},
        "number_href": path(f"figures/{series.key}/"),
    }


def _sourced(one: SourcedFigure) -> Mapping[str, object]:
    return {"number": wording.number_as_written(in_language(one.value_text)), "unit": in_language(one.what)}
