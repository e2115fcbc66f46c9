"""Homes that approved before there were states."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from rohnamo.results.models import Period, PeriodStep
from rohnamo.results.tests import factories as make

STATES = import_module("rohnamo.results.migrations.0004_state_of_what_was_approved")


@pytest.mark.django_db
def test_given_a_period_approved_before_when_migrated_twice_then_it_has_its_state_and_one_step() -> None:
    project = make.project()
    by = make.member(project)
    period = make.indicator(project, measure={"way": "typed"}).periods.get(end=date(2025, 6, 30))
    at = timezone.now()
    Period.objects.filter(pk=period.pk).update(
        approved_value=Decimal(7), approved_by=str(by.pk), approved_at=at
    )

    for _ in range(2):
        STATES.say_what_was_approved(apps, None)

    period.refresh_from_db()
    steps = PeriodStep.objects.filter(period=period).values_list("kind", "by", "at", "value")
    assert (period.state, list(steps)) == ("approved", [("approved", by.pk, at, Decimal(7))])
