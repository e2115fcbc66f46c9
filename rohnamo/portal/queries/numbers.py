"""Released figures and reference series, as many as a page needs in one go."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Prefetch

from rohnamo.figures.models import Measure, Observation, Release, Series, SourcedFigure, Verdict
from rohnamo.figures.queries import Part, breakdown
from rohnamo.figures.queries.figures import OTHER_NAMES, slug, told

NAMES = {key: name for name, key in OTHER_NAMES.items()}
LOOK_BACK = 3  # standing releases of closed periods that are asked for a breakdown
Breakdown = Mapping[tuple[str, ...], list[Part]]


def slug_of(key: str) -> str:
    """What a figure is called in an address: EX.03.1.1.a is ex-03-1-1-a, mission.reached is people-reached."""
    return NAMES.get(key, slug(key))


def standing(keys: Iterable[str]) -> dict[str, Release]:
    """Key → the release that stands for the newest period of a measure, with its measure. One query."""
    releases = told().filter(measure__key__in=set(keys)).select_related("measure")
    return {release.measure.key: release for release in releases.order_by("end", "start")}


def periods(keys: Iterable[str]) -> dict[str, list[Release]]:
    """Key → the releases that stand, of every period, the newest first. One query: for measures of few periods."""
    found: dict[str, list[Release]] = {}
    standing = Release.objects.filter(measure__key__in=set(keys), is_current=True)
    releases = standing.select_related("measure", "cells_of")
    for release in releases.order_by("-end", "-start"):
        found.setdefault(release.measure.key, []).append(release)
    return found


def by_district(releases: Iterable[Release]) -> tuple[Release, list[Part]] | None:
    """The first of these that shows numbers by district, with these; None when none does."""
    for release, parts in _broken_down(releases):
        if districts := parts.get(("district",)):
            return release, districts
    return None


def newest_breakdown(releases: Iterable[Release]) -> tuple[Release, Breakdown] | None:
    """The first of these that shows who was counted, with that; None when none does."""
    return next(_broken_down(releases), None)


def _broken_down(releases: Iterable[Release]) -> Iterator[tuple[Release, Breakdown]]:
    """Those of the newest closed periods of which more than the total may be shown."""
    closed = [release for release in releases if release.verdict != Verdict.OPEN]
    for release in closed[:LOOK_BACK]:
        if parts := breakdown(release):
            yield release, parts


def series_with_years(keys: Iterable[str] = ()) -> Mapping[str, Series]:
    """Reference series by key, each with its years in order; all when none is named. Two queries."""
    years = Prefetch("observations", Observation.objects.order_by("year"))
    found = Series.objects.prefetch_related(years)
    wanted = set(keys)
    return {series.key: series for series in (found.filter(key__in=wanted) if wanted else found)}


def sourced_figures() -> list[SourcedFigure]:
    """Every single figure that others published, in the order of keys."""
    return list(SourcedFigure.objects.all())


def keys_by_slug() -> dict[str, str]:
    """Name of a measure in addresses → its key."""
    return {slug_of(key): key for key in Measure.objects.values_list("key", flat=True)}
