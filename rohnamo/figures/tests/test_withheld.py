"""A number of few people is withheld, and an older one is not read in its place."""

import pytest

from rohnamo.figures.models import Withheld
from rohnamo.figures.queries import figure_with_everything, listed
from rohnamo.figures.queries.figures import current
from rohnamo.figures.tests import factories as make

pytestmark = pytest.mark.django_db
KEY = "EX.01.reached"


def test_given_a_zero_and_then_two_people_when_the_figure_is_read_then_the_zero_is_not_the_latest() -> None:
    measure = make.measure()
    make.release(measure, "2024", {}, value=0)

    assert make.release(measure, "2025", make.by_sex(1, 1)) is None

    (figure,) = listed()
    assert (figure.number, figure.is_withheld) == (None, True)
    assert figure_with_everything(KEY) == figure
    assert current(KEY) is None


def test_given_few_people_and_then_many_when_the_figure_is_read_then_the_many_stand() -> None:
    measure = make.measure()
    make.release(measure, "2024", make.by_sex(1, 1))
    make.release(measure, "2025", make.by_sex(10, 20))

    (figure,) = listed()

    assert (figure.number, figure.is_withheld) == (30, False)


def test_given_few_people_that_become_more_when_released_then_nothing_is_withheld_any_more() -> None:
    measure = make.measure()
    make.release(measure, "2025", make.by_sex(1, 1))
    make.release(measure, "2025", make.by_sex(10, 20))

    assert Withheld.objects.count() == 0
    assert listed()[0].number == 30


def test_given_nothing_at_all_when_the_figure_is_read_then_it_is_not_withheld() -> None:
    make.measure()

    (figure,) = listed()

    assert (figure.number, figure.is_withheld) == (None, False)
