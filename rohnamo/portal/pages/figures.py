"""Figures: the list of all that was published, and for each: how do we know?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.core.pages import Page
from rohnamo.figures.models import Measure, Series, SourcedFigure
from rohnamo.figures.queries import Figure, listed
from rohnamo.figures.queries import measure as find_measure
from rohnamo.portal import queries
from rohnamo.portal.pages import frame, wording
from rohnamo.portal.pages.figure import figure_context, series_context
from rohnamo.portal.pages.frame import Context, path
from rohnamo.projects.models import MissionProfile

LIST = "figures/"


def list_page(language: str, subjects: queries.Subjects) -> Page:
    return Page(
        address=path(LIST, language),
        language=language,
        title=_("Figures"),
        render=partial(render_list, language),
        topics=frame.marks("figure.released", "figure.declared", "figure.loaded"),
        text=" ".join(in_language(series.titles, language) for series in subjects.series),
    )


def figure_pages(language: str, subjects: queries.Subjects) -> list[Page]:
    areas = {area.code: in_language(area.names, language) for area in subjects.areas}
    measured = [
        Page(
            address=path(f"{LIST}{queries.slug_of(measure.key)}/", language),
            language=language,
            title=wording.whose_words(
                in_language(measure.titles, language), measure.project or areas.get(measure.area, "")
            ),
            render=partial(render_figure, language, queries.slug_of(measure.key)),
            topics=frame.marks(
                f"figure.declared:{measure.key}",
                f"figure.promised:{measure.key}",
                "mission.changed:areas",
                "mission.changed:projects",
                "places.changed",
                figures=frozenset({measure.key}),
            ),
            text=in_language(measure.definitions, language),
        )
        for measure in subjects.measures
    ]
    others = [
        Page(
            address=path(f"{LIST}{series.key}/", language),
            language=language,
            title=in_language(series.titles, language),
            render=partial(render_figure, language, series.key),
            topics=frame.marks(f"figure.loaded:{series.key}"),
            text=in_language(series.definitions, language),
        )
        for series in subjects.series
    ]
    return [*measured, *others]


def render_list(language: str) -> bytes:
    return frame.written("portal/figures.html", language, LIST, _list)


def render_figure(language: str, slug: str) -> bytes:
    """A measure or a series by its name in addresses. Raises Measure.DoesNotExist when it is neither."""
    tail = f"{LIST}{slug}/"
    if measure := find_measure(slug):
        return frame.written("portal/figure.html", language, tail, partial(figure_context, measure))
    if series := queries.series_with_years([slug]).get(slug):
        return frame.written("portal/figure.html", language, tail, partial(series_context, series))
    raise Measure.DoesNotExist


def _list(_mission: MissionProfile | None) -> Context:
    groups = {
        _("The mission"): listed(scope="mission"),
        _("Areas of work"): listed(scope="area"),
        _("Projects"): listed(scope="project"),
    }
    return {
        "page_title": _("Figures"),
        "lead": _(
            "Every number is published with its definition, its day and its source. Where few people stand behind a"
            " number it is hidden."
        ),
        "groups": [
            {"title": title, "lines": _lines(figures)} for title, figures in groups.items() if figures
        ],
        "series": [_line_of_series(series) for series in queries.series_with_years().values()],
        "claims": [_sourced(one) for one in queries.sourced_figures()],
    }


def _lines(figures: Sequence[Figure]) -> list[Mapping[str, object]]:
    """Measures of one kind, people before services, areas and projects in the mission's order."""
    areas = {code: in_language(names) for code, names in queries.area_names().items()}
    order = list(areas)
    ordered = sorted(
        figures,
        key=lambda one: (
            one.project,
            order.index(one.area) if one.area in order else -1,
            one.key.endswith(".delivered"),
        ),
    )
    return [_line(figure, areas) for figure in ordered]


def _line(figure: Figure, areas: Mapping[str, str]) -> Mapping[str, object]:
    release = figure.release
    return {
        "href": path(f"{LIST}{queries.slug_of(figure.key)}/"),
        "title": _title(figure, areas),
        "number": figure.number if release else "–",
        "what": wording.unit_words(figure.key, figure.unit, figure.unit_names),
        "when": wording.when_words(release, is_cumulative=figure.is_cumulative)
        if release
        else wording.unreleased_words(is_withheld=figure.is_withheld),
        "is_example": bool(release) and figure.is_example,
    }


def _title(figure: Figure, areas: Mapping[str, str]) -> str:
    return wording.whose_words(in_language(figure.what), figure.project or areas.get(figure.area, ""))


def _line_of_series(series: Series) -> Mapping[str, object]:
    known = [one for one in series.observations.all() if one.value is not None]
    return {
        "href": path(f"{LIST}{series.key}/"),
        "title": in_language(series.titles),
        "number": wording.large_number(known[-1].value or Decimal(0)) if known else "–",
        "what": in_language(series.unit_names),
        "when": str(known[-1].year) if known else "",
    }


def _sourced(one: SourcedFigure) -> Mapping[str, str]:
    return {
        "number": wording.number_as_written(in_language(one.value_text)),
        "what": in_language(one.what),
        "when": wording.listed([in_language(one.where), in_language(one.when)]),
        "source": _("Source: %(source)s.") % {"source": one.source},
    }
