"""The plainest parts of a mission's files that can be loaded, and the plainest stored places."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from rohnamo.core.missionfiles import mission as files
from rohnamo.core.missionfiles.codes import CrossingState, NameKind
from rohnamo.core.missionfiles.words import Span
from rohnamo.places.models import Place

ALWAYS = Span(None, None, is_exact=True)
CELLS = files.SmallCells(least=5, places={"XX-B": 10})

REGION_A = files.Place(
    code="XX-A",
    level=1,
    kind="region (viloyat)",
    parent="",
    name={"tg": "Вилояти А", "ru": "Область А", "en": "Region A"},
    russian_basis="press",
    lat=Decimal("38.5"),
    lon=Decimal("68.7"),
    point_basis="geonames",
    pcode="",
    outside_id="",
    note="",
)
REGION_B = replace(REGION_A, code="XX-B", name={"tg": "Вилояти Б", "ru": "Область Б", "en": "Region B"})
SOYA = replace(
    REGION_A,
    code="XX-A-soya",
    level=2,
    kind="city",
    parent="XX-A",
    name={"tg": "Соя", "ru": "Соя", "en": "Soya"},
)
CHASHMA = replace(
    REGION_A,
    code="XX-B-chashma",
    level=2,
    kind="district",
    parent="XX-B",
    name={"tg": "Чашма", "ru": "Чашминский район", "en": "Chashma"},
    lat=None,
    lon=None,
    point_basis="",
)
# Children before parents: files need not be sorted.
PLACES = [SOYA, CHASHMA, REGION_A, REGION_B]
BRIDGE_WAS_OPEN = files.CrossingStatus(
    crossing="NN-01",
    valid=Span(date(2019, 1, 1), date(2020, 12, 31), is_exact=False),
    state=CrossingState.OPEN,
    reported_year=2020,
    note="a bridge",
    source="invented",
)
BRIDGE = files.Crossing(
    code="NN-01",
    name={"tg": "Пул", "ru": "Мост", "en": "Bridge"},
    name_basis="press",
    neighbour="NN",
    mode="road",
    opposite="Far Bank",
    place="XX-B-chashma",
    lat=Decimal("37.1"),
    lon=Decimal("69.2"),
    is_exact=False,
    point_basis="nearest settlement",
    source="invented",
    statuses=(
        BRIDGE_WAS_OPEN,
        replace(
            BRIDGE_WAS_OPEN, valid=Span(date(2021, 1, 1), None, is_exact=False), state=CrossingState.CLOSED
        ),
    ),
)


def former(
    place: str, language: str, name: str, *, last_on: date | None, first_on: date | None = None
) -> files.PlaceName:
    """A name of former times."""
    return files.PlaceName(
        place, language, name, NameKind.FORMER, Span(first_on, last_on, is_exact=False), "invented"
    )


def spelling(place: str, language: str, name: str) -> files.PlaceName:
    """Another way to write the present name."""
    return files.PlaceName(place, language, name, NameKind.SPELLING, ALWAYS, "invented")


def stored_place(code: str = "XX-A-soya") -> Place:
    """A district that stands in the database."""
    return Place.objects.create(code=code, level=2, names={"tg": "Соя", "ru": "Соя", "en": "Soya"})
