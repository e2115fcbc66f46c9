"""Recording movements of money, taking them back, rates, and what donors want by when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.models import AuditEntry
from rohnamo.projects import actions, queries
from rohnamo.projects.models import DeadlineDone, DonorRule, ExchangeRate, MoneyMove, MoveKind, Project
from rohnamo.projects.tests.factories import a_member, a_partner, a_project, a_user, words
from rohnamo.projects.tests.ledger import a_grant, a_move, a_rate
from rohnamo.staff.models import Role, User

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 31)


def _manager(project: Project, name: str = "mira") -> User:
    user = a_user(name, Role.PROGRAMME_MANAGER)
    a_member(user, project, Role.PROGRAMME_MANAGER)
    return user


def _spend(project: Project, by: User, **fields: object) -> MoneyMove:
    plain: dict[str, object] = {
        "kind": MoveKind.EXPENDITURE,
        "day": DAY,
        "value": Decimal("12.50"),
        "currency": "USD",
    }
    return actions.record_move(project, by=by, **{**plain, **fields})  # type: ignore[arg-type]


def test_given_a_manager_when_a_movement_is_recorded_then_it_counts_and_the_log_names_it() -> None:
    project = a_project()
    grant = a_grant(project)

    move = _spend(project, _manager(project), grant=grant)

    assert queries.money_of(project, DAY).sums.spent_usd == Decimal("12.50")
    assert list(AuditEntry.objects.values_list("verb", "subject_id", "fields")) == [
        ("projects.record_move", str(move.pk), [])
    ]


def test_given_the_same_form_sent_twice_when_it_is_recorded_then_money_moved_once() -> None:
    project = a_project()
    manager = _manager(project)

    first, second = (_spend(project, manager, code="EX.01-abc") for _ in range(2))

    assert (first.pk, MoneyMove.objects.count()) == (second.pk, 1)


@pytest.mark.parametrize(
    "role", [Role.MONITORING_OFFICER, Role.DATA_PROTECTION_OFFICER, Role.DONOR_READER, Role.ADMINISTRATOR]
)
def test_given_somebody_who_does_not_manage_it_when_money_is_recorded_then_it_is_refused(role: Role) -> None:
    project = a_project()

    with pytest.raises(Refused):
        _spend(project, a_user("other", role))

    assert MoneyMove.objects.count() == 0


def test_given_a_day_to_come_or_no_amount_when_a_movement_is_recorded_then_it_is_refused() -> None:
    project = a_project()
    manager = _manager(project)

    for wrong in (
        {"day": timezone.localdate() + timedelta(days=1)},
        {"value": Decimal(0)},
        {"value": Decimal("-5")},
        {"value": Decimal("0.005")},
        {"kind": MoveKind.DISBURSEMENT},
        {"kind": MoveKind.INCOMING_FUNDS},
        {"grant": a_grant(a_project(f"EX.{Project.objects.count()}"))},
    ):
        with pytest.raises(WrongData):
            _spend(project, manager, **wrong)

    assert MoneyMove.objects.count() == 0


def test_given_no_rate_of_the_day_when_other_money_is_recorded_then_the_last_rate_is_named() -> None:
    project = a_project()
    a_rate("EUR", date(2025, 1, 1), "1.1")

    with pytest.raises(WrongData, match="The last rate of EUR before 2025-03-31 is of 2025-01-01"):
        _spend(project, _manager(project), currency="EUR")


def test_given_money_with_the_programme_when_it_is_recorded_in_a_part_then_it_is_refused() -> None:
    programme = a_project("EX.01")
    part = a_project("EX.02", parent=programme)
    a_grant(programme)

    with pytest.raises(WrongData, match="another level"):
        _spend(part, _manager(part))


def test_given_money_from_a_donor_when_it_is_recorded_then_the_donor_of_the_agreement_gave_it() -> None:
    project = a_project()
    grant = a_grant(project)

    move = _spend(project, _manager(project), kind=MoveKind.INCOMING_FUNDS, grant=grant)

    assert (move.provider, move.receiver) == (grant.donor, None)


def test_given_a_mistake_when_it_is_taken_back_then_both_stay_and_nothing_is_left_of_it() -> None:
    project = a_project()
    manager = _manager(project)
    move = _spend(project, manager)

    back = actions.reverse_move(move, day=date(2025, 4, 2), reason="written twice", by=manager)

    assert (back.value, back.reverses) == (Decimal("-12.50"), move)
    assert queries.money_of(project, date(2025, 4, 2)).sums.spent_usd == Decimal(0)
    for again in (move, back):
        with pytest.raises(Refused, match="taken back already"):
            actions.reverse_move(again, day=date(2025, 4, 2), reason="again", by=manager)


def test_given_a_rate_that_is_used_when_another_is_recorded_for_the_day_then_it_is_refused() -> None:
    manager = a_user("mira")
    first = actions.record_rate("EUR", DAY, Decimal("1.1"), source="a bank", by=manager)

    assert actions.record_rate("EUR", DAY, Decimal("1.1"), source="a bank", by=manager) == first
    with pytest.raises(Refused):
        actions.record_rate("EUR", DAY, Decimal("1.2"), source="a bank", by=manager)
    assert ExchangeRate.objects.get().usd_per_unit == Decimal("1.1")


def _rules(donor: str = "donor-a") -> None:
    partner = a_partner(donor)
    for code, anchor, months, more in (
        ("framework", "start", 1, {}),
        ("changes", "end", -1, {}),
        ("interim", "start", 12, {"every_months": 12}),
        ("ex-post", "end", 12, {"opens_months": 6}),
    ):
        DonorRule.objects.create(
            donor=partner, code=code, anchor=anchor, months=months, titles=words(code), **more
        )


def test_given_a_donors_rules_when_deadlines_are_asked_then_days_follow_from_the_agreement() -> None:
    project = a_project()
    _rules()
    a_grant(project, starts_on=date(2024, 3, 1), ends_on=date(2026, 2, 28))

    found = queries.deadlines_of(project, date(2025, 3, 1))

    assert [(one.code, one.due_on, one.opens_on, one.is_late) for one in found] == [
        ("framework", date(2024, 3, 31), None, True),
        ("interim", date(2025, 2, 28), None, True),
        ("changes", date(2026, 1, 31), None, False),
        ("ex-post", date(2027, 2, 28), date(2026, 9, 1), False),
    ]


def test_given_a_rule_of_one_agreement_when_deadlines_are_asked_then_it_stands_for_the_general_one() -> None:
    project = a_project()
    _rules()
    DonorRule.objects.create(
        donor=a_partner("donor-a"),
        reference="A-1",
        code="framework",
        anchor="start",
        months=2,
        titles=words("framework"),
    )
    a_grant(project)

    found = [one for one in queries.deadlines_of(project, DAY) if one.code == "framework"]

    assert [one.due_on for one in found] == [date(2024, 2, 29)]


def test_given_a_deadline_when_it_is_marked_done_twice_then_it_is_done_once_and_can_be_taken_back() -> None:
    project = a_project()
    _rules()
    a_grant(project)
    manager = _manager(project)
    which = {"agreement": "A-1", "code": "framework", "due_on": date(2024, 1, 31)}

    for _ in range(2):
        actions.mark_done(project, **which, done_on=date(2024, 1, 20), by=manager)

    assert DeadlineDone.objects.count() == 1
    assert "framework" not in [one.code for one in queries.deadlines(manager, DAY)]
    assert actions.unmark_done(project, **which, by=manager)
    assert "framework" in [one.code for one in queries.deadlines(manager, DAY)]


def test_given_a_prolonged_agreement_when_deadlines_are_asked_then_what_moved_is_not_done_yet() -> None:
    project = a_project()
    _rules()
    grant = a_grant(project)
    manager = _manager(project)
    which = {"agreement": "A-1", "code": "changes", "due_on": date(2025, 11, 30)}
    actions.mark_done(project, **which, done_on=date(2025, 3, 1), by=manager)

    grant.ends_on = date(2026, 6, 30)
    grant.save()

    changes = [one for one in queries.deadlines_of(project, DAY) if one.code == "changes"]
    assert [(one.due_on, one.done_on) for one in changes] == [(date(2026, 5, 31), None)]


def test_given_a_deadline_that_there_is_not_when_it_is_marked_then_it_is_refused() -> None:
    project = a_project()
    _rules()
    a_grant(project)

    with pytest.raises(WrongData):
        actions.mark_done(
            project,
            agreement="A-1",
            code="framework",
            due_on=date(2024, 2, 1),
            done_on=date(2024, 1, 20),
            by=_manager(project),
        )


def test_given_more_agreements_when_deadlines_are_asked_then_queries_stay_as_many(
    django_assert_num_queries: object,
) -> None:
    _rules()
    for number in range(1, 5):
        a_grant(a_project(f"EX.0{number}"))
    chief = a_user("chief", Role.CHIEF_OF_MISSION)

    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(queries.deadlines(chief, DAY)) == 16


def test_given_movements_of_the_files_when_one_is_taken_back_here_then_the_files_may_not_change_it() -> None:
    project = a_project()
    manager = _manager(project)
    move = a_move(project, "5.00", recorded="files")
    actions.reverse_move(move, day=date(2025, 1, 1), reason="wrong", by=manager)

    from rohnamo.projects.actions.money import _refuse_to_touch_reversed

    with pytest.raises(WrongData, match="must stay as it was"):
        _refuse_to_touch_reversed([])
