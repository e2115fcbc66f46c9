"""Whether a measure can be counted, and what may have been meant, said to whoever writes it."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django.db.models import Count as CountOf
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.deliveries.queries import counting
from rohnamo.places.models import Place
from rohnamo.projects.models import Identity, Project, Service
from rohnamo.results.models import Count

Measure = Mapping[str, Any]
_MOST_SUGGESTED = 3


def parts_of(measure: Measure) -> list[Measure]:
    """The measures that are counted: one, the two of a share, or none."""
    if measure.get("way") == "percent":
        return [measure["numerator"], measure["denominator"]]
    return [measure] if measure.get("services") else []


def problems_of(measure: Measure) -> list[str]:
    """Why a measure cannot be counted, one sentence each; none when it can."""
    services = {service.code: service for service in Service.objects.all()}
    places = set(Place.objects.values_list("code", flat=True))
    return [
        sentence
        for part in parts_of(measure)
        for sentence in [
            *_of_services(part, services),
            *_of_places(part, places),
        ]
    ]


def lost_services(measure: Measure) -> list[tuple[str, str]]:
    """Codes that a measure asks for and no service has, each with the code that may be meant, or an empty text."""
    known = list(Service.objects.values_list("code", flat=True))
    asked = {code for part in parts_of(measure) for code in part["services"]}
    return [(code, _closest(code, known)) for code in sorted(asked - set(known))]


def busiest_services(project: Project) -> list[str]:
    """What is recorded most in a project, in words: what may have been meant where a measure counts nothing."""
    rows = (
        counting().filter(project=project).values("service").annotate(times=CountOf("pk")).order_by("-times")
    )
    numbers = [row["service"] for row in rows[:_MOST_SUGGESTED]]
    services = Service.objects.in_bulk(numbers)
    return [in_language(services[number].names) for number in numbers]


def _of_services(part: Measure, services: Mapping[str, Service]) -> list[str]:
    counts_people = part.get("count") in {Count.PERSONS, Count.HOUSEHOLDS}
    said = []
    for code in part["services"]:
        service = services.get(code)
        if service is None:
            said.append(_unknown(code, list(services)))
        elif service.identity == Identity.VAULT:
            said.append(
                _("Nothing of the service “%(service)s” is known on this side. It cannot be counted.")
                % {"service": in_language(service.names)}
            )
        elif counts_people and service.identity == Identity.COUNTED:
            said.append(
                _(
                    "Nobody is known in the service “%(service)s”, so nobody can be counted once. Count contacts."
                )
                % {"service": in_language(service.names)}
            )
    return said


def _of_places(part: Measure, places: set[str]) -> list[str]:
    asked = (part.get("filter") or {}).get("places") or []
    return [_("There is no place %(code)s.") % {"code": code} for code in asked if code not in places]


def _unknown(code: str, known: Sequence[str]) -> str:
    closest = _closest(code, known)
    if closest:
        return _("There is no service %(code)s. It may have been renamed: %(other)s?") % {
            "code": code,
            "other": closest,
        }
    return _("There is no service %(code)s.") % {"code": code}


def _closest(code: str, known: Sequence[str]) -> str:
    return next(iter(get_close_matches(code, known, n=1, cutoff=0.5)), "")
