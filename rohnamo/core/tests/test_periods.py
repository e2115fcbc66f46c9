"""Periods: the same spelling for the same days."""

from datetime import date

import pytest

from rohnamo.core.periods import Period, calendar_period, parse_period


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-03-01/2027-06-30", date(2024, 3, 1), date(2027, 6, 30)),
    ],
)
def test_given_a_label_when_it_is_parsed_then_its_days_are_right_and_it_is_spelled_back(
    label: str, start: date, end: date
) -> None:
    period = parse_period(label)

    assert (period.start, period.end, period.label) == (start, end, label)


@pytest.mark.parametrize(
    "label", ["2025-H3", "2025-13", "25", "", "2025-Q5", "H1-2025", "2025-06-01/2025-05-01"]
)
def test_given_a_wrong_label_when_it_is_parsed_then_it_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="period"):
        parse_period(label)


def test_given_a_day_when_its_periods_are_asked_then_both_ends_belong_to_them() -> None:
    period = calendar_period(date(2025, 6, 30), "half")

    assert period == Period(date(2025, 1, 1), date(2025, 6, 30))
    assert date(2025, 1, 1) in period
    assert date(2025, 7, 1) not in period
