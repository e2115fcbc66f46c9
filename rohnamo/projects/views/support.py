"""Support to security services: where it stands, assessments and their decision, alerts and lifting them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.projects import actions, forms, queries, rules
from rohnamo.projects.models import Decision, Project, SupportKind
from rohnamo.projects.queries import support_words as shown
from rohnamo.projects.views.page import anybody, form_page, head, project_for
from rohnamo.staff.door import action, reader, staff_page
from rohnamo.staff.models import User


@staff_page("GET", may=anybody)
def support(request: HttpRequest, code: str) -> HttpResponse:
    """Each service and whether support to it may go on today; then assessments and alerts, the newest first."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_support)
    context = {
        **head(project, _title()),
        "lead": _(
            "Support to a security service needs a risk assessment that a second person approved. An alert stops it at once."
        ),
        "actions": _doors(user, project),
        "standings": [shown.standing(one) for one in queries.standings(project, timezone.localdate())],
        "alerts": [shown.alert(one, user, project.code) for one in queries.alerts_of(project)],
        "assessments": [shown.assessment(one, user) for one in queries.assessments_of(project)],
    }
    return render(request, "projects/support.html", context)


@staff_page("GET", "POST", may=anybody)
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """Write a risk assessment."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_assess)
    form = forms.AssessmentForm(request.POST or None, project=project)

    def save(given: dict[str, Any]) -> str:
        texts = {name: given[name] for name in ("forces", "risks", "measures", "mechanism")}
        actions.assess(
            project,
            given["partner"],
            supports=[SupportKind(kind) for kind in given["supports"]],
            **texts,
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            code=given["code"],
            by=user,
        )
        return _("The assessment was written. Nothing may be given until a second person approves it.")

    context = {
        **head(project, _("Write a risk assessment"), _step(project)),
        "lead": _("It cannot be changed afterwards: a new one takes its place."),
        "submit": pgettext("an assessment", "Write down"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Approve or refuse an assessment, as the second person, with the whole of it in sight."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_support)
    found = get_object_or_404(queries.assessments_of(project).select_related("project"), pk=pk)
    if not rules.may_decide_assessment(user, found):
        raise Http404
    form = forms.DecisionForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        actions.decide_assessment(
            found, decision=Decision(given["decision"]), reason=given["reason"], by=user
        )
        return _("Your decision was written down.")

    context = {
        **head(project, _("Decide on a risk assessment"), _step(project)),
        "submit": pgettext("an assessment", "Decide"),
        "facts": shown.assessment(found, user)["facts"],
        "facts_title": in_language(found.partner.names),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def approve_support(request: HttpRequest, code: str) -> HttpResponse:
    """Approve support on the ground of a current assessment."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_approve_support)
    form = forms.ApprovalForm(request.POST or None, project=project)

    def save(given: dict[str, Any]) -> str:
        actions.approve_support(
            project,
            given["partner"],
            kind=SupportKind(given["kind"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=user,
        )
        return _("The support was approved.")

    context = {
        **head(project, _("Approve support"), _step(project)),
        "lead": _("It stands on the risk assessment and ends with it. An alert stops it all the same."),
        "submit": pgettext("support", "Approve"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def raise_alert(request: HttpRequest, code: str) -> HttpResponse:
    """Stop support at once."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_support)
    form = forms.AlertForm(request.POST or None, project=project)

    def save(given: dict[str, Any]) -> str:
        actions.raise_alert(
            given["partner"],
            project,
            day=given["day"],
            source=given["source"],
            what=given["what"],
            in_all_projects=given["in_all_projects"],
            service=given["service"],
            code=given["code"],
            by=user,
        )
        return _("The alert stands. Support is stopped until another person lifts it.")

    context = {
        **head(project, _("Raise an alert"), _step(project)),
        "lead": _("It need not be proven. Support stops at once, and somebody looks into it."),
        "submit": pgettext("support", "Stop support"),
    }
    return form_page(request, form, context, save=save, back=_page(project))


@staff_page("GET", "POST", may=anybody)
def lift(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let support go on, as another person."""
    user = reader(request)
    project = project_for(user, code, may=rules.may_see_support)
    found = get_object_or_404(queries.alerts_of(project), pk=pk)
    if not rules.may_lift_alert(user, found):
        raise Http404
    form = forms.LiftForm(request.POST or None)

    def save(given: dict[str, Any]) -> str:
        actions.lift_alert(found, reason=given["reason"], by=user)
        return _("The alert was lifted.")

    context = {
        **head(project, _("Lift an alert"), _step(project)),
        "submit": pgettext("an alert", "Lift"),
        "facts": shown.alert(found, user, project.code)["facts"],
        "facts_title": in_language(found.partner.names),
    }
    return form_page(request, form, context, save=save, back=_page(project))


def _doors(user: User, project: Project) -> list[dict[str, Any]]:
    doors = [
        (rules.may_approve_support(user, project), "projects:approve_support", _("Approve support"), False),
        (rules.may_assess(user, project), "projects:assess", _("Write a risk assessment"), False),
        (True, "projects:raise_alert", _("Raise an alert"), True),
    ]
    return [
        action(reverse(name, args=[project.code]), text, is_main=is_main)
        for is_open, name, text, is_main in doors
        if is_open
    ]


def _title() -> str:
    return pgettext("page", "Risk and support")


def _page(project: Project) -> str:
    return reverse("projects:support", args=[project.code])


def _step(project: Project) -> tuple[str, str]:
    return _page(project), _title()
