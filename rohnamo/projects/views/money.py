"""Money of one project and of all; recording and correcting it; what donors want by when."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.errors import RohnamoError
from rohnamo.projects import actions, forms, queries, rules
from rohnamo.projects.models import MoneyMove, MoveKind, Project
from rohnamo.projects.queries import money_words as shown
from rohnamo.projects.rules.money import MAY_SEE_MONEY
from rohnamo.projects.views.page import anybody, form_page, head, project_for
from rohnamo.staff.door import action, reader, staff_page, trail
from rohnamo.staff.models import User
from rohnamo.ui import paging


def sees_money(user: User) -> bool:
    return user.is_active and not user.is_superuser and user.role in MAY_SEE_MONEY


@staff_page("GET", may=sees_money)
def portfolio(request: HttpRequest) -> HttpResponse:
    """The reader's projects with their money: by project, by area, by donor, each amount once."""
    projects = queries.visible_to(reader(request)).order_by("code")
    money = queries.portfolio_money(projects, timezone.localdate())
    context = {
        "page_title": _money(),
        "trail": trail((reverse("workspace:projects"), pgettext("page", "Projects")), ("", _money())),
        "totals": shown.totals(money.sums),
        "missing": shown.missing_in_words(money.missing),
        "columns": shown.portfolio_columns(),
        "rows": [shown.portfolio_row(one) for one in money.projects],
        "area_columns": shown.sums_columns(_("Area of work")),
        "area_rows": shown.by_area(money),
        "donor_columns": shown.sums_columns(pgettext("of money", "Donor")),
        "donor_rows": shown.by_donor(money),
    }
    return render(request, "projects/portfolio.html", context)


@staff_page("GET", may=anybody)
def money(request: HttpRequest, code: str) -> HttpResponse:
    """One project's money: at a glance, against time, by agreement and year, what is due, every movement."""
    user, today = reader(request), timezone.localdate()
    project = project_for(user, code, may=rules.may_see_money)
    found = queries.money_of(project, today)
    may_record = rules.may_record_money(user, project)
    moves = _moves(project)
    cut = paging.slice_of(request.GET.get("page", ""), moves.count())
    years = shown.year_table(found.years)
    context = {
        **head(project, _money()),
        "actions": _doors(project) if may_record else [],
        "money": found,
        "missing": shown.missing_in_words(found.missing),
        "totals": shown.totals(found.sums),
        "burning": shown.burning(found.burn),
        "grant_columns": shown.grant_columns(),
        "grant_rows": [shown.grant_row(grant) for grant in found.grants],
        "drawn": shown.year_drawing(found.years, project.code) if found.years else "",
        "columns": years["columns"],
        "rows": years["rows"],
        "due": [
            shown.deadline_item(one, today, may_mark=may_record)
            for one in queries.deadlines_of(project, today)
        ],
        "payment_columns": shown.payment_columns(),
        "payment_rows": [shown.payment_row(one) for one in _payments(project)],
        "move_columns": shown.move_columns(),
        "move_rows": [shown.move_row(one, may_record=may_record) for one in moves[cut.first : cut.last]],
        "pager": cut.pager({}),
    }
    return render(request, "projects/money.html", context)


@staff_page("GET", "POST", may=anybody)
def record_move(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a movement of money."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_money)
    form = forms.MoveForm(request.POST or None, project=project)

    def save(given: dict[str, Any]) -> str:
        actions.record_move(
            project,
            kind=MoveKind(given["kind"]),
            day=given["day"],
            value=given["value"],
            currency=given["currency"],
            grant=given["grant"],
            partner=given["partner"],
            descriptions=given["description"],
            code=given["code"],
            by=user,
        )
        return _("The movement was recorded.")

    context = {
        **head(project, _("Record a movement of money"), _step(project)),
        "lead": _("A movement is never changed. A mistake is taken back by another movement."),
        "submit": pgettext("a movement", "Record"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def reverse_move(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a movement back."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_money)
    move = get_object_or_404(MoneyMove, pk=pk, project=project)
    form = forms.ReverseForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        actions.reverse_move(move, day=given["day"], reason=given["reason"], by=user)
        return _("The movement was taken back. Both stay to be read.")

    context = {
        **head(project, _("Take a movement back"), _step(project)),
        "lead": f"{move.get_kind_display()}, {shown.amount(move.value, move.currency)}",
        "submit": pgettext("a movement", "Take back"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def record_rate(request: HttpRequest, code: str) -> HttpResponse:
    """Write down a rate of exchange. It holds for all projects."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_money)
    form = forms.RateForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        actions.record_rate(
            given["currency"], given["day"], given["usd_per_unit"], source=given["source"], by=user
        )
        return _("The rate was recorded.")

    context = {
        **head(project, _("Record a rate of exchange"), _step(project)),
        "lead": _(
            "The rate of a day holds for all projects and cannot be changed, because amounts are reckoned by it."
        ),
        "submit": pgettext("a rate", "Record"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("POST", may=anybody)
def mark_deadline(request: HttpRequest, code: str) -> HttpResponse:
    """Mark what a donor wanted as done today, or take the mark back."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_record_money)
    which = {"agreement": request.POST.get("agreement", ""), "code": request.POST.get("code", "")}
    try:
        due_on = date.fromisoformat(request.POST.get("due_on", ""))
        if request.POST.get("undo"):
            actions.unmark_done(project, **which, due_on=due_on, by=user)
        else:
            actions.mark_done(project, **which, due_on=due_on, done_on=timezone.localdate(), by=user)
    except ValueError:
        messages.error(request, _("There is no such deadline."))
    except RohnamoError as refused:
        messages.error(request, str(refused))
    return redirect(f"{_page(project)}#due")


def _moves(project: Project) -> QuerySet[MoneyMove]:
    found = MoneyMove.objects.filter(project=project)
    return found.select_related("project", "grant", "provider", "receiver", "reversed_by").order_by(
        "-day", "-pk"
    )


def _payments(project: Project) -> Any:
    return project.planned_payments.select_related("provider", "receiver").order_by("starts_on", "code")


def _doors(project: Project) -> list[dict[str, Any]]:
    return [
        action(reverse("projects:record_rate", args=[project.code]), _("Record a rate")),
        action(reverse("projects:record_move", args=[project.code]), _("Record a movement"), is_main=True),
    ]


def _money() -> str:
    return pgettext("page", "Money")


def _page(project: Project) -> str:
    return reverse("projects:money", args=[project.code])


def _step(project: Project) -> tuple[str, str]:
    return _page(project), _money()
