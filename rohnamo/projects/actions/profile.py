"""Who the mission is and what it says: profile, areas, letters, tour."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from rohnamo.core.ages import BAND_NAMES
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.missionfiles import mission as files
from rohnamo.core.missionfiles.words import Words
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import (
    AreaName,
    MissionProfile,
    MissionText,
    Publishing,
    ThematicArea,
    TourLine,
)


@transaction.atomic
def load_profile(profile: files.Profile) -> Loaded:
    """Let the mission's one row say what its profile says.

    Raises Refused when this installation already holds another mission, and WrongData when the profile counts by
    other age bands than the house does.
    """
    if MissionProfile.objects.exclude(code=profile.code).exists():
        raise Refused("This installation holds another mission already. Give the new one a home of its own.")
    if profile.age_bands != BAND_NAMES:
        raise WrongData(
            f"profile.toml, age_bands: this house counts by {', '.join(BAND_NAMES)}. Write these."
        )
    return leave_news(
        "profile", bring_in_line(MissionProfile.objects.all(), [_profile(profile)], key=["code"])
    )


@transaction.atomic
def load_areas(areas: Iterable[files.Area]) -> Loaded:
    """Thematic areas with all their names. Areas that are no longer in the files stay: projects point at them."""
    areas = list(areas)
    loaded = bring_in_line(ThematicArea.objects.all(), [_area(area) for area in areas], key=["code"])
    ids = dict(ThematicArea.objects.values_list("code", "pk"))
    names = [
        _area_name(name, ids[area.code], order) for area in areas for order, name in enumerate(area.names)
    ]
    stored = AreaName.objects.filter(area__code__in=[area.code for area in areas])
    return leave_news(
        "areas", loaded + bring_in_line(stored, names, key=["area_id", "order"], may_remove=True)
    )


@transaction.atomic
def load_texts(texts: Mapping[str, Words]) -> Loaded:
    """texts: key of a letter ("welcome") to its Markdown by language. Letters that are not named are taken away."""
    rows = [
        MissionText(key=key, language=language, text=text)
        for key, words in texts.items()
        for language, text in words.items()
    ]
    stored = MissionText.objects.all()
    return leave_news("texts", bring_in_line(stored, rows, key=["key", "language"], may_remove=True))


@transaction.atomic
def load_tour(tour: Iterable[files.TourSentence]) -> Loaded:
    """What the mission says it does, in its order. Lines that are no longer in the files are taken away."""
    ids = dict(ThematicArea.objects.values_list("code", "pk"))
    rows = [
        _tour_line(sentence, order, ids.get(sentence.area)) for order, sentence in enumerate(tour, start=1)
    ]
    return leave_news("tour", bring_in_line(TourLine.objects.all(), rows, key=["code"], may_remove=True))


def _profile(profile: files.Profile) -> MissionProfile:
    hotline, contact, publisher = profile.hotline, profile.contact, profile.publisher
    return MissionProfile(
        code=profile.code,
        names=dict(profile.name),
        mottos=dict(profile.motto),
        aims=dict(profile.aim),
        is_example=profile.is_example,
        country=profile.country,
        member_state_since=profile.member_state_since,
        member_state_source=profile.member_state_source,
        languages=list(profile.languages),
        time_zone=profile.time_zone,
        currencies=list(profile.currencies),
        iati_prefix=profile.iati_prefix,
        publisher_names=dict(publisher.name) if publisher else {},
        publisher_type=publisher.type if publisher else "",
        publishing=publisher.publishing.value if publisher else Publishing.DRAFT.value,
        oldest_rate_days=profile.oldest_rate_days,
        hotline=dict(hotline.number) if hotline else {},
        hotline_tested_on=hotline.tested_on if hotline else None,
        contact_address=dict(contact.address) if contact else {},
        contact_phone=dict(contact.phone) if contact else {},
        contact_email=contact.email if contact else "",
        privileges=dict(profile.privileges),
        facts=[_fact(fact) for fact in profile.facts],
    )


def _fact(fact: files.Fact) -> dict[str, object]:
    return {"code": fact.code, "value": fact.value, "titles": dict(fact.title), "source": fact.source}


def _area(area: files.Area) -> ThematicArea:
    return ThematicArea(
        code=area.code,
        order=area.order,
        names=dict(area.name),
        summaries=dict(area.description),
        iom_area_code=area.iom_area,
        confidence=area.confidence,
    )


def _area_name(name: files.AreaName, area_id: int, order: int) -> AreaName:
    return AreaName(
        area_id=area_id,
        order=order,
        names=dict(name.name),
        valid_from=name.valid.first_on,
        valid_to=name.valid.last_on,
        is_exact=name.valid.is_exact,
        source=name.source,
    )


def _tour_line(sentence: files.TourSentence, order: int, area_id: int | None) -> TourLine:
    return TourLine(
        code=sentence.code,
        order=order,
        sentences=dict(sentence.says),
        shows=dict(sentence.shows),
        area_id=area_id,
        wing=sentence.wing,
        is_built=sentence.is_built,
        address=sentence.address,
        figure=sentence.figure,
    )
