"""People: the list, a record, and whether two records are one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from rohnamo.core.errors import Refused
from rohnamo.core.languages import in_language
from rohnamo.people import actions as people_actions
from rohnamo.people import queries as people_queries
from rohnamo.people.models import Judgement, Person, Verdict
from rohnamo.projects.models import Project
from rohnamo.staff.door import allow, reader, staff_page, trail
from rohnamo.staff.models import User
from rohnamo.ui import paging
from rohnamo.workspace import actions, rules
from rohnamo.workspace.queries import pairs as pair_queries
from rohnamo.workspace.queries import people as queries
from rohnamo.workspace.queries import record
from rohnamo.workspace.queries.names import shown
from rohnamo.workspace.queries.projects import choice
from rohnamo.workspace.views.page import title_of_list

PAIRS, RECORD = "pairs", "record"


@staff_page("GET", may=rules.may_see_people)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader's projects met, the latest contact first."""
    user, code = reader(request), request.GET.get("project", "")
    mine = list(Project.objects.filter(memberships__user=user).order_by("code"))
    project = next((one for one in mine if one.code == code), None)
    allow(may=project is not None or not code)
    met = queries.contacts(user, project)
    cut = paging.slice_of(request.GET.get("page", ""), met.count())
    found = [queries.Contact(one["person__root"], one["last"]) for one in met[cut.first : cut.last]]
    context = {
        "page_title": title_of_list("people"),
        "totals": [
            {
                "number": cut.whole,
                "text": npgettext("total", "person, each once", "people, each once", cut.whole),
            }
        ],
        "fields": [
            choice(
                "project",
                _("Project"),
                code,
                [(one.code, f"{one.code} · {in_language(one.titles)}") for one in mine],
                pgettext("projects", "all of mine"),
            )
        ],
        "clear_href": request.path if code else "",
        "columns": queries.columns(),
        "rows": queries.rows(found, by=user),
        "pager": cut.pager({"project": code}),
        "waiting": pair_queries.waiting_pairs(user).count() if rules.may_judge_people(user) else 0,
    }
    return render(request, "workspace/people.html", context)


@staff_page("GET", may=rules.may_see_people)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's record. A record judged to be another's leads to that one. Opening it is written down."""
    user = reader(request)
    found = get_object_or_404(
        people_queries.visible_to(user).select_related("root__district"), pk=pk, erased_at=None
    )
    if found.root_id != found.pk:
        return redirect("workspace:person", pk=found.root_id)
    actions.note_read(found, by=user)
    return render(request, "workspace/person.html", _record(request, found, user))


@staff_page("GET", may=rules.may_judge_people)
def pairs(request: HttpRequest) -> HttpResponse:
    """The next pair that waits for a decision, one after the other."""
    user = reader(request)
    waiting = pair_queries.waiting_pairs(user)
    pair = waiting.first()
    if pair:
        actions.note_read(pair.left, by=user)
        actions.note_read(pair.right, by=user)
    action = reverse("workspace:judge")
    context = {
        "page_title": _("One person or two?"),
        "trail": trail((reverse("workspace:people"), title_of_list("people")), ("", _("One person or two?"))),
        "waiting": waiting.count(),
        "comparison": pair_queries.comparison(pair, by=user, action=action, come_back=PAIRS)
        if pair
        else None,
    }
    return render(request, "workspace/pairs.html", context)


@staff_page("POST", may=rules.may_judge_people)
def judge(request: HttpRequest) -> HttpResponse:
    """Somebody's answer about a pair. Both records must be theirs to see."""
    user = reader(request)
    left, right = _both(request, user)
    verdict = request.POST.get("verdict", "")
    if verdict not in pair_queries.ANSWERS:
        raise Http404
    try:
        reasons = pair_queries.reasons_about(left, right)
        people_actions.judge(left, right, Verdict(verdict), by=user, reasons=reasons)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _done(verdict))
    return _back(request, left)


@staff_page("POST", may=rules.may_judge_people)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take a decision about a pair back; the pair waits again."""
    user = reader(request)
    left, right = _both(request, user)
    try:
        actions.take_back(left, right, by=user)
    except Refused:
        messages.error(request, _("There is no decision about these records any more."))
    else:
        messages.success(request, _("The decision is taken back. The pair waits again."))
    return _back(request, left)


def _both(request: HttpRequest, user: User) -> tuple[Person, Person]:
    numbers = [request.POST.get(name, "") for name in ("left", "right")]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise Http404
    left, right = (get_object_or_404(people_queries.visible_to(user), pk=int(number)) for number in numbers)
    allow(may=rules.may_judge(user, left, right))
    return left, right


def _done(verdict: str) -> str:
    return {
        Verdict.POSITIVE.value: _(
            "From now on they count as one person. You can take this back in the record."
        ),
        Verdict.NEGATIVE.value: _("They are two people. You can take this back in the record."),
    }.get(verdict, _("Put off. The pair waits until somebody knows."))


def _back(request: HttpRequest, person: Person) -> HttpResponse:
    if request.POST.get("back") == PAIRS:
        return redirect("workspace:pairs")
    return redirect("workspace:person", pk=person.pk)


def _record(request: HttpRequest, found: Person, user: User) -> dict[str, Any]:
    records = queries.records_of(found)
    names = record.spellings(records, by=user)
    done = record.story(records, by=user)
    cut = paging.slice_of(request.GET.get("page", ""), done.count())
    may_judge = rules.may_judge_people(user)
    name = shown(names[0]).name if names else queries.nameless(found)
    return {
        "page_title": name,
        "trail": trail((reverse("workspace:people"), title_of_list("people")), ("", name)),
        "lead": _("Record %(number)s") % {"number": found.pk},
        "facts": record.facts(found, records, names, by=user),
        "name_rows": record.name_rows(names),
        "consents": record.consents(records, by=user),
        "story_columns": record.story_columns(),
        "story_rows": record.story_rows(list(done[cut.first : cut.last])),
        "story_pager": cut.pager({}),
        "comparisons": _comparisons(records, user) if may_judge else [],
        "decisions": _decisions(records, user) if may_judge else [],
    }


def _comparisons(records: list[int], user: User) -> list[dict[str, Any]]:
    waiting = pair_queries.waiting_pairs(user)
    # One at a time: the keys 1, 2, 3 must not answer another pair than the one that is looked at.
    ours = (waiting.filter(left__in=records) | waiting.filter(right__in=records))[:1]
    action = reverse("workspace:judge")
    return [pair_queries.comparison(pair, by=user, action=action, come_back=RECORD) for pair in ours]


def _decisions(records: list[int], user: User) -> list[dict[str, Any]]:
    return [_decision(one) for one in pair_queries.standing_about(records, user)]


def _decision(one: Judgement) -> dict[str, Any]:
    words = (
        _("Records %(left)s and %(right)s were judged to be one person.")
        if one.verdict == Verdict.POSITIVE
        else _("Records %(left)s and %(right)s were judged to be different people.")
    )
    numbers = {"left": one.left_id, "right": one.right_id}
    return {"text": words % numbers, "on": one.judged_at, **numbers}
