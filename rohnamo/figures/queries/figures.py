"""The numbers that stand, with everything one must know to trust them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from rohnamo.core.periods import Period
from rohnamo.figures.models import (
    Cell,
    Measure,
    Observation,
    Release,
    Series,
    SourcedFigure,
    Target,
    Withheld,
)

Words = Mapping[str, str]
# What pages and the tour call a figure beside its key.
OTHER_NAMES = {"people-reached": "mission.reached"}
MEASURED, PUBLISHED_BY_OTHERS, SERIES = "measured", "published_by_others", "series"


@dataclass(frozen=True)
class Figure:
    """A number with its words, for a page.

    number is None where nothing was released yet, or where only text is known ("700+"): then `text` says it.
    kind: measured by us, published_by_others, or the latest year of a series. nature: result, target, statistic or
    estimate, so that a target is never taken for a result. baseline, target: of the days that were released.
    final_target: the last one that was promised, by the day `final_on`. group, order: as in Measure. place: empty
    means the mission's whole country or, with `project`, the project's places. release: the row that it was read
    from, for its breakdown. is_withheld: the latest number is of so few people that it is not told.
    """

    key: str
    kind: str
    nature: str
    what: Words
    number: Decimal | None = None
    text: Words = field(default_factory=dict)
    unit: str = ""
    unit_names: Words = field(default_factory=dict)
    definition: Words = field(default_factory=dict)
    place: Words = field(default_factory=dict)
    when: Words = field(default_factory=dict)
    area: str = ""
    project: str = ""
    group: str = ""
    group_kind: str = ""
    group_titles: Words = field(default_factory=dict)
    order: int = 0
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    source: Words = field(default_factory=dict)
    method: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    final_target: Decimal | None = None
    final_on: date | None = None
    is_cumulative: bool = False
    is_rising_good: bool = True
    is_example: bool = False
    is_open: bool = False
    is_withheld: bool = False
    release: Release | None = None


@dataclass(frozen=True)
class Part:
    """One number of a breakdown. attributes: name → category; count None: hidden, because it could point at somebody."""

    attributes: Mapping[str, str]
    count: int | None


def measure(key: str) -> Measure | None:
    """By its key, or by the name that addresses carry: EX.01.1.a is ex-01-1-a there."""
    key = OTHER_NAMES.get(key, key)
    exact = Measure.objects.filter(key=key).first()
    return exact or next((one for one in Measure.objects.all() if slug(one.key) == key), None)


def slug(key: str) -> str:
    """A key as a part of an address."""
    return key.lower().replace(".", "-")


def cascade_key(project: str, cascade: str, service: str) -> str:
    """The measure that one step of a project's cascade is released under."""
    return f"{project}.{cascade}.{service}"


def broken_down(measures: Iterable[Measure]) -> dict[int, set[Period]]:
    """Number of a measure → the periods of which a breakdown was ever released. One query."""
    released = Release.objects.filter(measure__in=measures)
    return _periods_of(released.filter(Exists(Cell.objects.filter(release=OuterRef("pk")))))


def released_periods(measures: Iterable[Measure]) -> dict[int, set[Period]]:
    """Number of a measure → the periods for which anything was ever released. One query."""
    return _periods_of(Release.objects.filter(measure__in=measures))


def _periods_of(released: QuerySet[Release]) -> dict[int, set[Period]]:
    found: dict[int, set[Period]] = {}
    for number, start, end in released.values_list("measure_id", "start", "end"):
        found.setdefault(number, set()).add(Period(start, end))
    return found


def current(key: str, period: Period | None = None) -> Release | None:
    """What stands for a period, or for the latest one; None where nothing was released, or the latest is withheld."""
    found = measure(key)
    if found is None:
        return None
    standing = told().filter(measure=found)
    if period is not None:
        standing = found.releases.filter(is_current=True, start=period.start, end=period.end)
    return standing.order_by("-end", "-start").select_related("measure").first()


def told() -> QuerySet[Release]:
    """Releases that stand, but none of a measure of which a later period is withheld: they are not the latest."""
    later = Withheld.objects.filter(measure=OuterRef("measure"), end__gt=OuterRef("end"))
    return Release.objects.filter(~Exists(later), is_current=True)


def history(key: str) -> QuerySet[Release]:
    """Every release of a measure that was ever made, the newest first."""
    return Release.objects.filter(measure__key=OTHER_NAMES.get(key, key)).order_by("-released_at", "-pk")


