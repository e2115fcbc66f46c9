"""Long lists of numbers in queries."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL


def as_one(numbers: Iterable[int]) -> RawSQL:
    """Whole numbers as one parameter, for `filter(pk__in=as_one(numbers))`.

    A parameter for each of five thousand numbers costs more than the query itself.
    """
    listed = list(numbers)
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (listed,))
    return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(listed),))
