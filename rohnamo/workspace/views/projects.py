"""Projects: the list, one project with its results, and approving them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.projects.models import Project
from rohnamo.projects.queries import project_card, visible_to, with_card_parts
from rohnamo.results.queries import project_report
from rohnamo.results.queries.frameworks import periods_of
from rohnamo.staff.door import reader, staff_page, trail
from rohnamo.ui import words
from rohnamo.workspace import rules
from rohnamo.workspace.queries import projects as queries
from rohnamo.workspace.queries.released import as_released
from rohnamo.workspace.views.page import title_of_list


@staff_page("GET", may=rules.may_see_projects)
def projects(request: HttpRequest) -> HttpResponse:
    """The reader's projects. Filters stay in the address, so that a list can be sent to a colleague."""
    user = reader(request)
    area, status = request.GET.get("area", ""), request.GET.get("status", "")
    listed = list(queries.filtered(user, area=area, status=status))
    context = {
        "page_title": title_of_list("projects"),
        "totals": queries.totals(listed),
        "doors": queries.doors_of_all(user),
        "fields": queries.filters(user, area=area, status=status),
        "clear_href": request.path if area or status else "",
        "columns": queries.columns(),
        "rows": queries.rows(listed, queries.people_reached(listed, timezone.localdate(), by=user)),
    }
    return render(request, "workspace/projects.html", context)


@staff_page("GET", may=rules.may_see_projects)
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: at a glance, then its results in the period of the address."""
    user, today = reader(request), timezone.localdate()
    found: Project = get_object_or_404(with_card_parts(visible_to(user)), code=code)
    known = periods_of(found)
    period = _asked_period(request.GET.get("period", "")) or queries.usual_period(known, found, today)
    report, card = project_report(found, period), project_card(found)
    if not rules.may_see_counted(user):
        report = as_released(report)
    context = {
        "page_title": card.title,
        "trail": trail((reverse("workspace:projects"), title_of_list("projects")), ("", card.code)),
        "card": card,
        "status": found.get_status_display(),
        "facts": queries.facts(card),
        "groups": queries.result_groups(report, by=user),
        "fields": [_period_choice(known, period)],
        "period": words.period(period),
        "provenance": queries.provenance(found, today, by=user) if rules.may_see_counted(user) else "",
        "doors": queries.doors(user, found),
    }
    return render(request, "workspace/project.html", context)


def _asked_period(label: str) -> Days | None:
    """None when the address names none. Raises Http404 for a label that is no period."""
    if not label:
        return None
    try:
        return parse_period(label)
    except ValueError as wrong:
        raise Http404 from wrong


def _period_choice(known: list[Days], chosen: Days) -> dict[str, object]:
    listed = known if chosen in known else [*known, chosen]
    options = [(one.label, words.period(one)) for one in listed]
    return queries.choice("period", _("Reporting period"), chosen.label, options, "")
