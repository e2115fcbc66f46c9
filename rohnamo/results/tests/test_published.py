"""What results gives to figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import parse_period
from rohnamo.figures.models import Measure, Release
from rohnamo.figures.queries import breakdown, current, figure_with_everything, listed
from rohnamo.projects.models import Project, Service
from rohnamo.results.actions import count_anew, recount, set_up_tallies, work_changes, write_value
from rohnamo.results.models import Period, Result
from rohnamo.results.published import READER, publish_all, publish_project
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"]}
TYPED = {"way": "typed"}
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
    assert (figure.number, figure.target, figure.baseline, figure.unit) == (
        Decimal(17),
        Decimal(50),
        Decimal(0),
        "persons",
    )
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


HALVES = (*HALF, (date(2025, 7, 1), date(2025, 12, 31)))
TODAY = date(2026, 2, 1)


def with_breakdown(key: str) -> list[str]:
    """Periods of which a breakdown stands."""
    releases = Release.objects.filter(measure__key=key, is_current=True).order_by("start")
    return [f"{release.start}" for release in releases if breakdown(release)]


@pytest.mark.django_db
def test_given_several_ended_periods_when_first_published_then_all_totals_and_the_newest_breakdown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALVES)
    reach(project, service, women=8, men=9)
    reach(project, service, women=20, men=30, day=date(2025, 8, 1))
    set_up_tallies()

    publish_all(by=SYSTEM)

    values = (
        Release.objects.filter(measure__key="EX.01.1.1.a").order_by("start").values_list("value", flat=True)
    )
    assert list(values) == [17, 67]
    assert with_breakdown("EX.01.1.1.a") == ["2025-07-01"]
    assert with_breakdown("EX.01.reached") == ["2025-07-01"]
    assert with_breakdown("mission.reached") == ["2025-01-01"]


@pytest.mark.django_db
def test_given_a_breakdown_of_a_first_period_when_the_second_has_ended_then_both_stand_and_are_guarded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALVES)
    reach(project, service, women=8, men=9)
    set_up_tallies()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2025, 7, 1))
    publish_all(by=SYSTEM)
    reach(project, service, women=20, men=30, day=date(2025, 8, 1))
    count_anew()
    late = make.delivery(project, service, date(2025, 2, 2), person=make.person(sex="f", born=1990))
    work_changes([("delivery.recorded", str(late.pk))])
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)

    publish_all(by=SYSTEM)

    first, second = Release.objects.filter(measure__key="EX.01.1.1.a", is_current=True).order_by("start")
    assert (first.value, first.verdict) == (Decimal(17), "kept_earlier")
    assert (second.value, second.verdict) == (Decimal(68), "published")
    assert with_breakdown("EX.01.1.1.a") == ["2025-01-01", "2025-07-01"]


@pytest.mark.django_db
def test_given_a_newer_period_has_ended_when_published_again_then_no_older_breakdown_comes_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    project, service = make.project("EX.01", starts_on=date(2025, 1, 1)), make.service()
    make.indicator(project, "1.1.a", measure=ADVICE, periods=HALVES)
    reach(project, service, women=8, men=9)
    set_up_tallies()
    publish_all(by=SYSTEM)
    reach(project, service, women=20, men=30)
    count_anew()

    publish_all(by=SYSTEM)

    assert current("EX.01.1.1.a", parse_period("2025-H1")).value == 67  # type: ignore[union-attr]
    assert with_breakdown("EX.01.1.1.a") == ["2025-07-01"]


@pytest.mark.django_db
def test_given_a_typed_indicator_when_nothing_is_approved_then_it_stands_with_its_promises_and_no_number() -> (
    None
):
    project = make.project("EX.01", starts_on=date(2025, 1, 1))
    make.indicator(project, "1.b", measure=TYPED, periods=HALF, targets=(90,), is_cumulative=False)
    make.indicator(project, "1.c", measure={"way": "words"}, periods=HALF)

    assert publish_project(project, by=SYSTEM) == 1

    (figure,) = listed(scope="indicator")
    assert (figure.key, figure.unit, figure.number, figure.baseline, figure.target) == (
        "EX.01.1.b", "value", None, Decimal(0), Decimal(90),
    )  # fmt: skip


@pytest.mark.django_db
def test_given_a_typed_indicator_when_a_period_is_approved_then_only_that_is_released() -> None:
    project = make.project("EX.01", starts_on=date(2025, 1, 1))
    indicator = make.indicator(project, "1.b", measure=TYPED, periods=HALVES, is_cumulative=False)
    indicator.periods.filter(start=date(2025, 1, 1)).update(
        approved_value=Decimal("31.5"), approved_at=timezone.now(), approved_by="1"
    )

    for _ in range(2):
        publish_project(project, by=SYSTEM)

    (release,) = Release.objects.all()
    assert (release.value, release.start, release.method, breakdown(release)) == (
        Decimal("31.5"), date(2025, 1, 1), "reported and approved, 1", {},
    )  # fmt: skip


@pytest.mark.django_db
def test_given_a_framework_when_published_then_each_indicator_knows_its_result_and_its_place() -> None:
    project = make.project("EX.01", starts_on=date(2025, 1, 1))
    make.service()
    make.indicator(project, "1.b", measure=TYPED, periods=HALF)
    make.indicator(project, "1.a", measure=ADVICE, periods=HALF)
    Result.objects.update(titles={"en": "Found earlier"})
    set_up_tallies()

    publish_project(project, by=SYSTEM)

    measures = Measure.objects.filter(scope="indicator").order_by("order")
    assert list(measures.values_list("key", "group", "group_kind", "group_titles", "order")) == [
        ("EX.01.1.b", "R1", "outcome", {"en": "Found earlier"}, 1),
        ("EX.01.1.a", "R1", "outcome", {"en": "Found earlier"}, 2),
    ]


CASCADE = {
    "code": "treatment",
    "titles": {"en": "The way to treatment"},
    "steps": [{"service": code, "titles": {"en": code}} for code in ("talk", "test", "found", "court")],
}


@pytest.mark.django_db
def test_given_a_cascade_when_published_then_each_step_is_one_open_total_in_its_unit() -> None:
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=400), "ends_on": today + timedelta(days=400)}
    project = make.project("EX.01", cascades=[CASCADE], **days)
    talk, test = make.service("talk", "counted"), make.service("test", "coded")
    found, _court = make.service("found", "named"), make.service("court", "vault")
    for _ in range(2):
        make.delivery(project, talk, today, group_count=30)
    for person in [make.coded(project) for _ in range(7)]:
        for _ in range(2):
            make.delivery(project, test, today, coded=person)
    for _ in range(4):
        make.delivery(project, found, today, person=make.person())

    assert publish_project(project, by=SYSTEM) == 3

    measures = Measure.objects.filter(scope="cascade").values_list("key", "unit", "titles", "unit_names__en")
    assert sorted(measures) == [
        ("EX.01.treatment.found", "persons", {"en": "found"}, "people"),
        ("EX.01.treatment.talk", "contacts", {"en": "talk"}, "contacts"),
        ("EX.01.treatment.test", "persons", {"en": "test"}, "people"),
    ]
    releases = Release.objects.order_by("measure__key")
    assert list(releases.values_list("measure__key", "value", "start", "end", "verdict")) == [
        ("EX.01.treatment.talk", 60, *days.values(), "open"),
        ("EX.01.treatment.test", 7, *days.values(), "open"),
    ]


@pytest.mark.django_db
def test_given_a_project_that_has_not_begun_when_published_then_no_step_of_its_cascade_is() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    project = make.project("EX.01", cascades=[CASCADE], starts_on=tomorrow, ends_on=tomorrow)
    make.service("talk", "counted")

    assert publish_project(project, by=SYSTEM) == 0


@pytest.mark.django_db
def test_given_years_in_which_nothing_was_recorded_when_published_then_they_are_left_out_and_not_called_zero() -> (
    None
):
    project, service = make.project("EX.01", starts_on=date(2021, 1, 1)), make.service()
    make.indicator(
        project,
        "1.1.a",
        measure=ADVICE,
        periods=((date(2021, 1, 1), date(2021, 12, 31)), *HALF),
        targets=(5, 5),
    )
    reach(project, service, women=8, men=9)
    set_up_tallies()

    publish_all(by=SYSTEM)

    years = Release.objects.filter(measure__key="mission.reached").order_by("start")
    assert [release.start.year for release in years] == [2025, timezone.localdate().year]
    assert current("EX.01.1.1.a", parse_period("2021")).value == 0  # type: ignore[union-attr]


def a_half_year_of(project: Project, measure: dict[str, object], number: int) -> Period:
    """Its first half of 2025, in which so many women and twice as many men were advised."""
    service = make.service()
    indicator = make.indicator(project, "1.1.a", measure=measure, is_cumulative=False)
    for place in range(3 * number):
        somebody = make.person(sex="f" if place % 3 == 0 else "m", born=1990)
        make.delivery(project, service, date(2025, 2, 1), person=somebody)
    set_up_tallies()
    return indicator.periods.get(end=date(2025, 6, 30))


@pytest.mark.django_db
def test_given_an_approved_value_when_late_rows_come_then_value_and_approved_breakdown_are_public() -> None:
    project = make.project("EX.01")
    period = a_half_year_of(project, ADVICE, 20)
    make.approved(period)
    late = make.delivery(project, Service.objects.get(code="advice"), date(2025, 3, 1), person=make.person())
    recount({(late.person_id or 0) * 8})

    publish_all(by=SYSTEM)

    release = Release.objects.get(measure__key="EX.01.1.1.a", start=period.start, is_current=True)
    by_sex = {part.attributes["sex"]: part.count for part in breakdown(release)[("sex",)]}
    assert (release.value, by_sex) == (Decimal(60), {"f": 20, "m": 40})


@pytest.mark.django_db
def test_given_a_share_when_it_is_approved_then_only_the_share_is_released_and_its_two_numbers_never() -> (
    None
):
    project = make.project("EX.01")
    women = {**ADVICE, "filter": {"sex": "f"}}
    period = a_half_year_of(project, {"way": "percent", "numerator": women, "denominator": ADVICE}, 20)

    publish_all(by=SYSTEM)
    before = Release.objects.filter(measure__key="EX.01.1.1.a").count()
    make.approved(period)
    publish_all(by=SYSTEM)

    measure = Measure.objects.get(key="EX.01.1.1.a")
    assert (before, measure.unit) == (0, "percent")
    assert Release.objects.get(measure=measure).value == Decimal("33.33")
    assert not Measure.objects.filter(key__contains="ator").exists()


@pytest.mark.django_db
def test_given_a_share_of_few_when_it_is_approved_then_it_is_not_released() -> None:
    project = make.project("EX.01")
    women = {**ADVICE, "filter": {"sex": "f"}}
    period = a_half_year_of(project, {"way": "percent", "numerator": women, "denominator": ADVICE}, 2)
    make.approved(period)

    publish_all(by=SYSTEM)

    assert Release.objects.filter(measure__key="EX.01.1.1.a").count() == 0


@pytest.mark.django_db
def test_given_an_approval_when_its_reader_works_then_the_figure_follows_at_once() -> None:
    project = make.project("EX.01")
    period = a_half_year_of(project, {"way": "typed"}, 1)
    write_value(period, Decimal("31.5"), by=make.member(project))
    make.approved(period)

    READER.work([("result.approved", str(period.indicator_id))])

    assert Release.objects.get(measure__key="EX.01.1.1.a").value == Decimal("31.50")
