"""Ages: completed years, and bands without gaps."""

from datetime import date

import pytest

from rohnamo.core.ages import BAND_NAMES, band, completed_years


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(2000, 6, 15), date(2025, 6, 14), 24),
        (date(2000, 6, 15), date(2025, 6, 15), 25),
        (date(2000, 2, 29), date(2025, 2, 28), 24),
        (date(2000, 2, 29), date(2025, 3, 1), 25),
        (date(2025, 6, 15), date(2025, 6, 14), -1),
    ],
)
def test_given_a_birthday_when_it_has_come_then_the_year_is_completed(
    birth: date, day: date, years: int
) -> None:
    assert completed_years(birth, day) == years


def test_given_every_age_when_bands_are_asked_then_each_has_one() -> None:
    bands = [band(age) for age in range(121)]

    assert list(dict.fromkeys(bands)) == list(BAND_NAMES[:-1])
    assert (band(17), band(18), band(64), band(65)) == ("15-17", "18-24", "50-64", "65+")


@pytest.mark.parametrize("age", [None, -1, 121])
def test_given_an_impossible_age_when_its_band_is_asked_then_it_is_unknown(age: int | None) -> None:
    assert band(age) == "u"
