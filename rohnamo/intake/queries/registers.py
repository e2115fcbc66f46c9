"""Lists of registers, and small words about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries.uploads import State, under_way
from rohnamo.results.queries import Number
from rohnamo.ui import spelling
from rohnamo.ui.paging import Slice

Cells = list[dict[str, Any]]


def waiting_columns() -> list[dict[str, Any]]:
    return [*columns()[:3], {"name": pgettext("of a register", "State")}, *columns()[4:5]]


def waiting_rows(listed: Sequence[Upload]) -> list[Cells]:
    """Registers between sending and acceptance."""
    at_work = under_way(listed)
    return [
        [
            {"text": one.label, "href": reverse("intake:upload", args=[one.pk])},
            {"text": in_language(one.source.names)},
            {"text": one.project.code, "is_quiet": True},
            {"kind": "waiting", "word": _state(at_work.get(one.pk, State.WAITING))},
            {"text": day(timezone.localdate(one.uploaded_at)), "is_quiet": True},
        ]
        for one in listed
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of a register", "File")},
        {"name": _("Who sent it")},
        {"name": _("Project")},
        {"name": _("Rows"), "is_number": True},
        {"name": _("Day")},
    ]


def rows(taken: QuerySet[Import], cut: Slice) -> list[Cells]:
    """A page of registers that were taken in, the newest first."""
    listed = taken.select_related("source", "project").order_by("-started_at", "-pk")
    return [
        [
            {"text": one.label, "href": reverse("intake:taken", args=[one.pk])},
            {"text": in_language(one.source.names)},
            {"text": one.project.code, "is_quiet": True},
            {"text": one.rows_done},
            {"text": day(timezone.localdate(one.started_at)), "is_quiet": True},
        ]
        for one in listed[cut.first : cut.last]
    ]


def taken_lead(found: Import) -> str:
    words = ngettext(
        "%(count)s row, project %(project)s, taken in on %(day)s.",
        "%(count)s rows, project %(project)s, taken in on %(day)s.",
        found.rows_done,
    )
    return words % {
        "count": number(found.rows_done),
        "project": found.project.code,
        "day": day(timezone.localdate(found.started_at)),
    }


def seen_again(found: Import) -> str:
    """That the same file came once more; empty when it did not."""
    if found.seen_again_at is None:
        return ""
    on = day(timezone.localdate(found.seen_again_at))
    return _("The same file came again on %(day)s. Nothing in it was new.") % {"day": on}


def effect_in_words(effect: tuple[Number, Number] | None) -> list[dict[str, Any]]:
    """What totals.html takes: people reached before this register and with it."""
    if effect is None:
        return []
    was, now = effect
    return [
        {"number": was, "text": _("people reached without this register")},
        {"number": now, "text": _("people reached with it, each counted once")},
    ]


def _state(state: State) -> str:
    return {
        State.LOOKING: pgettext("a register", "is being looked through"),
        State.RUNNING: pgettext("a register", "is being taken in"),
    }.get(state, pgettext("a register", "waits to be accepted"))


def number(value: float) -> str:
    return spelling.number(value, get_language() or "ru")


def day(on: date) -> str:
    return spelling.day(on, get_language() or "ru")
