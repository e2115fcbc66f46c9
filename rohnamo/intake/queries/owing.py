"""What is due and what was sent, as lists: for a partner's own page, and for those who wait for it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.intake import rules
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries.due import Due, DueState
from rohnamo.intake.queries.line import ProjectLine, lines_of
from rohnamo.intake.queries.registers import Cells, day
from rohnamo.intake.queries.uploads import State, state_in, under_way
from rohnamo.projects.models import Project, Source
from rohnamo.projects.queries import agreement_in_force
from rohnamo.projects.queries import visible_to as visible_projects
from rohnamo.projects.rules import EDITORS
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.ui.paging import Slice

DRESS = {
    DueState.RUNNING: "waiting",
    DueState.DUE: "waiting",
    DueState.LATE: "late",
    DueState.RECEIVED: "counted",
    DueState.SENT_BACK: "refused",
    DueState.ACCEPTED: "done",
}
SENT_DRESS = {
    State.TAKEN: "done",
    State.SENT_BACK: "refused",
    State.DISCARDED: "counted",
    State.EXPIRED: "counted",
    State.CLOSED: "counted",
    State.FAILED: "late",
}
# No more than fit on the page above what waits.
MOST_LINES = 5


def lines_for(user: User) -> list[dict[str, Any]]:
    """One line for each project of the user into which registers came: code, href, sentences."""
    mine = visible_projects(user).filter(pk__in=user.memberships.values("project"))
    with_registers = mine.filter(pk__in=Import.objects.filter(undo_since=None).values("project"))
    projects = list(with_registers.order_by("code")[:MOST_LINES])
    lines = lines_of(projects) if projects else {}
    return [_line(project, lines[project.pk]) for project in projects if lines[project.pk].sentences]


def rhythm_links(user: User) -> list[dict[str, str]]:
    """Projects of which the user may say when registers are due."""
    if not rules.may_see_rows(user):
        return []
    mine = Project.objects.filter(memberships__user=user, memberships__role__in=EDITORS).order_by("code")
    return [{"href": reverse("intake:due", args=[one.code]), "text": one.code} for one in mine]


def columns(*, with_sender: bool) -> list[dict[str, Any]]:
    sender = [{"name": pgettext("of a register", "Sender")}] if with_sender else []
    return [
        {"name": pgettext("of a register", "Period")},
        *sender,
        {"name": _("Project")},
        {"name": pgettext("of a register", "Due on")},
        {"name": pgettext("of a register", "State")},
    ]


def rows(periods: Sequence[Due], *, with_sender: bool) -> list[Cells]:
    """Periods, what is due and what became of it."""
    return [
        [
            {"text": words.period(one.period), "href": _address(one)},
            *([{"text": in_language(one.rhythm.source.names)}] if with_sender else []),
            {"text": one.rhythm.project.code, "is_quiet": True},
            {"text": day(one.due_on), "is_quiet": True},
            {"kind": DRESS[one.state], "word": _state(one)},
        ]
        for one in periods
    ]


def agreements(user: User) -> list[str]:
    """One sentence for each sender of a reporter's organisation: until when people may be named."""
    today = timezone.localdate()
    return [_agreement(source, today) for source in Source.objects.filter(partner__code=user.partner)]


def sent_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of a register", "File")},
        {"name": _("Project")},
        {"name": _("Rows"), "is_number": True},
        {"name": pgettext("of a register", "Sent on")},
        {"name": pgettext("of a register", "State")},
    ]


def sent_rows(sent: QuerySet[Upload], cut: Slice) -> list[Cells]:
    """A page of registers that were sent, the newest first, with what became of each."""
    listed = list(sent.select_related("project", "register").order_by("-pk")[cut.first : cut.last])
    at_work = under_way(listed)
    return [
        [
            {"text": one.label, "href": reverse("intake:upload", args=[one.pk])},
            {"text": one.project.code, "is_quiet": True},
            {"text": one.rows},
            {"text": day(timezone.localdate(one.uploaded_at)), "is_quiet": True},
            _sent_state(one, state_in(one, at_work)),
        ]
        for one in listed
    ]


def _line(project: Project, line: ProjectLine) -> dict[str, Any]:
    return {
        "code": project.code,
        "href": reverse("workspace:project", args=[project.code]),
        "title": in_language(project.titles),
        "sentences": line.sentences,
    }


def _address(one: Due) -> str:
    if one.register:
        return reverse("intake:taken", args=[one.register])
    return reverse("intake:upload", args=[one.upload]) if one.upload else ""


def _state(one: Due) -> str:
    said = {
        DueState.RUNNING: pgettext("a period", "not over yet"),
        DueState.DUE: pgettext("a register", "due"),
        DueState.LATE: pgettext("a register", "late"),
        DueState.RECEIVED: pgettext("a register", "received, waits"),
        DueState.SENT_BACK: pgettext("a register", "sent back"),
        DueState.ACCEPTED: pgettext("a register", "accepted"),
    }[one.state]
    if one.on is None:
        return said
    return _("%(state)s, %(day)s") % {"state": said, "day": day(one.on)}


def _agreement(source: Source, today: Any) -> str:
    if agreement_in_force(source, today) and source.valid_to:
        return _("Data agreement of %(source)s until %(day)s.") % {
            "source": in_language(source.names),
            "day": day(source.valid_to),
        }
    return _("%(source)s has no data agreement in force: only counts are taken, every name is dropped.") % {
        "source": in_language(source.names)
    }


def _sent_state(one: Upload, state: State) -> dict[str, Any]:
    if state is State.TAKEN and one.register and one.register.undo_since:
        return {"kind": "refused", "word": pgettext("a register", "taken back")}
    said = {
        State.LOOKING: pgettext("a register", "is being looked through"),
        State.RUNNING: pgettext("a register", "is being taken in"),
        State.TAKEN: pgettext("a register", "accepted"),
        State.SENT_BACK: pgettext("a register", "sent back"),
        State.DISCARDED: pgettext("a register", "cancelled"),
        State.EXPIRED: pgettext("a register", "waited too long"),
        State.CLOSED: pgettext("a register", "ended"),
        State.FAILED: pgettext("a register", "stopped half-way"),
    }.get(state, pgettext("a register", "waits to be accepted"))
    return {"kind": SENT_DRESS.get(state, "waiting"), "word": said}
