"""The list of registers, what is due, and sending one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.engines.registers import RegisterError
from rohnamo.intake import actions, forms, rules, tasks
from rohnamo.intake.models import Upload
from rohnamo.intake.queries import due, owing, registers, uploads
from rohnamo.intake.queries.problems import problem
from rohnamo.intake.queries.uploads import is_large
from rohnamo.intake.views.page import title_of_list, trail
from rohnamo.staff.door import reader, staff_page
from rohnamo.staff.models import Role, User
from rohnamo.ui import paging

KEY_OF_FILE = "register"


@staff_page("GET", may=rules.may_see_registers)
def register_list(request: HttpRequest) -> HttpResponse:
    """What is due, what waits, then what was taken in, the newest first. A partner's reporter has a page of their own."""
    user = reader(request)
    if user.role == Role.PARTNER_REPORTER:
        return render(request, "intake/partner.html", _partner(request, user))
    taken = uploads.listed(uploads.imports_visible_to(user))
    cut = paging.slice_of(request.GET.get("page", ""), taken.count())
    undecided = uploads.uploads_visible_to(user).filter(decided_at=None).exclude(stored=None)
    waiting = list(undecided.select_related("source", "project").order_by("-pk"))
    owed = [one for one in due.due_for(user, timezone.localdate()) if due.is_open(one)]
    context = {
        "page_title": title_of_list(),
        "actions": [{"href": reverse("intake:new"), "text": _("Send a register"), "is_main": True}],
        "lines": owing.lines_for(user),
        "rhythms": owing.rhythm_links(user),
        "due_columns": owing.columns(with_sender=True),
        "due_rows": owing.rows(owed, with_sender=True),
        "waiting_columns": registers.waiting_columns(),
        "waiting_rows": registers.waiting_rows(waiting),
        "columns": registers.columns(),
        "rows": registers.rows(taken, cut),
        "pager": cut.pager({}),
    }
    return render(request, "intake/registers.html", context)


@staff_page("GET", "POST", may=rules.may_see_registers)
def new(request: HttpRequest) -> HttpResponse:
    """Send a register. A file that cannot be read is the form's error, in one sentence."""
    user = reader(request)
    form = forms.UploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        key = actions.new_key()
        made = _upload(form, user, key)
        if made:
            answer = redirect("intake:upload", pk=made.pk)
            keep_key(answer, made.pk, key)
            return answer
    context = {"page_title": _("Send a register"), "trail": trail(("", _("Send a register"))), "form": form}
    return render(request, "intake/new.html", context)


def keep_key(answer: HttpResponse, pk: int, key: bytes) -> None:
    """Give the key of a sealed file to the browser that sent it, for the pages of this register and no others."""
    answer.set_cookie(
        f"{KEY_OF_FILE}-{pk}",
        key.hex(),
        path=reverse("intake:columns", args=[pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def key_of(request: HttpRequest, pk: int) -> bytes:
    """The key that this browser holds; empty for any other one."""
    try:
        return bytes.fromhex(request.COOKIES.get(f"{KEY_OF_FILE}-{pk}", ""))
    except ValueError:
        return b""


def _upload(form: forms.UploadForm, user: User, key: bytes) -> Upload | None:
    given = form.cleaned_data
    file, source, project = given["file"], given["source"], given["project"]
    try:
        made = actions.upload(file.read(), file.name, source=source, project=project, by=user, key=key)
    except RegisterError as error:
        form.add_error("file", problem(error))
        return None
    if is_large(made.rows):
        tasks.look_through.enqueue(made.pk, user.pk)
    return made


def _partner(request: HttpRequest, user: User) -> dict[str, Any]:
    sent = uploads.uploads_visible_to(user)
    cut = paging.slice_of(request.GET.get("page", ""), sent.count())
    periods = due.due_for(user, timezone.localdate())
    return {
        "page_title": title_of_list(),
        "actions": [{"href": reverse("intake:new"), "text": _("Send a register"), "is_main": True}],
        "agreements": owing.agreements(user),
        "owes": sum(map(due.is_open, periods)),
        "due_columns": owing.columns(with_sender=False),
        "due_rows": owing.rows(periods, with_sender=False),
        "columns": owing.sent_columns(),
        "rows": owing.sent_rows(sent, cut),
        "pager": cut.pager({}),
    }
