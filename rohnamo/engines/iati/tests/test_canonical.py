"""One spelling of an activity, from which nothing is lost."""

import io
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from rohnamo.engines import iati
from rohnamo.engines.iati import File, activities, canonical, changed_parts, digest, parse
from rohnamo.engines.iati.activity import Activity, Budget, Money
from rohnamo.engines.iati.rules.shape import structure
from rohnamo.engines.iati.rules.view import View
from rohnamo.engines.iati.tests.factories import ACTIVITIES, NOW, UPDATED, an_activity, file_of
from rohnamo.engines.iati.writing import element_of, written

LESS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def read_one(content: bytes) -> object:
    return next(iter(activities(io.BytesIO(content), File())))


@LESS
@given(ACTIVITIES)
def test_given_any_project_when_it_is_written_then_its_structure_and_order_are_those_of_the_standard(
    project: Activity,
) -> None:
    read = read_one(file_of(project))

    assert list(structure(View(read, UPDATED))) == []


@LESS
@given(ACTIVITIES)
def test_given_any_project_when_it_is_written_taken_in_and_written_again_then_it_is_the_same(
    project: Activity,
) -> None:
    taken = canonical(read_one(file_of(project)))

    again = canonical(read_one(b"".join(written([parse(taken)], at=NOW))))

    assert again == taken
    assert canonical(element_of(project)) == taken


@LESS
@given(ACTIVITIES)
def test_given_any_project_when_it_is_read_then_its_money_days_and_words_are_those_that_were_written(
    project: Activity,
) -> None:
    found = iati.basics(read_one(file_of(project)))

    sums: dict[tuple[str, str], Decimal] = {}
    for kind, listed in (("budget", project.budgets), ("planned-disbursement", project.planned)):
        for one in listed:
            key = (kind, one.money.currency)
            sums[key] = sums.get(key, Decimal()) + one.money.value
    read = {(one.kind, one.currency): one.value for one in found.sums if one.kind != "transaction"}
    assert read == sums
    assert (found.starts_on, found.ends_on) == (date(2024, 3, 1), date(2027, 6, 30))
    assert set(found.titles) == set(project.titles)


def test_given_two_spellings_of_one_activity_when_they_are_compared_then_they_are_the_same() -> None:
    plain = file_of(an_activity())
    spread = plain.replace(b"><", b">\n\t <!-- remark -->\n<").replace(b'type="40"', b"type='40'")

    assert digest(canonical(read_one(spread))) == digest(canonical(read_one(plain)))


def test_given_parts_in_another_order_when_an_activity_is_read_then_the_order_is_restored() -> None:
    plain = file_of(an_activity())
    moved = plain.replace(
        b"  </iati-activity>", b'    <activity-date type="4" iso-date="2026-01-01"/>\n  </iati-activity>'
    )

    names = [one.tag for one in parse(canonical(read_one(moved)))]

    assert names.index("activity-date") < names.index("contact-info")
    assert names[-1] == "result"


def test_given_an_extension_when_an_activity_is_taken_then_it_is_kept_with_its_namespace() -> None:
    extended = file_of(an_activity()).replace(
        b"  </iati-activity>",
        b'<u:usd xmlns:u="http://example.org/u" u:at="1">7 <u:b/> 8</u:usd></iati-activity>',
    )

    taken = canonical(read_one(extended))

    assert b'<u:usd xmlns:u="http://example.org/u" u:at="1">7 <u:b></u:b> 8</u:usd></iati-activity>' in taken


def test_given_another_budget_when_two_activities_are_compared_then_only_it_is_named() -> None:
    budget = Budget(date(2024, 3, 1), date(2024, 12, 31), Money(Decimal(1), "USD", date(2024, 3, 1)))
    before = canonical(element_of(an_activity()))

    after = canonical(element_of(an_activity(budgets=(budget,), language="ru")))

    assert changed_parts(before, after) == ["@", "budget"]


def test_given_a_revised_budget_when_sums_are_made_then_it_replaces_the_original_of_its_period_only() -> None:
    first, second = (date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))
    listed = [(first, 100, "1"), (second, 10, "1"), (first, 70, "2")]
    budgets = tuple(
        Budget(*days, Money(Decimal(value), "USD", days[0]), type=kind) for days, value, kind in listed
    )

    found = iati.basics(read_one(file_of(an_activity("EX.1", budgets=budgets))))

    assert [(one.value, one.count) for one in found.sums if one.kind == "budget"] == [(Decimal(80), 2)]


def test_given_amounts_of_very_many_digits_when_sums_are_made_then_no_cent_is_lost() -> None:
    days = (date(2024, 1, 1), date(2024, 12, 31))
    values = (Decimal("12345678901234567890123456789.25"), Decimal("0.25"))
    budgets = tuple(Budget(*days, Money(value, "USD", days[0])) for value in values)

    found = iati.basics(read_one(file_of(an_activity("EX.1", budgets=budgets))))

    assert [str(one.value) for one in found.sums if one.kind == "budget"] == [
        "12345678901234567890123456789.50"
    ]
