"""Projects as a list, and one project with its results for a period."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.deliveries.queries import counting
from rohnamo.projects import rules as project_rules
from rohnamo.projects.models import BudgetYear, Project, Status
from rohnamo.projects.queries import ProjectCard, visible_to
from rohnamo.results import rules as results_rules
from rohnamo.results.models import Tally
from rohnamo.results.queries import Line, Number, Report, wording
from rohnamo.results.queries.sums import totals_at
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.ui.spelling import number
from rohnamo.workspace import rules
from rohnamo.workspace.queries import released
from rohnamo.workspace.queries.rooms import rooms

Cells = list[dict[str, Any]]


def filtered(user: User, *, area: str = "", status: str = "") -> QuerySet[Project]:
    """The reader's projects, in the order of codes."""
    projects = visible_to(user).order_by("code")
    if area:
        projects = projects.filter(area__code=area)
    return projects.filter(status=status) if status else projects


def filters(user: User, *, area: str, status: str) -> list[dict[str, Any]]:
    """What filters.html takes: only areas in which the reader has projects."""
    areas = {one.area.code: in_language(one.area.names) for one in visible_to(user).order_by("area__order")}
    return [
        choice("area", _("Area"), area, areas.items(), pgettext("areas", "all")),
        choice("status", _("Status"), status, _statuses(), pgettext("statuses", "all")),
    ]


def choice(
    name: str, label: str, chosen: str, options: Iterable[tuple[str, str]], everything: str
) -> dict[str, Any]:
    """One select of filters.html. everything: the words for no filter; without them there is always one."""
    listed = [("", everything), *options] if everything else list(options)
    return {
        "name": name,
        "label": label,
        "options": [{"value": value, "text": text, "is_chosen": value == chosen} for value, text in listed],
    }


def totals(projects: list[Project]) -> list[dict[str, Any]]:
    money = BudgetYear.objects.filter(project__in=projects).aggregate(sum=Sum("planned_usd"))["sum"]
    return [
        {"number": len(projects), "text": npgettext("total", "project", "projects", len(projects))},
        {
            "number": sum(one.status == Status.IMPLEMENTATION for one in projects),
            "text": pgettext("total", "under way"),
        },
        {"number": money or 0, "text": pgettext("total", "US dollars planned")},
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Project")},
        {"name": _("Code")},
        {"name": _("Area")},
        {"name": _("Status")},
        {"name": _("Until")},
        {"name": _("People reached"), "is_number": True},
    ]


def rows(projects: list[Project], reached: Mapping[int, Number]) -> list[Cells]:
    return [
        [
            {"text": in_language(one.titles), "href": reverse("workspace:project", args=[one.code])},
            {"text": one.code, "is_quiet": True},
            {"text": in_language(one.area.names), "is_quiet": True},
            {"text": str(one.get_status_display())},
            {"text": words.month(one.ends_on), "is_quiet": True},
            {"text": reached.get(one.pk)},
        ]
        for one in projects
    ]


def people_reached(projects: list[Project], today: date, *, by: User) -> dict[int, Number]:
    """Project → people it met since it began, each once. Two queries, however many projects."""
    if not rules.may_see_counted(by):
        return released.people_reached(projects)
    tallies = Tally.objects.filter(key__in=[f"{one.code}.reached" for one in projects])
    begun = {one.pk: one.starts_on for one in projects}
    project_of = {tally.pk: tally.project_id for tally in tallies}
    asked = [(tally, Days(min(begun[tally.project_id or 0], today), today)) for tally in tallies]
    return {project_of[pk] or 0: value for pk, value in totals_at(asked).items()}


def doors(user: User, project: Project) -> list[dict[str, str]]:
    """The other pages of a project that the user sees, by role alone: that the project is theirs is known here."""
    listed = [
        (results_rules.may_see_frameworks(user), "results:framework", _("Framework and approval")),
        (True, "results:reports", _("Reports")),
        (user.role in project_rules.MAY_SEE_MONEY, "projects:money", _("Money")),
        (user.role in project_rules.MAY_SEE_SUPPORT, "projects:support", _("Risk and support")),
        (user.role in project_rules.MAY_SEE_SUPPORT, "projects:advice_list", _("Advice")),
    ]
    return [
        {"href": reverse(name, args=[project.code]), "text": text}
        for is_open, name, text in listed
        if is_open
    ]


