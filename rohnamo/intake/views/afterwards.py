"""What became of a register, and taking the whole of it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.core.languages import in_language
from rohnamo.intake import actions, forms, rules, tasks
from rohnamo.intake.models import Import
from rohnamo.intake.queries import preview, registers, undone, uploads
from rohnamo.intake.queries.refused import where_to_look
from rohnamo.intake.queries.undoing import open_entries, plan_of
from rohnamo.intake.views.page import found_register, trail
from rohnamo.staff.door import allow, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import paging
from rohnamo.ui.drawing import progress_bar

RESULTS = "results"
# A larger one is taken back by the worker: nobody should wait at a white page.
AT_ONCE_LINES = 300


@staff_page("GET", may=rules.may_see_registers)
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a register: counts, figures before and after, doubtful rows, rows to correct."""
    user, found = reader(request), found_register(request, pk)
    if found.undo_since and not found.undone_at and uploads.is_being_undone(found):
        return render(request, "intake/progress.html", _progress(found))
    return render(request, "intake/taken.html", _taken(found, user))


@staff_page("GET", "POST", may=rules.may_see_registers)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two steps: what will happen in numbers and the reason; the numbers once more, then it is done."""
    user, found = reader(request), found_register(request, pk)
    allow(may=rules.may_undo(user, found) and found.undone_at is None)
    if request.method == "POST" and found.undo_since:
        return _undo(request, found, found.undo_reason, user)
    plan = plan_of(found)
    form = forms.UndoForm(request.POST or None)
    is_second = request.method == "POST" and form.is_valid()
    if is_second and form.cleaned_data["numbers"] == undone.fingerprint(plan):
        return _undo(request, found, form.cleaned_data["reason"], user)
    here = pgettext("a register", "Take back")
    context = {
        "page_title": _("Take the register back?"),
        "trail": trail((reverse("intake:taken", args=[pk]), found.label), ("", here)),
        "register": found,
        "will": undone.will_happen(plan),
        "stays": undone.stays(plan),
        "form": form,
        "is_second": is_second,
        "numbers": undone.fingerprint(plan),
        "has_changed": is_second and bool(form.cleaned_data["numbers"]),
    }
    return render(request, "intake/undo.html", context)


def _undo(request: HttpRequest, found: Import, reason: str, user: User) -> HttpResponse:
    try:
        actions.begin_undo(found, by=user, reason=reason)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:taken", pk=found.pk)
    if found.rows_done > AT_ONCE_LINES:
        tasks.undo.enqueue(found.pk, user.pk)
    else:
        tasks.undo.call(found.pk, user.pk)
        messages.success(request, _("The register was taken back."))
    return redirect("intake:taken", pk=found.pk)


def _progress(found: Import) -> dict[str, Any]:
    whole = found.entries.count()
    done = whole - open_entries([found.pk]).count()
    return {
        "page_title": found.label,
        "trail": trail(("", in_language(found.source.names))),
        "lead": _("The register is being taken back. You may leave this page; the work goes on."),
        "bar": progress_bar(done, whole),
        "words": _("%(done)s of %(whole)s rows")
        % {"done": registers.number(done), "whole": registers.number(whole)},
        "text": _("What was done is reversed line by line; nothing is deleted from the ledger."),
    }


def _taken(found: Import, user: User) -> dict[str, Any]:
    sent = getattr(found, "upload", None)
    looked = uploads.looked_at(sent, by=user) if sent else []
    refused = preview.of_share(looked, "refused")[: paging.PAGE_ROWS]
    sees_rows = rules.may_see_rows(user)
    doubtful = list(uploads.undecided_rows(found, by=user)) if sees_rows else []
    return {
        "page_title": found.label,
        "trail": trail(("", in_language(found.source.names))),
        "lead": registers.taken_lead(found),
        "actions": _taking_back(found) if rules.may_undo(user, found) and not found.undo_since else [],
        "undone": undone.in_words(found, shows_reason=sees_rows),
        "may_go_on": bool(found.undo_since) and not found.undone_at and rules.may_undo(user, found),
        "register": found,
        "tally": preview.tally(
            preview.with_open(found.counts, len(doubtful)),
            preview.AFTER if sees_rows else preview.FOR_PARTNERS,
            is_past=True,
        ),
        "sees_rows": sees_rows,
        "seen_again": registers.seen_again(found),
        "where_to_look": where_to_look() if refused else "",
        "upload": sent,
        "project": found.project,
        "effect": registers.effect_in_words(uploads.effect_on(found)) if sees_rows else [],
        "is_counting": bool(changes.waiting(RESULTS)),
        "doubtful": doubtful[: paging.PAGE_ROWS],
        "doubtful_count": len(doubtful),
        "refused_count": len(preview.of_share(looked, "refused")),
        "may_judge": rules.may_judge(user),
        "rows": preview.rows(refused, shows_names=False),
    }


def _taking_back(found: Import) -> list[dict[str, Any]]:
    return [{"href": reverse("intake:undo", args=[found.pk]), "text": pgettext("a register", "Take back")}]
