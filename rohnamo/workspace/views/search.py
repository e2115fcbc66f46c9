"""Search. What was looked for is posted: a name must never stand in an address, and so in no log and no history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from rohnamo.staff.door import reader, staff_page
from rohnamo.staff.models import User
from rohnamo.workspace import actions, rules
from rohnamo.workspace.queries import people, searching

LONGEST = 120


@sensitive_post_parameters()
@staff_page("GET", "POST", may=rules.may_search)
def search(request: HttpRequest) -> HttpResponse:
    """A project's code leads straight to it; anything else lists projects and people."""
    user, written = reader(request), request.POST.get("q", "").strip()[:LONGEST]
    if request.method == "GET" or not written:
        return _page(request, "")
    if found := searching.project_with_code(written, user):
        return redirect("workspace:project", code=found.code)
    return _page(
        request,
        written,
        projects=[(one, searching.title_of(one)) for one in searching.projects_named(written, user)],
        people_rows=_people(written, user),
        advice=_advice(written, user),
    )


def _people(written: str, user: User) -> list[people.Cells]:
    if not rules.may_search_people(user) or not searching.is_enough_for_a_name(written):
        return []
    found = people.found_by_name(written, by=user)
    actions.note_find(len(found), by=user)
    return people.rows(found, by=user)


def _advice(written: str, user: User) -> str:
    if rules.may_search_people(user) and not searching.is_enough_for_a_name(written):
        return _("To find a person write two words of the name: the family name and the given name.")
    return ""


def _page(request: HttpRequest, written: str, **found: object) -> HttpResponse:
    context = {
        "page_title": _("Search"),
        "query": written,
        "is_asked": bool(written),
        "finds_people": rules.may_search_people(reader(request)),
        "people_columns": people.columns(),
        **found,
    }
    return render(request, "workspace/search.html", context)