def doors_of_all(user: User) -> list[dict[str, str]]:
    """Pages on all of the reader's projects together."""
    listed = [
        (results_rules.may_see_frameworks(user), "results:board", _("Submit and approve")),
        (results_rules.may_see_frameworks(user), "results:overdue", _("Overdue")),
        (user.role in project_rules.MAY_SEE_MONEY, "projects:portfolio", _("Money")),
    ]
    return [{"href": reverse(name), "text": text} for is_open, name, text in listed if is_open]


def facts(card: ProjectCard) -> list[dict[str, Any]]:
    """What facts.html takes."""
    years = _("%(first)s – %(last)s") % {
        "first": words.month(card.starts_on),
        "last": words.month(card.ends_on),
    }
    pairs: list[tuple[str, list[str]]] = [
        (pgettext("of a project", "Period"), [years]),
        (_("Donors"), [one.name for one in card.donors]),
        (_("Partners"), [one.name for one in card.partners]),
        (_("Districts"), [", ".join(one.name for one in card.districts)] if card.districts else []),
        (_("Services"), [", ".join(one.name for one in card.services)] if card.services else []),
        (_("Money, US dollars"), [_money(card)] if card.money else []),
    ]
    return [{"name": name, "lines": lines} for name, lines in pairs if lines]


def provenance(project: Project, today: date, *, by: User) -> str:
    """The line under the results: what partners sent, how many people that is, and what typed totals would have said.

    Where no register came in: how many rows there are, and whom they come to.
    """
    told = [sentence for room in rooms("queries.about_project") for sentence in room.about_project(project)]
    if told:
        return " ".join(told)
    reached = people_reached([project], today, by=by).get(project.pk, 0)
    rows_of_partners = counting().filter(project=project, source__partner__isnull=False).count()
    return _("%(rows)s rows came from partners and own registers; %(people)s people, each counted once.") % {
        "rows": number(rows_of_partners, words.language()),
        "people": number(reached, words.language()),
    }


def usual_period(known: list[Days], project: Project, today: date) -> Days:
    """The period of today, else the last one that ended, else the first; without any, the project's own days."""
    if not known:
        return Days(project.starts_on, project.ends_on)
    running = [one for one in known if today in one]
    ended = [one for one in known if one.end < today]
    return running[0] if running else (ended[-1] if ended else known[0])


def result_groups(report: Report, *, by: User) -> list[dict[str, Any]]:
    """What results.html takes: one group for each result, a link to its list on each counted number."""
    has_lists = rules.may_see_people(by)
    label = Days(report.start, report.end).label
    groups: dict[int, dict[str, Any]] = {}
    for line in report.lines:
        result = line.indicator.result
        group = groups.setdefault(result.pk, {"title": in_language(result.titles), "rows": []})
        group["rows"].append(_result_row(line, label, has_lists=has_lists))
    return list(groups.values())


def _result_row(line: Line, label: str, *, has_lists: bool) -> dict[str, Any]:
    is_listed = has_lists and line.counted is not None and line.way == "counted"
    href = reverse("workspace:behind", args=[line.key, label]) if is_listed else ""
    return {
        "title": in_language(line.indicator.titles),
        "href": href,
        "actual_href": href,
        "unit": in_language(line.indicator.unit_names),
        "baseline": wording.value(line, line.baseline),
        "target": wording.value(line, line.target),
        "actual": wording.actual(line),
        "bar": wording.bar(line),
        "rest": wording.rest(line),
    }


def _statuses() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in Status.choices]


def _money(card: ProjectCard) -> str:
    return _("%(spent)s spent of %(planned)s planned") % {
        "spent": number(card.spent_usd, words.language(), places=0),
        "planned": number(card.planned_usd, words.language(), places=0),
    }
