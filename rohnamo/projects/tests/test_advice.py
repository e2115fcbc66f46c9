"""Advice: step by step, with a history that is only added to."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from rohnamo.core.errors import Refused, WrongData
from rohnamo.projects import actions, queries, rules
from rohnamo.projects.models import Advice, AdviceStep, AdviceSubject, Partner, Project, Step
from rohnamo.projects.tests.factories import a_member, a_partner, a_project, a_user, words
from rohnamo.projects.tests.ledger import a_service_of_guards, an_assessment
from rohnamo.staff.models import Role, User

pytestmark = pytest.mark.django_db
START = date(2024, 2, 1)


def _officer(project: Project) -> User:
    user = a_user("bahrom", Role.BORDER_OFFICER)
    a_member(user, project, Role.BORDER_OFFICER)
    return user


def _asked(project: Project, partner: Partner, by: User, code: str = "") -> Advice:
    return actions.ask_advice(
        project,
        asked_by=partner,
        subject=AdviceSubject.LAW,
        titles=words("a law"),
        day=START,
        by=by,
        code=code,
    )


def test_given_advice_when_it_goes_its_way_then_every_step_is_kept_with_its_day() -> None:
    project = a_project()
    officer = _officer(project)
    advice = _asked(project, a_partner("school", project), officer)

    for days, step in ((30, Step.GIVEN), (60, Step.ADOPTED), (90, Step.IN_FORCE)):
        actions.record_step(advice, step=step, day=START + timedelta(days=days), by=officer)

    state = queries.advice_of(project)[0]
    assert (state.step, state.since) == (Step.IN_FORCE, START + timedelta(days=90))
    assert [step.step for step in state.steps] == ["asked", "given", "adopted", "in_force"]
    assert state.next_steps == (Step.REPEALED,)


@pytest.mark.parametrize("step", [Step.ASKED, Step.ADOPTED, Step.IN_FORCE, Step.REPEALED])
def test_given_advice_that_was_asked_for_when_a_step_is_skipped_then_it_is_refused(step: Step) -> None:
    project = a_project()
    officer = _officer(project)
    advice = _asked(project, a_partner("school", project), officer)

    with pytest.raises(WrongData, match="cannot be the next step"):
        actions.record_step(advice, step=step, day=START, by=officer)

    assert AdviceStep.objects.count() == 1


def test_given_a_day_before_the_last_step_or_to_come_when_a_step_is_recorded_then_it_is_refused() -> None:
    project = a_project()
    officer = _officer(project)
    advice = _asked(project, a_partner("school", project), officer)

    for day in (START - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(WrongData, match="Choose a day"):
            actions.record_step(advice, step=Step.GIVEN, day=day, by=officer)


def test_given_a_mistaken_step_when_it_is_struck_out_then_it_stays_and_the_way_goes_on_before_it() -> None:
    project = a_project()
    officer = _officer(project)
    advice = _asked(project, a_partner("school", project), officer)
    first = advice.steps.get()
    given = actions.record_step(advice, step=Step.GIVEN, day=START, by=officer)

    with pytest.raises(Refused, match="Only the last step"):
        actions.strike_step(first, reason="no", by=officer)
    with pytest.raises(WrongData):
        actions.strike_step(given, reason=" ", by=officer)
    actions.strike_step(given, reason="another paper", by=officer)
    actions.record_step(advice, step=Step.DECLINED, day=START, by=officer)

    state = queries.advice_of(project)[0]
    assert [step.step for step in state.steps] == ["asked", "declined"]
    assert [(step.order, step.step, step.struck_reason) for step in state.history] == [
        (1, "asked", ""),
        (2, "given", "another paper"),
        (3, "declined", ""),
    ]
    assert [step.step for step in queries.advice_steps_between(START, START)] == ["asked", "declined"]


def test_given_a_security_service_when_advice_is_given_without_an_assessment_then_it_is_refused() -> None:
    project = a_project()
    guards, officer = a_service_of_guards(project), _officer(project)
    advice = _asked(project, guards, officer)

    with pytest.raises(Refused, match="risk assessment"):
        actions.record_step(advice, step=Step.GIVEN, day=START, by=officer)
    an_assessment(project, guards, supports=["advice"])
    actions.record_step(advice, step=Step.GIVEN, day=START, by=officer)

    assert queries.advice_of(project)[0].step == Step.GIVEN


def test_given_the_same_form_sent_twice_when_advice_is_asked_for_then_it_is_there_once() -> None:
    project = a_project()
    officer, school = _officer(project), a_partner("school", project)

    for _ in range(2):
        _asked(project, school, officer, code="EX.01-same")

    assert (Advice.objects.count(), AdviceStep.objects.count()) == (1, 1)


def test_given_somebody_outside_when_advice_is_recorded_then_it_is_refused() -> None:
    project = a_project()

    with pytest.raises(Refused):
        _asked(project, a_partner("school", project), a_user("mona", Role.MONITORING_OFFICER))

    assert not rules.may_see_advice(a_user("dora", Role.DONOR_READER, partner="school"), project)


def test_given_pieces_of_advice_when_they_are_read_then_it_takes_two_queries(
    django_assert_num_queries: object,
) -> None:
    project = a_project()
    officer, school = _officer(project), a_partner("school", project)
    for number in range(3):
        _asked(project, school, officer, code=f"EX.01-{number}")

    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.advice_of(project)) == 3
