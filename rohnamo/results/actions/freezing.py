"""Freezing: the rows that a number was counted from are copied from reach, by the database, and summed up once.

The value that is approved is the sum of the copied rows, so that the list and the number cannot disagree, whatever is
counted beside it at that moment.
"""

from decimal import Decimal

from django.db import connection

from rohnamo.results.models import Tally
from rohnamo.results.queries.approved import column_of
from rohnamo.results.queries.sums import UNIQUE, Span, reading

_ROWS = (
    "INSERT INTO results_approvedrow (approval_id, part, counted_in, subject, first_contact, sex, age, district,"
    " persons, contacts, quantity) "
    "SELECT %s, %s, period, subject, first_contact_id, sex, age, COALESCE(district_id, 0), persons, contacts, quantity "
    "FROM results_reach reach WHERE tally_id = %s AND period BETWEEN %s AND %s"
)
# A year of half-years: everybody at the first of them.
_EARLIEST = (
    " AND NOT EXISTS (SELECT 1 FROM results_reach earlier WHERE earlier.tally_id = reach.tally_id"
    " AND earlier.subject = reach.subject AND earlier.period >= %s AND earlier.period < reach.period)"
)


def freeze(approval: int, part: str, tally: Tally, span: Span) -> Decimal:
    """Copy the rows of a tally in a period under an approval. Returns what they come to."""
    how = reading(tally, span)
    params: list[int | str] = [approval, part, tally.rows_of_id or tally.pk, how.first, how.last]
    sql = _ROWS
    if tally.count in UNIQUE:
        sql += " AND persons = 1"
    if how.column == "firsts":
        sql += " AND is_first"
    if how.is_from_reach:
        sql += _EARLIEST
        params.append(how.first)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY subject, period", params)
        cursor.execute(_cells_sql(column_of(tally.count)), [approval, part])
        cursor.execute(
            "SELECT COALESCE(SUM(value), 0) FROM results_approvedcell WHERE approval_id = %s AND part = %s",
            [approval, part],
        )
        (value,) = cursor.fetchone()
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _cells_sql(column: str) -> str:
    keys = "approval_id, part, sex, age, district"
    return (
        f"INSERT INTO results_approvedcell ({keys}, value) SELECT {keys}, ROUND(SUM({column}), 2) "  # noqa: S608
        f"FROM results_approvedrow WHERE approval_id = %s AND part = %s GROUP BY {keys} HAVING SUM({column}) <> 0"
    )
