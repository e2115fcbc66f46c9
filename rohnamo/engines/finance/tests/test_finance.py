"""Sums that add up, rates that are known, and money that counts once."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rohnamo.engines.finance import (
    Circle,
    Due,
    RateMissing,
    Rates,
    add_months,
    burn,
    carriers,
    days_gone,
    due_days,
    parts_by_weight,
    split_by_year,
    year_spans,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
CENTS = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents) / 100)


@given(CENTS, DAYS, st.integers(0, 8000))
def test_given_any_amount_and_days_when_it_is_split_by_year_then_the_years_add_up_to_the_cent(
    amount: Decimal, first: date, length: int
) -> None:
    last = first + timedelta(days=length)

    years = split_by_year(amount, first, last)

    assert sum(years.values()) == amount
    assert list(years) == list(range(first.year, last.year + 1))


@given(CENTS, st.lists(st.integers(0, 400), min_size=1, max_size=30).filter(any))
def test_given_any_weights_when_an_amount_is_parted_then_no_part_is_a_cent_off_its_exact_share(
    amount: Decimal, weights: list[int]
) -> None:
    parts = parts_by_weight(amount, weights)

    exact = [Fraction(amount) * weight / sum(weights) for weight in weights]
    assert sum(parts) == amount
    assert all(
        abs(Fraction(part) - share) < Fraction(1, 100) for part, share in zip(parts, exact, strict=True)
    )


def test_given_a_project_over_three_years_when_it_is_split_then_each_year_gets_its_days() -> None:
    years = split_by_year(Decimal("1000.00"), date(2024, 7, 1), date(2026, 6, 30))

    assert years == {2024: Decimal("252.05"), 2025: Decimal("500.00"), 2026: Decimal("247.95")}


def test_given_part_of_a_cent_when_it_is_split_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number of cents"):
        split_by_year(Decimal("0.005"), date(2024, 1, 1), date(2024, 12, 31))


def test_given_days_in_two_years_when_they_are_cut_then_each_year_has_its_own_first_and_last_day() -> None:
    assert year_spans(date(2024, 3, 1), date(2025, 6, 30)) == {
        2024: (date(2024, 3, 1), date(2024, 12, 31)),
        2025: (date(2025, 1, 1), date(2025, 6, 30)),
    }


RATES = Rates(
    [
        ("EUR", date(2025, 1, 1), Decimal("1.10")),
        ("EUR", date(2025, 2, 1), Decimal("1.20")),
        ("TJS", date(2025, 1, 1), Decimal("0.0915")),
    ],
    oldest_days=35,
)


def test_given_rates_by_month_when_money_moves_inside_a_month_then_the_rate_of_that_month_counts() -> None:
    found = [RATES.in_usd(Decimal(100), "EUR", day) for day in (date(2025, 1, 31), date(2025, 2, 1))]

    assert found == [Decimal("110.00"), Decimal("120.00")]


def test_given_an_old_rate_when_it_is_one_day_too_old_then_it_is_named_and_not_used() -> None:
    day = date(2025, 2, 1) + timedelta(days=36)

    assert RATES.in_usd(Decimal(1), "EUR", day - timedelta(days=1)) == Decimal("1.20")
    with pytest.raises(
        RateMissing, match="No rate for EUR on 2025-03-09: the last one is of 2025-02-01"
    ) as error:
        RATES.usd_per_unit("EUR", day)
    assert (error.value.currency, error.value.day, error.value.last_on) == ("EUR", day, date(2025, 2, 1))


def test_given_only_a_later_rate_when_money_moved_before_it_then_it_is_not_used() -> None:
    with pytest.raises(RateMissing, match="there is none before it"):
        RATES.usd_per_unit("TJS", date(2024, 12, 31))


def test_given_dollars_when_their_worth_is_asked_then_no_rate_is_needed() -> None:
    assert Rates([]).in_usd(Decimal("5.25"), "USD", date(2025, 1, 1)) == Decimal("5.25")


@given(CENTS, st.decimals("0.000001", "2000", places=6), DAYS, st.integers(0, 35))
def test_given_any_rate_when_a_movement_is_taken_back_on_the_same_day_then_nothing_is_left(
    value: Decimal, rate: Decimal, day: date, age: int
) -> None:
    rates = Rates([("XAF", day - timedelta(days=age), rate)])

    assert rates.in_usd(value, "XAF", day) + rates.in_usd(-value, "XAF", day) == 0


def test_given_two_agreements_with_years_between_when_time_is_counted_then_the_gap_is_no_time() -> None:
    spans = [(date(2024, 1, 1), date(2024, 12, 31)), (date(2013, 1, 1), date(2013, 12, 31))]

    assert days_gone(spans, date(2020, 5, 5)) == (365, 365 + 366)


@given(st.lists(st.tuples(DAYS, st.integers(0, 900)), min_size=1, max_size=6), DAYS)
def test_given_any_agreements_when_days_are_counted_then_each_day_counts_once(
    given_spans: list[tuple[date, int]], on: date
) -> None:
    spans = [(first, first + timedelta(days=length)) for first, length in given_spans]

    every_day = {first + timedelta(days=at) for first, length in given_spans for at in range(length + 1)}
    assert days_gone(spans, on) == (len([day for day in every_day if day <= on]), len(every_day))


def test_given_half_the_money_at_a_quarter_of_the_time_when_it_is_compared_then_money_is_ahead() -> None:
    found = burn(Decimal(200), Decimal(100), [(date(2023, 1, 1), date(2026, 12, 31))], date(2024, 1, 1))

    assert found.share_spent == Decimal("0.5")
    assert found.share_of_time == Decimal(366) / 1461
    assert found.gap is not None
    assert found.gap > 0


def test_given_nothing_agreed_when_money_is_compared_with_time_then_no_share_is_made_up() -> None:
    found = burn(Decimal(0), Decimal(10), [(date(2024, 1, 1), date(2024, 12, 31))], date(2024, 6, 30))

    assert (found.share_spent, found.gap) == (None, None)


def test_given_a_programme_whose_projects_have_the_money_when_both_are_asked_for_then_it_counts_once() -> (
    None
):
    parents = {"a": "programme", "b": "programme"}

    found = carriers(["programme", "a"], parents, {"a", "b"}.__contains__)

    assert found == {"a": "programme", "b": "programme"}


def test_given_money_at_both_levels_when_the_programme_is_asked_for_then_the_lower_one_is_left_out() -> None:
    found = carriers(["a", "programme"], {"a": "programme"}, {"a", "programme"}.__contains__)

    assert found == {"programme": "programme"}


def test_given_a_project_that_is_a_part_of_itself_when_money_is_asked_for_then_it_is_refused() -> None:
    with pytest.raises(Circle):
        carriers(["a"], {"a": "b", "b": "a"}, lambda _: False)


@st.composite
def families(draw: st.DrawFn) -> tuple[dict[int, int], set[int], list[int]]:
    size = draw(st.integers(1, 12))
    parents = {child: parent for child in range(1, size) if (parent := draw(st.integers(-1, child - 1))) >= 0}
    rich = draw(st.sets(st.integers(0, size - 1)))
    return parents, rich, draw(st.lists(st.integers(0, size - 1), unique=True))


@given(families())
def test_given_any_family_of_projects_when_carriers_are_chosen_then_no_two_stand_above_each_other(
    family: tuple[dict[int, int], set[int], list[int]],
) -> None:
    parents, rich, asked = family

    found = carriers(asked, parents, rich.__contains__)

    assert found.keys() <= rich
    for one in found:
        above = one
        while above in parents:
            above = parents[above]
            assert above not in found
    covered = found.keys() | {child for child in parents if parents[child] in found}
    assert all(
        project in covered or _ancestor_in(project, parents, found) for project in asked if project in rich
    )


def _ancestor_in(project: int, parents: dict[int, int], found: dict[int, int]) -> bool:
    while project in parents:
        project = parents[project]
        if project in found:
            return True
    return False


@given(DAYS, st.integers(-60, 60))
def test_given_any_day_when_months_are_added_then_the_number_of_the_day_stays_or_the_month_was_too_short(
    day: date, months: int
) -> None:
    found = add_months(day, months)

    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_given_a_rule_within_the_first_month_when_an_agreement_starts_in_march_then_it_is_due_on_the_31st() -> (
    None
):
    assert due_days(date(2024, 3, 1), 1) == [Due(date(2024, 3, 31))]


def test_given_a_rule_one_month_before_the_end_when_it_ends_on_30_june_then_it_is_due_on_31_may() -> None:
    assert due_days(date(2027, 7, 1), -1) == [Due(date(2027, 5, 31))]


def test_given_a_report_every_twelve_months_when_the_agreement_ends_then_none_is_due_on_its_last_day() -> (
    None
):
    found = due_days(date(2024, 1, 1), 12, every_months=12, before=date(2026, 12, 31))

    assert found == [Due(date(2024, 12, 31)), Due(date(2025, 12, 31))]


def test_given_an_evaluation_six_to_twelve_months_after_the_end_when_it_is_dated_then_it_has_both_days() -> (
    None
):
    found = due_days(date(2027, 1, 1), 12, opens_months=6)

    assert found == [Due(date(2027, 12, 31), date(2027, 7, 1))]
