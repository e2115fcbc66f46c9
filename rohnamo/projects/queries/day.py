"""What projects have for somebody's day: what a donor waits for, and assessments that wait for a decision."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.projects import rules
from rohnamo.projects.queries.deadlines import Deadline, deadlines
from rohnamo.projects.queries.support import waiting_assessments
from rohnamo.staff.models import User
from rohnamo.ui import words

AHEAD = timedelta(days=60)
Item = dict[str, Any]


def day_of(user: User, today: date) -> Mapping[str, list[Item]]:
    """As in workspace/queries/day.py. Money and support are for those who see them."""
    due = []
    if user.role in rules.MAY_SEE_MONEY:
        due = [_due(one, today) for one in deadlines(user, today) if one.due_on <= today + AHEAD]
    return {"due": due, "waiting": [_waiting(one, today) for one in waiting_assessments(user)]}


def _due(one: Deadline, today: date) -> Item:
    address = reverse("projects:money", args=[one.project])
    return {
        "on": one.due_on,
        "when": words.until(one.due_on, today),
        "href": address,
        "title": f"{one.project}: {one.title}",
        "text": _("%(donor)s waits for it by %(day)s.")
        % {"donor": one.donor_name, "day": words.day(one.due_on)},
        "action_href": address,
        "action": pgettext("results", "Look"),
    }


def _waiting(one: Any, today: date) -> Item:
    address = reverse("projects:decide", args=[one.project.code, one.pk])
    days = (today - one.assessed_on).days
    return {
        "on": one.assessed_on,
        "when": ngettext("waits %(count)s day", "waits %(count)s days", days) % {"count": days},
        "href": address,
        "title": _("Decide on the risk assessment of %(code)s") % {"code": one.project.code},
        "text": in_language(one.partner.names),
        "action_href": address,
        "action": pgettext("pairs of records", "Decide"),
    }
