"""Support to services and advice as their pages show them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.core.languages import in_language
from rohnamo.projects import rules
from rohnamo.projects.models import Alert, Decision, RiskAssessment, Support, SupportKind
from rohnamo.projects.queries.advice import AdviceState
from rohnamo.projects.queries.support import Standing
from rohnamo.ui import words

# Which mark stands beside a decision or a step; the word beside it says the same.
MARKS = {
    Decision.WAITING.value: "waiting",
    Decision.APPROVED.value: "done",
    Decision.REFUSED.value: "refused",
}
Cell = dict[str, Any]


def standing(one: Standing) -> dict[str, Any]:
    """One service: whether support may go on, and why not."""
    return {
        "name": in_language(one.partner.names),
        "kind": _kind(one),
        "word": _verdict(one),
        "basis": _basis(one.assessment),
        "supports": [_support(support) for support in one.supports],
        "alerts": [_alert_line(alert) for alert in one.alerts],
    }


def assessment(one: RiskAssessment, user: rules.Visitor) -> dict[str, Any]:
    """One assessment whole. decide_href only for whoever may decide it now."""
    may_decide = rules.may_decide_assessment(user, one)
    return {
        "id": f"assessment-{one.pk}",
        "title": in_language(one.partner.names),
        "kind": MARKS[one.decision],
        "word": str(Decision(one.decision).label),
        "facts": [
            _fact(_("What is to be given"), ", ".join(str(SupportKind(kind).label) for kind in one.supports)),
            _fact(pgettext("an assessment", "Holds"), _days(one.valid_from, one.valid_to)),
            _fact(_("Which units get it"), in_language(one.forces)),
            _fact(_("What could go wrong"), in_language(one.risks)),
            _fact(_("What is done against it"), in_language(one.measures)),
            _fact(_("What was read and who was asked"), in_language(one.mechanism)),
            _fact(pgettext("an assessment", "Written"), _who_when(one.assessed_by, one.assessed_on)),
            *_decided(one),
        ],
        "decide_href": reverse("projects:decide", args=[one.project.code, one.pk]) if may_decide else "",
    }


def alert(one: Alert, user: rules.Visitor, project: str) -> dict[str, Any]:
    """One alert whole. lift_href only for whoever may lift it."""
    lifted = one.lifted_on is not None
    return {
        "id": f"alert-{one.pk}",
        "title": in_language(one.partner.names),
        "kind": "done" if lifted else "late",
        "word": pgettext("an alert", "lifted") if lifted else pgettext("an alert", "stops support"),
        "facts": [
            _fact(_("What was heard"), in_language(one.what)),
            _fact(_("From what kind of source"), in_language(one.source)),
            _fact(_("It stops"), _scope(one)),
            _fact(pgettext("an alert", "Raised"), _who_when(one.raised_by, one.day)),
            *(
                [_fact(pgettext("an alert", "Lifted"), _who_when(one.lifted_by, one.lifted_on))]
                if lifted
                else []
            ),
            *([_fact(_("Why support may go on"), in_language(one.lift_reason))] if lifted else []),
        ],
        "lift_href": reverse("projects:lift", args=[project, one.pk])
        if rules.may_lift_alert(user, one)
        else "",
    }


def advice_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("page", "Advice")},
        {"name": _("Who asked")},
        {"name": pgettext("of advice", "About")},
        {"name": pgettext("of advice", "How far")},
        {"name": pgettext("of advice", "Since")},
    ]


def advice_row(state: AdviceState, project: str) -> list[Cell]:
    advice = state.advice
    return [
        {"text": in_language(advice.titles), "href": reverse("projects:advice", args=[project, advice.pk])},
        {"text": in_language(advice.asked_by.names)},
        {"text": str(advice.get_subject_display())},
        {"text": str(state.step.label) if state.step else ""},
        {"text": words.day(state.since)},
    ]


def history(state: AdviceState) -> list[dict[str, Any]]:
    """Every step, the latest first; a struck one says why."""
    return [
        {
            "when": words.day(step.day),
            "title": str(step.get_step_display()),
            "text": in_language(step.notes),
            "who": str(step.recorded_by) if step.recorded_by else "",
            "document": in_language(step.document.titles) if step.document else "",
            "document_href": step.document.url if step.document else "",
            "struck": _("Struck out: %(reason)s") % {"reason": step.struck_reason} if step.struck_at else "",
        }
        for step in reversed(state.history)
    ]


def _verdict(one: Standing) -> str:
    if one.is_suspended:
        return pgettext("support to a service", "stopped by an alert")
    if one.is_allowed and one.alerts:
        return pgettext("support to a service", "may be given, but one activity is stopped")
    if one.is_allowed:
        return pgettext("support to a service", "may be given")
    return pgettext("support to a service", "not without a risk assessment")


def _kind(one: Standing) -> str:
    if not one.is_allowed:
        return "refused"
    return "waiting" if one.alerts else "done"


def _basis(one: RiskAssessment | None) -> str:
    if one is None:
        return _("No risk assessment holds today.")
    return _("A risk assessment holds until %(day)s.") % {"day": words.day(one.valid_to)}


def _support(one: Support) -> str:
    kind = str(SupportKind(one.kind).label)
    return _("%(kind)s, until %(day)s") % {"kind": kind, "day": words.day(one.ends_on)}


def _alert_line(one: Alert) -> str:
    return f"{words.day(one.day)}: {_scope(one)}"


def _scope(one: Alert) -> str:
    where = (
        _("in all projects") if one.project is None else _("in project %(code)s") % {"code": one.project.code}
    )
    if one.service is None:
        return _("All support, %(where)s") % {"where": where}
    return _("%(activity)s, %(where)s") % {"activity": in_language(one.service.names), "where": where}


def _decided(one: RiskAssessment) -> list[dict[str, str]]:
    if one.decision == Decision.WAITING:
        return []
    decided = [_fact(pgettext("an assessment", "Decided"), _who_when(one.decided_by, one.decided_on))]
    reason = in_language(one.decision_reason)
    return [*decided, *([_fact(pgettext("of a deed", "Why"), reason)] if reason else [])]


def _who_when(who: object, on: Any) -> str:
    """An example that came from the mission's files names nobody."""
    day = words.day(on)
    return f"{who}, {day}" if who else day


def _days(first: Any, last: Any) -> str:
    return _("%(first)s – %(last)s") % {"first": words.day(first), "last": words.day(last)}


def _fact(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}