def series(key: str) -> Series | None:
    """A reference series with its years, in order, as `observations.all()`."""
    years = Prefetch("observations", Observation.objects.order_by("year"))
    return Series.objects.prefetch_related(years).filter(key=key).first()


def breakdown(release: Release) -> dict[tuple[str, ...], list[Part]]:
    """What may be shown of who was counted: names of attributes → parts. Empty while the period is open."""
    parts: dict[tuple[str, ...], list[Part]] = {}
    for cell in Cell.objects.filter(release=release.cells_of_id or release.pk).order_by("pk"):
        attributes = {name: getattr(cell, name) for name in ("sex", "age", "district") if getattr(cell, name)}
        parts.setdefault(tuple(attributes), []).append(Part(attributes, cell.count))
    return parts


def figure_with_everything(key: str) -> Figure | None:
    """A measure, a figure that others published, or a series by its key or name; None when there is none."""
    if found := measure(key):
        return _of_measure(found, current(found.key), has_withheld=found.withheld.exists())
    if sourced := SourcedFigure.objects.filter(key=key).first():
        return _of_sourced(sourced)
    if others := series(key):
        return _of_series(others)
    return None


def listed(*, scope: str = "", project: str = "", area: str = "") -> list[Figure]:
    """All measures with what stands of each, in the order of keys. Three queries, however many."""
    wanted = {"scope": scope, "project": project, "area": area}
    standing = told().order_by("-end", "-start")
    measures = Measure.objects.filter(**{name: value for name, value in wanted.items() if value})
    withheld = Exists(Withheld.objects.filter(measure=OuterRef("pk")))
    measures = measures.annotate(has_withheld=withheld).prefetch_related(
        Prefetch("releases", standing, to_attr="standing"), "targets"
    )
    return [
        _of_measure(one, next(iter(one.standing), None), has_withheld=one.has_withheld) for one in measures
    ]


def _of_measure(measure: Measure, release: Release | None, *, has_withheld: bool) -> Figure:
    promise, final = _promise(measure, release), _final(measure)
    return Figure(
        key=measure.key,
        kind=MEASURED,
        nature="result",
        what=measure.titles,
        number=release.value if release else None,
        unit=measure.unit,
        unit_names=measure.unit_names,
        definition=measure.definitions,
        area=measure.area,
        project=measure.project,
        group=measure.group,
        group_kind=measure.group_kind,
        group_titles=measure.group_titles,
        order=measure.order,
        start=release.start if release else None,
        end=release.end if release else None,
        as_of=release.as_of if release else None,
        source=release.source if release else {},
        method=release.method if release else "",
        baseline=promise.baseline if promise else None,
        target=promise.target if promise else None,
        final_target=final.target if final else None,
        final_on=final.end if final else None,
        is_cumulative=measure.is_cumulative,
        is_rising_good=measure.is_rising_good,
        is_example=measure.is_example,
        is_open=release is not None and release.verdict == "open",
        is_withheld=release is None and has_withheld,
        release=release,
    )


def _promise(measure: Measure, release: Release | None) -> Target | None:
    """The target of the released period, or of the first one that ends later."""
    targets = sorted(measure.targets.all(), key=lambda target: (target.end, target.start))
    if release is None:
        return next(iter(targets), None)
    later = [target for target in targets if target.end >= release.end]
    exact = [target for target in later if (target.start, target.end) == (release.start, release.end)]
    return next(iter([*exact, *later, *reversed(targets)]), None)


def _final(measure: Measure) -> Target | None:
    """The last target that says a number."""
    promised = [target for target in measure.targets.all() if target.target is not None]
    return max(promised, key=lambda target: (target.end, target.start), default=None)


def _of_sourced(sourced: SourcedFigure) -> Figure:
    return Figure(
        key=sourced.key,
        kind=PUBLISHED_BY_OTHERS,
        nature=sourced.kind,
        what=sourced.what,
        text=sourced.value_text,
        when=sourced.when,
        place=sourced.where,
        area=sourced.area,
        source={"en": sourced.source},
    )


def _of_series(series: Series) -> Figure:
    known = [year for year in series.observations.all() if year.value is not None]
    latest = known[-1] if known else None
    return Figure(
        key=series.key,
        kind=SERIES,
        nature="statistic",
        what=series.titles,
        number=latest.value if latest else None,
        unit_names=series.unit_names,
        definition=series.definitions,
        start=date(latest.year, 1, 1) if latest else None,
        end=date(latest.year, 12, 31) if latest else None,
        source=series.source,
    )
