"""Loading places: from files to tables, and again without a change."""

from dataclasses import replace
from datetime import date

import pytest

from rohnamo.core.changes import Reader, readers_replaced
from rohnamo.core.errors import WrongData
from rohnamo.core.models import Change
from rohnamo.places.actions import Loaded, bring_in_line, load
from rohnamo.places.models import Crossing, CrossingStatus, Place, PlaceName
from rohnamo.places.tests.factories import BRIDGE, CELLS, PLACES, REGION_A, SOYA, former, spelling

pytestmark = pytest.mark.django_db
NAMES = [
    former("XX-A-soya", "ru", "Старая Соя", last_on=date(2003, 12, 31)),
    spelling("XX-A-soya", "en", "Soia"),
]


def _listening(topic: str) -> Reader:
    return Reader("test", frozenset({topic}), lambda lines: None)


def test_given_an_empty_house_when_places_are_loaded_then_each_stands_with_its_parent_and_limit() -> None:
    loaded = load(PLACES, NAMES, [BRIDGE], small_cells=CELLS)

    assert loaded == Loaded(created=4 + 2 + 1 + 2)
    assert list(
        Place.objects.values_list("code", "level", "parent__code", "small_cell_below", "latitude")
    ) == [
        ("XX-A", 1, None, 5, 38.5),
        ("XX-A-soya", 2, "XX-A", 5, 38.5),
        ("XX-B", 1, None, 10, 38.5),
        ("XX-B-chashma", 2, "XX-B", 10, None),
    ]


def test_given_names_when_they_are_loaded_then_they_keep_kind_days_and_order() -> None:
    load(PLACES, NAMES, [], small_cells=CELLS)

    assert list(
        PlaceName.objects.values_list("name", "language", "kind", "order", "valid_to", "is_exact")
    ) == [
        ("Старая Соя", "ru", "former", 0, date(2003, 12, 31), False),
        ("Soia", "en", "spelling", 1, None, True),
    ]


def test_given_a_crossing_when_it_is_loaded_then_its_history_stands_in_order() -> None:
    load(PLACES, [], [BRIDGE], small_cells=CELLS)

    assert list(Crossing.objects.values_list("code", "place__code", "is_exact_point", "opposite_side")) == [
        ("NN-01", "XX-B-chashma", False, "Far Bank")
    ]
    assert list(CrossingStatus.objects.values_list("state", "valid_from", "valid_to", "reported_year")) == [
        ("open", date(2019, 1, 1), date(2020, 12, 31), 2020),
        ("closed", date(2021, 1, 1), None, 2020),
    ]


def test_given_loaded_places_when_they_are_loaded_again_then_nothing_changes_and_nobody_is_told() -> None:
    load(PLACES, NAMES, [BRIDGE], small_cells=CELLS)
    Change.objects.all().delete()
    before = (
        list(Place.objects.values())
        + list(PlaceName.objects.values())
        + list(CrossingStatus.objects.values())
    )

    with readers_replaced(_listening("places.changed")):
        loaded = load(PLACES, NAMES, [BRIDGE], small_cells=CELLS)

    assert loaded == Loaded(unchanged=9)
    assert before == (
        list(Place.objects.values())
        + list(PlaceName.objects.values())
        + list(CrossingStatus.objects.values())
    )
    assert Change.objects.count() == 0


def test_given_a_renamed_place_when_it_is_loaded_then_it_stays_the_same_row_and_readers_are_told() -> None:
    load(PLACES, [], [], small_cells=CELLS)
    Change.objects.all().delete()
    number = Place.objects.get(code="XX-A-soya").pk
    renamed = replace(SOYA, name={"tg": "Сояи Нав", "ru": "Новая Соя", "en": "New Soya"})

    with readers_replaced(_listening("places.changed")):
        loaded = load([REGION_A, renamed], [], [], small_cells=CELLS)

    assert loaded == Loaded(changed=1, unchanged=1)
    assert Place.objects.get(pk=number).names == {"tg": "Сояи Нав", "ru": "Новая Соя", "en": "New Soya"}
    assert list(Change.objects.values_list("topic", "key")) == [("places.changed", "all")]


def test_given_a_place_and_a_name_that_left_the_files_when_loaded_then_only_the_name_is_taken_away() -> None:
    load(PLACES, NAMES, [], small_cells=CELLS)

    loaded = load([SOYA, REGION_A], NAMES[:1], [], small_cells=CELLS)

    assert loaded == Loaded(unchanged=3, removed=1)
    assert Place.objects.count() == 4
    assert list(PlaceName.objects.values_list("name", flat=True)) == ["Старая Соя"]


def test_given_one_name_written_twice_when_loaded_then_it_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(WrongData) as refused:
        load(PLACES, [NAMES[1], NAMES[1]], [], small_cells=CELLS)

    assert "name Soia" in str(refused.value)
    assert Place.objects.count() == 0


def test_given_a_row_nobody_wants_when_it_may_not_be_removed_then_it_is_left_alone() -> None:
    Place.objects.create(code="XX-Z", level=1)

    loaded = bring_in_line(Place.objects.all(), [Place(code="XX-Y", level=1)], key=["code"])

    assert loaded == Loaded(created=1)
    assert list(Place.objects.values_list("code", flat=True)) == ["XX-Y", "XX-Z"]
