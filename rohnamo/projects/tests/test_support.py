"""Support to security services: two people, a current assessment, and alerts that stop it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.models import AuditEntry
from rohnamo.projects import actions, queries, rules
from rohnamo.projects.models import Alert, Decision, Partner, Project, RiskAssessment, Support, SupportKind
from rohnamo.projects.tests.factories import a_member, a_partner, a_project, a_service, a_user, words
from rohnamo.projects.tests.ledger import a_service_of_guards, an_assessment
from rohnamo.staff.models import Role, User

pytestmark = pytest.mark.django_db
ON = date(2024, 6, 1)
TRAINING = SupportKind.TRAINING


def _manager(project: Project, name: str = "mira") -> User:
    user = a_user(name, Role.PROGRAMME_MANAGER)
    a_member(user, project, Role.PROGRAMME_MANAGER)
    return user


def _assess(project: Project, partner: Partner, by: User, **fields: object) -> RiskAssessment:
    today = timezone.localdate()
    plain: dict[str, object] = {
        "supports": [TRAINING],
        "forces": words("posts"),
        "risks": words("a canary of risk"),
        "measures": words("a visit"),
        "mechanism": words("reports"),
        "valid_from": today,
        "valid_to": today + timedelta(days=180),
    }
    return actions.assess(project, partner, by=by, **{**plain, **fields})  # type: ignore[arg-type]


def _alert(partner: Partner, project: Project, by: User, **fields: object) -> Alert:
    plain: dict[str, object] = {
        "day": timezone.localdate(),
        "source": words("a complaint"),
        "what": words("a canary of an alert"),
    }
    return actions.raise_alert(partner, project, by=by, **{**plain, **fields})  # type: ignore[arg-type]


def test_given_no_assessment_when_support_to_a_service_is_asked_for_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)

    with pytest.raises(Refused, match="needs a human-rights risk assessment"):
        rules.require_support_allowed(project, guards, ON)


def test_given_a_partner_that_is_no_service_when_support_is_asked_for_then_nothing_is_needed() -> None:
    project = a_project()

    rules.require_support_allowed(project, a_partner("college", project), ON)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1)])
def test_given_an_assessment_that_does_not_hold_when_support_is_asked_for_then_it_is_refused(
    day: date,
) -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards)

    rules.require_support_allowed(project, guards, date(2024, 12, 31), kind=TRAINING)
    with pytest.raises(Refused):
        rules.require_support_allowed(project, guards, day)


def test_given_an_assessment_that_waits_when_support_is_asked_for_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards, decision="waiting", decided_on=None)

    with pytest.raises(Refused):
        rules.require_support_allowed(project, guards, ON)


def test_given_a_later_refusal_when_support_is_asked_for_then_the_older_approval_is_worth_nothing() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards)
    an_assessment(project, guards, decision="refused", assessed_on=date(2024, 5, 1))

    assert rules.current_assessment(project, guards, ON) is None


def test_given_another_project_or_kind_when_support_is_asked_for_then_the_assessment_does_not_cover_it() -> (
    None
):
    project, other = a_project("EX.01"), a_project("EX.02")
    guards = a_service_of_guards(project)
    an_assessment(project, guards)

    with pytest.raises(Refused):
        rules.require_support_allowed(other, guards, ON)
    with pytest.raises(Refused, match="did not look at this kind"):
        rules.require_support_allowed(project, guards, ON, kind=SupportKind.ADVICE)


def test_given_an_alert_when_support_is_asked_for_then_it_stops_what_was_allowed_until_it_is_lifted() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards)
    alert = Alert.objects.create(
        code="alert-1", partner=guards, day=ON, raised_on=ON, what=words("x"), source=words("y")
    )

    rules.require_support_allowed(project, guards, date(2024, 5, 31))
    with pytest.raises(Refused, match="suspended by an alert"):
        rules.require_support_allowed(project, guards, ON)
    alert.lifted_on = date(2024, 6, 20)
    alert.save()
    assert rules.support_suspended(guards, date(2024, 6, 19))
    rules.require_support_allowed(project, guards, date(2024, 6, 20))


def test_given_an_alert_about_one_activity_when_another_is_asked_for_then_it_may_go_on() -> None:
    project, other = a_project("EX.01"), a_project("EX.02")
    guards = a_service_of_guards(project)
    course, kit = a_service("course", project), a_service("kit", project)
    Alert.objects.create(code="a", partner=guards, project=project, service=course, day=ON, raised_on=ON)

    stopped = rules.support_suspended
    assert stopped(guards, ON, project=project, service=course)
    assert not stopped(guards, ON, project=project, service=kit)
    assert not stopped(guards, ON, project=other, service=course)
    # Who does not say which, is stopped: silence must not open what an alert has closed.
    assert stopped(guards, ON)
    assert stopped(guards, ON, project=project)


def test_given_the_rule_when_it_is_asked_then_it_takes_two_queries(django_assert_num_queries: object) -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    an_assessment(project, guards)

    with django_assert_num_queries(2):  # type: ignore[operator]
        rules.require_support_allowed(project, guards, ON, kind=TRAINING)


def test_given_two_people_when_one_assesses_and_the_other_approves_then_support_can_be_approved() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    manager, chief = _manager(project), a_user("chief", Role.CHIEF_OF_MISSION)
    today = timezone.localdate()

    assessment = _assess(project, guards, manager)
    with pytest.raises(Refused):
        actions.approve_support(project, guards, kind=TRAINING, starts_on=today, ends_on=today, by=chief)
    actions.decide_assessment(assessment, decision=Decision.APPROVED, by=chief)
    support = actions.approve_support(
        project, guards, kind=TRAINING, starts_on=today, ends_on=today + timedelta(days=90), by=chief
    )

    assert (support.assessment, Support.objects.count()) == (assessment, 1)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "projects.assess_risk",
        "projects.risk_approved",
        "projects.approve_support",
    ]


def test_given_the_one_who_assessed_when_they_decide_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    chief = a_user("chief", Role.CHIEF_OF_MISSION)
    assessment = _assess(project, guards, chief)

    with pytest.raises(Refused):
        actions.decide_assessment(assessment, decision=Decision.APPROVED, by=chief)

    assert RiskAssessment.objects.get().decision == Decision.WAITING


def test_given_a_decision_when_somebody_decides_again_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    assessment = _assess(project, guards, _manager(project))
    chief = a_user("chief", Role.CHIEF_OF_MISSION)
    with pytest.raises(WrongData):
        actions.decide_assessment(assessment, decision=Decision.REFUSED, by=chief)
    actions.decide_assessment(assessment, decision=Decision.REFUSED, reason=words("too much"), by=chief)

    with pytest.raises(Refused):
        actions.decide_assessment(assessment, decision=Decision.APPROVED, by=_manager(project, "nora"))


def test_given_support_longer_than_its_assessment_when_it_is_approved_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    chief = a_user("chief", Role.CHIEF_OF_MISSION)
    assessment = _assess(project, guards, _manager(project))
    actions.decide_assessment(assessment, decision=Decision.APPROVED, by=chief)

    with pytest.raises(WrongData, match="ends with the risk assessment"):
        actions.approve_support(
            project,
            guards,
            kind=TRAINING,
            starts_on=assessment.valid_from,
            ends_on=assessment.valid_to + timedelta(days=1),
            by=chief,
        )


def test_given_an_assessment_for_more_than_a_year_or_without_words_when_it_is_written_then_it_is_refused() -> (
    None
):
    project = a_project()
    guards, manager = a_service_of_guards(project), _manager(project)

    for wrong in (
        {"valid_to": timezone.localdate() + timedelta(days=400)},
        {"risks": {}},
        {"supports": []},
    ):
        with pytest.raises(WrongData):
            _assess(project, guards, manager, **wrong)
    with pytest.raises(WrongData, match="Only support to a security service"):
        _assess(project, a_partner("college", project), manager)


def test_given_an_alert_when_the_one_who_raised_it_lifts_it_then_it_is_refused() -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    chief = a_user("chief", Role.CHIEF_OF_MISSION)
    alert = _alert(guards, project, chief)

    with pytest.raises(Refused):
        actions.lift_alert(alert, reason=words("fine"), by=chief)
    with pytest.raises(Refused):
        actions.lift_alert(alert, reason=words("fine"), by=_manager(project))
    officer = a_user("dpo", Role.DATA_PROTECTION_OFFICER)
    with pytest.raises(WrongData):
        actions.lift_alert(alert, reason={}, by=officer)
    lifted = actions.lift_alert(alert, reason=words("looked into"), by=officer)

    assert (lifted.lifted_by, lifted.lift_reason) == (officer, words("looked into"))
    assert not rules.support_suspended(guards, timezone.localdate())


def test_given_an_officer_at_the_border_when_they_hear_of_something_then_they_may_stop_support() -> None:
    project, other = a_project("EX.01"), a_project("EX.02")
    guards = a_service_of_guards(project)
    officer = a_user("bahrom", Role.BORDER_OFFICER)
    a_member(officer, project, Role.BORDER_OFFICER)

    _alert(guards, project, officer)
    with pytest.raises(Refused):
        _alert(guards, other, officer)

    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    "role", [Role.DONOR_READER, Role.PARTNER_REPORTER, Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.TRAINER]
)
def test_given_a_role_outside_support_when_rules_are_asked_then_everything_is_closed(role: Role) -> None:
    project = a_project()
    guards = a_service_of_guards(project)
    user = a_user("other", role, partner="guards")
    if role not in {Role.ADMINISTRATOR, Role.DONOR_READER}:
        a_member(user, project, role)
    assessment = an_assessment(project, guards, decision="waiting", decided_on=None)

    assert not rules.may_see_support(user, project)
    assert not rules.may_assess(user, project)
    assert not rules.may_approve_support(user, project)
    assert not rules.may_decide_assessment(user, assessment)


def test_given_words_about_a_service_when_the_tables_and_the_log_are_read_then_they_are_not_there() -> None:
    project = a_project()
    guards, manager = a_service_of_guards(project), _manager(project)
    _assess(project, guards, manager)
    _alert(guards, project, manager)

    with connection.cursor() as cursor:
        stored = ""
        for table in ("projects_riskassessment", "projects_alert", "core_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += repr(
                [bytes(cell) if isinstance(cell, memoryview) else cell for row in cursor for cell in row]
            )

    assert "canary" not in stored
    assert RiskAssessment.objects.get().risks["en"] == "a canary of risk"
    assert Alert.objects.get().what["en"] == "a canary of an alert"


def test_given_services_in_a_project_when_standings_are_asked_then_each_says_whether_it_may_go_on(
    django_assert_num_queries: object,
) -> None:
    project = a_project()
    allowed, bare, stopped = (a_service_of_guards(project, code) for code in ("allowed", "bare", "stopped"))
    an_assessment(project, allowed)
    an_assessment(project, stopped)
    Alert.objects.create(code="a", partner=stopped, day=ON, raised_on=ON)
    course = a_service("course", project)
    Alert.objects.create(code="b", partner=allowed, service=course, day=ON, raised_on=ON)

    with django_assert_num_queries(4):  # type: ignore[operator]
        found = queries.standings(project, ON)

    assert [(one.partner, one.is_allowed, one.is_suspended) for one in found] == [
        (allowed, True, False),
        (bare, False, False),
        (stopped, False, True),
    ]
