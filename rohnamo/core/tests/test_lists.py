"""A long list of numbers is one parameter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rohnamo.core.lists import as_one
from rohnamo.core.models import ClockRound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("numbers", [[], [1], [-(2**63), 2**63 - 1]])
def test_given_numbers_when_rows_are_asked_for_then_it_is_the_rows_with_these_numbers(
    numbers: list[int],
) -> None:
    made = [
        ClockRound.objects.create(work=f"w{number}", done_at="2026-01-01T00:00:00Z").pk for number in "abc"
    ]

    with CaptureQueriesContext(connection) as seen:
        found = ClockRound.objects.filter(pk__in=as_one([*numbers, made[0], made[2]])).values_list(
            "pk", flat=True
        )
        assert sorted(found) == [made[0], made[2]]

    assert len(seen) == 1
    assert list(ClockRound.objects.filter(pk__in=as_one([]))) == []
