"""The list of an approved number, as it was frozen, and why today's is another one."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rohnamo.core.languages import in_language
from rohnamo.deliveries.models import Delivery
from rohnamo.places.models import Place
from rohnamo.results import rules
from rohnamo.results.models import ApprovedRow
from rohnamo.results.queries import ApprovedList, approved_list, differences, wording
from rohnamo.results.queries.approved import contacts_of, is_person
from rohnamo.results.views.periods import days_of, difference, head
from rohnamo.results.views.pieces import period_of, project_of
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.door import reader, staff_page
from rohnamo.ui import paging, words


@staff_page("GET", may=rules.may_see_frameworks)
def approved(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The list of an approved number, as it was frozen, and why today's is another one."""
    user = reader(request)
    project = project_of(user, code)
    found = period_of(project, pk)
    tallies = {tally.part: tally for tally in found.indicator.tallies.all()}
    part = "denominator" if request.GET.get("part") == "denominator" else ""
    tally = tallies.get(part) or tallies.get("numerator")
    if found.approved_at is None or tally is None:
        raise Http404
    listed = approved_list(user, found, part=part, count=tally.count)
    sees_list = staff_rules.may_see_people(user)
    cut = paging.slice_of(request.GET.get("page", ""), listed.rows.count() if sees_list else 0)
    context = {
        **head(
            project,
            found,
            (reverse("results:period", args=[code, pk]), days_of(found)),
            ("", _("The approved list")),
        ),
        "lead": f"{days_of(found)} · {wording.unit(tally.count)}",
        "totals": [{"number": wording.number(listed.value), "text": pgettext("total", "approved")}],
        "hidden": _hidden(listed) if sees_list else "",
        "causes": [difference(one) for one in differences(found) if one.part == part],
        "sees_list": sees_list,
        "was_kept": listed.was_kept,
        "columns": _columns(),
        "rows": _rows(list(listed.rows[cut.first : cut.last])) if sees_list else [],
        "pager": cut.pager({"part": part} if part else {}),
        "parts": _parts(request, part) if "denominator" in tallies else [],
    }
    return render(request, "results/approved.html", context)


def _hidden(listed: ApprovedList) -> str:
    if listed.hidden <= 0:
        return ""
    told = ngettext(
        "%(count)s of this number is in projects you do not belong to and is not listed.",
        "%(count)s of this number are in projects you do not belong to and are not listed.",
        int(listed.hidden),
    )
    return told % {"count": wording.number(listed.hidden)}


def _columns() -> list[dict[str, Any]]:
    return [
        {"name": _("Who")},
        {"name": _("First contact")},
        {"name": _("Service")},
        {"name": _("Sex")},
        {"name": _("Age")},
        {"name": _("District")},
        {"name": _("Contacts"), "is_number": True},
        {"name": _("Since then")},
    ]


def _rows(rows: list[ApprovedRow]) -> list[list[dict[str, Any]]]:
    """Cells of rows.html: attributes as they were frozen, the delivery as it is in the ledger. Two queries."""
    contacts = contacts_of(rows)
    places = Place.objects.in_bulk([row.district for row in rows if row.district])
    return [_cells(row, contacts.get(row.first_contact), places.get(row.district)) for row in rows]


def _cells(row: ApprovedRow, contact: Delivery | None, place: Place | None) -> list[dict[str, Any]]:
    who = _who(row, contact)
    is_gone = who.get("is_gone", False)
    return [
        who,
        {"text": words.day(contact.day, contact.day_precision) if contact and not is_gone else "–"},
        {"text": in_language(contact.service.names) if contact and not is_gone else "–"},
        {"text": words.sex(row.sex)},
        {"text": words.age(row.age)},
        {"text": in_language(place.names) if place else pgettext("district", "unknown")},
        {"text": row.contacts},
        {"text": _since(contact) if contact else "", "is_quiet": True},
    ]


def _who(row: ApprovedRow, contact: Delivery | None) -> dict[str, Any]:
    person = contact.person if contact else None
    if not row.subject or (person is not None and person.erased_at is not None):
        return {"text": _("erased"), "is_gone": True}
    if is_person(row) and person is not None:
        return {
            "text": _("Record %(number)s") % {"number": row.subject // 8},
            "href": reverse("workspace:person", args=[person.root_id or person.pk]),
        }
    if contact is not None and contact.coded:
        return {"text": _("code %(code)s") % {"code": contact.coded.code}}
    if contact is not None and contact.official_id:
        return {"text": _("an official")}
    if contact is not None and contact.group_count:
        return {"text": _("group of %(count)s without names") % {"count": contact.group_count}}
    return {"text": _("Record %(number)s") % {"number": row.subject // 8}}


def _since(contact: Delivery) -> str:
    if getattr(contact, "reversed_by", None) is not None:
        return _("taken back")
    person = contact.person
    if person is not None and person.root_id not in {None, person.pk}:
        return _("the same person as record %(number)s") % {"number": person.root_id}
    return ""


def _parts(request: HttpRequest, part: str) -> list[dict[str, Any]]:
    return [
        {"href": request.path, "text": _("Of them"), "is_chosen": not part},
        {"href": f"{request.path}?part=denominator", "text": _("The whole"), "is_chosen": bool(part)},
    ]
