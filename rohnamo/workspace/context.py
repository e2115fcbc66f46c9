"""What every page below /work/ knows of the way round: the reader's areas of work, and where the search goes."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.staff import rules as staff
from rohnamo.staff.models import User
from rohnamo.workspace import rules

WORKSPACE = "/work/"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` by role, and `find_href`, empty for somebody who has nothing to search."""
    user = getattr(request, "user", None)
    if not request.path_info.startswith(WORKSPACE) or not isinstance(user, User):
        return {}
    here = request.path_info
    items = [
        {"href": href, "text": text, "is_current": _is_current(href, here)} for href, text in _doors(user)
    ]
    return {"navigation": items, "find_href": reverse("workspace:search") if rules.may_search(user) else ""}


def _doors(user: User) -> list[tuple[str, str]]:
    doors = [
        (True, "workspace:day", pgettext("page", "My day")),
        (rules.may_see_projects(user), "workspace:projects", pgettext("page", "Projects")),
        (rules.may_see_people(user), "workspace:people", pgettext("page", "People")),
        (rules.may_see_registers(user), "intake:registers", pgettext("page", "Registers")),
        (rules.may_see_officials(user), "workspace:officials", pgettext("page", "Officials")),
        (rules.may_be_briefed(user), "workspace:briefing", pgettext("page", "Briefing")),
        (staff.may_release_figures(user) and not user.is_superuser, "iati:index", "IATI"),
        (staff.may_see_accounts(user), "staff:accounts", _("Accounts")),
    ]
    return [(reverse(name), text) for is_open, name, text in doors if is_open]


def _is_current(href: str, here: str) -> bool:
    return here == href if href == WORKSPACE else here.startswith(href)
