"""A register between sending and acceptance: its rows and verdicts, answers, acceptance."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.errors import Refused
from rohnamo.core.languages import in_language
from rohnamo.intake import actions, rules, tasks
from rohnamo.intake.models import Upload
from rohnamo.intake.queries import preview, registers, uploads
from rohnamo.intake.queries.about import how_it_was_read, questions_of
from rohnamo.intake.queries.beside import comparison
from rohnamo.intake.queries.preview import have_hours
from rohnamo.intake.queries.refused import paper_of, where_to_look
from rohnamo.intake.queries.sentences import sentences
from rohnamo.intake.queries.survey import AGAIN, OTHER_SERVICES
from rohnamo.intake.queries.uploads import Looked, State, Told, is_large
from rohnamo.intake.views.page import found_upload, trail
from rohnamo.people.models import Verdict
from rohnamo.projects.queries import agreement_in_force
from rohnamo.staff.door import allow, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import paging
from rohnamo.ui.drawing import progress_bar
from rohnamo.ui.papers.spreadsheet import as_spreadsheet

TICKS = (AGAIN, OTHER_SERVICES)
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANSWERS = frozenset({Verdict.POSITIVE.value, Verdict.NEGATIVE.value, Verdict.UNSURE.value})
GONE = frozenset({State.DISCARDED, State.EXPIRED, State.SENT_BACK, State.CLOSED})


@staff_page("GET", may=rules.may_see_registers)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A register between sending and acceptance: its rows and verdicts, or how far it has come."""
    user, found = reader(request), found_upload(request, pk)
    state = uploads.state_of(found)
    if state is State.TAKEN and found.register:
        return redirect("intake:taken", pk=uploads.shown_for(found.register).pk)
    if state in {State.RUNNING, State.LOOKING}:
        return render(request, "intake/progress.html", _progress(found, state))
    if state in GONE:
        return render(request, "intake/gone.html", _gone(found, state))
    sealed = uploads.sealed_of(found, by=user)
    looked = uploads.looked_in(sealed, by=user)
    if not looked or sealed is None:
        return render(request, "intake/unseen.html", _unseen(found, user))
    context = _preview(request, found, (looked, uploads.about_in(sealed)), user, state)
    return render(request, "intake/preview.html", context)


@staff_page("POST", may=rules.may_see_registers)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a previewed register in: a small one at once, a large one by the worker."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_decide(user, found))
    state = uploads.state_of(found)
    if state in {State.WAITING, State.FAILED}:
        try:
            if state is State.WAITING and _has_changed(found, user):
                messages.warning(request, _changed())
            else:
                _accept(request, found, user)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("intake:upload", pk=pk)


