"""The columns of a register: what was recognised, and what somebody says they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.errors import Refused
from rohnamo.engines.registers import RegisterError
from rohnamo.engines.registers.periods import Period, period_in
from rohnamo.intake import actions, rules, tasks
from rohnamo.intake.models import Upload
from rohnamo.intake.queries import columns as asked
from rohnamo.intake.queries.problems import problem
from rohnamo.intake.queries.sentences import span
from rohnamo.intake.queries.uploads import State, about, is_large, state_of
from rohnamo.intake.views.page import found_upload, trail
from rohnamo.intake.views.registers import key_of
from rohnamo.staff.door import allow, reader, staff_page
from rohnamo.staff.models import User


@staff_page("GET", "POST", may=rules.may_see_registers)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Every column with a choice of what it holds. What is said is remembered for the sender's next register."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_decide(user, found) and state_of(found) in {State.WAITING, State.LOOKING})
    sheet = asked.sheet_of(found, actions.open_raw(found, key_of(request, pk), by=user))
    written = request.POST.get("period", "").strip()
    if request.method == "POST":
        said = sheet.said(request.POST)
        refusal = sheet.objection(request.POST) or _period_objection(written)
        if not refusal:
            is_changed = sheet.is_changed(request.POST) or bool(written)
            refusal = _mend(request, found.pk, said, user, is_changed=is_changed)
        if not refusal:
            return redirect("intake:upload", pk=pk)
        messages.error(request, refusal)
        sheet = sheet.with_choices(request.POST)
    back = reverse("intake:upload", args=[pk])
    reading = about(found, by=user).reading
    context: dict[str, Any] = {
        "page_title": pgettext("of a register", "Columns"),
        "trail": trail((back, found.label), ("", pgettext("of a register", "Columns"))),
        "sheet": sheet,
        "back": back,
        "period": written,
        "period_now": span(reading.get("first", ""), reading.get("last", "")),
    }
    return render(request, "intake/columns.html", context)


def _period_objection(written: str) -> str:
    """Why what was written cannot be a period; empty when it can, or nothing was written."""
    if not written:
        return ""
    period = period_in(written)
    if period is None:
        return _("The period cannot be read. Write it as March 2025, Q1 2025, 2025, or 14.03.2025.")
    if period.start > timezone.localdate():
        return _("The period lies in the future. Write the one in which the services were given.")
    return ""


def _period_for(request: HttpRequest, found: Upload) -> Period | None:
    """The period written now, else the one that was said by hand before."""
    written = request.POST.get("period", "").strip()
    if written:
        return period_in(written)
    reading = about(found, by=reader(request)).reading
    return period_in(f"{reading['first']} {reading['last']}") if reading.get("period") == "said" else None


def _mend(request: HttpRequest, pk: int, said: dict[str, str], user: User, *, is_changed: bool) -> str:
    """What stands against it, in words; empty when it is done."""
    found = found_upload(request, pk)
    try:
        if not is_changed:
            actions.confirm(found, by=user)
            messages.success(
                request, _("The columns are right. They are remembered once the register is in.")
            )
            return ""
        mended = actions.mend(
            found, said, key=key_of(request, pk), by=user, period=_period_for(request, found)
        )
    except Refused as refused:
        return str(refused)
    except RegisterError as error:
        return problem(error)
    if is_large(mended.rows):
        tasks.look_through.enqueue(mended.pk, user.pk)
    messages.success(request, _("The register was read anew. Verdicts are those of the mended columns."))
    return ""
