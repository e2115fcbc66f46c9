"""What was approved, as it was frozen: its sums, and the list of whom it was counted from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet, Sum

from rohnamo.deliveries import queries as deliveries
from rohnamo.deliveries.models import Delivery
from rohnamo.results.models import (
    ApprovedCell,
    ApprovedRow,
    Count,
    Period,
    PeriodStep,
    StepKind,
    SubjectKind,
)
from rohnamo.results.queries.sums import Key, Number
from rohnamo.staff.models import User

ERASED = 0
_PARTS = ("", "denominator")
_COLUMN = {Count.QUANTITY: "quantity", Count.CONTACTS: "contacts", Count.EVENTS: "contacts"}


@dataclass(frozen=True)
class ApprovedList:
    """The frozen rows of an approved number.

    rows: what this user may see of them, erased people among them. hidden: how much of the value is not in the list.
    was_kept: whether rows were kept with this approval; those from before lists were kept have none.
    """

    rows: QuerySet[ApprovedRow]
    value: Number
    hidden: Number
    was_kept: bool


def approvals_of(periods: Iterable[int]) -> dict[int, int]:
    """Number of the period → number of its newest approval."""
    steps = PeriodStep.objects.filter(period__in=list(periods), kind=StepKind.APPROVED)
    return dict(steps.values("period").annotate(last=Max("pk")).values_list("period", "last"))


def approved_cells(approvals: Iterable[int]) -> dict[int, dict[str, dict[Key, Number]]]:
    """Number of the approval → part → cells; of nobody: no cells. An approval from before lists were kept is not in it."""
    kept = PeriodStep.objects.filter(pk__in=list(approvals)).exclude(rules="").values_list("pk", flat=True)
    found: dict[int, dict[str, dict[Key, Number]]] = {
        approval: {part: {} for part in _PARTS} for approval in kept
    }
    rows = ApprovedCell.objects.filter(approval__in=list(found))
    for approval, part, sex, age, district, value in rows.values_list(
        "approval", "part", "sex", "age", "district", "value"
    ):
        whole = int(value) if value == value.to_integral_value() else value
        found[approval][part][sex, age, district] = whole
    return found


def column_of(count: str) -> str:
    """The column of approved rows that a unit adds up."""
    return _COLUMN.get(Count(count), "persons")


def approved_list(user: User, period: Period, *, part: str = "", count: str) -> ApprovedList:
    """The list behind an approved number, as far as the user's projects reach.

    Somebody who was erased is in the list of whoever may see all of this project's deliveries: nothing of them is left.
    """
    approval = approvals_of([period.pk]).get(period.pk)
    rows = ApprovedRow.objects.filter(approval=approval, part=part)
    column = column_of(count)
    value = _sum(rows, column)
    memberships = user.memberships.filter(project=period.indicator.result.project_id)
    sees_all = memberships.filter(districts=[]).exists()
    mine = deliveries.visible_to(user).filter(pk__in=rows.values("first_contact"))
    seen = rows.filter(first_contact__in=mine.values("pk"))
    if sees_all:
        seen |= rows.filter(subject=ERASED)
    seen = seen.order_by("-counted_in", "-first_contact", "pk")
    return ApprovedList(seen, value=value, hidden=value - _sum(seen, column), was_kept=rows.exists())


def contacts_of(rows: Iterable[ApprovedRow]) -> dict[int, Delivery]:
    """The first contacts of these rows that are still in the ledger, by their numbers. One query."""
    related = ("person__root", "coded", "official", "service", "district", "reversed_by")
    return Delivery.objects.select_related(*related).in_bulk([row.first_contact for row in rows])


def is_person(row: ApprovedRow) -> bool:
    return row.subject % 8 == SubjectKind.PERSON


def _sum(rows: QuerySet[ApprovedRow], column: str) -> Number:
    return rows.order_by().aggregate(sum=Sum(column))["sum"] or 0
