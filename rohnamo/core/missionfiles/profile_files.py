"""profile.toml, areas.toml, tour.toml."""

import re
from zoneinfo import ZoneInfo

from .codes import LANGUAGES, WINGS, FigureKind, Publishing
from .mission import (
    Area,
    AreaName,
    Contact,
    Fact,
    Hotline,
    Profile,
    PublicFigure,
    Publisher,
    SmallCells,
    TourSentence,
)
from .rows import Row

_BAND = re.compile(r"\d+-\d+|\d+\+|u")


def read_profile(row: Row) -> Profile:
    """Sets the ledger's languages, which every text of the mission is then held to."""
    row.ledger.languages = row.codes("languages", LANGUAGES)
    if not row.ledger.languages:
        row.wrong("languages", "at least one language", "none")
    profile = Profile(
        code=row.text("code"),
        name=row.words("name"),
        is_example=row.flag("is_example"),
        country=row.text("country"),
        languages=row.ledger.languages,
        time_zone=_time_zone(row),
        currencies=row.codes("currencies"),
        iati_prefix=row.text("iati_prefix", default=""),
        motto=row.words("motto", needed=False),
        aim=row.words("aim", needed=False),
        member_state_since=row.day_or_none("member_state_since"),
        member_state_source=_source_if(row, "member_state_since", "member_state_source"),
        privileges=row.words("privileges", needed=False),
        hotline=_hotline(row),
        contact=_contact(row),
        small_cells=_small_cells(row),
        age_bands=_age_bands(row),
        facts=tuple(_fact(fact) for fact in row.tables("fact")),
        publisher=_publisher(row),
        oldest_rate_days=row.whole("oldest_rate_days", least=1) if row.has("oldest_rate_days") else 35,
    )
    row.done()
    return profile


def read_area(row: Row) -> Area:
    names = tuple(_area_name(name) for name in row.tables("name"))
    figure = row.table("figure")
    return Area(
        code=row.own_code("area"),
        order=row.whole("order", least=1),
        name=_name_now(row, names),
        description=row.words("description"),
        iom_area=row.one_of("iom_area", [f"0{n}" for n in range(1, 8)], default=""),
        confidence=row.text("confidence", default=""),
        names=names,
        figure=_public_figure(figure) if figure.values else None,
    )


def read_tour_sentence(row: Row) -> TourSentence:
    sentence = TourSentence(
        code=row.own_code("tour sentence"),
        says=row.words("says"),
        shows=row.words("shows"),
        area=row.reference("area", "area", default=""),
        wing=row.one_of("wing", WINGS),
        is_built=row.flag("is_built"),
        address=row.text("address", default=""),
        figure=row.text("figure", default=""),
    )
    if sentence.is_built and not sentence.address:
        row.wrong("address", "an address to open, because is_built = true", "nothing")
    return sentence


def _time_zone(row: Row) -> str:
    name = row.text("time_zone")
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        row.wrong("time_zone", "a time zone such as Asia/Dushanbe", name)
    return name


def _source_if(row: Row, key: str, source_key: str) -> str:
    source = row.text(source_key, default="")
    if row.has(key) and not source:
        row.wrong(source_key, f"where {key} is known from", "nothing")
    return source


def _hotline(row: Row) -> Hotline | None:
    table = row.table("hotline")
    if not table.values:
        return None
    hotline = Hotline(number=table.words("number"), tested_on=table.day("tested_on"))
    table.done()
    return hotline


def _contact(row: Row) -> Contact | None:
    table = row.table("contact")
    if not table.values:
        return None
    contact = Contact(table.words("address"), table.text("email"), table.words("phone"))
    table.done()
    return contact


def _publisher(row: Row) -> Publisher | None:
    table = row.table("publisher")
    if not table.values:
        return None
    publisher = Publisher(table.words("name"), table.text("type"), table.choice("publishing", Publishing))
    table.done()
    if not row.has("iati_prefix"):
        row.wrong("iati_prefix", "the IATI reference of the publisher", "nothing")
    return publisher


def _small_cells(row: Row) -> SmallCells:
    table = row.table("small_cells")
    places = table.table("places")
    cells = SmallCells(
        least=table.whole("least", least=1),
        places={code: places.whole(code, least=1) for code in places.values},
    )
    table.done()
    for code, least in cells.places.items():
        if least < cells.least:
            places.wrong(code, f"a limit not below the general one, {cells.least}", least)
    return cells


def _age_bands(row: Row) -> tuple[str, ...]:
    bands = row.codes("age_bands")
    wrong = [band for band in bands if not _BAND.fullmatch(band)]
    if wrong:
        row.wrong("age_bands", "bands such as 0-14, 65+ and u for unknown", ", ".join(wrong))
    elif not _follow_each_other([band for band in bands if band != "u"]):
        row.wrong("age_bands", "bands from 0 upwards without a gap, the last open", ", ".join(bands))
    return bands


def _follow_each_other(bands: list[str]) -> bool:
    next_age = 0
    for band in bands[:-1]:
        first, _, last = band.partition("-")
        if int(first) != next_age or not last or int(last) < int(first):
            return False
        next_age = int(last) + 1
    return bool(bands) and bands[-1] == f"{next_age}+"


def _fact(row: Row) -> Fact:
    fact = Fact(row.own_code("fact"), row.text("value"), row.words("title"), row.text("source"))
    row.done()
    return fact


def _area_name(row: Row) -> AreaName:
    name = AreaName(
        name={language: row.text(language) for language in row.ledger.languages if row.has(language)},
        valid=row.span("valid_from", "valid_to"),
        source=row.text("source"),
    )
    if not name.name:
        row.wrong("", f"a name in one of {', '.join(row.ledger.languages)}", "none")
    row.done()
    return name


def _name_now(row: Row, names: tuple[AreaName, ...]) -> dict[str, str]:
    """The name without an end. Earlier names may be known in one language only; this one is needed in all."""
    current = [name for name in names if name.valid.last_on is None]
    absent = [code for code in row.ledger.languages if len(current) != 1 or code not in current[0].name]
    if len(current) != 1:
        row.wrong("name", "exactly one [[area.name]] without valid_to", len(current))
    elif absent:
        row.wrong("name", "the present name in every language", f"none in {', '.join(absent)}")
    return dict(current[0].name) if current else {}


def _public_figure(row: Row) -> PublicFigure:
    figure = PublicFigure(
        value=row.text("value"),
        unit=row.words("unit"),
        period=row.words("period"),
        place=row.words("place", needed=False),
        kind=row.choice("kind", FigureKind),
        source=row.text("source"),
    )
    row.done()
    return figure
