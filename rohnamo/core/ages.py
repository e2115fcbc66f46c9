"""Age bands: one definition and one age function for every form, count and page."""

from datetime import date

UNKNOWN_AGE = "u"
# Lower ends of the bands. Source: default sets of the mission profile; decision 0006.
BANDS: tuple[tuple[int, str], ...] = (
    (0, "0-14"),
    (15, "15-17"),
    (18, "18-24"),
    (25, "25-34"),
    (35, "35-49"),
    (50, "50-64"),
    (65, "65+"),
)
BAND_NAMES: tuple[str, ...] = (*(name for _, name in BANDS), UNKNOWN_AGE)
OLDEST = 120


def completed_years(birth: date, day: date) -> int:
    """Birthdays that have passed on that day; negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def band(age: int | None) -> str:
    """The band of an age in completed years; unknown for none, negative or above 120."""
    if age is None or not 0 <= age <= OLDEST:
        return UNKNOWN_AGE
    return next(name for low, name in reversed(BANDS) if age >= low)
