"""Whose money stands in which file, and what stands where no movement was written down."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.iati.queries.money import planned, transactions
from rohnamo.iati.tests.factories import make_mission, make_project
from rohnamo.projects.models import Partner, PartnerRole, Project, ProjectPartner
from rohnamo.projects.models.money import Grant, MoneyMove, MoveKind, PlannedPayment, Recorded

UNTIL = date(2026, 11, 25)
pytestmark = pytest.mark.django_db


def a_move(project: Project, code: str, kind: MoveKind, **changes: object) -> MoneyMove:
    usual = {"day": date(2024, 5, 1), "value": Decimal(100), "currency": "USD", "recorded": Recorded.FILES}
    return MoneyMove.objects.create(project=project, code=code, kind=kind, **{**usual, **changes})


def an_agreement(project: Project, donor: Partner) -> Grant:
    return Grant.objects.create(
        project=project,
        donor=donor,
        reference=f"{donor.code}-1",
        currency="USD",
        amount=Decimal(1000),
        amount_usd=Decimal(1000),
        signed_on=date(2024, 3, 1),
        starts_on=date(2024, 3, 1),
        ends_on=date(2025, 3, 1),
    )


def two_donors() -> tuple[Project, Partner, Partner]:
    make_mission()
    project = make_project()
    other = Partner.objects.create(code="donor-b", kind="donor", iati_type="10", names={"en": "B"})
    ProjectPartner.objects.create(
        project=project, partner=other, role=PartnerRole.FUNDING, agreement="B", amount_usd=Decimal(7)
    )
    return project, Partner.objects.get(code="donor-a"), other


def refs(project: Project, donor: str = "") -> list[str]:
    return [one.ref for one in transactions(project, until=UNTIL, donor=donor)]


def test_given_two_donors_when_the_file_of_one_is_written_then_only_its_own_movements_stand_there() -> None:
    project, first, second = two_donors()
    of_first, of_second = an_agreement(project, first), an_agreement(project, second)
    a_move(project, "m1", MoveKind.INCOMING_COMMITMENT, provider=first)
    a_move(project, "m2", MoveKind.INCOMING_COMMITMENT, provider=second)
    a_move(project, "m3", MoveKind.EXPENDITURE, grant=of_first)
    a_move(project, "m4", MoveKind.EXPENDITURE, grant=of_second)
    a_move(project, "m5", MoveKind.EXPENDITURE)
    a_move(project, "m6", MoveKind.DISBURSEMENT, grant=of_second, receiver=first)

    assert refs(project, "donor-a") == ["m1", "m3"]
    assert refs(project, "donor-b") == ["m2", "m4"]
    assert refs(project) == ["m1", "m2", "m3", "m4", "m5", "m6"]


def test_given_two_donors_when_the_file_of_one_is_written_then_only_its_own_instalments_stand_there() -> None:
    project, first, second = two_donors()
    for donor in (first, second):
        PlannedPayment.objects.create(
            project=project,
            code=f"p-{donor.code}",
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 31),
            value=Decimal(5),
            currency="USD",
            provider=donor,
        )

    assert [one.provider.names for one in planned(project, donor="donor-a") if one.provider] == [first.names]
    assert (len(planned(project, donor="donor-b")), len(planned(project))) == (1, 2)


def test_given_two_donors_and_no_movement_when_the_file_of_one_is_written_then_sums_of_all_are_left_out() -> (
    None
):
    project, _first, _second = two_donors()

    assert refs(project, "donor-a") == ["EX.90-A"]
    assert refs(project, "donor-b") == ["B"]
    assert refs(project) == ["EX.90-A", "B", "EX.90-2024"]


def test_given_only_money_that_came_in_when_it_is_exported_then_spending_of_years_still_stands() -> None:
    make_mission()
    project = make_project()
    a_move(project, "m1", MoveKind.INCOMING_COMMITMENT)

    assert refs(project) == ["EX.90-2024", "m1"]


@pytest.mark.parametrize("kind", [MoveKind.EXPENDITURE, MoveKind.DISBURSEMENT])
def test_given_spending_of_a_year_written_down_when_it_is_exported_then_the_sum_of_that_year_does_not_stand(
    kind: MoveKind,
) -> None:
    make_mission()
    project = make_project()
    a_move(project, "m1", kind)

    assert refs(project) == ["EX.90-A", "m1"]
