"""What is counted follows from projects, services and frameworks."""

from datetime import date

import pytest

from rohnamo.core.errors import WrongData
from rohnamo.core.periods import Period, parse_period
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.actions.plans import kind_of_periods
from rohnamo.results.models import IndicatorVersion, Tally, TallyRule
from rohnamo.results.tests import factories as make


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ([], "half"),
        (["2024-H1", "2024-H2"], "half"),
        (["2024", "2025"], "year"),
        (["2024-03-15/2024-06-30", "2024-H2", "2025-H1"], "half"),
        (["2024-H1", "2024-H2", "2024"], "half"),
        (["2024-03-01/2024-12-31", "2025"], "year"),
        (["2024-01-01/2024-04-30", "2024-05-01/2024-08-31"], "month"),
        (["2024-Q1", "2024-04-01/2024-05-10"], "quarter"),
    ],
)
def test_given_reporting_periods_when_a_calendar_kind_is_asked_then_the_coarsest_that_fits(
    labels: list[str], kind: str
) -> None:
    assert kind_of_periods(parse_period(label) for label in labels) == kind


def test_given_periods_that_meet_inside_a_month_when_a_kind_is_asked_then_there_is_none() -> None:
    periods = [Period(date(2024, 1, 1), date(2024, 3, 14)), Period(date(2024, 3, 15), date(2024, 6, 30))]

    with pytest.raises(ValueError, match="inside a month"):
        kind_of_periods(periods)


@pytest.mark.django_db
def test_given_a_mission_when_tallies_are_set_up_then_mission_area_project_and_indicator_have_theirs() -> (
    None
):
    project = make.project("EX.03")
    make.service()
    make.indicator(project, measure={"count": "persons", "services": ["advice"]})

    set_up_tallies()

    assert list(Tally.objects.values_list("key", "count", "period_kind", "is_cumulative")) == [
        ("EX.03.I1", "persons", "half", True),
        ("EX.03.delivered", "contacts", "half", True),
        ("EX.03.reached", "persons", "half", True),
        ("area.labour.delivered", "contacts", "year", False),
        ("area.labour.reached", "persons", "year", False),
        ("mission.delivered", "contacts", "year", False),
        ("mission.reached", "persons", "year", False),
    ]


@pytest.mark.django_db
def test_given_tallies_when_they_are_set_up_again_then_nothing_changes() -> None:
    make.indicator(make.project(), measure={"count": "persons", "services": [make.service().code]})
    set_up_tallies()
    before = list(TallyRule.objects.order_by("pk").values_list("pk", flat=True))

    changed = set_up_tallies()

    assert changed == frozenset()
    assert list(TallyRule.objects.order_by("pk").values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_given_a_region_in_the_measure_when_set_up_then_its_districts_count_too() -> None:
    region = make.region("TJ-KT")
    one, other = make.district("TJ-KT-a", parent=region), make.district("TJ-KT-b", parent=region)
    measure = {
        "count": "persons",
        "services": [make.service().code],
        "filter": {"places": ["TJ-KT", "TJ-KT-a"]},
    }
    make.indicator(make.project(), measure=measure)

    set_up_tallies()

    rules = TallyRule.objects.filter(tally__key="EX.01.I1").order_by("district_id")
    assert list(rules.values_list("district_id", flat=True)) == [region.pk, one.pk, other.pk]


@pytest.mark.django_db
def test_given_a_measure_of_the_whole_mission_when_set_up_then_its_rule_names_no_project() -> None:
    measure = {"count": "persons", "services": [make.service().code], "unique_within": "mission"}
    make.indicator(make.project(), measure=measure)

    set_up_tallies()

    assert TallyRule.objects.get(tally__key="EX.01.I1").project is None


@pytest.mark.django_db
def test_given_two_versions_when_set_up_then_each_counts_until_the_next_one() -> None:
    make.service("advice")
    make.service("course")
    indicator = make.indicator(make.project(), measure={"count": "persons", "services": ["advice"]})
    later = {"count": "persons", "services": ["course"]}
    IndicatorVersion.objects.create(indicator=indicator, number=2, valid_from=date(2025, 7, 1), measure=later)

    set_up_tallies()

    rules = TallyRule.objects.filter(tally__key="EX.01.I1").order_by("valid_from")
    assert list(rules.values_list("service__code", "valid_from", "valid_to")) == [
        ("advice", date(2024, 1, 1), date(2025, 6, 30)),
        ("course", date(2025, 7, 1), date(2026, 12, 31)),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("measure", "message"),
    [
        (
            {"count": "persons", "services": ["talk"]},
            "Indicator EX.01.I1 counts persons, but nobody is known",
        ),
        ({"count": "persons", "services": ["shelter"]}, "Indicator EX.01.I1 counts service shelter"),
        ({"count": "persons", "services": ["unheard-of"]}, "Indicator EX.01.I1 counts service unheard-of"),
        (
            {"count": "contacts", "services": ["talk"], "filter": {"places": ["XX"]}},
            "EX.01.I1 counts in place XX",
        ),
    ],
)
def test_given_a_measure_that_cannot_be_counted_when_set_up_then_it_is_refused_by_name(
    measure: dict[str, object], message: str
) -> None:
    make.service("talk", "counted")
    make.service("shelter", "vault")
    make.indicator(make.project(), measure=measure)

    with pytest.raises(WrongData, match=message):
        set_up_tallies()

    assert Tally.objects.count() == 0


@pytest.mark.django_db
def test_given_an_indicator_that_is_gone_when_set_up_then_its_tally_is_gone() -> None:
    indicator = make.indicator(
        make.project(), measure={"count": "persons", "services": [make.service().code]}
    )
    set_up_tallies()

    indicator.delete()
    set_up_tallies()

    assert not Tally.objects.filter(key="EX.01.I1").exists()
