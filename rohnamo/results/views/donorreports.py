"""Reports to donors: begin, write, look at as a file, freeze; and donors' forms in Word."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rohnamo.core import audit
from rohnamo.core.errors import Refused
from rohnamo.core.languages import LANGUAGE_NAMES, in_language
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Partner, PartnerRole, Project
from rohnamo.results import rules
from rohnamo.results.actions import donorreports as actions
from rohnamo.results.forms.donorreports import AnswersForm, PeriodForm, TemplateForm
from rohnamo.results.models import DonorReport, WordTemplate
from rohnamo.results.queries import donorreports as queries
from rohnamo.results.queries.frameworks import periods_of
from rohnamo.results.views.pieces import project_of
from rohnamo.staff.door import allow, reader, staff_page, trail
from rohnamo.staff.models import Role, User
from rohnamo.staff.rules import may_see_results
from rohnamo.ui import words
from rohnamo.ui.papers import UnknownFields, field_names
from rohnamo.ui.papers.wordtemplate import UnreadableTemplate
from rohnamo.ui.spelling import known

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@staff_page("GET", "POST", may=may_see_results)
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of a project, the newest period first, and the beginning of another."""
    user = reader(request)
    project = project_of(user, code)
    may_write = rules.may_write_report(user, project)
    if request.method == "POST":
        allow(may=may_write)
    form = PeriodForm(request.POST or None, periods=periods_of(project)) if may_write else None
    if form is not None and request.method == "POST" and form.is_valid():
        report = actions.begin_report(project, form.days(), by=user)
        return redirect("results:report", code, report.pk)
    context = {
        "page_title": _("Reports on %(code)s") % {"code": project.code},
        "trail": _trail(project, ("", _("Reports"))),
        "form": form,
        "columns": _columns(),
        "rows": [_row(one) for one in _visible(user, project)],
        "templates": _templates(project, user) if may_write else None,
        "templates_href": reverse("results:templates", args=[code]),
    }
    return render(request, "results/reports.html", context)


@staff_page("GET", "POST", may=may_see_results)
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One report: its files, and while it is a draft its words in the language of the address."""
    user = reader(request)
    project = project_of(user, code)
    found = get_object_or_404(_visible(user, project), pk=pk)
    language = known(request.GET.get("language") or get_language())
    is_mine = found.frozen_at is None and rules.may_write_report(user, project)
    form = _answers(request, found, language) if is_mine else None
    if request.method == "POST":
        allow(may=is_mine)
        if form is not None and form.is_valid() and _written(request, found, form, language):
            return redirect(f"{request.path}?language={language}")
    context = {
        "page_title": _title(found),
        "trail": _trail(
            project, (reverse("results:reports", args=[code]), _("Reports")), ("", _title(found))
        ),
        "state": queries.state_words(found, get_language() or "ru"),
        "form": form,
        "languages": _languages(language),
        "files": _files(found, user),
        "narrative": queries.narrative_of(found, language) if form is None else (),
        "report": found,
        "may_freeze": is_mine and rules.may_freeze_report(user, project) and found.end < timezone.localdate(),
        "preliminary": _preliminary(found) if is_mine else 0,
    }
    return render(request, "results/report.html", context)


@staff_page("GET", may=may_see_results)
def report_file(request: HttpRequest, code: str, pk: int, kind: str, language: str) -> HttpResponse:
    """The report as a file in one language."""
    user = reader(request)
    project = project_of(user, code)
    found = get_object_or_404(_visible(user, project), pk=pk)
    if kind not in MEDIA or language not in LANGUAGE_NAMES:
        raise Http404
    audit.record(user, "results.read_report", found, fields=[f"{kind} {language}"])
    content = queries.file_of(found, kind, known(language))
    return _download(content, kind, queries.file_name(found, kind, language))


@staff_page("GET", may=may_see_results)
def report_in_form(request: HttpRequest, code: str, pk: int, template: int) -> HttpResponse:
    """The report in the donor's own form."""
    user = reader(request)
    project = project_of(user, code)
    found = get_object_or_404(_visible(user, project), pk=pk)
    form = get_object_or_404(_templates(project, user), pk=template)
    audit.record(user, "results.read_report", found, fields=[f"form {form.pk}"])
    try:
        content = queries.filled(found, form)
    except UnknownFields as wrong:
        messages.error(request, _missing(wrong))
        return redirect("results:report", code, pk)
    except UnreadableTemplate as wrong:
        messages.error(request, str(wrong))
        return redirect("results:report", code, pk)
    return _download(content, "docx", queries.file_name(found, "docx", form.language))


