"""Measures and targets are declared, not typed twice."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.figures.actions import Promise, set_targets
from rohnamo.figures.models import Measure, Target
from rohnamo.figures.queries import figure_with_everything, listed
from rohnamo.figures.tests import factories as make


@pytest.mark.django_db
def test_given_a_declared_measure_when_its_title_changes_then_it_is_the_same_measure() -> None:
    first = make.measure()

    again = make.measure(titles={"en": "Persons reached"})

    assert again == first
    assert list(Measure.objects.values_list("key", "titles")) == [
        ("EX.01.reached", {"en": "Persons reached"})
    ]


@pytest.mark.django_db
def test_given_targets_when_they_are_set_again_then_those_left_out_are_gone() -> None:
    measure = make.measure()
    year, next_year = (date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 12, 31))
    set_targets(measure, [Promise(*year, target=Decimal(10)), Promise(*next_year, target=Decimal(20))])

    set_targets(measure, [Promise(*next_year, baseline=Decimal(1), target=Decimal(25))])

    assert list(Target.objects.values_list("start", "baseline", "target")) == [
        (date(2026, 1, 1), Decimal(1), Decimal(25))
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mission.reached", "mission-reached", "people-reached"])
def test_given_a_name_of_a_figure_when_it_is_read_then_it_comes_with_everything(name: str) -> None:
    measure = make.measure("mission.reached", scope="mission")
    set_targets(
        measure, [Promise(date(2025, 1, 1), date(2025, 12, 31), baseline=Decimal(0), target=Decimal(900))]
    )
    make.release(measure, "2024", make.by_sex(10, 20))
    make.release(measure, "2025", make.by_sex(300, 400))

    figure = figure_with_everything(name)

    assert figure is not None
    assert (figure.number, figure.target, figure.baseline, figure.end, figure.as_of, figure.nature) == (
        Decimal(700),
        Decimal(900),
        Decimal(0),
        date(2025, 12, 31),
        date(2026, 1, 1),
        "result",
    )
    assert (figure.definition, figure.source, figure.method) == (
        {"en": "Everybody once."},
        {"en": "Records"},
        "first contact, 1",
    )


@pytest.mark.django_db
def test_given_more_measures_when_they_are_listed_then_it_takes_three_queries(
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for number in range(5):
        make.release(
            make.measure(f"EX.0{number}.reached", project=f"EX.0{number}"), "2025", make.by_sex(10, 20)
        )

    with django_assert_num_queries(3):
        figures = listed()

    assert [figure.number for figure in figures] == [Decimal(30)] * 5


@pytest.mark.django_db
def test_given_no_such_figure_when_it_is_read_then_there_is_none() -> None:
    assert figure_with_everything("nothing") is None


@pytest.mark.django_db
def test_given_targets_of_several_periods_when_read_then_the_one_of_the_release_and_the_final_one_stand() -> (
    None
):
    measure = make.measure()
    set_targets(
        measure,
        [
            Promise(date(2025, 1, 1), date(2025, 12, 31), baseline=Decimal(0), target=Decimal(20)),
            Promise(date(2026, 1, 1), date(2026, 12, 31), baseline=Decimal(0), target=Decimal(70)),
            Promise(date(2027, 1, 1), date(2027, 12, 31)),
        ],
    )
    make.release(measure, "2025", make.by_sex(10, 20))

    figure = figure_with_everything(measure.key)

    assert figure is not None
    assert (figure.target, figure.final_target, figure.final_on) == (20, 70, date(2026, 12, 31))


@pytest.mark.django_db
def test_given_an_indicator_of_a_framework_when_read_then_it_knows_its_result_and_its_place() -> None:
    make.measure("EX.01.1.1.a", group="1.1", group_kind="output", group_titles={"en": "Talks"}, order=3)

    (figure,) = listed()

    assert (figure.group, figure.group_kind, figure.group_titles, figure.order) == (
        "1.1", "output", {"en": "Talks"}, 3,
    )  # fmt: skip
