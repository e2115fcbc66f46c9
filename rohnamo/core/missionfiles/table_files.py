"""The lists of a mission: units, posts, partners, sources, services, places, crossings."""

from collections import defaultdict

from .codes import (
    FIELDS,
    MODES,
    PURPOSES,
    Audience,
    CrossingState,
    Identity,
    NameKind,
    PartnerKind,
)
from .mission import (
    Crossing,
    CrossingStatus,
    Partner,
    Place,
    PlaceName,
    Post,
    Service,
    Source,
    Unit,
)
from .rows import Row


def read_unit(row: Row) -> Unit:
    return Unit(row.own_code("unit"), row.words("name"))


def read_post(row: Row) -> Post:
    return Post(
        code=row.own_code("post"),
        title=row.words("title"),
        area=row.reference("area", "area", default=""),
        duty_station=row.reference("duty_station", "place"),
    )


def read_partner(row: Row) -> Partner:
    return Partner(
        code=row.own_code("partner"),
        kind=row.choice("kind", PartnerKind),
        iati_type=row.text("iati_type"),
        name=row.words("name"),
        is_invented=row.flag("is_invented"),
        identifier=row.text("identifier", default=""),
        is_security_service=row.flag("is_security_service", default=False),
    )


def read_source(row: Row) -> Source:
    """Without an agreement a source may send counts only, so it has no purposes and none of the fields of a person."""
    source = Source(
        code=row.own_code("source"),
        name=row.words("name"),
        partner=row.reference("partner", "partner"),
        project=row.reference("project", "project", default=""),
        services=row.references("services", "service"),
        agreement=row.text("agreement", default=""),
        valid=row.span("valid_from", "valid_to"),
        purposes=row.codes("purposes", PURPOSES),
        fields=row.codes("fields", FIELDS),
        consent=row.words("consent", needed=bool(row.values.get("agreement"))),
    )
    if source.agreement and (source.valid.first_on is None or source.valid.last_on is None):
        row.wrong("valid_to", "the first and the last day of the agreement", "no end or no beginning")
    personal = {"name", "fathers_name", "birth_date", "phone", "document"} & set(source.fields)
    if personal and not source.agreement:
        row.wrong("fields", "an agreement, or counts only", ", ".join(sorted(personal)))
    return source


def read_service(row: Row) -> Service:
    service = Service(
        code=row.own_code("service"),
        area=row.reference("area", "area"),
        unit=row.reference("unit", "unit"),
        identity=row.choice("identity", Identity),
        audience=row.choice("audience", Audience, default=Audience.PERSONS),
        name=row.words("name"),
        words={language: row.codes(f"words_{language}") for language in row.ledger.languages},
        projects=row.references("projects", "project"),
    )
    if service.audience is Audience.OFFICIALS and service.identity is Identity.CODED:
        row.wrong("identity", "named or counted, because officials are a register of their own", "coded")
    return service


def read_place(row: Row) -> Place:
    place = Place(
        code=row.own_code("place"),
        level=row.whole("level", least=1),
        kind=row.text("type"),
        parent=row.reference("parent", "place", default=""),
        name=row.words("name"),
        russian_basis=row.text("name_ru_basis", default=""),
        lat=row.number_or_none("lat"),
        lon=row.number_or_none("lon"),
        point_basis=row.text("coord_basis", default=""),
        pcode=row.text("pcode", default=""),
        outside_id=row.text("outside_id", default=""),
        note=row.text("note", default=""),
    )
    if (place.level == 1) != (place.parent == ""):
        row.wrong("parent", "a parent below level 1 and none on it", place.parent or "nothing")
    _check_point(row)
    return place


def read_place_name(row: Row) -> PlaceName:
    name = PlaceName(
        place=row.reference("code", "place"),
        language=row.one_of("language", row.ledger.languages),
        name=row.text("name"),
        kind=row.choice("kind", NameKind),
        valid=row.span("valid_from", "valid_to"),
        basis=row.text("basis"),
    )
    row.once("place name", f"{name.place} {name.language} {name.name}", key="name")
    return name


def read_crossings(crossing_rows: list[Row], status_rows: list[Row]) -> tuple[Crossing, ...]:
    statuses: dict[str, list[CrossingStatus]] = defaultdict(list)
    for row in status_rows:
        status = _crossing_status(row)
        row.done()
        statuses[status.crossing].append(status)
    crossings = []
    for row in crossing_rows:
        crossings.append(_crossing(row, statuses))
        row.done()
    return tuple(crossings)


def _crossing_status(row: Row) -> CrossingStatus:
    return CrossingStatus(
        crossing=row.reference("code", "crossing"),
        valid=row.span("from", "to"),
        state=row.choice("state", CrossingState),
        reported_year=row.whole("reported_year", least=1990),
        note=row.text("note", default=""),
        source=row.text("source"),
    )


def _crossing(row: Row, statuses: dict[str, list[CrossingStatus]]) -> Crossing:
    code = row.own_code("crossing")
    _check_point(row)
    return Crossing(
        code=code,
        name=row.words("name"),
        name_basis=row.text("name_basis", default=""),
        neighbour=row.text("neighbour", default=""),
        mode=row.one_of("mode", MODES),
        opposite=row.text("opposite", default=""),
        place=row.reference("place", "place"),
        lat=row.number_or_none("lat"),
        lon=row.number_or_none("lon"),
        is_exact=row.flag("is_exact"),
        point_basis=row.text("coord_basis", default=""),
        source=row.text("source"),
        statuses=tuple(statuses.get(code, ())),
    )


def _check_point(row: Row) -> None:
    if row.has("lat") != row.has("lon"):
        row.wrong("lon", "both lat and lon, or neither", "only one")
    for key, most in (("lat", 90), ("lon", 180)):
        value = row.number_or_none(key)
        if value is not None and abs(value) > most:
            row.wrong(key, f"a number from -{most} to {most}", value)
