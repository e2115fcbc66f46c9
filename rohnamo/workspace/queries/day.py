"""My day: what is due, what waits for a decision, what came in.

Every app that has something for somebody's day brings a room `queries/day.py` with one function

    day_of(user: User, today: date) -> Mapping[str, list[Item]]

whose keys are "due", "waiting" and "arrived", and whose items are what tasks.html and arrivals.html of ui take, with
the day by which they are sorted under "on".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.core.periods import Period as Days
from rohnamo.projects import rules as project_rules
from rohnamo.projects.models import Source
from rohnamo.projects.queries import visible_to
from rohnamo.results.models import Period, PeriodState
from rohnamo.staff import rules as staff
from rohnamo.staff.models import User
from rohnamo.ui import words
from rohnamo.workspace import rules
from rohnamo.workspace.queries.pairs import waiting_pairs
from rohnamo.workspace.queries.rooms import rooms

Item = dict[str, Any]
PARTS = ("due", "waiting", "arrived")
AHEAD = timedelta(days=60)
ROOM = "queries.day"
MOST_ITEMS = 12


@dataclass
class _Shared:
    """A reporting period and the projects that have it. waiting: indicators with a counted value nobody approved."""

    days: Days
    projects: list[str] = field(default_factory=list)
    waiting: int = 0

    def href(self, *, everything: str = "") -> str:
        """The one project in this period, or the first of several unless there is a page for everything."""
        if everything and len(self.projects) > 1:
            return everything
        return f"{reverse('workspace:project', args=[self.projects[0]])}?period={self.days.label}"


def day_of(user: User, today: date) -> dict[str, list[Item]]:
    """The three parts of somebody's day. Due: the nearest first; arrived: the newest first; at most a dozen each."""
    gathered: dict[str, list[Item]] = defaultdict(list)
    for part, items in _own(user, today).items():
        gathered[part].extend(items)
    for room in rooms(ROOM):
        for part, items in room.day_of(user, today).items():
            gathered[part].extend(items)
    return {
        part: sorted(gathered[part], key=lambda item: item["on"], reverse=part == "arrived")[:MOST_ITEMS]
        for part in PARTS
    }


def _own(user: User, today: date) -> Mapping[str, list[Item]]:
    if not rules.may_see_projects(user) or user.role in project_rules.OUTSIDE:
        return {}
    return {
        "due": [*_periods_that_end(user, today), *_agreements_that_expire(user, today)],
        "waiting": [*_results_to_approve(user, today), *_pairs(user, today)],
    }


def _periods_that_end(user: User, today: date) -> list[Item]:
    soon = _by_period(user).filter(end__gte=today, end__lte=today + AHEAD)
    return [
        {
            "on": one.days.end,
            "when": words.until(one.days.end, today),
            "href": one.href(everything=reverse("workspace:projects")),
            "title": _("Results for %(period)s") % {"period": words.period(one.days)},
            "text": _("%(projects)s. The period ends on %(day)s.")
            % {"projects": ", ".join(one.projects), "day": words.day(one.days.end)},
            "action_href": one.href(everything=reverse("workspace:projects")),
            "action": pgettext("results", "Look"),
        }
        for one in _shared(soon)
    ]


def _agreements_that_expire(user: User, today: date) -> list[Item]:
    sources = Source.objects.filter(
        project__in=visible_to(user).values("pk"), valid_to__gte=today, valid_to__lte=today + AHEAD
    )
    return [
        {
            "on": source.valid_to,
            "when": words.until(source.valid_to or today, today),
            "href": reverse("workspace:project", args=[source.project.code if source.project else ""]),
            "title": _("Data agreement ends: %(source)s") % {"source": in_language(source.names)},
            "text": _("From then on only counts are taken from it."),
        }
        for source in sources.select_related("project")
    ]


def _results_to_approve(user: User, today: date) -> list[Item]:
    """What was submitted and waits; of each project only the newest period: whoever approves begins there."""
    if not staff.may_approve_results(user):
        return []
    waiting = _by_period(user).filter(state=PeriodState.SUBMITTED)
    newest = {one["indicator__result__project__code"]: one for one in waiting}
    board = f"{reverse('results:board')}?{urlencode({'state': PeriodState.SUBMITTED.value})}"
    return [
        {
            "on": one.days.end,
            "when": _since(one.days.end, today),
            "href": board,
            "title": _("Approve results for %(period)s") % {"period": words.period(one.days)},
            "text": ngettext(
                "%(projects)s: %(count)s indicator", "%(projects)s: %(count)s indicators", one.waiting
            )
            % {"projects": ", ".join(one.projects), "count": one.waiting},
            "action_href": board,
            "action": pgettext("results", "Look"),
        }
        for one in _shared(newest[code] for code in sorted(newest))
    ]


def _pairs(user: User, today: date) -> list[Item]:
    if not rules.may_judge_people(user):
        return []
    count = waiting_pairs(user).count()
    if not count:
        return []
    return [
        {
            "on": today,
            "when": pgettext("when", "today"),
            "href": reverse("workspace:pairs"),
            "title": ngettext(
                "%(count)s pair of records may be one person",
                "%(count)s pairs of records may be one person",
                count,
            )
            % {"count": count},
            "text": _("Until somebody decides, they count as different people."),
            "action_href": reverse("workspace:pairs"),
            "action": pgettext("pairs of records", "Decide"),
        }
    ]


def _by_period(user: User) -> QuerySet[Period, Any]:
    """Periods with something counted and not approved, one row for a project's period, oldest first."""
    periods = Period.objects.filter(
        indicator__result__project__in=visible_to(user).values("pk"), approved_at=None
    )
    counted = periods.exclude(indicator__tallies=None)
    grouped = counted.values("indicator__result__project__code", "start", "end")
    return grouped.annotate(waiting=Count("indicator", distinct=True, filter=Q(approved_at=None))).order_by(
        "end", "start"
    )


def _shared(periods: Iterable[Mapping[str, Any]]) -> list["_Shared"]:
    """Projects with the same period stand in one line: whoever sees all of them would see nothing else."""
    found: dict[Days, _Shared] = {}
    for one in periods:
        days = Days(one["start"], one["end"])
        shared = found.setdefault(days, _Shared(days))
        shared.projects.append(one["indicator__result__project__code"])
        shared.waiting += one["waiting"]
    return list(found.values())


def _since(on: date, today: date) -> str:
    days = (today - on).days
    return ngettext("waits %(count)s day", "waits %(count)s days", days) % {"count": days}
