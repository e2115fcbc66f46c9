"""What every workspace page knows of its reader."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

WORKSPACE = "/work/"


def reader(request: HttpRequest) -> dict[str, Any]:
    """`reader` (name, short: initials) and the addresses of the own account; nothing outside the workspace."""
    user = getattr(request, "user", None)
    if not request.path_info.startswith(WORKSPACE) or user is None or not user.is_authenticated:
        return {}
    name = str(user)
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    own = reverse("staff:me")
    return {"reader": {"name": name, "short": initials}, "me_href": own, "language_href": own}
