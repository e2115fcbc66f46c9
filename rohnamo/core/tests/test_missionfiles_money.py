"""Money, support and advice in a mission's files: what is wrong is named with file and line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rohnamo.core.missionfiles import Problem, read_mission
from rohnamo.core.missionfiles.codes import MoveKind
from rohnamo.core.tests.test_missionfiles import edit, problems_of, small, tiny

__all__ = ["small", "tiny"]

HEAD = "code,project,agreement,kind,day,value,currency,provider,receiver,reverses\n"
AGREED = "m1,EX.01,EX-1,agreed,2025-01-01,100,USD,donor,,\n"
SUPPORT = """\
[[assessment]]
code = "risk"
project = "EX.01"
partner = "donor"
supports = ["training"]
forces = { en = "posts" }
risks = { en = "risks" }
measures = { en = "measures" }
mechanism = { en = "reports" }
valid_from = 2025-01-01
valid_to = 2025-12-31
assessed_on = 2024-12-01
decision = "approved"
decided_on = 2024-12-10

[[support]]
assessment = "risk"
kind = "training"
first_on = 2025-01-01
last_on = 2025-12-31
approved_on = 2024-12-12
"""
ADVICE = """\
[[advice]]
code = "a"
project = "EX.01"
asked_by = "donor"
subject = "law"
title = { en = "A law" }
[[advice.step]]
step = "asked"
day = 2025-01-01
[[advice.step]]
step = "given"
day = 2025-02-01
"""


def _write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")


def test_given_movements_when_read_then_they_point_at_their_agreement_and_know_their_line(
    small: Path,
) -> None:
    _write(small, "moves.csv", HEAD + AGREED + "m2,EX.01,EX-1,spent,2025-02-28,10.50,USD,,,\n")

    moves = read_mission(small).moves

    assert [(move.code, move.kind, move.value, move.line) for move in moves] == [
        ("m1", MoveKind.AGREED, Decimal(100), 2),
        ("m2", MoveKind.SPENT, Decimal("10.50"), 3),
    ]


def test_given_an_agreement_without_more_when_read_then_it_lasts_as_long_as_the_project(small: Path) -> None:
    funding = read_mission(small).projects[0].funding[0]

    assert (funding.currency, funding.amount, funding.signed_on) == ("USD", Decimal(100), date(2025, 1, 1))
    assert (funding.first_on, funding.last_on) == (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("m2,EX.01,EX-9,spent,2025-02-28,10,USD,,,", "agreement: a known agreement of EX.01"),
        ("m2,EX.01,,received,2025-02-28,10,USD,,,", "provider: who gives, because kind is received"),
        ("m2,EX.01,,paid,2025-02-28,10,USD,,,", "receiver: who gets it, because kind is paid"),
        (
            "m2,EX.01,,spent,2025-02-28,-10,USD,,,",
            "value: above zero, or below it and the movement that it reverses",
        ),
        (
            "m2,EX.01,,spent,2025-02-28,0,USD,,,",
            "value: above zero, or below it and the movement that it reverses",
        ),
        ("m2,EX.01,,spent,2025-02-28,1.005,USD,,,", "value: whole cents"),
        ("m2,EX.01,,spent,2025-02-28,10,usd,,,", "currency: three capital letters (ISO 4217)"),
        ("m1,EX.01,,spent,2025-02-28,10,USD,,,", "a move of its own (also in moves.csv, line 2)"),
        ("m2,EX.01,,spent,2025-02-28,10,USD,,,m9", "reverses: the code of a movement in moves.csv"),
        (
            "m2,EX.01,EX-1,agreed,2025-02-28,5,USD,donor,,",
            "value: movements that add up to the agreement, 100",
        ),
        ("m2,EX.01,EX-1,agreed,2025-02-28,5,EUR,donor,,", "currency: the currency of the agreement, USD"),
        (
            "m2,EX.01,EX-1,agreed,2025-02-28,-40,USD,donor,,m1",
            "reverses: agreed of -100 USD, from 2025-01-01",
        ),
    ],
)
def test_given_a_wrong_movement_when_read_then_its_line_is_named(
    small: Path, row: str, expected: str
) -> None:
    _write(small, "moves.csv", f"{HEAD}{AGREED}{row}\n")

    found = problems_of(small)

    assert ("moves.csv", 3, expected) in [(one.file, one.line, one.expected) for one in found]


def test_given_wrong_rates_when_read_then_each_is_named(small: Path) -> None:
    _write(
        small,
        "rates.csv",
        "currency,day,usd_per_unit,source\nEUR,2025-01-01,1.1,x\nEUR,2025-01-01,1.2,x\n"
        "USD,2025-01-01,1,x\nTJS,2025-01-01,0,x\n",
    )

    assert [(one.line, one.expected.split(":")[0]) for one in problems_of(small)] == [
        (3, "a rate of a currency and day of its own (also in rates.csv, line 2)"),
        (4, "currency"),
        (5, "usd_per_unit"),
    ]


def test_given_money_in_a_programme_and_its_part_when_read_then_the_part_is_named(small: Path) -> None:
    part = (small / "projects/EX.01.toml").read_text(encoding="utf-8").replace('"EX.01"', '"EX.02"', 1)
    _write(small, "projects/EX.02.toml", part.replace('"EX.02"', '"EX.02"\nparent = "EX.01"', 1))

    assert problems_of(small) == [
        Problem(
            "projects/EX.02.toml", 2, "parent: money in the programme or in its parts, not in both", "EX.01"
        )
    ]


def test_given_an_agreement_in_euro_without_its_amount_when_read_then_it_is_named(small: Path) -> None:
    edit(small, "projects/EX.01.toml", "amount_usd = 100", 'amount_usd = 100\ncurrency = "EUR"')

    found = [(one.file, one.expected) for one in problems_of(small)]

    assert found == [("projects/EX.01.toml", "amount: a number")]


def test_given_a_rule_of_a_donor_when_read_then_months_may_be_below_zero_and_repeats_only_before_the_end(
    small: Path,
) -> None:
    rule = '[[rule]]\ndonor = "donor"\ncode = "c"\nfrom = "end"\nmonths = -1\ntitle = { en = "t" }\n'
    _write(small, "donor-rules.toml", rule)
    assert read_mission(small).donor_rules[0].months == -1

    _write(small, "donor-rules.toml", rule + "every_months = 6\n")
    assert [one.expected for one in problems_of(small)] == [
        "every_months: months from 1, counted from the start or the signing"
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            'decision = "approved"',
            'decision = "waiting"',
            "decided_on: a day of a decision, not before assessed_on",
        ),
        ('kind = "training"', 'kind = "equipment"', "assessment: an approved assessment of equipment"),
        ("last_on = 2025-12-31", "last_on = 2026-01-01", "last_on: days from 2025-01-01 to 2025-12-31"),
        ('supports = ["training"]', 'supports = ["tanks"]', "supports: one of training, equipment, advice"),
        ("valid_to = 2025-12-31", "valid_to = 2024-12-31", "valid_to: a day not before 2025-01-01"),
    ],
)
def test_given_wrong_support_when_read_then_it_is_named(
    small: Path, before: str, after: str, expected: str
) -> None:
    _write(small, "support.toml", SUPPORT)
    assert len(read_mission(small).supports) == 1

    edit(small, "support.toml", before, after)

    assert expected in [one.expected for one in problems_of(small)]


def test_given_advice_that_skips_a_step_or_goes_back_in_time_when_read_then_the_step_is_named(
    small: Path,
) -> None:
    _write(small, "advice.toml", ADVICE)
    assert [step.step.value for step in read_mission(small).advice[0].steps] == ["asked", "given"]

    edit(small, "advice.toml", 'step = "given"\nday = 2025-02-01', 'step = "in_force"\nday = 2024-12-31')

    assert [(one.line, one.expected) for one in problems_of(small)] == [
        (11, "step: a step that can follow asked"),
        (12, "day: a day not before 2025-01-01"),
    ]


def test_given_a_report_form_with_mistakes_when_read_then_each_is_named_with_its_line(small: Path) -> None:
    form = (
        '[[form]]\ncode = "a"\ntitle = { en = "t" }\nsections = ["results", "pictures"]\n'
        '[[form.question]]\ncode = "q"\ntitle = { en = "t" }\nmost_words = 0\n'
        '[[form.question]]\ncode = "q"\ntitle = { en = "t" }\n'
    )
    _write(small, "report-forms.toml", form)

    assert sorted((one.file, one.expected) for one in problems_of(small)) == [
        ("report-forms.toml", "most_words: words from 1"),
        ("report-forms.toml", "question: each code once in a form"),
        ("report-forms.toml", "sections: narrative among them where the form has questions"),
        ("report-forms.toml", "sections: one of narrative, results, breakdown, money"),
    ]
