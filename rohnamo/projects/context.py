"""What every page knows of the mission."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rohnamo.projects import queries

KEY = "mission_profile"


def mission(request: HttpRequest) -> dict[str, Any]:
    """`mission`: the profile; false in a house without one yet.

    It is read once a request, when a page first asks for it: pages that do not use it cost nothing, and nothing
    is kept between requests that a loading would have to drop.
    """
    return {"mission": vars(request).setdefault(KEY, SimpleLazyObject(queries.profile))}
