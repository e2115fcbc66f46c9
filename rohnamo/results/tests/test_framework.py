"""A framework comes from the project's file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.missionfiles import project as files
from rohnamo.core.missionfiles.codes import (
    Counted,
    Direction,
    IndicatorKind,
    ProjectStatus,
    ResultKind,
    UniqueWithin,
    Way,
)
from rohnamo.projects.models import Project
from rohnamo.results.actions import load_framework, promise, remove_indicator, set_up_tallies
from rohnamo.results.models import Indicator, IndicatorVersion, Period, Result
from rohnamo.results.queries.given import Promised
from rohnamo.results.tests import factories as make

UNITS = {"people": {"en": "people"}}
MEASURE = files.Measure(
    count=Counted.PERSONS,
    services=("advice",),
    unique_within=UniqueWithin.INDICATOR,
    only=files.Filter(sex="f", age_min=18, age_max=None, places=()),
)
INDICATOR = files.Indicator(
    code="1.1.a",
    result="1.1",
    title={"en": "Women advised"},
    unit="people",
    direction=Direction.UP,
    kind=IndicatorKind.CUMULATIVE,
    way=Way.COUNTED,
    measure=MEASURE,
    baseline=Decimal(0),
    baseline_year=2023,
    targets={"2024": Decimal(100), "2025": Decimal(250)},
    note={},
)
TYPED = replace(INDICATOR, code="1.1.b", way=Way.TYPED, measure=None, kind=IndicatorKind.PER_PERIOD)


def mission() -> None:
    make.project("EX.01")
    make.service("advice")
    make.service("course")


def file_of(*indicators: files.Indicator) -> files.Project:
    return files.Project(
        code="EX.01",
        area="labour",
        status=ProjectStatus.IMPLEMENTATION,
        title={"en": "Example"},
        summary={},
        history={},
        modelled_on={},
        modelled_on_source="",
        first_on=date(2024, 1, 1),
        last_on=date(2025, 12, 31),
        is_humanitarian=False,
        default_service="",
        iom_type="LM",
        places=(),
        sdg_targets=(),
        compact_objectives=(),
        funding=(),
        partners=(),
        budget=(),
        sectors=(),
        markers=(),
        periods=(
            files.ProjectPeriod("2024", date(2024, 1, 1), date(2024, 12, 31)),
            files.ProjectPeriod("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ),
        results=(
            files.Result("1", ResultKind.OUTCOME, "", {"en": "Safe departure"}),
            files.Result("1.1", ResultKind.OUTPUT, "1", {"en": "Advice"}),
        ),
        indicators=indicators,
        cascades=(),
    )


@pytest.mark.django_db
def test_given_a_file_when_it_is_loaded_then_results_indicators_and_periods_stand() -> None:
    mission()

    load_framework(file_of(INDICATOR, TYPED), units=UNITS)

    assert list(Result.objects.values_list("code", "parent__code")) == [("1", None), ("1.1", "1")]
    assert list(Indicator.objects.values_list("code", "unit_names", "is_cumulative")) == [
        ("1.1.a", {"en": "people"}, True),
        ("1.1.b", {"en": "people"}, False),
    ]
    assert list(IndicatorVersion.objects.values_list("measure", flat=True)) == [
        {
            "count": "persons",
            "services": ["advice"],
            "filter": {"sex": "f", "age_min": 18},
            "unique_within": "indicator",
        },
        {"way": "typed"},
    ]
    assert list(Period.objects.filter(indicator__code="1.1.a").values_list("start", "target")) == [
        (date(2024, 1, 1), Decimal(100)),
        (date(2025, 1, 1), Decimal(250)),
    ]


@pytest.mark.django_db
def test_given_a_loaded_file_when_it_is_loaded_again_then_nothing_changes() -> None:
    mission()
    load_framework(file_of(INDICATOR, TYPED), units=UNITS)

    again = load_framework(file_of(INDICATOR, TYPED), units=UNITS)

    assert (again.is_news, again.unchanged) == (False, 10)


@pytest.mark.django_db
def test_given_an_approved_period_when_the_measure_changes_then_a_new_version_begins_after_it() -> None:
    mission()
    load_framework(file_of(INDICATOR), units=UNITS)
    Period.objects.filter(start=date(2024, 1, 1)).update(
        approved_at=timezone.now(), approved_value=Decimal(90)
    )

    load_framework(file_of(replace(INDICATOR, measure=replace(MEASURE, services=("course",)))), units=UNITS)

    versions = IndicatorVersion.objects.values_list("number", "valid_from", "measure__services")
    assert list(versions) == [(1, date(2024, 1, 1), ["advice"]), (2, date(2025, 1, 1), ["course"])]
    assert Period.objects.get(start=date(2024, 1, 1)).approved_value == Decimal(90)


@pytest.mark.django_db
def test_given_nothing_approved_when_the_measure_changes_then_the_version_is_corrected() -> None:
    mission()
    load_framework(file_of(INDICATOR), units=UNITS)

    load_framework(file_of(replace(INDICATOR, measure=replace(MEASURE, services=("course",)))), units=UNITS)

    assert list(IndicatorVersion.objects.values_list("number", "measure__services")) == [(1, ["course"])]


@pytest.mark.django_db
def test_given_a_measure_that_cannot_be_counted_when_it_is_loaded_then_it_is_refused_by_name() -> None:
    mission()
    make.service("talk", "counted")

    with pytest.raises(WrongData, match=r"Indicator EX\.01\.1\.1\.a counts persons, but nobody is known"):
        load_framework(file_of(replace(INDICATOR, measure=replace(MEASURE, services=("talk",)))), units=UNITS)

    assert Indicator.objects.count() == 0


@pytest.mark.django_db
def test_given_a_project_that_is_not_loaded_when_its_framework_is_loaded_then_it_is_refused() -> None:
    with pytest.raises(Refused, match="is not loaded"):
        load_framework(file_of(INDICATOR), units=UNITS)


@pytest.mark.django_db
def test_given_a_framework_that_was_edited_here_when_its_file_is_loaded_then_what_was_edited_stands() -> None:
    mission()
    load_framework(file_of(INDICATOR, TYPED), units=UNITS)
    project = Project.objects.get()
    manager = make.member(project)
    remove_indicator(Indicator.objects.get(code="1.1.b"), by=manager)
    period = Period.objects.get(start=date(2025, 1, 1))
    promise(period, Promised(Decimal(0), Decimal(300)), by=manager, reason="Agreed with the donor.")

    again = load_framework(file_of(replace(INDICATOR, baseline=Decimal(7)), TYPED), units=UNITS)

    assert not again.is_news
    assert list(Indicator.objects.values_list("code", flat=True)) == ["1.1.a"]
    assert Period.objects.get(start=date(2025, 1, 1)).target == Decimal(300)


@pytest.mark.django_db
def test_given_an_approved_period_when_the_file_promises_something_else_then_it_stays_and_the_others_follow() -> (
    None
):
    mission()
    load_framework(file_of(INDICATOR), units=UNITS)
    set_up_tallies()
    make.approved(Period.objects.get(start=date(2024, 1, 1)))

    load_framework(file_of(replace(INDICATOR, targets={"2024": Decimal(1), "2025": Decimal(2)})), units=UNITS)

    targets = Period.objects.order_by("start").values_list("target", "state")
    assert list(targets) == [(Decimal(100), "approved"), (Decimal(2), "draft")]
