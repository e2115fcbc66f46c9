"""Good parts stay, bad parts go and are named."""

import io
from typing import Any

from rohnamo.engines.iati import Fate, File, activities, check, take
from rohnamo.engines.iati.tests.factories import NOW, an_activity, file_of
from rohnamo.engines.iati.xml import etree


def opened() -> Any:
    return next(iter(activities(io.BytesIO(file_of(an_activity())), File())))


def fates(activity: Any) -> list[tuple[str, Fate]]:
    return [(finding.rule, fate) for finding, fate in take(activity, check(activity, now=NOW)).fates]


def test_given_a_transaction_that_cannot_be_read_when_it_is_taken_then_it_alone_is_left_out() -> None:
    activity = opened()
    activity.find("transaction/value").text = "twelve"

    found = fates(activity)

    assert found == [("XSD", Fate.LEFT_OUT)]
    assert [one.get("ref") for one in activity.findall("transaction")] == ["EX.90-2"]
    assert check(activity, now=NOW) == []


def test_given_a_budget_of_two_years_when_it_is_taken_then_it_is_left_out() -> None:
    activity = opened()
    activity.find("budget/period-end").set("iso-date", "2026-01-31")

    assert fates(activity) == [("7.5.3", Fate.LEFT_OUT)]
    assert activity.find("budget") is None


def test_given_the_only_period_of_values_broken_when_it_is_taken_then_the_rest_of_the_result_stays() -> None:
    activity = opened()
    activity.find("result/indicator/period/period-start").set("iso-date", "never")

    assert fates(activity) == [("XSD", Fate.LEFT_OUT)]
    assert len(activity.findall("result/indicator/period")) == 1


def test_given_a_result_whose_only_indicator_is_broken_when_it_is_taken_then_the_result_goes_with_it() -> (
    None
):
    activity = opened()
    del activity.find("result/indicator").attrib["measure"]

    assert fates(activity) == [("XSD", Fate.LEFT_OUT)]
    assert activity.find("result") is None


def test_given_an_activity_without_a_title_when_it_is_taken_then_it_is_refused() -> None:
    activity = opened()
    activity.remove(activity.find("title"))

    assert take(activity, check(activity, now=NOW)).is_refused


def test_given_shares_that_do_not_add_up_when_it_is_taken_then_they_are_noted_and_stay() -> None:
    activity = opened()
    activity.find("sector").set("percentage", "70")

    assert fates(activity) == [("2.1.2", Fate.NOTED)]
    assert activity.find("sector").get("percentage") == "70"


def test_given_an_unknown_element_when_it_is_taken_then_only_it_goes_and_is_named() -> None:
    activity = opened()
    activity.find("budget").append(etree.fromstring("<total>1</total>"))

    assert fates(activity) == [("XSD", Fate.LEFT_OUT)]
    assert [one.tag for one in activity.find("budget")] == ["period-start", "period-end", "value"]
