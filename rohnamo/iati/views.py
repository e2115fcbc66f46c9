"""IATI in the workspace: check and export ours, look through and take in what others publish."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.languages import in_language
from rohnamo.iati import actions, forms, rules, tasks
from rohnamo.iati.models import Activity, Import, Verdict, Way
from rohnamo.iati.queries import checking, exporting, imports, profiles, showing
from rohnamo.iati.queries.imports import AT_ONCE_ACTIVITIES, AT_ONCE_BYTES, State
from rohnamo.iati.queries.sentences import unreadable
from rohnamo.staff.door import allow, reader, staff_page
from rohnamo.staff.models import User
from rohnamo.ui import paging, spelling
from rohnamo.ui.drawing import progress_bar
from rohnamo.ui.words import day, language

XML = "application/xml; charset=utf-8"
FILTERS = frozenset({*Verdict.values, "problems"})


@staff_page("GET", may=rules.may_publish)
def index(request: HttpRequest) -> HttpResponse:
    """What may be given out by which profile, and which files came in."""
    cut = paging.slice_of(request.GET.get("page", ""), imports.taken().count())
    waiting = list(imports.waiting())
    taken = list(imports.taken()[cut.first : cut.last])
    states = imports.states_of([*waiting, *taken])
    donors = {one.code: one.names for one in profiles.donors()}
    context = {
        "page_title": _title(),
        "actions": [
            {"href": reverse("iati:new"), "text": _("Take in a file")},
            {"href": reverse("iati:check"), "text": _("Check before publishing"), "is_main": True},
        ],
        "profiles": showing.profile_rows(
            profiles.profiles(), donors, may_fetch=rules.may_fetch(reader(request))
        ),
        "form": forms.WayForm() if donors else None,
        "columns": showing.file_columns(),
        "waiting": showing.file_rows(waiting, states),
        "rows": showing.file_rows(taken, states),
        "pager": cut.pager({}),
        "known": Activity.objects.count(),
    }
    return render(request, "iati/index.html", context)


@staff_page("GET", may=rules.may_publish)
def check(request: HttpRequest) -> HttpResponse:
    """What is wrong with our own file, by project, before anybody else sees it."""
    profile = _profile(request.GET.get("profile", ""))
    checked = _or_none(request, profile)
    if checked is None:
        return redirect("iati:index")
    errors, warnings = sum(one.errors for one in checked), sum(one.warnings for one in checked)
    context = {
        "page_title": _("Check before publishing"),
        "trail": _trail(_("Check before publishing")),
        "lead": _checked_in_words(len(checked), errors, warnings),
        "actions": _fetching(request, profile),
        "is_clean": not errors and not warnings,
        "groups": showing.checked_groups(checked),
        "columns": showing.problem_columns(with_fate=False),
    }
    return render(request, "iati/check.html", context)


@staff_page("GET", may=rules.may_publish)
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Our file by a profile: published figures, and money. So only for those who may see money."""
    allow(may=rules.may_fetch(reader(request)))
    profile, missed = _profile(name), list[str]()
    try:
        content = b"".join(exporting.exported(profile, missed=missed.append))
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("iati:index")
    if missed:
        messages.warning(request, exporting.missed_in_words(missed))
    return _attached(HttpResponse(content, content_type=XML), f"iati-{profile.name}.xml")


@staff_page("POST", may=rules.may_publish)
def donor(request: HttpRequest) -> HttpResponse:
    """Say what a donor can read."""
    form = forms.WayForm(request.POST)
    if form.is_valid():
        chosen = get_object_or_404(profiles.donors(), code=form.cleaned_data["donor"])
        actions.choose_way(chosen, Way(form.cleaned_data["way"]), by=reader(request))
        messages.success(
            request, _("Saved: %(donor)s.") % {"donor": in_language(chosen.names) or chosen.code}
        )
    return redirect("iati:index")


@staff_page("GET", "POST", may=rules.may_publish)
def new(request: HttpRequest) -> HttpResponse:
    """Send a file. A small one is looked through at once, a large one by the worker."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        one = _received(form, reader(request))
        if one:
            return redirect("iati:file", pk=one.pk)
    words = _("Take in a file")
    return render(request, "iati/new.html", {"page_title": words, "trail": _trail(words), "form": form})


@staff_page("GET", may=rules.may_publish)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file: how far it has come, what would become of each activity, or what became of it."""
    one = get_object_or_404(Import, pk=pk)
    state = imports.state_of(one)
    if state in {State.LOOKING, State.RUNNING}:
        return render(request, "iati/progress.html", _progress(one, state))
    if state in {State.UNREADABLE, State.STOPPED, State.DISCARDED}:
        return render(request, "iati/gone.html", _gone(one, state))
    return render(request, "iati/file.html", _file(request, one, state))


