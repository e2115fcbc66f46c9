"""A release hides small cells, is kept for ever, and is made once."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core import changes
from rohnamo.core.models import Change
from rohnamo.core.periods import parse_period
from rohnamo.engines.disclosure import Cell, Contradiction
from rohnamo.figures.models import Release
from rohnamo.figures.queries import Part, breakdown, broken_down, current, history
from rohnamo.figures.queries.small import small_numbers
from rohnamo.figures.tests import factories as make
from rohnamo.places.models import Level, Place

BY_DISTRICT = {Cell.of(district=name): count for name, count in [("a", 40), ("b", 3), ("c", 12), ("u", 9)]}


def of_unknown_age(*, women: int, men: int) -> dict[Cell, int]:
    """By sex, by age, by district, and by sex and age, as they are counted: nobody is not listed."""
    by_sex = {name: count for name, count in [("f", women), ("m", men)] if count}
    cells = {Cell.of(sex=name): count for name, count in by_sex.items()}
    cells |= {Cell.of(sex=name, age="u"): count for name, count in by_sex.items()}
    return cells | {Cell.of(age="u"): women + men, Cell.of(district="u"): women + men}


def shown(release: Release, *names: str) -> dict[str, int | None]:
    return {"/".join(part.attributes.values()): part.count for part in breakdown(release)[names]}


@pytest.mark.django_db
def test_given_a_closed_period_when_released_then_value_and_breakdown_stand() -> None:
    measure = make.measure()

    release = make.release(measure, "2025-H1", make.by_sex(20, 30))

    assert release is not None
    assert (release.value, release.verdict, release.is_current) == (Decimal(50), "published", True)
    assert breakdown(release) == {("sex",): [Part({"sex": "f"}, 20), Part({"sex": "m"}, 30)]}


@pytest.mark.django_db
def test_given_a_small_cell_when_released_then_it_and_a_second_one_are_hidden() -> None:
    release = make.release(make.measure(), "2025-H1", BY_DISTRICT)

    assert release is not None
    hidden = [name for name, count in shown(release, "district").items() if count is None]
    assert "b" in hidden
    assert len(hidden) == 2


@pytest.mark.django_db
def test_given_a_district_with_a_stricter_threshold_when_released_then_nine_are_hidden_there() -> None:
    Place.objects.create(code="TJ-GB-x", level=Level.DISTRICT, small_cell_below=10)
    Place.objects.create(code="TJ-KT-y", level=Level.DISTRICT, small_cell_below=5)
    cells = {
        Cell.of(district=name): count for name, count in [("TJ-GB-x", 9), ("TJ-KT-y", 9), ("TJ-KT-z", 80)]
    }

    release = make.release(make.measure(), "2025-H1", cells)

    assert release is not None
    assert (small_numbers().default, shown(release, "district")["TJ-GB-x"]) == (5, None)


@pytest.mark.django_db
def test_given_a_period_that_goes_on_when_released_then_only_its_total() -> None:
    release = make.release(make.measure(), "2025-H2", make.by_sex(20, 30), as_of=date(2025, 12, 31))

    assert release is not None
    assert (release.value, release.verdict, breakdown(release)) == (Decimal(50), "open", {})


@pytest.mark.django_db
def test_given_the_same_count_when_released_again_then_there_is_no_new_release() -> None:
    measure = make.measure()
    first = make.release(measure, "2025-H1", BY_DISTRICT)

    again = make.release(measure, "2025-H1", BY_DISTRICT, as_of=date(2026, 5, 5))

    assert again == first
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_given_totals_day_by_day_when_the_period_has_ended_then_the_breakdown_follows() -> None:
    measure = make.measure()
    for total in (50, 51, 52):
        make.release(measure, "2025-H1", {}, value=total, as_of=date(2025, 3, 1))

    release = make.release(measure, "2025-H1", make.by_sex(22, 31))

    assert release is not None
    assert (release.value, release.verdict) == (Decimal(53), "published")
    assert [(old.value, old.is_current) for old in history(measure.key)] == [
        (Decimal(53), True),
        (Decimal(52), False),
        (Decimal(51), False),
        (Decimal(50), False),
    ]


@pytest.mark.django_db
def test_given_one_person_came_late_when_released_again_then_the_earlier_breakdown_stands() -> None:
    measure = make.measure()
    first = make.release(measure, "2025-H1", make.by_sex(20, 30))

    late = make.release(measure, "2025-H1", make.by_sex(21, 30))

    assert first is not None
    assert late is not None
    assert (late.verdict, late.value, late.cells_of) == ("kept_earlier", Decimal(50), first)
    assert breakdown(late) == breakdown(first)
    assert current(measure.key) == late


@pytest.mark.django_db
def test_given_a_kept_release_when_the_same_comes_again_then_nothing_new() -> None:
    measure = make.measure()
    make.release(measure, "2025-H1", make.by_sex(20, 30))
    late = make.release(measure, "2025-H1", make.by_sex(21, 30))

    assert make.release(measure, "2025-H1", make.by_sex(21, 30)) == late


@pytest.mark.django_db
def test_given_many_came_late_but_one_in_a_cell_when_released_again_then_only_the_number_is_corrected() -> (
    None
):
    measure = make.measure()
    first = make.release(measure, "2025-H1", make.by_sex(20, 30))

    late = make.release(measure, "2025-H1", make.by_sex(21, 60))

    assert late is not None
    assert (late.verdict, late.value, late.cells_of) == ("kept_earlier", Decimal(81), first)


@pytest.mark.django_db
def test_given_a_corrected_number_when_one_more_person_comes_late_then_nobody_can_read_it() -> None:
    measure = make.measure()
    make.release(measure, "2025-H1", make.by_sex(20, 30))
    make.release(measure, "2025-H1", make.by_sex(21, 60))

    late = make.release(measure, "2025-H1", make.by_sex(21, 61))

    assert late is not None
    assert (late.verdict, late.value) == ("kept_earlier", Decimal(81))


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "shown"), [(61, 60), (64, 60), (65, 65), (56, 60)])
def test_given_a_number_without_breakdown_when_few_come_late_then_it_stands(late: int, shown: int) -> None:
    measure = make.measure()
    make.release(measure, "2025-H1", {}, value=60)

    released = make.release(measure, "2025-H1", {}, value=late)

    assert released is not None
    assert released.value == Decimal(shown)
    assert released == make.release(measure, "2025-H1", {}, value=late)


@pytest.mark.django_db
def test_given_a_number_that_could_point_at_somebody_when_released_then_nothing_is() -> None:
    assert make.release(make.measure(), "2025-H1", make.by_sex(1, 2)) is None
    assert Release.objects.count() == 0


@pytest.mark.django_db
def test_given_a_reader_when_something_is_released_then_it_is_told_once() -> None:
    measure = make.measure()
    reader = changes.Reader("portal", frozenset({"figure.released"}), lambda lines: None)

    with changes.readers_replaced(reader):
        make.release(measure, "2025-H1", make.by_sex(20, 30))
        make.release(measure, "2025-H1", make.by_sex(20, 30))

    told = Change.objects.filter(topic="figure.released")
    assert list(told.values_list("reader", "key")) == [("portal", "EX.01.reached")]


@pytest.mark.django_db
def test_given_cumulative_half_years_when_one_person_is_added_then_the_growth_cannot_be_read() -> None:
    measure = make.measure(is_cumulative=True)
    make.release(measure, "2025-H1", BY_DISTRICT)

    release = make.release(
        measure, "2025-H2", BY_DISTRICT | {Cell.of(district="a"): 41, Cell.of(district="c"): 60}
    )

    assert release is not None
    assert shown(release, "district")["a"] is None


@pytest.mark.django_db
def test_given_a_number_that_stands_without_breakdown_when_it_comes_again_without_then_nothing_new() -> None:
    measure = make.measure()
    first = make.release(measure, "2025-H1", {Cell.of(sex="f"): 1, Cell.of(sex="m"): 5})

    again = make.release(measure, "2025-H1", {}, value=6)

    assert first is not None
    assert (first.verdict, again) == ("total_only", first)
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_given_a_breakdown_that_cannot_be_judged_when_released_then_the_total_stands_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise Contradiction

    monkeypatch.setattr("rohnamo.engines.disclosure.protect", refuse)

    release = make.release(make.measure(), "2025-H1", make.by_sex(20, 30))

    assert release is not None
    assert (release.value, release.verdict, breakdown(release)) == (Decimal(50), "total_only", {})
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "no breakdown of EX.01.reached for 2025-06-30/2025-01-01: its releases contradict")
    ]


@pytest.mark.django_db
def test_given_five_men_when_a_woman_joins_them_then_she_is_not_told_and_nothing_is_wrong(
    caplog: pytest.LogCaptureFixture,
) -> None:
    measure = make.measure(is_cumulative=True)
    first = make.release(measure, "2025-H1", of_unknown_age(women=0, men=5), value=5)

    second = make.release(measure, "2025-H2", of_unknown_age(women=1, men=5), value=6)

    assert first is not None
    assert second is not None
    assert (first.verdict, shown(first, "sex", "age")) == ("published", {"m/u": 5})
    assert (second.value, second.verdict, breakdown(second)) == (Decimal(6), "total_only", {})
    assert caplog.records == []


@pytest.mark.django_db
def test_given_five_men_when_many_women_join_them_then_the_new_category_is_shown() -> None:
    measure = make.measure(is_cumulative=True)
    make.release(measure, "2025-H1", of_unknown_age(women=0, men=5), value=5)

    second = make.release(measure, "2025-H2", of_unknown_age(women=40, men=25), value=65)

    assert second is not None
    assert (second.verdict, shown(second, "sex")) == ("published", {"f": 40, "m": 25})


@pytest.mark.django_db
def test_given_breakdowns_and_bare_totals_when_asked_then_only_periods_with_breakdowns_are_named() -> None:
    measure, bare = make.measure(), make.measure("EX.02.reached")
    make.release(measure, "2025-H1", make.by_sex(20, 30))
    make.release(measure, "2024", {}, value=50)
    make.release(bare, "2025-H1", {}, value=50)

    with_breakdown = broken_down([measure, bare])

    assert with_breakdown == {measure.pk: {parse_period("2025-H1")}}
