"""Counting a reporting period, and writing down what is not counted."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused
from rohnamo.core.languages import LANGUAGES
from rohnamo.results import rules
from rohnamo.results.models import Period, PeriodState
from rohnamo.results.queries import Line, value_of
from rohnamo.results.queries.lines import TOLD, TYPED, way_of
from rohnamo.staff.models import User

READER_NAME = "results"
OPEN = frozenset({PeriodState.DRAFT, PeriodState.RETURNED})


def count_what_waits() -> None:
    """Work off what still waits to be counted, so that a number is exact."""
    if changes.waiting(READER_NAME):
        changes.work_off(READER_NAME)


def count_period(period: Period) -> Line:
    """What a period amounts to now, after everything that is still waiting has been counted."""
    count_what_waits()
    return value_of(period.indicator, period)


@transaction.atomic
def write_value(period: Period, value: Decimal | None, *, by: User) -> Period:
    """Write down what the project reports of an indicator that is typed; nobody's result until it is approved.

    Raises Refused when the user may not, when the period is locked, or when the indicator is counted.
    """
    period = _open_period(period, by=by)
    if way_of(period.indicator) != TYPED:
        raise Refused(_("This indicator is counted from what was done. A typed number cannot stand for it."))
    period.typed_value = value
    period.save(update_fields=["typed_value"])
    audit.record(by, "results.write_value", period, fields=["typed_value"])
    return period


@transaction.atomic
def tell(period: Period, told: Mapping[str, str], *, by: User) -> Period:
    """Write down in words what became of an indicator that has no number. Raises Refused as `write_value` does."""
    period = _open_period(period, by=by)
    if way_of(period.indicator) != TOLD:
        raise Refused(_("This indicator is a number. Words cannot stand for it."))
    period.told = {code: text.strip() for code, text in told.items() if code in LANGUAGES and text.strip()}
    period.save(update_fields=["told"])
    audit.record(by, "results.tell", period, fields=["told"])
    return period


def _open_period(period: Period, *, by: User) -> Period:
    found = Period.objects.select_for_update(of=("self",)).select_related("indicator__result__project")
    period = found.get(pk=period.pk)
    if not rules.may_submit(by, period.indicator.result.project):
        raise Refused(_("Period %(number)s is not yours to write.") % {"number": period.pk})
    if period.state not in OPEN:
        raise Refused(
            _("This period is locked, because it was submitted. It must be returned or reopened first.")
        )
    return period
