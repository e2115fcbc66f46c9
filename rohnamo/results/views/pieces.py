"""What several pages of results share: the project of an address, the way there, and a row of a line."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Project
from rohnamo.projects.queries import visible_to
from rohnamo.results import rules
from rohnamo.results.models import Indicator, Period
from rohnamo.results.queries import Line, wording
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.door import allow, reader, trail
from rohnamo.staff.models import User


def project_of(user: User, code: str) -> Project:
    """The project of an address; 404 where it does not exist for the user."""
    return get_object_or_404(Project.objects.filter(pk__in=visible_to(user).values("pk")), code=code)


def editor(request: HttpRequest, code: str) -> tuple[User, Project]:
    """Who asks, and the project of an address; 404 for those who do not edit its framework."""
    user = reader(request)
    project = project_of(user, code)
    allow(may=rules.may_edit_framework(user, project))
    return user, project


def indicator_of(project: Project, pk: int) -> Indicator:
    return get_object_or_404(
        Indicator.objects.select_related("result__project"), pk=pk, result__project=project
    )


def period_of(project: Project, pk: int) -> Period:
    periods: QuerySet[Period] = Period.objects.select_related("indicator__result__project")
    return get_object_or_404(periods, Q(indicator__result__project=project), pk=pk)


def trail_to(project: Project, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """From the list of projects to a page below a project's framework."""
    return trail(
        (reverse("workspace:projects"), pgettext("page", "Projects")),
        (reverse("workspace:project", args=[project.code]), project.code),
        (reverse("results:framework", args=[project.code]), _("Results framework")),
        *steps,
    )


def row(line: Line, *, by: User) -> dict[str, Any]:
    """What result_row.html takes, and the state. Every number that has a list opens it."""
    project = line.indicator.result.project
    return {
        "title": f"{line.indicator.code} {in_language(line.indicator.titles)}",
        "href": reverse("results:indicator", args=[project.code, line.indicator.pk]),
        "unit": in_language(line.indicator.unit_names),
        "baseline": wording.value(line, line.baseline),
        "target": wording.value(line, line.target),
        "actual": wording.actual(line),
        "actual_href": list_href(line, by=by),
        "bar": wording.bar(line),
        "rest": wording.rest(line),
    }


def list_href(line: Line, *, by: User, part: str = "numerator") -> str:
    """Where the list behind what stands is: frozen when approved, else that of today; empty for who may not see it."""
    project, period = line.indicator.result.project, line.period
    if line.way not in {"counted", "percent"}:
        return reverse("results:period", args=[project.code, period.pk]) if period else ""
    if period and line.is_approved:
        return reverse("results:approved", args=[project.code, period.pk])
    if period is None or not staff_rules.may_see_people(by):
        return ""
    key = f"{line.key}.{part}" if line.way == "percent" else line.key
    return reverse("workspace:behind", args=[key, Days(period.start, period.end).label])
