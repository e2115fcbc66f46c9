"""Each public rule is broken once, and nothing else is said."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from rohnamo.engines.iati import File, Finding, activities, check
from rohnamo.engines.iati.tests.factories import NOW, an_activity, file_of
from rohnamo.engines.iati.xml import LANG, etree

Break = Callable[[Any], object]


def broken(change: Break) -> list[Finding]:
    activity = next(iter(activities(io.BytesIO(file_of(an_activity())), File())))
    change(activity)
    return check(activity, now=NOW)


def put(path: str, name: str, value: str) -> Break:
    return lambda one: one.find(path).set(name, value)


def drop(path: str, name: str) -> Break:
    return lambda one: one.find(path).attrib.pop(name)


def without(path: str) -> Break:
    return lambda one: [each.getparent().remove(each) for each in one.findall(path)]


def add(path: str, xml: str) -> Break:
    return lambda one: one.find(path).addnext(etree.fromstring(xml))


def into(path: str, xml: str) -> Break:
    return lambda one: one.find(path).append(etree.fromstring(xml))


def all_of(*changes: Break) -> Break:
    return lambda one: [change(one) for change in changes]


RESULT = "result/indicator"
BROKEN: list[tuple[str, Break]] = [
    ("1.1.21", lambda one: setattr(one.find("iati-identifier"), "text", "OTHER-1")),
    ("1.3.13", lambda one: setattr(one.find("iati-identifier"), "text", "XE-EXAMPLE-MISSION-a/b")),
    ("1.3.1", lambda one: setattr(one.find("iati-identifier"), "text", "XE-EXAMPLE-MISSION-1 ")),
    ("1.8.1", put("participating-org", "ref", " XM-DAC-7")),
    ("1.8.13", put("participating-org", "ref", "XM-DAC-7/1")),
    ("1.10.1", put("transaction/provider-org", "ref", "XM-DAC-7 ")),
    ("1.15.1", put("transaction/receiver-org", "ref", "XE-EXAMPLE-MISSION ")),
    ("1.7.1", add("document-link", '<related-activity ref=" a" type="1"/>')),
    ("2.1.1", drop("sector", "percentage")),
    ("2.1.2", put("sector", "percentage", "70")),
    ("2.1.4", put("sector[@vocabulary='99']", "percentage", "70")),
    ("2.2.1", without("sector[@vocabulary='99']/narrative")),
    ("102.1.1", without("sector[@vocabulary='1']")),
    ("3.1.4", put("recipient-country", "percentage", "60")),
    ("3.7.1", all_of(without("recipient-country"), without("transaction"))),
    ("3.6.2", into("transaction", '<recipient-country code="TJ"/>')),
    ("4.3.1", lambda one: setattr(one.find("document-link/title/narrative"), "text", None)),
    ("4.4.1", lambda one: setattr(one.find("description/narrative"), "text", None)),
    ("4.1.1", lambda one: [one.attrib.pop(LANG), one.find("title/narrative").attrib.pop(LANG)]),
    ("6.2.2", all_of(without("sector"), without("transaction"))),
    ("6.6.2", into("transaction", '<sector code="15190"/>')),
    ("6.9.1", lambda one: [each.clear() for each in one.findall("transaction/provider-org")]),
    (
        "6.10.1",
        lambda one: [
            one.find("participating-org").remove(each) for each in list(one.find("participating-org"))
        ],
    ),
    ("6.11.1", all_of(without("activity-date[@type='1']"), without("activity-date[@type='2']"))),
    ("6.13.1", without("policy-marker[@vocabulary='99']/narrative")),
    ("6.14.1", drop("policy-marker", "significance")),
    ("7.5.3", put("budget/period-end", "iso-date", "2025-12-31")),
    (
        "7.8.1",
        lambda one: [one.attrib.pop("default-currency"), one.find("budget/value").attrib.pop("currency")],
    ),
    ("8.6.3", put("budget/period-end", "iso-date", "2023-12-31")),
    ("8.6.1", put(f"{RESULT}/period/period-end", "iso-date", "2023-12-31")),
    ("8.8.1", drop(f"{RESULT}/baseline", "value")),
    ("8.8.2", put(f"{RESULT}/baseline", "value", "1,000")),
    ("8.9.1", drop(f"{RESULT}/period/target", "value")),
    ("8.10.1", drop(f"{RESULT}/period/actual", "value")),
    ("9.4.1", put("activity-date", "type", "9")),
    ("9.9.1", put("budget/value", "currency", "USX")),
    ("9.50.1", put("recipient-country", "code", "ZZ")),
    ("9.76.1", put("sector", "code", "99999")),
    ("9.126.1", put("tag", "code", "18.1")),
    ("9.95.1", put("title/narrative", LANG, "xx")),
    ("11.1.1", lambda one: one.set("last-updated-datetime", "2031-01-01T00:00:00Z")),
    ("11.1.2", put("activity-date[@type='3']", "iso-date", "2020-01-01")),
    ("11.1.4", put("activity-date[@type='2']", "iso-date", "2027-01-01")),
    ("11.2.1", put("transaction[1]/transaction-date", "iso-date", "2027-01-01")),
    ("11.2.2", put("transaction[1]/value", "value-date", "2027-01-01")),
    ("R7", put("transaction[2]/transaction-date", "iso-date", "2027-01-01")),
    ("XSD", without("activity-status")),
    ("XSD", put("budget/period-start", "iso-date", "2024-02-30")),
    ("XSD", lambda one: setattr(one.find("budget/value"), "text", "12 000")),
    ("XSD", drop("document-link", "url")),
    ("XSD", without("document-link/category")),
    ("XSD", into("budget", "<total>1</total>")),
    ("XSD", add("title", "<title><narrative>Again</narrative></title>")),
]


@pytest.mark.parametrize(
    ("rule", "change"), BROKEN, ids=[f"{rule}-{n}" for n, (rule, _c) in enumerate(BROKEN)]
)
def test_given_one_broken_rule_when_an_activity_is_checked_then_it_alone_is_named(
    rule: str, change: Break
) -> None:
    assert {one.rule for one in broken(change)} == {rule}


def test_given_a_whole_activity_when_it_is_checked_for_completeness_too_then_nothing_is_said() -> None:
    activity = next(iter(activities(io.BytesIO(file_of(an_activity())), File())))

    assert check(activity, now=NOW, is_ours=True) == []


def test_given_a_broken_place_when_it_is_found_then_its_line_and_path_are_those_of_the_file() -> None:
    content = file_of(an_activity()).replace(
        b'<transaction-date iso-date="2024-12-31"/>', b'<transaction-date iso-date="x"/>'
    )
    activity = next(iter(activities(io.BytesIO(content), File())))
    line = content.split(b'iso-date="x"')[0].count(b"\n") + 1

    found = check(activity, now=NOW)

    assert [(one.line, one.where, one.key, one.values) for one in found] == [
        (line, "transaction[2]/transaction-date", "not-date", {"name": "iso-date", "value": "x"})
    ]
