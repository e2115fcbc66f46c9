"""One figure, and how we know it: what it means, where it comes from, every release, who stands behind it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.ages import UNKNOWN_AGE
from rohnamo.core.languages import in_language
from rohnamo.figures.models import Measure, Observation, Release, Series
from rohnamo.figures.queries import Part, history
from rohnamo.places.queries import name_of, places_by_code
from rohnamo.portal import queries
from rohnamo.portal.pages import chart, wording
from rohnamo.portal.pages.frame import Context, path
from rohnamo.projects.models import MissionProfile
from rohnamo.ui.templatetags.furniture import day, number

MOST_RELEASES = 24  # older ones stand in the open data


def figure_context(measure: Measure, _mission: MissionProfile | None) -> Context:
    """What a page says of something that is measured again and again."""
    standing = queries.periods([measure.key]).get(measure.key, [])
    release = next(iter(standing), None)
    broken_down = queries.newest_breakdown(standing)
    parts = broken_down[1] if broken_down else {}
    title = full_title(measure)
    return {
        "page_title": title,
        "page_description": in_language(measure.definitions),
        "trail": _trail(in_language(measure.titles) if measure.project else title, measure.project),
        "figure": _figure(measure, release),
        "provenance": {
            "definition": in_language(measure.definitions),
            "method": wording.counting_words(measure),
            "sources": [
                {
                    "text": wording.breakable(wording.source_words(release.source if release else {})),
                    "href": "",
                }
            ],
            "small_numbers": wording.hiding_words(release, [part for of in parts.values() for part in of]),
            "as_of": release.as_of if release else None,
        },
        "tables": [*(_tables(*broken_down, newest=release) if broken_down else []), *_history(measure)],
        "chart": None,
        "documents": _documents(queries.slug_of(measure.key)),
    }


def series_context(series: Series, _mission: MissionProfile | None) -> Context:
    """What a page says of a series that others count."""
    years = list(series.observations.all())
    known = [one for one in years if one.value is not None]
    return {
        "page_title": in_language(series.titles),
        "page_description": in_language(series.definitions),
        "trail": _trail(in_language(series.titles), ""),
        "figure": {
            "number": wording.large_number(known[-1].value or Decimal(0)) if known else _("no number yet"),
            "unit": in_language(series.unit_names),
            "when": str(known[-1].year) if known else "",
        },
        "provenance": {
            "definition": in_language(series.definitions),
            "method": _("Counted by others. We show it as they published it, year by year."),
            "sources": [
                {"text": wording.breakable(in_language(series.source)), "href": ""},
                *_licence(series),
            ],
            "small_numbers": _gaps(years),
        },
        "tables": [_years(series, years)],
        "chart": chart.share_alone(series),
        "documents": _documents(series.key),
    }


def full_title(measure: Measure) -> str:
    """With the code of its project, or the name of its area, in front."""
    area = queries.area_names().get(measure.area, {}) if measure.area and not measure.project else {}
    return wording.whose_words(in_language(measure.titles), measure.project or in_language(area))


def _trail(title: str, project: str) -> list[Mapping[str, str]]:
    trail = [{"href": path("figures/"), "text": _("Figures")}]
    if project:
        trail.append({"href": path(f"projects/{project}/"), "text": project})
    return [*trail, {"href": "", "text": title}]


def _figure(measure: Measure, release: Release | None) -> Mapping[str, object]:
    return {
        "number": release.value if release else "–",
        "unit": wording.unit_words(measure.key, measure.unit, measure.unit_names),
        "when": wording.when_words(release, is_cumulative=measure.is_cumulative)
        if release
        else wording.unreleased_words(is_withheld=measure.withheld.exists()),
        "where": in_language(queries.project_titles(measure.project)),
        "as_of": release.as_of if release else None,
        "is_example": measure.is_example,
    }


def _history(measure: Measure) -> list[Mapping[str, object]]:
    """Every release, the newest first, with the days that its number stands for."""
    title = _("Every release of this figure")
    rows = [
        [
            wording.when_words(one, is_cumulative=measure.is_cumulative),
            day(one.released_at),
            number(one.value),
        ]
        for one in history(measure.key)[:MOST_RELEASES]
    ]
    columns = [pgettext("column", "Days"), pgettext("column", "Released on"), pgettext("column", "Number")]
    return [{"title": title, "columns": columns, "rows": rows}] if rows else []


def _tables(
    release: Release, parts: Mapping[tuple[str, ...], Sequence[Part]], *, newest: Release | None
) -> list[Mapping[str, object]]:
    """Breakdowns by one attribute, of the newest closed period. Those by two stand in the open data: they are too
    long for a phone.
    """
    places = places_by_code() if ("district",) in parts else {}
    names = {
        "sex": {"f": _("women"), "m": _("men"), "u": _("not known")},
        "age": {UNKNOWN_AGE: _("not known")},
        "district": {code: name_of(place) for code, place in places.items()} | {"u": _("not known")},
    }
    titles = {"sex": _("By sex"), "age": _("By age, in years"), "district": _("By district")}
    return [
        {
            "title": title,
            "note": _breakdown_note(release, newest),
            "columns": [title, pgettext("column", "Number")],
            "rows": [
                [names[name].get(part.attributes[name], part.attributes[name]), wording.count_words(part)]
                for part in parts[(name,)]
            ],
        }
        for name, title in titles.items()
        if (name,) in parts
    ]


def _breakdown_note(release: Release, newest: Release | None) -> str:
    """Which days a breakdown is of, where it is not of the number on top, and which total it adds up to."""
    if release.cells_of:
        period = wording.when_words(release, is_cumulative=release.measure.is_cumulative)
        return f"{wording.sentence(period)} {wording.breakdown_words(release)}"
    if release == newest:
        return ""
    return _("The newest period that is over: %(period)s. In all %(number)s.") % {
        "period": wording.when_words(release, is_cumulative=release.measure.is_cumulative),
        "number": number(release.value),
    }


def _years(series: Series, years: Sequence[Observation]) -> Mapping[str, object]:
    """Every year, the newest first; a year without a number says so. Columns that would say nothing are left out."""
    columns = [_("Year"), in_language(series.unit_names), _("How good the number is")]
    rows = [_year(one) for one in reversed(years)]
    if len({one.source for one in years if one.value is not None}) > 1:
        columns.append(pgettext("column", "Source"))
        rows = [[*row, wording.breakable(one.source)] for row, one in zip(rows, reversed(years), strict=True)]
    if breaks := {int(year) for year in series.breaks}:
        columns.append(pgettext("column", "Method"))
        words = {True: _("another method from this year on"), False: ""}
        rows = [[*row, words[one.year in breaks]] for row, one in zip(rows, reversed(years), strict=True)]
    return {"title": _("Year by year"), "columns": columns, "rows": rows}


def _year(one: Observation) -> list[str]:
    if one.value is None:
        return [str(one.year), "–", _("no figure was found")]
    return [str(one.year), number(one.value), chart.quality_words(one) or _("official")]


def _licence(series: Series) -> list[Mapping[str, str]]:
    licence = in_language(series.licence)
    return [{"text": _("Licence: %(licence)s") % {"licence": licence}, "href": ""}] if licence else []


def _gaps(years: Sequence[Observation]) -> str:
    gaps = [str(one.year) for one in years if one.value is None]
    return _("For these years no figure was found: %(years)s.") % {"years": ", ".join(gaps)} if gaps else ""


def _documents(slug: str) -> list[Mapping[str, str]]:
    return [
        {
            "href": path(f"figures/{slug}/data.{kind}"),
            "text": _("All numbers of this figure"),
            "icon": "download",
            "format": kind.upper(),
        }
        for kind in ("csv", "json")
    ]