@staff_page("POST", may=rules.may_publish)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what is new or changed: a few at once, many by the worker."""
    one, user = get_object_or_404(Import, pk=pk), reader(request)
    if imports.state_of(one) in {State.WAITING, State.FAILED}:
        try:
            _accept(request, one, user)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("iati:file", pk=pk)


@staff_page("POST", may=rules.may_publish)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a file that was looked through."""
    try:
        actions.discard(get_object_or_404(Import, pk=pk), by=reader(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("iati:file", pk=pk)
    messages.success(request, _("The file was cancelled. Nothing of it was kept."))
    return redirect("iati:index")


@staff_page("GET", may=rules.may_publish)
def activity_list(request: HttpRequest) -> HttpResponse:
    """What others publish, to be searched by title, identifier, publisher or country."""
    search = request.GET.get("q", "").strip()[:200]
    listed = imports.activities(search)
    cut = paging.slice_of(request.GET.get("page", ""), listed.count())
    words = _("Activities of others")
    context = {
        "page_title": words,
        "trail": _trail(words),
        "fields": [
            {"name": "q", "label": _("Title, identifier, publisher or country code"), "value": search}
        ],
        "clear_href": request.path if search else "",
        "columns": showing.activity_columns(),
        "rows": showing.activity_rows(listed[cut.first : cut.last]),
        "pager": cut.pager({"q": search}),
    }
    return render(request, "iati/activities.html", context)


@staff_page("GET", may=rules.may_publish)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity of others: its days, its countries, its money."""
    one = get_object_or_404(Activity.objects.defer("xml").select_related("file"), pk=pk)
    title = in_language(one.titles) or one.identifier
    context = {
        "page_title": title,
        "trail": [
            *_trail("")[:1],
            {"href": reverse("iati:activities"), "text": _("Activities of others")},
            {"href": "", "text": one.identifier},
        ],
        "one": one,
        "publisher": in_language(one.reporting_names) or one.reporting_ref,
        "status": showing.status(one.status),
        "countries": ", ".join(one.countries),
        "columns": showing.sum_columns(),
        "rows": showing.sum_rows(one),
        "actions": [{"href": reverse("iati:activity-file", args=[one.pk]), "text": _("Fetch as IATI")}],
    }
    return render(request, "iati/activity.html", context)


@staff_page("GET", may=rules.may_publish)
def activity_file(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 -- a view's shape
    """One activity of others as it was taken in."""
    one = get_object_or_404(Activity.objects.only("pk"), pk=pk)
    answer = HttpResponse(b"".join(exporting.of_others(Activity.objects.filter(pk=one.pk))), content_type=XML)
    return _attached(answer, f"iati-activity-{one.pk}.xml")


def _profile(name: str) -> profiles.Profile:
    try:
        return profiles.profile(name)
    except WrongData as unknown:
        raise Http404 from unknown


def _or_none(request: HttpRequest, profile: profiles.Profile) -> list[checking.Checked] | None:
    try:
        return checking.check_ours(profile)
    except Refused as refused:
        messages.error(request, str(refused))
        return None


def _fetching(request: HttpRequest, profile: profiles.Profile) -> list[dict[str, Any]]:
    if not rules.may_fetch(reader(request)):
        return []
    href = reverse("iati:export", args=[profile.name])
    return [{"href": href, "text": _("Fetch the file"), "is_main": True}]


def _received(form: forms.FileForm, user: User) -> Import | None:
    sent = form.cleaned_data["file"]
    # A few packed bytes can be a hundred megabytes of XML: nobody should wait for that at a white page.
    is_packed = imports.is_packed(sent)
    try:
        one = actions.receive(sent.chunks(), sent.name, by=user)
    except actions.TooLarge:
        form.add_error("file", _("The file is larger than 200 MB. Send its activities in several files."))
        return None
    if is_packed or one.size_bytes > AT_ONCE_BYTES:
        tasks.look_through.enqueue(one.pk, user.pk)
    else:
        tasks.look_through.call(one.pk, user.pk)
    return one


def _accept(request: HttpRequest, one: Import, user: User) -> None:
    if _news(one) > AT_ONCE_ACTIVITIES:
        actions.begin(one, by=user)
        tasks.accept.enqueue(one.pk, user.pk)
        return
    tasks.accept.call(one.pk, user.pk)
    messages.success(request, _("The file was taken in."))


def _file(request: HttpRequest, one: Import, state: State) -> dict[str, Any]:
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in FILTERS else ""
    listed = imports.incoming(one, verdict)
    cut = paging.slice_of(request.GET.get("page", ""), listed.count())
    rows = list(listed[cut.first : cut.last])
    is_taken = state is State.TAKEN
    return {
        **_head(one),
        "lead": " ".join(_lead(one, is_taken=is_taken)),
        "actions": [] if is_taken else _decisions(one),
        "has_failed": state is State.FAILED,
        "tally": showing.tally(one.counts, request.path),
        "verdict": verdict,
        "all_href": request.path,
        "problems_href": f"{request.path}?verdict=problems",
        "of_file": showing.problem_rows(one.problems, with_fate=True),
        "columns": showing.incoming_columns(),
        "rows": showing.incoming_rows(rows),
        "problem_columns": showing.problem_columns(with_fate=True),
        "groups": showing.problems_of(each for each in rows if each.problems),
        "pager": cut.pager({"verdict": verdict}),
    }


def _decisions(one: Import) -> list[dict[str, Any]]:
    news = _news(one)
    words = ngettext("Take in %(count)s activity", "Take in %(count)s activities", news)
    cancel = {"post_to": reverse("iati:discard", args=[one.pk]), "text": pgettext("a file", "Cancel")}
    take = {
        "post_to": reverse("iati:accept", args=[one.pk]),
        "text": words % {"count": spelling.number(news, language())},
        "is_main": True,
    }
    return [*([] if one.taking_since else [cancel]), *([take] if news else [])]


def _news(one: Import) -> int:
    return int(one.counts.get(Verdict.ADDED, 0) + one.counts.get(Verdict.CHANGED, 0))


def _lead(one: Import, *, is_taken: bool) -> list[str]:
    words = ngettext("%(count)s activity.", "%(count)s activities.", one.activities)
    found = [words % {"count": spelling.number(one.activities, language())}]
    found.append(_("IATI version %(version)s.") % {"version": one.version})
    if is_taken and one.decided_at:
        found.append(_("Taken in on %(day)s.") % {"day": day(one.decided_at.date())})
    else:
        found.append(_("This is a preview: nothing has been written yet."))
    return found


def _progress(one: Import, state: State) -> dict[str, Any]:
    if state is State.LOOKING:
        done, whole = one.done_bytes, one.size_bytes
        words = ngettext("%(count)s activity so far", "%(count)s activities so far", one.activities)
        told = words % {"count": spelling.number(one.activities, language())}
        lead = _("The file is being looked through. You may leave this page.")
    else:
        done, whole = one.activities_done, _news(one)
        told = _("%(done)s of %(whole)s activities") % {
            "done": spelling.number(done, language()),
            "whole": spelling.number(whole, language()),
        }
        lead = _("The file is being taken in. You may leave this page; the work goes on.")
    return {**_head(one), "lead": lead, "bar": progress_bar(done, whole), "words": told}


def _gone(one: Import, state: State) -> dict[str, Any]:
    text = {
        State.UNREADABLE: unreadable(one.unreadable) if one.unreadable else "",
        State.STOPPED: _("The file could not be looked through to the end. Cancel it and send it again."),
    }.get(state, _("This file was cancelled. Nothing of it was kept."))
    cancel = {"post_to": reverse("iati:discard", args=[one.pk]), "text": pgettext("a file", "Cancel")}
    return {**_head(one), "text": text, "actions": [] if state is State.DISCARDED else [cancel]}


def _checked_in_words(projects: int, errors: int, warnings: int) -> str:
    parts = [
        ngettext("%(count)s project.", "%(count)s projects.", projects) % {"count": projects},
        ngettext("%(count)s error.", "%(count)s errors.", errors) % {"count": errors},
        ngettext("%(count)s warning.", "%(count)s warnings.", warnings) % {"count": warnings},
    ]
    return " ".join(parts)


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _head(one: Import) -> dict[str, Any]:
    return {"page_title": one.label, "trail": _trail(one.label), "one": one}


def _title() -> str:
    return pgettext("page", "IATI")


def _trail(here: str) -> list[dict[str, str]]:
    return [{"href": reverse("iati:index"), "text": _title()}, {"href": "", "text": here}]
