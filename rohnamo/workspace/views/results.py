"""The list behind a figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from rohnamo.core.ages import BAND_NAMES
from rohnamo.core.periods import Period as Days
from rohnamo.core.periods import parse_period
from rohnamo.results.models import Tally
from rohnamo.results.queries import Behind
from rohnamo.staff.door import allow, reader, staff_page, trail
from rohnamo.ui import paging, words
from rohnamo.ui.spelling import number
from rohnamo.workspace import rules
from rohnamo.workspace.queries import behind as queries
from rohnamo.workspace.queries.projects import choice


@staff_page("GET", may=rules.may_see_people)
def behind(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """What a number was counted from, as far as the reader's projects reach; filters open the list of a part."""
    user = reader(request)
    tally = get_object_or_404(
        Tally.objects.select_related("indicator__result__project", "project", "area"), key=key
    )
    allow(may=rules.may_see_list(user, tally))
    span, part = _span(period), queries.part_of(request.GET.dict())
    if part is None:
        raise Http404
    found = queries.behind(user, tally, span, part)
    cut = paging.slice_of(request.GET.get("page", ""), found.deliveries.count())
    breakdown = queries.breakdown(tally, span, key, period)
    context = {
        "page_title": queries.title(tally),
        "trail": _trail(tally, span),
        "lead": _lead(tally, span),
        "totals": _totals(found, tally),
        "hidden": _hidden(found),
        "fields": _fields(part, queries.district_choices(breakdown)),
        "clear_href": request.path if part.address() else "",
        "columns": queries.columns(),
        "rows": queries.rows(found.deliveries[cut.first : cut.last], by=user),
        "pager": cut.pager(part.address()),
        "breakdown": breakdown,
    }
    return render(request, "workspace/behind.html", context)


def _span(label: str) -> Days:
    try:
        return parse_period(label)
    except ValueError as wrong:
        raise Http404 from wrong


def _lead(tally: Tally, span: Days) -> str:
    """The days of the number. One that grows from period to period lists everybody since the start."""
    if tally.is_cumulative:
        return _("Since the start, up to %(day)s") % {"day": words.day(span.end)}
    return words.period(span)


def _trail(tally: Tally, span: Days) -> list[dict[str, str]]:
    project = rules.project_of(tally)
    here = ("", _("The list behind the number"))
    if project is None:
        return trail((reverse("workspace:projects"), pgettext("page", "Projects")), here)
    address = reverse("workspace:project", args=[project.code])
    return trail((f"{address}?period={span.label}", project.code), here)


def _totals(found: Behind, tally: Tally) -> list[dict[str, object]]:
    whole = int(found.value)
    unit = {
        "persons": npgettext("total", "person, each once", "people, each once", whole),
        "households": npgettext("total", "household, each once", "households, each once", whole),
        "contacts": npgettext("total", "time served", "times served", whole),
        "events": npgettext("total", "event", "events", whole),
        "quantity": npgettext("total", "unit in all", "units in all", whole),
    }[tally.count]
    return [{"number": found.value, "text": unit}]


def _hidden(found: Behind) -> str:
    """What of the number is not in the list, in words; nothing when all of it is."""
    if found.hidden <= 0:
        return ""
    words_of_it = ngettext(
        "%(count)s of this number is in projects you do not belong to and is not listed.",
        "%(count)s of this number are in projects you do not belong to and are not listed.",
        int(found.hidden),
    )
    return words_of_it % {"count": number(found.hidden, words.language())}


def _fields(part: queries.Part, districts: list[tuple[str, str]]) -> list[dict[str, object]]:
    everybody = pgettext("people", "all")
    return [
        choice("sex", _("Sex"), part.sex, [(code, words.sex(code)) for code in queries.SEXES], everybody),
        choice("age", _("Age"), part.age, [(band, words.age(band)) for band in BAND_NAMES], everybody),
        choice("district", _("District"), part.district, districts, pgettext("districts", "all")),
    ]
