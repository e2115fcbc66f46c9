"""Registers: the list, sending one, looking it through, and what became of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.core.languages import in_language
from rohnamo.engines.registers import RegisterError
from rohnamo.intake import actions, forms, rules, tasks
from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries import preview, registers, uploads
from rohnamo.intake.queries.beside import comparison
from rohnamo.intake.queries.problems import problem
from rohnamo.intake.queries.uploads import Looked, State, Told, is_large
from rohnamo.people.models import Verdict
from rohnamo.staff.models import User
from rohnamo.ui import paging
from rohnamo.ui.drawing import progress_bar

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponse]
RESULTS = "results"
ANSWERS = frozenset({Verdict.POSITIVE.value, Verdict.NEGATIVE.value, Verdict.UNSURE.value})


def register_page(*methods: str) -> Callable[[Page[Rest]], Page[Rest]]:
    """A page for those who send registers; for all others there is none. Never kept: it may name people."""

    def wrap(page: Page[Rest]) -> Page[Rest]:
        @never_cache
        @login_required
        @require_http_methods(list(methods))
        @wraps(page)
        def answer(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not rules.may_see_registers(_reader(request)):
                raise Http404
            return page(request, *args, **kwargs)

        return cast("Page[Rest]", answer)

    return wrap


@register_page("GET")
def register_list(request: HttpRequest) -> HttpResponse:
    """What waits, then what was taken in, the newest first."""
    user = _reader(request)
    taken = uploads.imports_visible_to(user)
    cut = paging.slice_of(request.GET.get("page", ""), taken.count())
    waiting = list(
        uploads.uploads_visible_to(user).filter(decided_at=None).exclude(stored=None).order_by("-pk")
    )
    context = {
        "page_title": _title(),
        "actions": [{"href": reverse("intake:new"), "text": _("Send a register"), "is_main": True}],
        "waiting_columns": registers.waiting_columns(),
        "waiting_rows": registers.waiting_rows(waiting),
        "columns": registers.columns(),
        "rows": registers.rows(taken, cut),
        "pager": cut.pager({}),
    }
    return render(request, "intake/registers.html", context)


@register_page("GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Send a register. A file that cannot be read is the form's error, in one sentence."""
    user = _reader(request)
    form = forms.UploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        made = _upload(form, user)
        if made:
            return redirect("intake:upload", pk=made.pk)
    context = {"page_title": _("Send a register"), "trail": _trail(_("Send a register")), "form": form}
    return render(request, "intake/new.html", context)


@register_page("GET")
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A register between sending and acceptance: its rows and verdicts, or how far it has come."""
    user, found = _reader(request), _found(request, pk)
    state = uploads.state_of(found)
    if state is State.TAKEN and found.register:
        return redirect("intake:taken", pk=found.register.pk)
    if state in {State.RUNNING, State.LOOKING}:
        return render(request, "intake/progress.html", _progress(found, state))
    if state in {State.DISCARDED, State.EXPIRED}:
        return render(request, "intake/gone.html", _head(found))
    looked = uploads.looked_at(found, by=user)
    if not looked:
        return render(request, "intake/unseen.html", _unseen(found, user))
    context = _preview(request, found, looked, user) | {"has_failed": state is State.FAILED}
    return render(request, "intake/preview.html", context)


@register_page("POST")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a previewed register in: a small one at once, a large one by the worker."""
    user, found = _reader(request), _found(request, pk)
    _require(may=rules.may_decide(user, found))
    if uploads.state_of(found) in {State.WAITING, State.FAILED}:
        try:
            _accept(request, found, user)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("intake:upload", pk=pk)


@register_page("POST")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a previewed register and its lines."""
    user, found = _reader(request), _found(request, pk)
    _require(may=rules.may_decide(user, found))
    try:
        actions.discard(found, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:upload", pk=pk)
    messages.success(request, _("The register was cancelled. Nothing of it was kept."))
    return redirect("intake:registers")


@register_page("POST")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody says of a doubtful row before the register is accepted."""
    user, found = _reader(request), _found(request, pk)
    _require(may=rules.may_judge(user))
    row, verdict = _answerable(request, found, user), request.POST.get("verdict", "")
    _require(may=verdict in ANSWERS)
    try:
        actions.answer(found, row.line.row, Verdict(verdict), by=user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('intake:upload', args=[pk])}?verdict=doubtful#main")


