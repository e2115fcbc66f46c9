from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rohnamo.engines.registers.periods import period_in

Q1 = (date(2025, 1, 1), date(2025, 3, 31), "quarter")
NOVEMBER = (date(2013, 11, 1), date(2013, 11, 30), "month")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Журнал, I квартал 2025 г.", Q1),
        ("І квартал 2025г", Q1),
        ("1-й квартал 2025 года", Q1),
        ("1 кв. 2025", Q1),
        ("Квартали I соли 2025", Q1),
        ("семоҳаи якуми соли 2025", Q1),
        ("first quarter of 2025", Q1),
        ("2025-q1", Q1),
        ("health_Q1_2025", Q1),
        ("Январь-март 2025", Q1),
        ("November 2013", NOVEMBER),
        ("ноябри соли 2013", NOVEMBER),
        ("за ноябрь 2013 г.", NOVEMBER),
        ("training-2013-11", NOVEMBER),
        ("11.2013", NOVEMBER),
        ("II полугодие 2024", (date(2024, 7, 1), date(2024, 12, 31), "half")),
        ("H1 2024", (date(2024, 1, 1), date(2024, 6, 30), "half")),
        ("course-2025", (date(2025, 1, 1), date(2025, 12, 31), "year")),
        ("соли 2025", (date(2025, 1, 1), date(2025, 12, 31), "year")),
        ("10.11.2013 - 20.11.2013", (date(2013, 11, 10), date(2013, 11, 20), "range")),
        ("20.11.2013", (date(2013, 11, 20), date(2013, 11, 20), "day")),
        ("март-май 2025", (date(2025, 3, 1), date(2025, 5, 31), "range")),
        ("2024-2026", None),
        ("Список участников", None),
        ("приказ 12345", None),
    ],
)
def test_given_a_title_or_a_file_name_when_it_names_a_period_then_that_is_found(
    text: str, period: tuple[date, date, str] | None
) -> None:
    assert period_in(text) == period


@given(st.text(max_size=60))
def test_given_anything_at_all_when_a_period_is_sought_then_it_begins_before_it_ends(text: str) -> None:
    period = period_in(text)

    assert period is None or period.start <= period.end
