"""What registers bring into somebody's day: what waits for a decision, and what came in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.intake import rules
from rohnamo.intake.queries.uploads import imports_visible_to, under_way, uploads_visible_to
from rohnamo.staff.models import User
from rohnamo.ui import spelling

MOST = 8


def day_of(user: User, today: date) -> Mapping[str, list[dict[str, Any]]]:
    """Registers that wait to be accepted, and the newest ones that were sent or taken in."""
    if not rules.may_see_registers(user):
        return {}
    return {"waiting": _waiting(user, today), "arrived": _arrived(user, today)}


def _waiting(user: User, today: date) -> list[dict[str, Any]]:
    uploads = uploads_visible_to(user).filter(decided_at=None).exclude(stored=None)
    listed = list(uploads.select_related("source").order_by("-pk")[:MOST])
    at_work = under_way(listed)
    return [
        {
            "on": timezone.localdate(one.uploaded_at),
            "when": when(timezone.localdate(one.uploaded_at), today),
            "href": reverse("intake:upload", args=[one.pk]),
            "title": ngettext(
                "%(count)s row to be looked through", "%(count)s rows to be looked through", one.rows
            )
            % {"count": _number(one.rows)},
            "text": _("“%(file)s”, %(source)s")
            % {"file": one.label, "source": in_language(one.source.names)},
            "action_href": reverse("intake:upload", args=[one.pk]),
            "action": _("See how far it is") if one.pk in at_work else pgettext("a register", "Look"),
        }
        for one in listed
    ]


def _arrived(user: User, today: date) -> list[dict[str, Any]]:
    taken = imports_visible_to(user).select_related("source").order_by("-started_at", "-pk")[:MOST]
    return [
        {
            "on": timezone.localdate(one.started_at),
            "href": reverse("intake:taken", args=[one.pk]),
            "title": ngettext("%(source)s: %(count)s row", "%(source)s: %(count)s rows", one.rows_done)
            % {"source": in_language(one.source.names), "count": _number(one.rows_done)},
            "text": when(timezone.localdate(one.started_at), today),
        }
        for one in taken
    ]


def when(on: date, today: date) -> str:
    """A day of the past as people say it."""
    days = (today - on).days
    if days == 0:
        return pgettext("when", "today")
    if days == 1:
        return pgettext("when", "yesterday")
    return spelling.day(on, get_language() or "ru")


def _number(value: int) -> str:
    return spelling.number(value, get_language() or "ru")
