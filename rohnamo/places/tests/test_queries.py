"""Reading places: names by language and day, spellings for registers, credits."""

from datetime import date

import pytest
from django.utils import translation

from rohnamo.engines.registers import Gazetteer, Kind, PlaceVerdict
from rohnamo.places import queries
from rohnamo.places.actions import load
from rohnamo.places.models import Place, PlaceName
from rohnamo.places.tests.factories import BRIDGE, CELLS, PLACES, former, spelling

pytestmark = pytest.mark.django_db


def test_given_places_when_asked_by_level_then_regions_and_districts_come_in_order() -> None:
    load(PLACES, [], [], small_cells=CELLS)

    assert [place.code for place in queries.regions()] == ["XX-A", "XX-B"]
    assert [(place.code, place.parent.code) for place in queries.districts()] == [
        ("XX-A-soya", "XX-A"),
        ("XX-B-chashma", "XX-B"),
    ]


def test_given_a_code_when_asked_then_its_place_comes_or_an_error() -> None:
    load(PLACES, [], [], small_cells=CELLS)

    assert queries.by_code("XX-A-soya").names["en"] == "Soya"
    with pytest.raises(Place.DoesNotExist):
        queries.by_code("XX-A-none")


def test_given_places_when_all_are_asked_by_code_then_it_takes_one_query(django_assert_num_queries) -> None:
    load(PLACES, [], [], small_cells=CELLS)

    with django_assert_num_queries(1):
        parents = {
            code: place.parent and place.parent.code for code, place in queries.places_by_code().items()
        }

    assert parents == {"XX-A": None, "XX-A-soya": "XX-A", "XX-B": None, "XX-B-chashma": "XX-B"}


def test_given_crossings_when_asked_then_place_and_history_come_in_two_queries(
    django_assert_num_queries,
) -> None:
    load(PLACES, [], [BRIDGE], small_cells=CELLS)

    with django_assert_num_queries(2):
        told = [
            (crossing.code, crossing.place.code, [status.state for status in crossing.statuses.all()])
            for crossing in queries.crossings()
        ]

    assert told == [("NN-01", "XX-B-chashma", ["open", "closed"])]


def test_given_other_spellings_when_the_gazetteer_is_asked_then_rows_hold_all_in_two_queries(
    django_assert_num_queries,
) -> None:
    names = [former("XX-A-soya", "ru", "Старая Соя", last_on=None), spelling("XX-A-soya", "en", "Soya")]
    load(PLACES, names, [], small_cells=CELLS)

    with django_assert_num_queries(2):
        rows = queries.gazetteer_rows()

    assert [(row.code, row.level, (*row.names, *row.former), row.kind) for row in rows] == [
        ("XX-A", 1, ("Region A", "Область А", "Вилояти А"), Kind.REGION),
        ("XX-A-soya", 2, ("Soya", "Соя", "Старая Соя"), Kind.CITY),
        ("XX-B", 1, ("Region B", "Область Б", "Вилояти Б"), Kind.REGION),
        ("XX-B-chashma", 2, ("Chashma", "Чашминский район", "Чашма"), Kind.DISTRICT),
    ]


def test_given_the_rows_when_a_register_names_a_place_then_the_reader_finds_it() -> None:
    load(PLACES, [former("XX-A-soya", "ru", "Ҷӯй", last_on=None)], [], small_cells=CELLS)
    gazetteer = Gazetteer(queries.gazetteer_rows())

    assert gazetteer.find("н. Чашма").code == "XX-B-chashma"
    assert gazetteer.find("Чуй").code == "XX-A-soya"
    assert gazetteer.find("Нигде").code is None


def test_given_a_chief_town_named_like_another_place_when_a_register_names_it_then_nobody_guesses() -> None:
    load(PLACES, [], [], small_cells=CELLS)
    chashma = queries.by_code("XX-B-chashma")
    PlaceName.objects.create(place=chashma, language="tg", name="Соя", kind="seat")

    gazetteer = Gazetteer(queries.gazetteer_rows())

    assert gazetteer.find("Соя").verdict is PlaceVerdict.AMBIGUOUS
    assert gazetteer.find("Чашма").code == "XX-B-chashma"


@pytest.mark.parametrize(
    ("language", "day", "name"),
    [
        ("en", None, "Soya"),
        ("en", date(1950, 6, 1), "Lenin"),
        ("en", date(1961, 12, 31), "Lenin"),
        ("en", date(1962, 1, 1), "Old Soya"),
        ("en", date(2003, 12, 31), "Old Soya"),
        ("en", date(2004, 1, 1), "Soya"),
        ("tg", date(2000, 1, 1), "Сояи Кӯҳна"),
        ("tg", date(1950, 6, 1), "Ленин"),
        ("en", date(1900, 1, 1), "Old Soya"),
    ],
)
def test_given_former_names_when_asked_for_a_day_then_the_name_of_that_day_comes(language, day, name) -> None:
    in_2003 = date(2003, 12, 31)
    lenin = {"first_on": date(1929, 1, 1), "last_on": date(1961, 12, 31)}
    names = [
        former("XX-A-soya", "en", "Old Soya", last_on=in_2003),
        former("XX-A-soya", "en", "Soya the Old", last_on=in_2003),
        former("XX-A-soya", "tg", "Сояи Кӯҳна", last_on=in_2003),
        former("XX-A-soya", "en", "Lenin", **lenin),
        former("XX-A-soya", "ru", "Ленин", **lenin),
        former("XX-A-soya", "en", "Nobody knows when", last_on=None),
        spelling("XX-A-soya", "en", "Soia"),
    ]
    load(PLACES, names, [], small_cells=CELLS)

    assert queries.name_of(queries.by_code("XX-A-soya"), language, day) == name


def test_given_no_language_when_a_name_is_asked_then_the_active_one_holds() -> None:
    load(PLACES, [], [], small_cells=CELLS)

    with translation.override("ru"):
        name = queries.name_of(queries.by_code("XX-B-chashma"))

    assert name == "Чашминский район"


def test_given_points_of_geonames_when_credits_are_asked_then_they_are_named_and_nobody_else() -> None:
    assert queries.credits_text() == ""
    load(PLACES, [], [], small_cells=CELLS)

    with translation.override("en"):
        assert queries.credits_text() == "Coordinates: GeoNames, CC BY 4.0."
