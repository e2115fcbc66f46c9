"""Sending a register, or rows of it, back to its sender."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.errors import Refused
from rohnamo.intake import actions, forms, rules
from rohnamo.intake.queries.uploads import State, state_of
from rohnamo.intake.views.page import found_upload, trail
from rohnamo.staff.door import allow, reader, staff_page

WHOLE, ROWS = "whole", "rows"
_SPAN = re.compile(r"(\d{1,7})(?:[-–—](\d{1,7}))?")
MOST_ROWS = 5_000


@staff_page("GET", "POST", may=rules.may_see_registers)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms: some rows with a sentence, or the whole register with one."""
    user, found = reader(request), found_upload(request, pk)
    allow(may=rules.may_send_back(user, found) and state_of(found) is State.WAITING)
    what = request.POST.get("what", "")
    some = forms.RowsBackForm(request.POST if what == ROWS else None)
    whole = forms.WholeBackForm(request.POST if what == WHOLE else None)
    back = reverse("intake:upload", args=[pk])
    try:
        if what == ROWS and some.is_valid():
            rows = numbers_in(some.cleaned_data["rows"])
            number = actions.return_rows(found, rows, some.cleaned_data["words"], by=user)
            said = ngettext("%(count)s row goes back.", "%(count)s rows go back.", number)
            messages.success(request, said % {"count": number})
            return redirect(back)
        if what == WHOLE and whole.is_valid():
            actions.send_back(found, whole.cleaned_data["words"], by=user)
            messages.success(request, _("The register was sent back. Its sender sees your sentence."))
            return redirect("intake:registers")
    except Refused as refused:
        messages.error(request, str(refused))
    context = {
        "page_title": pgettext("a register", "Send back"),
        "trail": trail((back, found.label), ("", pgettext("a register", "Send back"))),
        "some": some,
        "whole": whole,
        "back": back,
    }
    return render(request, "intake/return.html", context)


def numbers_in(text: str) -> list[int]:
    """Row numbers as people write them: "4, 7, 9–12". Nothing for what is no list of numbers."""
    pieces = [piece for piece in re.split(r"[,;\s]+", text.replace(" – ", "–").replace(" - ", "-")) if piece]
    spans = [_SPAN.fullmatch(piece) for piece in pieces]
    found: set[int] = set()
    for span in spans:
        if span is None:
            return []
        first, last = int(span.group(1)), int(span.group(2) or span.group(1))
        if last - first > MOST_ROWS:
            return []
        found.update(range(first, last + 1))
    return sorted(found)
