"""The page before a meeting: choose, read, print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from rohnamo.core import audit
from rohnamo.core.languages import LANGUAGE_NAMES, in_language
from rohnamo.staff.door import allow, reader, staff_page, trail
from rohnamo.staff.models import User
from rohnamo.ui.papers import Paper, Table, as_pdf, cell_text
from rohnamo.ui.spelling import known
from rohnamo.workspace import actions, rules
from rohnamo.workspace.forms import NoteForm, SubjectForm
from rohnamo.workspace.models import BriefingNote
from rohnamo.workspace.queries.briefing import Subject, choices, notes_about, paper_about, subject


@staff_page("GET", may=rules.may_be_briefed)
def briefing(request: HttpRequest) -> HttpResponse:
    """The choice; with something chosen in the address, its page."""
    user = reader(request)
    form = SubjectForm(request.GET or None, user=user)
    if form.is_valid():
        return redirect("workspace:briefing_about", form.cleaned_data["about"])
    return render(request, "workspace/briefing.html", {"page_title": _title(), "form": form})


@staff_page("GET", "POST", may=rules.may_be_briefed)
def briefing_about(request: HttpRequest, about: str) -> HttpResponse:
    """The page on one subject, its files in three languages, and the sentences that were noted."""
    user = reader(request)
    asked = _asked(about, user)
    form = NoteForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.note_for_briefing(
            asked,
            form.cleaned_data["words"],
            is_restricted=form.cleaned_data.get("is_restricted", False),
            by=user,
        )
        return redirect(request.path)
    may_read = rules.may_read_restricted(user)
    paper = paper_about(asked, user, known(get_language()), today=timezone.localdate())
    context = {
        "page_title": paper.title,
        "trail": trail(
            (reverse("workspace:briefing"), _title()), ("", in_language(asked.names) or asked.code)
        ),
        "paper": paper,
        "blocks": _shown(paper),
        "files": [{"href": f"{request.path}{code}/", "text": name} for code, name in LANGUAGE_NAMES.items()],
        "restricted_files": [
            {"href": f"{request.path}{code}/?restricted=1", "text": name}
            for code, name in LANGUAGE_NAMES.items()
            if may_read
        ],
        "notes": _struck_by(user, notes_about(asked, is_restricted=False)),
        "restricted": _struck_by(user, notes_about(asked, is_restricted=True)) if may_read else [],
        "form": form,
    }
    return render(request, "workspace/briefing_about.html", context)


@staff_page("GET", may=rules.may_be_briefed)
def briefing_file(request: HttpRequest, about: str, language: str) -> HttpResponse:
    """The page as a PDF for A4."""
    user = reader(request)
    asked = _asked(about, user)
    if language not in LANGUAGE_NAMES:
        raise Http404
    is_restricted = request.GET.get("restricted") == "1"
    allow(may=not is_restricted or rules.may_read_restricted(user))
    today = timezone.localdate()
    paper = paper_about(asked, user, known(language), today=today, is_restricted=is_restricted)
    audit.record(user, "workspace.briefing", "workspace.briefingnote", fields=[about, language])
    answer = HttpResponse(as_pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="briefing-{today:%Y-%m-%d}-{language}.pdf"'
    return answer


@staff_page("POST", may=rules.may_be_briefed)
def strike_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sentence back."""
    user = reader(request)
    note = get_object_or_404(BriefingNote, pk=pk, struck_at=None)
    allow(may=rules.may_strike(user, note))
    actions.strike_note(note, by=user)
    return redirect("workspace:briefing_about", f"{note.about}:{note.code}")


def _asked(about: str, user: User) -> Subject:
    """Only what the choice offers this user: notes on an organisation are for those who work with it."""
    offered = {value for _kind, listed in choices(user) for value, _name in listed}
    found = subject(about) if about in offered else None
    if found is None:
        raise Http404
    return found


def _struck_by(user: User, notes: list[BriefingNote]) -> list[dict[str, object]]:
    return [{"pk": one.pk, "words": one.words, "may_strike": rules.may_strike(user, one)} for one in notes]


def _title() -> str:
    return pgettext("page", "Briefing")


def _shown(paper: Paper) -> list[dict[str, object]]:
    """Tables of the paper for table.html: the same cells in the same words as in the file."""
    return [
        {
            "title": block.title,
            "note": block.note,
            "columns": [{"name": one.title, "is_number": one.kind != "text"} for one in block.columns],
            "rows": [
                [
                    {"text": cell_text(cell, column, paper.language)}
                    for cell, column in zip(row, block.columns, strict=True)
                ]
                for row in block.rows
            ],
        }
        for block in paper.blocks
        if isinstance(block, Table)
    ]
