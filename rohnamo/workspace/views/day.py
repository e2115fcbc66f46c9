"""My day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.projects.rules import OUTSIDE
from rohnamo.staff import rules as staff
from rohnamo.staff.door import action, reader, staff_page
from rohnamo.staff.models import Role, User
from rohnamo.workspace import rules
from rohnamo.workspace.queries.day import day_of

SENDS_FIRST = frozenset({Role.PARTNER_REPORTER, Role.FIELD_OFFICER})


@staff_page("GET", may=lambda user: user.is_active)
def day(request: HttpRequest) -> HttpResponse:
    """What is due, what waits, what came in; at the top what this role does first."""
    user, today = reader(request), timezone.localdate()
    context = {
        "page_title": pgettext("page", "My day"),
        "today": today,
        "lead": _lead(user),
        "actions": _first_actions(user),
        "shows_work": rules.has_records(user) and user.role not in OUTSIDE,
        "shows_arrivals": rules.may_see_registers(user),
        **day_of(user, today),
    }
    return render(request, "workspace/day.html", context)


def _lead(user: User) -> str:
    if not rules.has_records(user):
        return _(
            "You look after accounts. Projects and people are not shown to you, so that nobody sees everything."
        )
    if user.role == Role.PARTNER_REPORTER:
        return _("Here you send registers and see what became of their rows.")
    if user.role == Role.DONOR_READER:
        return _("Here you see the results of the projects you pay for.")
    return ""


def _first_actions(user: User) -> list[dict[str, Any]]:
    if rules.may_see_registers(user):
        is_main = user.role in SENDS_FIRST
        return [action(reverse("intake:new"), _("Send a register"), is_main=is_main)]
    if staff.may_see_accounts(user) and not rules.has_records(user):
        return [action(reverse("staff:accounts"), _("Accounts"), is_main=True)]
    if rules.may_see_projects(user):
        is_main = user.role in OUTSIDE
        return [action(reverse("workspace:projects"), pgettext("page", "Projects"), is_main=is_main)]
    return []