@staff_page("POST", may=rules.may_see_registers)
def look_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Look the rows through once more: other registers came in since."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_decide(user, found) and uploads.state_of(found) is State.WAITING)
    try:
        actions.look_anew(found, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:upload", pk=pk)
    if is_large(found.rows):
        tasks.look_through.enqueue(found.pk, user.pk)
    messages.success(request, _("The rows were looked through anew."))
    return redirect("intake:upload", pk=pk)


@staff_page("GET", may=rules.may_see_registers)
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused rows as a spreadsheet, before acceptance and after it: numbers and reasons."""
    user, found = reader(request), found_upload(request, pk)
    looked = uploads.looked_at(found, by=user)
    allow(may=bool(preview.of_share(looked, "refused")))
    answer = HttpResponse(as_spreadsheet(paper_of(found, looked)), content_type=SPREADSHEET)
    answer["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.xlsx"'
    return answer


@staff_page("POST", may=rules.may_see_registers)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a previewed register and its lines."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_decide(user, found))
    try:
        actions.discard(found, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:upload", pk=pk)
    messages.success(request, _("The register was cancelled. Nothing of it was kept."))
    return redirect("intake:registers")


@staff_page("POST", may=rules.may_see_registers)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a register that came in half and may not go on."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_decide(user, found))
    if uploads.state_of(found) is State.FAILED:
        try:
            actions.close(found, by=user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("What is in stays. The rest was dropped."))
    return redirect("intake:upload", pk=pk)


@staff_page("POST", may=rules.may_see_registers)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody says of a doubtful row before the register is accepted."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_judge(user))
    row, verdict = _answerable(request, found, user), request.POST.get("verdict", "")
    allow(may=verdict in ANSWERS)
    try:
        actions.answer(found, row.line.row, Verdict(verdict), by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('intake:upload', args=[pk])}?verdict=doubtful#main")


def _has_changed(found: Upload, user: User) -> bool:
    """Looks anew where registers came in or went since. Whether this reader is told anything else now than before."""
    before = uploads.about(found, by=user)
    if not before.is_old or is_large(found.rows):
        return False
    told = _told(found, user)
    actions.look_anew(found, by=user)
    found.refresh_from_db()
    after = uploads.about(found, by=user)
    return told != _told(found, user) or set(after.survey.to_confirm) - set(before.survey.to_confirm) != set()


def _told(found: Upload, user: User) -> list[tuple[int, Told]]:
    return [(row.line.row, row.verdict) for row in uploads.looked_at(found, by=user)]


def _changed() -> str:
    return _("Registers came in or were taken back meanwhile, and verdicts are others now. Look once more.")


def _accept(request: HttpRequest, found: Upload, user: User) -> None:
    actions.confirm_by_hand(found, [what for what in TICKS if request.POST.get(what)], by=user)
    if is_large(found.rows):
        actions.begin(found, by=user)
        tasks.accept.enqueue(found.pk, user.pk)
        return
    tasks.accept.call(found.pk, user.pk)
    found.refresh_from_db()
    if found.register and found.register.same_as_id:
        messages.success(request, _("This file was taken in before. Nothing in it was new."))
    else:
        messages.success(request, _("The register was taken in."))


def _answerable(request: HttpRequest, found: Upload, user: User) -> Looked:
    """The doubtful row that was answered for, when the record beside it is one the user may see."""
    number = request.POST.get("row", "")
    rows = {str(row.line.row): row for row in uploads.looked_at(found, by=user)}
    row = rows.get(number)
    if row is None or row.verdict is not Told.DOUBTFUL:
        raise Http404
    return row


def _preview(
    request: HttpRequest, found: Upload, seen: tuple[list[Looked], uploads.About], user: User, state: State
) -> dict[str, Any]:
    looked, about = seen
    asked = questions_of(found, about.survey, user) if not found.taking_since else []
    with_hours = have_hours(looked)
    counts = uploads.counts_of(looked)
    sees_rows = rules.may_see_rows(user)
    share = request.GET.get("verdict", "") if sees_rows else "refused"
    share = share if share in preview.BEFORE else ""
    listed = preview.of_share(looked, share)
    may_answer = rules.may_judge(user) and not found.taking_since
    opened = _opened(listed, request.GET.get("row", "")) if may_answer else None
    page = request.GET.get("page", "") or _page_of(listed, opened)
    cut = paging.slice_of(page, len(listed))
    shown = listed[cut.first : cut.last]
    rows = preview.rows(shown, shows_names=sees_rows, with_hours=with_hours)
    is_open = opened in shown and _open(rows[shown.index(opened)], opened, found, user) if opened else False
    may_decide = rules.may_decide(user, found)
    take = preview.rows_to_take(counts)
    return {
        **_head(found),
        **_warnings(found, state, about, may_decide=may_decide),
        "asked": asked if may_decide and take and not found.questions else [],
        "accept_words": _accept_words(take),
        "reading": how_it_was_read(found, about),
        "where_to_look": where_to_look() if counts["refused"] else "",
        "lead": " ".join(_lead(found)),
        "actions": _decisions(found, take, user, is_asked=bool(asked)) if may_decide else [],
        "tally": preview.tally(
            counts,
            preview.BEFORE if sees_rows else preview.FOR_PARTNERS,
            is_past=False,
            href=request.path if sees_rows else "",
        ),
        "share": share if sees_rows else "",
        "all_href": request.path,
        "columns": preview.columns(with_hours=with_hours) if sees_rows else [],
        "rows": rows,
        "pager": cut.pager({"verdict": share}) or {"words": cut.words},
        "next_doubtful": _next_doubtful(looked, opened, request.path) if is_open else "",
        "sees_rows": sees_rows,
    }


def _opened(listed: list[Looked], wanted: str) -> Looked | None:
    """The doubtful row that is open: the one the address names, else the first without an answer."""
    doubtful = [row for row in listed if row.verdict is Told.DOUBTFUL]
    named = [row for row in doubtful if str(row.line.row) == wanted]
    unanswered = [row for row in doubtful if not row.answer]
    return next(iter([*named, *unanswered]), None)


def _page_of(listed: list[Looked], row: Looked | None) -> str:
    return paging.page_with(listed.index(row)) if row else ""


def _open(shown: dict[str, Any], row: Looked, found: Upload, user: User) -> bool:
    """Puts the record that a row resembles under it. Returns whether it may be seen."""
    action = reverse("intake:answer", args=[found.pk])
    shown["comparison"] = comparison(row, by=user, action=action, may_answer=True)
    return shown["comparison"] is not None


def _next_doubtful(looked: list[Looked], opened: Looked | None, path: str) -> str:
    waiting = [row for row in looked if row.verdict is Told.DOUBTFUL and not row.answer]
    later = [row for row in waiting if opened and row.line.row > opened.line.row]
    row = next(iter(later), None)
    return (
        f"{path}?{urlencode({'verdict': 'doubtful', 'row': row.line.row})}#row-{row.line.row}" if row else ""
    )


def _lead(found: Upload) -> list[str]:
    rows = ngettext("%(count)s row.", "%(count)s rows.", found.rows) % {"count": registers.number(found.rows)}
    sentences = [rows, _("This is a preview: nothing has been written yet.")]
    if found.source.valid_to:
        sentences.append(_("Data agreement until %(day)s.") % {"day": registers.day(found.source.valid_to)})
    else:
        sentences.append(_("No data agreement: only counts are taken."))
    if found.stored and found.stored.kept_until:
        days = (found.stored.kept_until - timezone.localdate()).days
        kept = ngettext(
            "These rows are deleted in %(count)s day.", "These rows are deleted in %(count)s days.", days
        )
        sentences.append(kept % {"count": days})
    return sentences


def _decisions(found: Upload, take: int, user: User, *, is_asked: bool) -> list[dict[str, Any]]:
    """What can be done now. Where something must be confirmed by hand, the button to accept stands there."""
    if not take and not found.taking_since:
        return [_cancelling(found) | {"text": pgettext("a register", "Close"), "is_main": True}]
    before = [] if found.taking_since else [_cancelling(found)]
    if not found.taking_since and rules.may_send_back(user, found):
        href = reverse("intake:return", args=[found.pk])
        before.append({"href": href, "text": pgettext("a register", "Send back")})
    if found.questions:
        href = reverse("intake:columns", args=[found.pk])
        return [*before, {"href": href, "text": _("Look at the columns"), "is_main": True}]
    if is_asked:
        return before
    accepting = {"post_to": reverse("intake:accept", args=[found.pk]), "text": _accept_words(take)}
    return [*before, accepting | {"is_main": True}]


def _accept_words(take: int) -> str:
    words = ngettext("Accept %(count)s row", "Accept %(count)s rows", take)
    return words % {"count": registers.number(take)}


def _warnings(found: Upload, state: State, about: uploads.About, *, may_decide: bool) -> dict[str, Any]:
    """What must be said above the rows. may_close: acceptance stopped, and the agreement that it needs has ended."""
    has_failed = state is State.FAILED
    has_ended = has_failed and not agreement_in_force(found.source, timezone.localdate())
    return {
        "has_failed": has_failed,
        "may_close": has_ended and may_decide,
        "notes": sentences(about.notes),
        "is_old": about.is_old and state is State.WAITING and may_decide,
        "has_questions": bool(found.questions),
        "may_mend": may_decide and not found.taking_since,
    }


def _gone(found: Upload, state: State) -> dict[str, Any]:
    """words: why a register was sent back."""
    return {
        **_head(found),
        "words": found.sent_back_words if state is State.SENT_BACK else "",
        "is_closed": state is State.CLOSED,
        "day": registers.day(timezone.localdate(found.sent_back_at)) if found.sent_back_at else "",
    }


def _cancelling(found: Upload) -> dict[str, Any]:
    return {"post_to": reverse("intake:discard", args=[found.pk]), "text": pgettext("a register", "Cancel")}


def _unseen(found: Upload, user: User) -> dict[str, Any]:
    """A large register that was not looked through to the end: it can only be cancelled."""
    return {**_head(found), "actions": [_cancelling(found)] if rules.may_decide(user, found) else []}


def _progress(found: Upload, state: State) -> dict[str, Any]:
    if state is State.LOOKING:
        return {**_head(found), "lead": _("The register is being looked through. You may leave this page.")}
    done = found.register.rows_done if found.register else 0
    return {
        **_head(found),
        "lead": _("The register is being taken in. You may leave this page; the work goes on."),
        "bar": progress_bar(done, found.rows),
        "words": _("%(done)s of %(whole)s rows")
        % {"done": registers.number(done), "whole": registers.number(found.rows)},
        "text": _("People are looked for, and what was done for them is written down."),
    }


def _head(found: Upload) -> dict[str, Any]:
    return {"page_title": found.label, "trail": trail(("", in_language(found.source.names))), "upload": found}
