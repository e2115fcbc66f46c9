"""What results gives to figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import parse_period
from rohnamo.figures.models import Measure, Release
from rohnamo.figures.queries import breakdown, current, figure_with_everything
from rohnamo.results.actions import set_up_tallies, work_changes
from rohnamo.results.published import publish_all, publish_project
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
HALF = ((date(2025, 1, 1), date(2025, 6, 30)),)


def reach(project, service, *, women: int, men: int, day: date = date(2025, 2, 1)) -> None:  # type: ignore[no-untyped-def]
    for sex, number in (("f", women), ("m", men)):
        for _ in range(number):
            make.delivery(project, service, day, person=make.person(sex=sex, born=1990))


@pytest.mark.django_db
def test_given_counted_people_when_published_then_mission_area_project_and_indicator_say_the_same() -> None:
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALF, targets=(50,))
    reach(project, service, women=8, men=9)
    set_up_tallies()

    assert publish_all(by=SYSTEM) == 7

    values = {
        key: current(key, parse_period(label)).value  # type: ignore[union-attr]
        for key, label in [
            ("mission.reached", "2025"),
            ("mission.delivered", "2025"),
            ("area.labour.reached", "2025"),
            ("EX.01.reached", "2025-H1"),
            ("EX.01.1.1.a", "2025-H1"),
        ]
    }
    assert values == dict.fromkeys(values, Decimal(17))


@pytest.mark.django_db
def test_given_an_indicator_when_published_then_target_source_and_definition_come_along() -> None:
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALF, targets=(50,))
    reach(project, service, women=8, men=9)
    set_up_tallies()
    publish_project(project, by=SYSTEM)

    figure = figure_with_everything("ex-01-1-1-a")

    assert figure is not None
    assert (figure.number, figure.target, figure.baseline, figure.unit) == (17, 50, 0, "persons")
    assert (figure.method, figure.what) == ("first contact, 1", {"en": "Indicator 1.1.a"})
    assert set(figure.source) == set(figure.definition) == {"tg", "ru", "en"}
    assert figure.release is not None
    assert [(part.attributes, part.count) for part in breakdown(figure.release)[("sex",)]] == [
        ({"sex": "f"}, 8),
        ({"sex": "m"}, 9),
    ]


@pytest.mark.django_db
def test_given_nothing_new_when_published_again_then_no_release_is_made() -> None:
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALF)
    reach(project, service, women=8, men=9)
    set_up_tallies()
    publish_all(by=SYSTEM)
    before = Release.objects.count()

    publish_all(by=SYSTEM)

    assert Release.objects.count() == before


@pytest.mark.django_db
def test_given_a_year_that_goes_on_when_published_then_only_its_total_is_public() -> None:
    today = timezone.localdate()
    project, service = make.project("EX.01", starts_on=date(today.year, 1, 1)), make.service()
    reach(project, service, women=8, men=9, day=today)
    set_up_tallies()

    publish_all(by=SYSTEM)

    release = current("mission.reached")
    assert release is not None
    assert (release.value, release.verdict, breakdown(release)) == (Decimal(17), "open", {})


@pytest.mark.django_db
def test_given_an_approved_value_when_the_ledger_moved_on_then_the_approved_one_is_public() -> None:
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    indicator = make.indicator(project, "1.1.a", measure=ADVICE, periods=HALF)
    reach(project, service, women=8, men=9)
    set_up_tallies()
    indicator.periods.update(approved_value=Decimal(17), approved_at=timezone.now(), approved_by="1")
    late = make.delivery(project, service, date(2025, 3, 1), person=make.person())
    work_changes([("delivery.recorded", str(late.pk))])

    publish_project(project, by=SYSTEM)

    release = current("EX.01.1.1.a")
    assert release is not None
    assert (release.value, release.verdict) == (Decimal(17), "total_only")


@pytest.mark.django_db
def test_given_an_example_project_when_published_then_its_measures_say_so() -> None:
    make.service()
    make.project("EX.01", is_example=True)
    set_up_tallies()

    publish_all(by=SYSTEM)

    measures = Measure.objects.filter(scope="project").values_list("key", "is_example")
    assert list(measures) == [("EX.01.delivered", True), ("EX.01.reached", True)]
