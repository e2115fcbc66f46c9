"""A period on its way: submitted, returned, approved, reopened; and what approval freezes."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core import changes
from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry, Change
from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Access
from rohnamo.projects.models import Project, Service
from rohnamo.results.actions import (
    READER,
    CouldNot,
    approve,
    approve_many,
    forget_in_approved,
    give_back,
    reopen,
    set_up_tallies,
    submit,
    submit_many,
    write_value,
)
from rohnamo.results.models import ApprovedCell, ApprovedRow, Period, PeriodStep, SubjectKind
from rohnamo.results.queries import approved_list, project_report, value_of
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
CONTACTS = {"count": "contacts", "services": ["advice"]}
SHARE = {
    "way": "percent",
    "numerator": {**ADVICE, "filter": {"sex": "f"}},
    "denominator": ADVICE,
}


def ended(project: Project, measure: dict[str, object], code: str = "I1") -> Period:
    """The first half of 2025 of an indicator."""
    return make.indicator(project, code, measure=measure).periods.get(end=date(2025, 6, 30))


def met(project: Project, service: Service, number: int, *, sex: str = "f") -> list[Delivery]:
    """So many people, each met once in January 2025."""
    return [
        make.delivery(project, service, date(2025, 1, 5), person=make.person(sex=sex)) for _ in range(number)
    ]


def steps_of(period: Period) -> list[tuple[str, str]]:
    return list(PeriodStep.objects.filter(period=period).order_by("pk").values_list("kind", "reason"))


@pytest.mark.django_db
def test_given_a_submitted_period_when_approved_then_value_rows_and_breakdown_are_frozen() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 2)
    met(project, service, 1, sex="m")
    set_up_tallies()

    made = make.approved(period)

    assert (made.state, made.approved_value) == ("approved", Decimal(3))
    assert ApprovedRow.objects.count() == 3
    cells = ApprovedCell.objects.order_by("sex").values_list("sex", "age", "value")
    assert list(cells) == [("f", "u", Decimal(2)), ("m", "u", Decimal(1))]
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["results.submit", "results.approve"]


@pytest.mark.django_db
def test_given_an_approved_period_when_something_comes_late_then_value_and_breakdown_stay() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 1)
    set_up_tallies()
    make.approved(period)

    (late,) = met(project, service, 1, sex="m")
    READER.work([("delivery.recorded", str(late.pk))])

    (line,) = project_report(project, period).lines
    assert (line.actual, line.counted, line.is_approved, line.has_moved) == (Decimal(1), 2, True, True)
    assert line.breakdowns is not None
    assert line.breakdowns.by_sex == {"f": 1}


@pytest.mark.django_db
def test_given_a_draft_when_somebody_approves_then_it_is_refused_because_nobody_submitted_it() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()

    with pytest.raises(Refused, match="nobody has submitted it yet"):
        approve(period, by=make.member(project))


@pytest.mark.django_db
def test_given_two_who_approve_when_the_second_comes_then_a_clear_sentence_and_nothing_is_doubled() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 2)
    set_up_tallies()
    make.approved(period)

    with pytest.raises(Refused, match=r"It was approved before, on .* at \d\d:\d\d\. Nothing was changed\."):
        approve(period, by=make.member(project, "monitoring_officer"))

    assert (ApprovedRow.objects.count(), steps_of(period)) == (2, [("submitted", ""), ("approved", "")])


@pytest.mark.django_db
def test_given_somebody_who_submitted_when_they_approve_then_somebody_else_must() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    manager = make.member(project)
    submit(period, by=manager)

    with pytest.raises(Refused, match="You submitted it yourself"):
        approve(period, by=manager)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["project_officer", "donor_reader", "administrator", "chief_of_mission"])
def test_given_a_role_that_may_not_when_it_approves_then_it_is_refused(role: str) -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    make.submitted(period)

    with pytest.raises(Refused, match="not yours to approve"):
        approve(period, by=make.member(project, role))


@pytest.mark.django_db
def test_given_a_manager_of_another_project_when_they_approve_then_it_is_refused() -> None:
    period = ended(make.project("EX.01"), ADVICE | {"services": [make.service().code]})
    set_up_tallies()
    make.submitted(period)

    with pytest.raises(Refused, match="not yours to approve"):
        approve(period, by=make.member(make.project("EX.02")))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["donor_reader", "partner_reporter", "field_officer"])
def test_given_a_role_that_does_not_draft_when_it_submits_then_it_is_refused(role: str) -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()

    with pytest.raises(Refused, match="not yours to submit"):
        submit(period, by=make.member(project, role))


@pytest.mark.django_db
def test_given_a_period_that_goes_on_when_it_is_submitted_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    indicator = make.indicator(project, measure=ADVICE, periods=((date(2025, 1, 1), date(2999, 12, 31)),))
    set_up_tallies()

    with pytest.raises(Refused, match=r"wait until after 31.December 2999"):
        submit(indicator.periods.get(), by=make.member(project))


@pytest.mark.django_db
def test_given_a_typed_indicator_without_a_value_when_it_is_submitted_then_it_is_refused() -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})

    with pytest.raises(Refused, match="Type the value of this period first"):
        submit(period, by=make.member(project))


@pytest.mark.django_db
def test_given_a_typed_value_when_it_is_approved_then_it_stands() -> None:
    project = make.project()
    period = ended(project, {"way": "typed"})
    write_value(period, Decimal("41.5"), by=make.member(project))

    make.approved(period)

    assert value_of(period.indicator, period).actual == Decimal("41.50")


@pytest.mark.django_db
def test_given_a_submitted_period_when_it_is_returned_then_the_reason_is_kept_and_it_is_open_again() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    make.submitted(period)

    give_back(period, by=make.member(project), reason="Kulob is missing.")

    period.refresh_from_db()
    assert period.state == "returned"
    assert steps_of(period) == [("submitted", ""), ("returned", "Kulob is missing.")]


@pytest.mark.django_db
def test_given_no_reason_when_a_period_is_returned_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    make.submitted(period)

    with pytest.raises(Refused, match="Write the reason"):
        give_back(period, by=make.member(project), reason=" ")


@pytest.mark.django_db
def test_given_an_approved_period_when_it_is_reopened_then_the_ledger_speaks_and_the_history_keeps_the_value() -> (
    None
):
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 2)
    set_up_tallies()
    make.approved(period)
    (late,) = met(project, service, 1)
    READER.work([("delivery.recorded", str(late.pk))])

    reopen(period, by=make.member(project, "monitoring_officer"), reason="A register came late.")

    line = value_of(period.indicator, period)
    assert (line.actual, line.is_approved, line.state) == (3, False, "draft")
    kept = PeriodStep.objects.filter(period=period).order_by("pk").values_list("kind", "value")
    assert list(kept) == [("submitted", Decimal(2)), ("approved", Decimal(2)), ("reopened", Decimal(2))]
    assert ApprovedRow.objects.count() == 2


@pytest.mark.django_db
def test_given_many_periods_when_one_cannot_be_approved_then_none_is_and_it_is_said_why() -> None:
    project, service = make.project(), make.service()
    good, draft = ended(project, ADVICE, "I1"), ended(project, ADVICE, "I2")
    met(project, service, 1)
    set_up_tallies()
    make.submitted(good)

    with pytest.raises(CouldNot) as refused:
        approve_many([good, draft], by=make.member(project))

    assert [(period.pk, sentence) for period, sentence in refused.value.problems] == [
        (draft.pk, "It is a draft: nobody has submitted it yet.")
    ]
    assert set(Period.objects.filter(pk__in=[good.pk, draft.pk]).values_list("state", flat=True)) == {
        "submitted",
        "draft",
    }
    assert ApprovedRow.objects.count() == 0


@pytest.mark.django_db
def test_given_a_hundred_indicators_when_approved_in_one_go_then_all_stand() -> None:
    project, service = make.project(), make.service()
    periods = [ended(project, ADVICE, f"I{number}") for number in range(100)]
    met(project, service, 2)
    set_up_tallies()
    submit_many(periods, by=make.member(project, "project_officer"))

    approve_many(periods, by=make.member(project))

    values = Period.objects.filter(state="approved").values_list("approved_value", flat=True)
    assert list(values) == [Decimal(2)] * 100
    assert ApprovedRow.objects.count() == 200


@pytest.mark.django_db
def test_given_approvals_and_a_reader_of_theirs_when_approved_and_reopened_then_lines_are_left() -> None:
    project = make.project()
    make.service()
    period = ended(project, ADVICE)
    set_up_tallies()
    reader = changes.Reader("someone", frozenset({"result.approved"}), lambda _lines: None)

    with changes.readers_replaced(reader):
        make.approved(period)
        reopen(period, by=make.member(project), reason="Once more.")

    lines = Change.objects.values_list("topic", "key")
    assert list(lines) == [("result.approved", str(period.indicator_id))] * 2


@pytest.mark.django_db
def test_given_a_share_when_approved_then_both_numbers_are_frozen_and_the_share_is_of_their_sums() -> None:
    project, service = make.project(), make.service()
    period = ended(project, SHARE)
    met(project, service, 2)
    met(project, service, 1, sex="m")
    set_up_tallies()

    make.approved(period)

    line = value_of(period.indicator, period)
    assert (line.way, line.unit, line.actual) == ("percent", "percent", Decimal("66.67"))
    assert (line.numerator, line.denominator) == (Decimal(2), Decimal(3))


@pytest.mark.django_db
def test_given_a_share_of_nobody_when_read_then_there_is_no_value_and_it_is_said() -> None:
    project = make.project()
    make.service()
    period = ended(project, SHARE)
    set_up_tallies()

    line = value_of(period.indicator, period)

    assert (line.actual, line.why_empty, line.denominator) == (None, "denominator_zero", 0)


@pytest.mark.django_db
def test_given_an_approved_list_when_a_member_opens_it_then_it_is_as_long_as_the_value() -> None:
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 3)
    set_up_tallies()
    make.approved(period)
    manager = make.member(project)
    for delivery in Delivery.objects.all():
        Access.objects.create(person=delivery.person, project=project)

    found = approved_list(manager, period, count="persons")

    assert (found.rows.count(), found.value, found.hidden, found.was_kept) == (3, 3, 0, True)


@pytest.mark.django_db
def test_given_somebody_erased_when_the_approved_list_is_opened_then_their_row_counts_and_leads_nowhere() -> (
    None
):
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    rows = met(project, service, 2)
    set_up_tallies()
    make.approved(period)
    gone = rows[0].person
    assert gone is not None
    assert ApprovedRow.objects.filter(subject=SubjectKind.PERSON.subject(gone.pk)).count() == 1

    forget_in_approved([gone.pk])

    erased = ApprovedRow.objects.get(subject=0)
    assert (erased.first_contact, erased.persons, erased.sex) == (0, 1, "f")
    assert value_of(period.indicator, period).actual == Decimal(2)


@pytest.mark.django_db
def test_given_contacts_of_groups_when_approved_then_the_rows_come_to_the_value() -> None:
    project, service = make.project(), make.service("advice", "counted")
    period = ended(project, CONTACTS)
    make.delivery(project, service, date(2025, 1, 5), group_count=7, group_sex="f", group_age="18-24")
    make.delivery(project, service, date(2025, 1, 6), group_count=5)
    set_up_tallies()

    made = make.approved(period)

    assert made.approved_value == Decimal(12)
    assert sorted(ApprovedRow.objects.values_list("contacts", flat=True)) == [5, 7]


@pytest.mark.django_db
def test_given_a_submitted_value_when_it_has_moved_then_it_is_approved_only_after_it_was_submitted_again() -> (
    None
):
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 2)
    set_up_tallies()
    officer, manager = make.member(project, "project_officer"), make.member(project)
    submit(period, by=officer)
    (late,) = met(project, service, 1)
    READER.work([("delivery.recorded", str(late.pk))])

    with pytest.raises(CouldNot, match=r"^2 was submitted, and 3 is counted now. Return it"):
        approve(period, by=manager)
    assert (ApprovedRow.objects.count(), steps_of(period)) == (0, [("submitted", "")])

    give_back(period, by=manager, reason="A register came late.")
    submit(period, by=officer)
    assert approve(period, by=manager).approved_value == Decimal(3)


@pytest.mark.django_db
def test_given_a_share_when_it_moves_to_the_same_per_cent_of_more_then_it_is_not_approved_unseen() -> None:
    project, service = make.project(), make.service()
    period = ended(project, SHARE)
    met(project, service, 1)
    met(project, service, 1, sex="m")
    set_up_tallies()
    make.submitted(period)
    late = [*met(project, service, 1), *met(project, service, 1, sex="m")]
    READER.work([("delivery.recorded", str(one.pk)) for one in late])

    with pytest.raises(CouldNot, match=r"^1 of 2 was submitted, and 2 of 4 is counted now"):
        approve(period, by=make.member(project))


@pytest.mark.django_db
def test_given_a_submission_from_before_numbers_were_kept_when_approved_then_it_is_to_be_submitted_again() -> (
    None
):
    project, service = make.project(), make.service()
    period = ended(project, ADVICE)
    met(project, service, 2)
    set_up_tallies()
    make.submitted(period)
    PeriodStep.objects.update(value=None)

    with pytest.raises(CouldNot, match=r"^– was submitted, and 2 is counted now"):
        approve(period, by=make.member(project))


@pytest.mark.django_db
def test_given_a_year_of_half_years_when_submitted_and_approved_then_both_come_to_the_same() -> None:
    project, service = make.project(), make.service()
    year = (date(2025, 1, 1), date(2025, 12, 31))
    indicator = make.indicator(project, measure=ADVICE, is_cumulative=False, periods=(*make.HALF_YEARS, year))
    somebody = make.person()
    for day in (date(2025, 2, 1), date(2025, 9, 1)):
        make.delivery(project, service, day, person=somebody)
    set_up_tallies()
    period = indicator.periods.get(start=year[0], end=year[1])

    assert make.approved(period).approved_value == Decimal(1)
