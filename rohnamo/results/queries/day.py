"""What results bring into somebody's day: values that were returned to them for correction."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.periods import Period as Days
from rohnamo.projects.models import Membership
from rohnamo.projects.rules import EDITORS
from rohnamo.results import rules
from rohnamo.results.models import Period, PeriodState, PeriodStep, StepKind
from rohnamo.staff.models import User
from rohnamo.ui import words

Groups = Counter[tuple[str, Days]]


def day_of(user: User, today: date) -> Mapping[str, list[dict[str, Any]]]:  # noqa: ARG001 -- every room is asked alike
    """Returned values of projects that the user manages, one item for each project and period."""
    if not rules.may_see_frameworks(user):
        return {}
    mine = Membership.objects.filter(user=user, role__in=EDITORS).values("project")
    returned = Period.objects.filter(state=PeriodState.RETURNED, indicator__result__project__in=mine)
    rows = list(returned.values_list("pk", "indicator__result__project__code", "start", "end"))
    if not rows:
        return {}
    groups: Groups = Counter((code, Days(start, end)) for _pk, code, start, end in rows)
    steps = PeriodStep.objects.filter(period__in=[row[0] for row in rows], kind=StepKind.RETURNED)
    on = timezone.localdate(steps.aggregate(last=Max("at"))["last"])
    return {"waiting": [_item(code, days, count, on) for (code, days), count in sorted(groups.items())]}


def _item(code: str, days: Days, count: int, on: date) -> dict[str, Any]:
    asked = urlencode({"state": PeriodState.RETURNED.value, "project": code, "period": days.label})
    href = f"{reverse('results:board')}?{asked}"
    title = ngettext("Mend %(count)s returned value", "Mend %(count)s returned values", count) % {
        "count": count
    }
    return {
        "on": on,
        "when": words.day(on),
        "href": href,
        "title": title,
        "text": _("%(project)s, %(period)s") % {"project": code, "period": words.period(days)},
        "action_href": href,
        "action": pgettext("results", "Look"),
    }
