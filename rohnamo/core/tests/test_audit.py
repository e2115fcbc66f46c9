"""The log: one line for a deed, and many lines at once for a deed done to many records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rohnamo.core import audit
from rohnamo.core.audit import SYSTEM
from rohnamo.core.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_given_a_deed_done_to_many_records_when_it_is_written_down_then_each_has_a_line_as_if_written_alone() -> (
    None
):
    why = "x" * 400
    audit.record(SYSTEM, "people.take_back", "people.person", subject_id=7, fields=["emptied"], reason=why)

    audit.record_many(
        SYSTEM, "people.take_back", "people.person", [8, 9], fields=iter(["emptied"]), reason=why
    )

    alone, *others = AuditEntry.objects.order_by("pk")
    said = ("actor_id", "actor", "verb", "subject", "fields", "reason")
    assert [one.subject_id for one in (alone, *others)] == ["7", "8", "9"]
    assert all(getattr(one, name) == getattr(alone, name) for one in others for name in said)
    assert (alone.fields, len(alone.reason)) == (["emptied"], audit.LONGEST_REASON)


def test_given_a_hundred_records_when_a_deed_is_written_down_then_it_takes_one_statement() -> None:
    with CaptureQueriesContext(connection) as seen:
        audit.record_many(SYSTEM, "deliveries.reverse", "deliveries.delivery", range(100))

    written = [one["sql"] for one in seen if one["sql"].startswith("INSERT")]
    assert (len(written), AuditEntry.objects.count()) == (1, 100)


def test_given_nobody_when_a_deed_is_written_down_then_there_is_no_line() -> None:
    audit.record_many(SYSTEM, "deliveries.reverse", "deliveries.delivery", [])

    assert AuditEntry.objects.count() == 0
