"""Counting a reporting period, and freezing what was counted."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused
from rohnamo.results import rules
from rohnamo.results.models import Period
from rohnamo.results.queries import Line, value_of
from rohnamo.staff.models import User

READER_NAME = "results"
TOPIC = "result.approved"


def count_period(period: Period) -> Line:
    """What a period amounts to now, after everything that is still waiting has been counted."""
    if changes.waiting(READER_NAME):
        changes.work_off(READER_NAME)
    return value_of(period.indicator, period)


@transaction.atomic
def approve(period: Period, *, by: User, typed: Decimal | None = None) -> Period:
    """Freeze the value of a period: later changes of the ledger no longer move it.

    typed: the value of an indicator that is not counted; refused for one that is.
    Raises Refused when the user may not, when the period has not ended, or when it was approved before.
    """
    period = Period.objects.select_for_update().select_related("indicator__result__project").get(pk=period.pk)
    if not rules.may_approve(by, period.indicator.result.project):
        raise Refused(f"Period {period.pk} is not yours to approve. Ask the project's programme manager.")
    if period.approved_at is not None:
        raise Refused(f"Period {period.pk} was approved before. Nothing was changed.")
    if period.end >= timezone.localdate():
        raise Refused(f"Period {period.pk} has not ended: it can be approved after {period.end}.")
    period.approved_value = _value(period, typed)
    period.approved_by = str(by.pk)
    period.approved_at = timezone.now()
    period.save(update_fields=["approved_value", "approved_by", "approved_at"])
    audit.record(by, "results.approve", period, fields=["approved_value"])
    changes.leave(TOPIC, [period.indicator_id])
    return period


def _value(period: Period, typed: Decimal | None) -> Decimal:
    counted = count_period(period).counted
    if counted is not None and typed is not None:
        raise Refused(f"Period {period.pk} is counted from deliveries. A typed value cannot stand for it.")
    value = typed if counted is None else counted
    if value is None:
        raise Refused(f"Period {period.pk} is not counted from deliveries. Type its value.")
    return Decimal(value)
