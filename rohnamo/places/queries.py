"""How places are read. They hold no personal data: everybody may read them."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.engines.registers import GazetteerRow, Kind
from rohnamo.places.models import Crossing, Level, Place, PlaceName, SpellingKind


def by_code(code: str) -> Place:
    """The place with a code. Raises Place.DoesNotExist."""
    return Place.objects.get(code=code)


def places_by_code() -> dict[str, Place]:
    """Every place, with its parent, by its code."""
    return {place.code: place for place in Place.objects.select_related("parent")}


def regions() -> QuerySet[Place]:
    """First-level units, in the order of their codes."""
    return Place.objects.filter(level=Level.REGION)


def districts() -> QuerySet[Place]:
    """Second-level units, cities and the districts of the capital among them, with their regions."""
    return Place.objects.filter(level=Level.DISTRICT).select_related("parent")


def crossings() -> QuerySet[Crossing]:
    """Border crossing points with the place they lie in and all that was reported of them."""
    return Crossing.objects.select_related("place").prefetch_related("statuses")


def gazetteer_rows() -> list[GazetteerRow]:
    """What the reader of registers must know to recognise a place in any spelling of any time. Two queries."""
    return [
        GazetteerRow(
            code=place.code,
            level=place.level,
            names=_present_spellings(place),
            seats=_of_kind(place, SpellingKind.SEAT),
            kind=_kind_of(place),
            former=_of_kind(place, SpellingKind.FORMER),
        )
        for place in Place.objects.prefetch_related("spellings")
    ]


def name_of(place: Place, language: str | None = None, on: date | None = None) -> str:
    """What a place is called in a language (the active one if none is named), or was called on a day.

    In the year of a renaming whose day is not known it has its older name. A former name of unknown end is never
    given. Prefetch `spellings` before asking for many places.
    """
    former = _names_on(place, on) if on else {}
    return in_language(former or place.names, language)


def credits_text() -> str:
    """Whom to name wherever the list of places, or a map made from it, is shown or exported. "" if nobody."""
    bases = " ".join(Place.objects.order_by().values_list("point_basis", flat=True).distinct()).lower()
    credits_by_basis = {
        "open-admin-data": _("Names and codes of places: open-admin-data, CC BY 4.0."),
        "geonames": _("Coordinates: GeoNames, CC BY 4.0."),
    }
    return " ".join(sentence for basis, sentence in credits_by_basis.items() if basis in bases)


def _kind_of(place: Place) -> Kind:
    """Registers write "н. Восеъ" or "ш. Кӯлоб"; what the files call "city district" is written as a district."""
    if place.level >= Level.DISTRICT and "district" in place.kind:
        return Kind.DISTRICT
    if "city" in place.kind:
        return Kind.CITY
    return Kind.REGION if place.level == Level.REGION else Kind.ANY


def _present_spellings(place: Place) -> tuple[str, ...]:
    """Present names by code of language first, then other ways to write them, each once."""
    present = [name for _language, name in sorted(place.names.items())]
    return tuple(dict.fromkeys([*present, *_of_kind(place, SpellingKind.SPELLING)]))


def _of_kind(place: Place, kind: SpellingKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.name for name in place.spellings.all() if name.kind == kind))


def _names_on(place: Place, day: date) -> dict[str, str]:
    """The former names that held on a day, the first written one of each language."""
    former = [name for name in place.spellings.all() if name.kind == SpellingKind.FORMER and name.valid_to]
    holding = [name for name in former if _held(name, day)]
    # Without a known beginning two former names may seem to hold: the one that ended first is the older one.
    holding.sort(key=lambda name: (name.valid_to, name.order))
    if not holding:
        return {}
    first_end = holding[0].valid_to
    return {name.language: name.name for name in reversed(holding) if name.valid_to == first_end}


def _held(name: PlaceName, day: date) -> bool:
    begun = name.valid_from is None or name.valid_from <= day
    return begun and name.valid_to is not None and day <= name.valid_to
