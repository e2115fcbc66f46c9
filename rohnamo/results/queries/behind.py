"""What stands behind a number: the list that it was counted from."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from rohnamo.deliveries import queries as deliveries
from rohnamo.deliveries.models import Delivery
from rohnamo.results.models import Count, Tally
from rohnamo.results.queries.fitting import fitting_sql
from rohnamo.results.queries.sums import UNIQUE, Number, Span, reached, reading, totals
from rohnamo.staff.models import User


@dataclass(frozen=True)
class Behind:
    """deliveries: what this user may see of it. hidden: how much of the value is not in the list, in its unit.

    Of persons and households the list holds one delivery each, their first contact; of all else every delivery.
    """

    deliveries: QuerySet[Delivery]
    value: Number
    hidden: Number


def list_behind(user: User, tally: Tally, span: Span) -> Behind:
    """The deliveries that a value was counted from, as far as the user's projects reach.

    Whoever may see all of it gets a list that is as long as the number says.
    """
    mine = deliveries.visible_to(user)
    if tally.count in UNIQUE:
        seen = mine.filter(pk__in=reached(tally, span).values("first_contact"))
    else:
        seen = mine.filter(pk__in=_fitting(tally, span))
    seen = seen.order_by("-day", "-pk")
    value = totals([tally], span)[tally.pk]
    return Behind(seen, value=value, hidden=value - _measured(seen, Count(tally.count)))


def _fitting(tally: Tally, span: Span) -> RawSQL:
    how = reading(tally, span)
    rows = tally.rows_of_id or tally.pk
    text = fitting_sql(f"tally.id = {rows:d}", periods=f"period BETWEEN {how.first:d} AND {how.last:d}")
    return RawSQL(text, ())  # noqa: S611


def _measured(seen: QuerySet[Delivery], count: Count) -> Number:
    if count == Count.CONTACTS:
        return seen.aggregate(sum=Sum(Coalesce("group_count", 1)))["sum"] or 0
    if count == Count.QUANTITY:
        return seen.aggregate(sum=Sum("quantity"))["sum"] or 0
    return seen.count()