@register_page("GET")
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a register: counts, figures before and after, doubtful rows, rows to correct."""
    user = _reader(request)
    visible = uploads.imports_visible_to(user).select_related("source", "project", "upload__stored")
    found: Import = get_object_or_404(visible, pk=pk)
    return render(request, "intake/taken.html", _taken(found, user))


def _reader(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _require(*, may: bool) -> None:
    """Denied and missing look alike."""
    if not may:
        raise Http404


def _found(request: HttpRequest, pk: int) -> Upload:
    visible = uploads.uploads_visible_to(_reader(request))
    return get_object_or_404(visible.select_related("source", "project", "stored", "register"), pk=pk)


def _upload(form: forms.UploadForm, user: User) -> Upload | None:
    given = form.cleaned_data
    file, source, project = given["file"], given["source"], given["project"]
    try:
        made = actions.upload(file.read(), file.name, source=source, project=project, by=user)
    except RegisterError as error:
        form.add_error("file", problem(error))
        return None
    if is_large(made.rows):
        tasks.look_through.enqueue(made.pk, user.pk)
    return made


def _accept(request: HttpRequest, found: Upload, user: User) -> None:
    if is_large(found.rows):
        actions.begin(found, by=user)
        tasks.accept.enqueue(found.pk, user.pk)
        return
    tasks.accept.call(found.pk, user.pk)
    messages.success(request, _("The register was taken in."))


def _answerable(request: HttpRequest, found: Upload, user: User) -> Looked:
    """The doubtful row that was answered for, when the record beside it is one the user may see."""
    number = request.POST.get("row", "")
    rows = {str(row.line.row): row for row in uploads.looked_at(found, by=user)}
    row = rows.get(number)
    if row is None or row.verdict is not Told.DOUBTFUL:
        raise Http404
    return row


def _preview(request: HttpRequest, found: Upload, looked: list[Looked], user: User) -> dict[str, Any]:
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
    rows = preview.rows(shown, shows_names=sees_rows)
    is_open = opened in shown and _open(rows[shown.index(opened)], opened, found, user) if opened else False
    decisions = _decisions(found, preview.rows_to_take(counts)) if rules.may_decide(user, found) else []
    return {
        **_head(found),
        "lead": " ".join(_lead(found)),
        "actions": decisions,
        "tally": preview.tally(
            counts,
            preview.BEFORE if sees_rows else preview.FOR_PARTNERS,
            is_past=False,
            href=request.path if sees_rows else "",
        ),
        "share": share if sees_rows else "",
        "all_href": request.path,
        "columns": preview.columns() if sees_rows else [],
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


def _decisions(found: Upload, take: int) -> list[dict[str, Any]]:
    accept_words = ngettext("Accept %(count)s row", "Accept %(count)s rows", take)
    return [
        *([] if found.taking_since else [_cancelling(found)]),
        {
            "post_to": reverse("intake:accept", args=[found.pk]),
            "text": accept_words % {"count": registers.number(take)},
            "is_main": True,
        },
    ]


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


def _taken(found: Import, user: User) -> dict[str, Any]:
    sent = getattr(found, "upload", None)
    looked = uploads.looked_at(sent, by=user) if sent else []
    refused = preview.of_share(looked, "refused")[: paging.PAGE_ROWS]
    sees_rows = rules.may_see_rows(user)
    return {
        "page_title": found.label,
        "trail": _trail(in_language(found.source.names)),
        "lead": registers.taken_lead(found),
        "tally": preview.tally(
            found.counts, preview.AFTER if sees_rows else preview.FOR_PARTNERS, is_past=True
        ),
        "project": found.project,
        "effect": registers.effect_in_words(uploads.effect_on(found)) if sees_rows else [],
        "is_counting": bool(changes.waiting(RESULTS)),
        "doubtful": list(uploads.undecided_rows(found, by=user)[: paging.PAGE_ROWS]) if sees_rows else [],
        "may_judge": rules.may_judge(user),
        "rows": preview.rows(refused, shows_names=False),
    }


def _head(found: Upload) -> dict[str, Any]:
    return {"page_title": found.label, "trail": _trail(in_language(found.source.names)), "upload": found}


def _title() -> str:
    return pgettext("page", "Registers")


def _trail(here: str) -> list[dict[str, str]]:
    return [{"href": reverse("intake:registers"), "text": _title()}, {"href": "", "text": here}]
