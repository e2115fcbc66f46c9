"""Taking a register back, in words: what will happen, what stays, what was done."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rohnamo.intake.models import Import
from rohnamo.intake.queries.registers import day, number
from rohnamo.intake.queries.undoing import UndoPlan


def will_happen(plan: UndoPlan) -> list[dict[str, Any]]:
    """What totals.html takes: lines and people that go."""
    said = [
        (plan.lines, ngettext("service is taken back", "services are taken back", plan.lines)),
        (
            plan.removed["person"],
            ngettext("person is removed", "people are removed", plan.removed["person"]),
        ),
        (
            plan.removed["official"],
            ngettext("official is removed", "officials are removed", plan.removed["official"]),
        ),
        (plan.removed["coded"], ngettext("code is removed", "codes are removed", plan.removed["coded"])),
    ]
    return [{"number": count, "text": words} for count, words in said if count or words is said[0][1]]


def stays(plan: UndoPlan) -> list[str]:
    """What does not go, as sentences; each only where there is something."""
    staying = sum(plan.stay.values())
    said = [
        (
            staying,
            ngettext(
                "%(count)s person stays: something else knows them too. Only what this register said of them goes.",
                "%(count)s people stay: something else knows them too. Only what this register said of them goes.",
                staying,
            ),
        ),
        (
            plan.kept,
            ngettext(
                "%(count)s service stays: another register brought it too.",
                "%(count)s services stay: other registers brought them too.",
                plan.kept,
            ),
        ),
        (
            plan.approved,
            ngettext(
                "%(count)s approved period stays as it was approved; the difference is shown beside it.",
                "%(count)s approved periods stay as they were approved; the difference is shown beside them.",
                plan.approved,
            ),
        ),
        (
            plan.before,
            ngettext(
                "%(count)s service was taken back before.",
                "%(count)s services were taken back before.",
                plan.before,
            ),
        ),
    ]
    return [words % {"count": number(count)} for count, words in said if count]


def fingerprint(plan: UndoPlan) -> str:
    """The numbers that somebody saw before saying yes."""
    return "-".join(
        str(part) for part in (plan.lines, plan.kept, *plan.removed.values(), *plan.stay.values())
    )


def in_words(register: Import, *, shows_reason: bool) -> list[str]:
    """That a register was taken back, when and why; nothing while it stands."""
    if register.undo_since is None:
        return []
    if register.undone_at is None:
        return [_("Taking this register back stopped half-way. It can go on where it stopped.")]
    lines = register.undone.get("lines", 0)
    people = sum(count for what, count in register.undone.items() if what.startswith("removed."))
    taken = ngettext(
        "This register was taken back on %(day)s: %(count)s service.",
        "This register was taken back on %(day)s: %(count)s services.",
        lines,
    ) % {"day": day(timezone.localdate(register.undone_at)), "count": number(lines)}
    removed = ngettext(
        "%(count)s person whom nobody else had met was removed.",
        "%(count)s people whom nobody else had met were removed.",
        people,
    ) % {"count": number(people)}
    why = [_("Reason: %(reason)s") % {"reason": register.undo_reason}] if shows_reason else []
    return [taken, *([removed] if people else []), *why]
