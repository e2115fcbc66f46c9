"""Figures as open data: the same released numbers as on the pages, as rows. Hidden numbers are empty here too."""

import csv
import io
import json
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import translation

from rohnamo.core.languages import in_language
from rohnamo.figures.models import Measure, Release, Series
from rohnamo.figures.queries import breakdown
from rohnamo.figures.queries import measure as find_measure
from rohnamo.portal import queries
from rohnamo.projects.models import Project

Cell = str | int | float | None
OF_MEASURE = (
    "measure", "title", "unit", "from", "to", "as_of", "released_on", "is_current", "sex", "age", "district", "number", "is_hidden",
    "breakdown_as_of", "breakdown_total",
)  # fmt: skip
OF_PROJECT = ("measure", "title", "unit", "from", "to", "as_of", "baseline", "target", "actual", "is_example")
OF_SERIES = ("series", "year", "value", "unit", "quality", "note", "source")


@dataclass(frozen=True)
class Rows:
    """Every row is as long as columns. None is a number that is not known or not shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_csv(self) -> str:
        """With a mark at the start by which spreadsheets know that the letters are UTF-8."""
        body = io.StringIO()
        writer = csv.writer(body)
        writer.writerow(self.columns)
        writer.writerows([["" if cell is None else cell for cell in row] for row in self.rows])
        return "\ufeff" + body.getvalue()

    def as_json(self) -> str:
        return json.dumps(
            [dict(zip(self.columns, row, strict=True)) for row in self.rows], ensure_ascii=False, indent=1
        )


def figure(language: str, slug: str) -> Rows:
    """Every release of a measure, with the breakdowns of those that stand; or every year of a series.

    Raises Measure.DoesNotExist when it is neither.
    """
    if measure := find_measure(slug):
        return _of_measure(measure, language)
    if series := queries.series_with_years([slug]).get(slug):
        return _of_series(series, language)
    raise Measure.DoesNotExist


def project(language: str, code: str) -> Rows:
    """All standing releases of a project's measures with their targets. Raises Project.DoesNotExist."""
    if not Project.objects.filter(code=code).exists():
        raise Project.DoesNotExist
    standing = Prefetch("releases", Release.objects.filter(is_current=True).order_by("start"))
    measures = Measure.objects.filter(project=code).prefetch_related(standing, "targets")
    return Rows(OF_PROJECT, tuple(row for measure in measures for row in _results(measure, language)))


def _of_measure(measure: Measure, language: str) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    with translation.override(language):
        for release in measure.releases.select_related("cells_of").order_by("-end", "-released_at", "-pk"):
            rows.append(
                (*_release(measure, release, language), "", "", "", float(release.value), "no", "", None)
            )
            if release.is_current:
                rows += _breakdowns(measure, release, language)
    return Rows(OF_MEASURE, tuple(rows))


def _release(measure: Measure, release: Release, language: str) -> tuple[Cell, ...]:
    return (
        measure.key,
        in_language(measure.titles, language),
        measure.unit,
        release.start.isoformat(),
        release.end.isoformat(),
        release.as_of.isoformat(),
        release.released_at.date().isoformat(),
        "yes" if release.is_current else "no",
    )


def _breakdowns(measure: Measure, release: Release, language: str) -> list[tuple[Cell, ...]]:
    head = _release(measure, release, language)
    # Where an earlier breakdown was kept its rows do not add up to the newer total: these two columns say to which.
    source = release.cells_of or release
    of_whom = (source.as_of.isoformat(), float(source.value))
    return [
        (
            *head,
            *(part.attributes.get(name, "") for name in ("sex", "age", "district")),
            part.count,
            "yes" if part.count is None else "no",
            *of_whom,
        )
        for parts in breakdown(release).values()
        for part in parts
    ]


def _of_series(series: Series, language: str) -> Rows:
    unit = in_language(series.unit_names, language)
    return Rows(
        OF_SERIES,
        tuple(
            (
                series.key,
                one.year,
                None if one.value is None else float(one.value),
                unit,
                one.quality,
                one.note,
                one.source or in_language(series.source, language),
            )
            for one in series.observations.all()
        ),
    )


def _results(measure: Measure, language: str) -> list[tuple[Cell, ...]]:
    targets = {(target.start, target.end): target for target in measure.targets.all()}
    rows: list[tuple[Cell, ...]] = []
    for release in measure.releases.all():
        target = targets.get((release.start, release.end))
        rows.append(
            (
                measure.key,
                in_language(measure.titles, language),
                in_language(measure.unit_names, language) or measure.unit,
                release.start.isoformat(),
                release.end.isoformat(),
                release.as_of.isoformat(),
                _float(target and target.baseline),
                _float(target and target.target),
                float(release.value),
                "yes" if measure.is_example else "no",
            )
        )
    return rows


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
