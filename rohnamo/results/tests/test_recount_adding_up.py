"""Adding up columns: first contacts, periods and cells."""

import numpy as np

from rohnamo.results.actions.adding_up import (
    FITTING_KINDS,
    Counted,
    Fitting,
    Line,
    Reached,
    cell_columns,
    of_subjects,
    reach_of,
    total_columns,
)
from rohnamo.results.queries.fitting import AGES, ID_ROOM, SEXES

ANY_DAY = Line(1, None, None)
SOMEBODY, OTHER, GROUP = 8, 16, 3


def fitting(*rows: tuple[int, int, int, int], home: int | None = None) -> Fitting:
    """rows: line, subject, day, number of the delivery."""
    columns = np.array(
        [(line, who, home or who, day * ID_ROOM + n, 1_21 + n, 1, n) for line, who, day, n in rows]
    )
    return Fitting(
        {name: columns[:, place].astype(kind) for place, (name, kind) in enumerate(FITTING_KINDS.items())}
    )


def rows_of(reached: Reached) -> list[tuple[int, int, int, bool, int, int]]:
    """subject, first month of the period, first contact, is first, contacts, hundredths"""
    columns = (
        reached.subject,
        reached.start,
        reached.contact % ID_ROOM,
        reached.is_first,
        reached.contacts,
        reached.hundredths,
    )
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_given_contacts_in_no_order_when_added_then_a_row_a_period_from_its_first_contact() -> None:
    read = fitting(
        (1, SOMEBODY, 20250701, 1),
        (1, OTHER, 20250101, 2),
        (1, SOMEBODY, 20250630, 3),
        (1, SOMEBODY, 20250101, 4),
    )

    reached = reach_of(read.of([ANY_DAY]), Counted(5, "persons", 6, (ANY_DAY,)))

    january, july = 2025 * 12, 2025 * 12 + 6
    assert rows_of(reached) == [
        (SOMEBODY, january, 4, True, 2, 7),
        (SOMEBODY, july, 1, False, 1, 1),
        (OTHER, january, 2, True, 1, 2),
    ]


def test_given_a_line_with_days_when_picked_then_only_contacts_from_the_first_to_before_the_last() -> None:
    read = fitting(*((1, SOMEBODY, 20250100 + day, day) for day in (1, 2, 3, 4)), (2, SOMEBODY, 20250102, 9))
    days = Line(1, 20250102 * ID_ROOM, 20250104 * ID_ROOM)

    picked = read.of([days, Line(7, None, None)])

    assert (picked["contact"] % ID_ROOM).tolist() == [2, 3]


def test_given_a_household_when_counted_then_its_members_are_one() -> None:
    read = fitting((1, SOMEBODY, 20250102, 1), (1, OTHER, 20250101, 2), home=12)

    reached = reach_of(read.of([ANY_DAY]), Counted(5, "households", 6, (ANY_DAY,)))

    assert rows_of(reached) == [(12, 2025 * 12, 2, True, 2, 3)]


def test_given_a_group_when_totalled_then_contacts_without_persons() -> None:
    read = fitting((1, SOMEBODY, 20250101, 1), (1, GROUP, 20250101, 2))

    totals = total_columns(reach_of(read.of([ANY_DAY]), Counted(5, "persons", 12, (ANY_DAY,))))

    assert {name: column.values.tolist() for name, column in totals.items()} == {
        "tally_id": [5],
        "period": [20250101],
        "persons": [1],
        "firsts": [1],
        "contacts": [2],
        "quantity": [3],
    }


def test_given_rows_of_several_tallies_when_some_subjects_are_asked_for_then_only_theirs() -> None:
    read = fitting((1, SOMEBODY, 20250101, 1), (2, OTHER, 20250101, 2), (2, SOMEBODY, 20250101, 3))
    parts = [
        reach_of(read.of([line]), Counted(line.number, "persons", 12, (line,)))
        for line in (ANY_DAY, Line(2, None, None))
    ]

    picked = of_subjects(parts, np.array([SOMEBODY]))

    assert list(zip(picked.tally.tolist(), picked.subject.tolist(), strict=True)) == [
        (1, SOMEBODY),
        (2, SOMEBODY),
    ]


def test_given_every_look_when_made_cells_then_in_the_order_in_which_words_are_sorted() -> None:
    looks = np.array(
        [
            300 * place + 10 * age + sex
            for place in (0, 2)
            for age in range(len(AGES))
            for sex in range(len(SEXES))
        ]
    )
    one = np.ones_like(looks)
    everyone = Reached(one, np.arange(len(looks)) * 8, one * 24_300, one, looks, one == 1, one, one)

    cells = cell_columns(everyone)

    words = [[column.words[place] for place in column.values] for column in (cells["sex"], cells["age"])]
    keys = list(zip(*words, cells["district"].values.tolist(), strict=True))
    assert keys == sorted(keys)
    assert len(keys) == len(looks)