@staff_page("POST", may=may_see_results)
def freeze(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """From now on the report says the same for ever."""
    user = reader(request)
    project = project_of(user, code)
    allow(may=rules.may_freeze_report(user, project))
    found = get_object_or_404(_visible(user, project), pk=pk)
    try:
        actions.freeze_report(found, by=user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, _("The report is frozen. It can be sent, and made again from the same data at any time.")
        )
    return redirect("results:report", code, pk)


@staff_page("POST", may=may_see_results)
def discard(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    user = reader(request)
    project = project_of(user, code)
    allow(may=rules.may_write_report(user, project))
    found = get_object_or_404(_visible(user, project), pk=pk)
    try:
        actions.discard_report(found, by=user)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("results:report", code, pk)
    messages.success(request, _("The draft was thrown away."))
    return redirect("results:reports", code)


@staff_page("GET", "POST", may=may_see_results)
def templates(request: HttpRequest, code: str) -> HttpResponse:
    """Donors' forms in Word: those there are, and another."""
    user = reader(request)
    project = project_of(user, code)
    allow(may=rules.may_write_report(user, project))
    form = TemplateForm(request.POST or None, request.FILES or None, donors=_donors(project))
    if request.method == "POST" and form.is_valid() and _kept(form, project, user):
        messages.success(request, _("The form was kept. Every field it asks for is known."))
        return redirect("results:templates", code)
    context = {
        "page_title": _("Forms of donors in Word"),
        "trail": _trail(project, (reverse("results:reports", args=[code]), _("Reports")), ("", _("Forms"))),
        "form": form,
        "templates": _templates(project, user),
        "fields": field_names(queries.example_fields(project)),
    }
    return render(request, "results/templates.html", context)


def _visible(user: User, project: Project) -> QuerySet[DonorReport]:
    ours = DonorReport.objects.filter(project=project).select_related("project")
    return ours if rules.may_read_drafts(user, project) else ours.exclude(frozen_at=None)


def _templates(project: Project, user: User) -> QuerySet[WordTemplate]:
    """Forms of the project's donors; a donor finds only their own."""
    theirs = Q(donor__code=user.partner) if user.role == Role.DONOR_READER else Q()
    return (
        WordTemplate.objects.filter(theirs, donor__in=_donors(project))
        .select_related("donor")
        .defer("content")
    )


def _donors(project: Project) -> QuerySet[Partner]:
    paying = project.partners.filter(role=PartnerRole.FUNDING)
    return Partner.objects.filter(pk__in=paying.values("partner"))


def _answers(request: HttpRequest, found: DonorReport, language: str) -> AnswersForm:
    asked = queries.form_of(found.project)
    initial = {code: texts.get(language, "") for code, texts in found.answers.items()}
    return AnswersForm(request.POST or None, asked=asked, language=language, initial=initial)


def _written(request: HttpRequest, found: DonorReport, form: AnswersForm, language: str) -> bool:
    answers = {code: {language: text.strip()} for code, text in form.cleaned_data.items()}
    try:
        actions.write_report(found, answers, by=reader(request))
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Saved."))
    return True


def _kept(form: TemplateForm, project: Project, user: User) -> bool:
    given = form.cleaned_data
    try:
        actions.keep_template(
            given["donor"], given["language"], given["name"], given["file"], example=project, by=user
        )
    except UnknownFields as wrong:
        form.add_error("file", _missing(wrong))
    except Refused as why:
        form.add_error("name", str(why))
    except UnreadableTemplate as wrong:
        form.add_error("file", _("The file cannot be read as a Word form: %(why)s") % {"why": str(wrong)})
    return form.is_valid()


def _missing(wrong: UnknownFields) -> str:
    return _("The form asks for fields that a report does not have: %(names)s") % {"names": str(wrong)}


def _preliminary(found: DonorReport) -> int:
    """How many values of a draft are not approved yet."""
    (project,) = queries.data_of(found)["projects"]
    return sum(
        not indicator["is_approved"] for result in project["results"] for indicator in result["indicators"]
    )


def _title(found: DonorReport) -> str:
    return _("Report on %(code)s, %(period)s") % {
        "code": found.project.code,
        "period": words.period(Days(found.start, found.end)),
    }


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Period")},
        {"name": _("Number"), "is_number": True},
        {"name": _("State")},
        {"name": _("Day")},
    ]


def _row(one: DonorReport) -> list[dict[str, Any]]:
    is_frozen = one.frozen_at is not None
    moved = timezone.localtime(one.frozen_at or one.changed_at).date()
    return [
        {
            "text": words.period(Days(one.start, one.end)),
            "href": reverse("results:report", args=[one.project.code, one.pk]),
        },
        {"text": one.number},
        {"text": pgettext("a report", "frozen") if is_frozen else pgettext("a report", "draft")},
        {"text": words.day(moved), "is_quiet": True},
    ]


def _languages(chosen: str) -> list[Mapping[str, object]]:
    return [
        {"href": f"?language={code}", "text": name, "code": code, "is_current": code == chosen}
        for code, name in LANGUAGE_NAMES.items()
    ]


def _files(found: DonorReport, user: User) -> list[Mapping[str, object]]:
    """Every language with its three files, and the donor's own forms."""
    kinds = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
    address = reverse("results:report", args=[found.project.code, found.pk])
    files: list[Mapping[str, object]] = [
        {
            "name": name,
            "items": [{"href": f"{address}file/{kind}/{code}/", "text": kinds[kind]} for kind in kinds],
        }
        for code, name in LANGUAGE_NAMES.items()
    ]
    forms = [
        {"href": f"{address}form/{one.pk}/", "text": f"{one.name} ({LANGUAGE_NAMES[one.language]})"}
        for one in _templates(found.project, user)
    ]
    return [*files, {"name": _("The donor's own form"), "items": forms}] if forms else files


def _trail(project: Project, *steps: tuple[str, str]) -> list[dict[str, str]]:
    address = reverse("workspace:project", args=[project.code])
    return trail((address, f"{project.code} {in_language(project.titles)}"), *steps)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
