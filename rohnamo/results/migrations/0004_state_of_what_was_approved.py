"""Periods that were approved before there were states get theirs, and a step that says so. May run twice."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_what_was_approved(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    periods = apps.get_model("results", "Period")._default_manager
    steps = apps.get_model("results", "PeriodStep")._default_manager
    users = set(apps.get_model("staff", "User")._default_manager.values_list("pk", flat=True))
    approved = list(periods.exclude(approved_at=None).filter(state="draft"))
    for period in approved:
        by = int(period.approved_by) if period.approved_by.isdigit() else 0
        steps.create(
            period=period,
            kind="approved",
            by_id=by if by in users else None,
            at=period.approved_at,
            value=period.approved_value,
        )
    periods.filter(pk__in=[period.pk for period in approved]).update(state="approved")


class Migration(migrations.Migration):
    dependencies = [("results", "0003_approval_and_plans")]

    operations = [migrations.RunPython(say_what_was_approved, migrations.RunPython.noop)]
