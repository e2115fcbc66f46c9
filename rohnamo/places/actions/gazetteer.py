"""The mission's places, their names and its border crossings, from its files into the database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db import transaction

from rohnamo.core import changes
from rohnamo.core.missionfiles import mission as files
from rohnamo.places.actions.loading import Loaded, bring_in_line
from rohnamo.places.models import Crossing, CrossingStatus, Place, PlaceName

TOPIC = "places.changed"


@transaction.atomic
def load(
    places: Iterable[files.Place],
    names: Iterable[files.PlaceName],
    crossings: Iterable[files.Crossing],
    *,
    small_cells: files.SmallCells,
) -> Loaded:
    """Let the tables of places say what the mission's files say. Loading the same twice changes nothing.

    Names and reports about crossings that are no longer in the files are taken away. Places and crossings are
    not: records point at them. Leaves the line ("places.changed", "all") when anything is new.
    """
    places, crossings = list(places), list(crossings)
    loaded = _load_places(places, small_cells)
    ids = dict(Place.objects.values_list("code", "pk"))
    loaded += bring_in_line(
        PlaceName.objects.filter(place__code__in=[place.code for place in places]),
        _spellings(names, ids),
        key=["place_id", "language", "name"],
        may_remove=True,
    )
    loaded += bring_in_line(
        Crossing.objects.all(), [_crossing(crossing, ids) for crossing in crossings], key=["code"]
    )
    loaded += _load_statuses(crossings)
    if loaded.is_news:
        changes.leave(TOPIC, ["all"])
    return loaded


def _load_places(places: list[files.Place], small_cells: files.SmallCells) -> Loaded:
    """Level by level, because a place needs the number of its parent."""
    loaded = Loaded()
    for level in sorted({place.level for place in places}):
        ids = dict(Place.objects.values_list("code", "pk"))
        rows = [
            _place(place, ids, small_cells.least_in(place.code)) for place in places if place.level == level
        ]
        loaded += bring_in_line(Place.objects.all(), rows, key=["code"])
    return loaded


def _place(place: files.Place, ids: dict[str, int], small_cell_below: int) -> Place:
    return Place(
        code=place.code,
        pcode=place.pcode,
        level=place.level,
        kind=place.kind,
        parent_id=ids[place.parent] if place.parent else None,
        names=dict(place.name),
        russian_basis=place.russian_basis,
        latitude=_degrees(place.lat),
        longitude=_degrees(place.lon),
        point_basis=place.point_basis,
        outside_id=place.outside_id,
        note=place.note,
        small_cell_below=small_cell_below,
    )


def _spellings(names: Iterable[files.PlaceName], ids: dict[str, int]) -> Iterator[PlaceName]:
    seen: Counter[str] = Counter()
    for name in names:
        yield PlaceName(
            place_id=ids[name.place],
            language=name.language,
            name=name.name,
            kind=name.kind.value,
            order=seen[name.place],
            valid_from=name.valid.first_on,
            valid_to=name.valid.last_on,
            is_exact=name.valid.is_exact,
            basis=name.basis,
        )
        seen[name.place] += 1


def _crossing(crossing: files.Crossing, ids: dict[str, int]) -> Crossing:
    return Crossing(
        code=crossing.code,
        names=dict(crossing.name),
        name_basis=crossing.name_basis,
        neighbour=crossing.neighbour,
        mode=crossing.mode,
        opposite_side=crossing.opposite,
        place_id=ids[crossing.place],
        latitude=_degrees(crossing.lat),
        longitude=_degrees(crossing.lon),
        is_exact_point=crossing.is_exact,
        point_basis=crossing.point_basis,
        source=crossing.source,
    )


def _load_statuses(crossings: list[files.Crossing]) -> Loaded:
    ids = dict(Crossing.objects.values_list("code", "pk"))
    rows = [
        _status(status, ids[crossing.code], order)
        for crossing in crossings
        for order, status in enumerate(crossing.statuses)
    ]
    stored = CrossingStatus.objects.filter(crossing__code__in=[crossing.code for crossing in crossings])
    return bring_in_line(stored, rows, key=["crossing_id", "order"], may_remove=True)


def _status(status: files.CrossingStatus, crossing_id: int, order: int) -> CrossingStatus:
    return CrossingStatus(
        crossing_id=crossing_id,
        order=order,
        state=status.state.value,
        valid_from=status.valid.first_on,
        valid_to=status.valid.last_on,
        is_exact=status.valid.is_exact,
        reported_year=status.reported_year,
        note=status.note,
        source=status.source,
    )


def _degrees(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
