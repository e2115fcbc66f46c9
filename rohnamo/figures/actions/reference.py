"""Numbers that others counted: series of the country, and single figures of the mission's history."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction

from rohnamo.core import changes
from rohnamo.core.missionfiles import mission as files
from rohnamo.figures.models import Observation, Series, SourcedFigure
from rohnamo.places.actions import Loaded, bring_in_line

TOPIC = "figure.loaded"
MISSION = "mission"


@transaction.atomic
def load_series(series: Iterable[files.Series]) -> Loaded:
    """Let the series say what the mission's files say; those no longer in the files are taken away.

    A year without a number stays as an empty year. Loading the same twice changes nothing.
    """
    series = list(series)
    loaded = bring_in_line(
        Series.objects.all(), [_series(one) for one in series], key=["key"], may_remove=True
    )
    ids = dict(Series.objects.values_list("key", "pk"))
    years = [_observation(ids[one.code], year) for one in series for year in one.observations]
    loaded += bring_in_line(Observation.objects.all(), years, key=["series_id", "year"], may_remove=True)
    if loaded.is_news:
        changes.leave(TOPIC, sorted(ids))
    return loaded


@transaction.atomic
def load_sourced_figures(facts: Iterable[files.Fact], areas: Iterable[files.Area]) -> Loaded:
    """Facts of the mission (key: their code) and the figure that each area brings along (key: area.CODE)."""
    rows = [_of_fact(fact) for fact in facts]
    rows += [_of_area(area, area.figure) for area in areas if area.figure is not None]
    loaded = bring_in_line(SourcedFigure.objects.all(), rows, key=["key"], may_remove=True)
    if loaded.is_news:
        changes.leave(TOPIC, [row.key for row in rows])
    return loaded


def _series(series: files.Series) -> Series:
    return Series(
        key=series.code,
        titles=dict(series.title),
        unit_names=dict(series.unit),
        definitions=dict(series.definition),
        source=dict(series.source),
        licence=dict(series.licence),
        parts={code: dict(title) for code, title in series.parts.items()},
        breaks=list(series.breaks),
        lines=[str(line) for line in series.lines],
    )


def _observation(series: int, year: files.Observation) -> Observation:
    return Observation(
        series_id=series,
        year=year.year,
        value=None if year.value is None else year.value.quantize(Decimal("0.0001")),
        quality=year.quality.value if year.quality else "",
        parts={code: str(value) for code, value in year.parts.items()},
        note=year.note,
        source=year.source,
    )


def _of_fact(fact: files.Fact) -> SourcedFigure:
    return SourcedFigure(
        key=fact.code,
        value_text=_in_any_language(fact.value),
        what=dict(fact.title),
        when={},
        where={},
        kind="statistic",
        source=fact.source,
    )


def _of_area(area: files.Area, figure: files.PublicFigure) -> SourcedFigure:
    return SourcedFigure(
        key=f"area.{area.code}",
        area=area.code,
        value_text=_in_any_language(figure.value),
        what=dict(figure.unit),
        when=dict(figure.period),
        where=dict(figure.place),
        kind=figure.kind.value,
        source=figure.source,
    )


def _in_any_language(value: str) -> dict[str, str]:
    # "700+" reads alike in all of them.
    return {"tg": value, "ru": value, "en": value}
