"""An activity as an element, in the order of the standard."""

from datetime import datetime

from rohnamo.engines.iati.activity import (
    Activity,
    Contact,
    Document,
    Location,
    Marker,
    OtherIdentifier,
    Participant,
    Sector,
    Share,
    Tag,
)
from rohnamo.engines.iati.rules.shape import structure
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.writing.elements import coded, day, make, narratives, number, organisation, told
from rohnamo.engines.iati.writing.money import budget, planned_disbursement, transaction
from rohnamo.engines.iati.writing.results import result
from rohnamo.engines.iati.xml import LANG, Element

POINTS = "http://www.opengis.net/def/crs/EPSG/0/4326"


class NotWritable(Exception):
    """The data of an activity lack something that the standard needs: where, and what.

    names: the elements or attributes it is about, each once.
    """

    def __init__(self, message: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.names = names


def element_of(one: Activity) -> Element:
    """The element of an activity. Raises NotWritable when it would break the structure of the standard."""
    written = make(
        "iati-activity", _attributes(one), *_head(one), *_classified(one), *_money(one), *_said(one)
    )
    problems = list(structure(View(written, one.updated_at)))
    if problems:
        listed = "; ".join(
            f"{each.where or 'iati-activity'}: {each.key} {dict(each.values)}" for each in problems
        )
        names = dict.fromkeys(each.values.get("name") or each.where or "iati-activity" for each in problems)
        raise NotWritable(f"{one.identifier}: {listed}", tuple(names))
    return written


def stamp(at: datetime) -> str:
    """A point in time as XML writes it, to the second."""
    return at.isoformat(timespec="seconds")


def _attributes(one: Activity) -> dict[str, str | None]:
    return {
        "default-currency": one.currency,
        "humanitarian": "1" if one.is_humanitarian else None,
        "last-updated-datetime": stamp(one.updated_at),
        LANG: one.language,
    }


def _head(one: Activity) -> list[Element]:
    secondary = {"secondary-reporter": "1" if one.is_secondary else None}
    return [
        make("iati-identifier", text=one.identifier),
        organisation("reporting-org", one.reporting, secondary, ""),
        told("title", one.titles),
        [
            told("description", words, {"type": kind})
            for kind, words in one.descriptions.items()
            if narratives(words)
        ],
        [_participant(each) for each in one.participants],
        [_other_identifier(each) for each in one.other_identifiers],
        coded("activity-status", one.status),
        [day("activity-date", on, type=kind) for kind, on in sorted(one.days.items())],
        _contact(one.contact),
    ]


def _classified(one: Activity) -> list[Element]:
    usual = one.defaults
    return [
        coded("activity-scope", one.scope),
        [_share("recipient-country", each) for each in one.countries],
        [_share("recipient-region", each) for each in one.regions],
        [_location(each) for each in one.locations],
        [_sector(each) for each in one.sectors],
        [_tag(each) for each in one.tags],
        [_marker(each) for each in one.markers],
        coded("collaboration-type", usual.collaboration if usual else ""),
        coded("default-flow-type", usual.flow if usual else ""),
        coded("default-finance-type", usual.finance if usual else ""),
        coded("default-aid-type", usual.aid if usual else ""),
        coded("default-tied-status", usual.tied if usual else ""),
    ]


def _money(one: Activity) -> list[Element]:
    return [
        [budget(each) for each in one.budgets],
        [planned_disbursement(each) for each in one.planned],
        [transaction(each) for each in one.transactions],
    ]


def _said(one: Activity) -> list[Element]:
    return [
        [_document(each) for each in one.documents],
        [make("related-activity", {"ref": ref, "type": kind}) for kind, ref in one.related],
        [written for each in one.results if (written := result(each)) is not None],
    ]


def _participant(one: Participant) -> Element:
    return organisation("participating-org", one.organisation, {"role": one.role}, "activity-id")


def _other_identifier(one: OtherIdentifier) -> Element:
    owner = make("owner-org", {"ref": one.owner.ref}, narratives(one.owner.names)) if one.owner else None
    return make("other-identifier", {"ref": one.ref, "type": one.type}, owner)


def _contact(one: Contact | None) -> Element | None:
    if one is None:
        return None
    return make(
        "contact-info",
        {"type": one.type},
        told("organisation", one.organisation),
        make("email", text=one.email) if one.email else None,
        told("mailing-address", one.address),
    )


def _share(name: str, one: Share) -> Element:
    percentage = None if one.percentage is None else number(one.percentage)
    return make(name, {"code": one.code, "percentage": percentage})


def _location(one: Location) -> Element:
    point = None
    if one.latitude is not None and one.longitude is not None:
        position = f"{one.latitude:.5f} {one.longitude:.5f}"
        point = make("point", {"srsName": POINTS}, make("pos", text=position))
    return make(
        "location",
        {"ref": one.ref},
        make("location-reach", {"code": "1"}),
        [make("location-id", {"vocabulary": vocabulary, "code": code}) for vocabulary, code in one.gazetteer],
        told("name", one.names),
        [
            make("administrative", {"vocabulary": vocabulary, "code": code, "level": str(level)})
            for vocabulary, code, level in one.administrative
        ],
        point,
        make("exactness", {"code": "1" if one.is_exact else "2"}) if point is not None else None,
        coded("feature-designation", one.feature),
    )


def _sector(one: Sector) -> Element:
    percentage = None if one.percentage is None else number(one.percentage)
    attributes = {"vocabulary": one.vocabulary, "vocabulary-uri": one.uri, "code": one.code}
    return make("sector", {**attributes, "percentage": percentage}, narratives(one.names))


def _tag(one: Tag) -> Element:
    attributes = {"code": one.code, "vocabulary": one.vocabulary, "vocabulary-uri": one.uri}
    return make("tag", attributes, narratives(one.names))


def _marker(one: Marker) -> Element:
    attributes = {"vocabulary": one.vocabulary, "vocabulary-uri": one.uri, "code": one.code}
    return make("policy-marker", {**attributes, "significance": one.significance}, narratives(one.names))


def _document(one: Document) -> Element:
    return make(
        "document-link",
        {"url": one.url, "format": one.format},
        told("title", one.titles),
        told("description", one.descriptions),
        [make("category", {"code": code}) for code in one.categories],
        [make("language", {"code": code}) for code in one.languages],
        day("document-date", one.on),
    )
