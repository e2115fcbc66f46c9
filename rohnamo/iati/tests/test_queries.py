"""Our projects as others read them."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from rohnamo.engines.iati.tests.test_agreement import SHARED, needs_shared
from rohnamo.engines.iati.xml import etree
from rohnamo.figures.models import Release
from rohnamo.iati.models import DonorWay, Way
from rohnamo.iati.queries import ours, showing
from rohnamo.iati.queries.checking import check_ours
from rohnamo.iati.queries.exporting import exported
from rohnamo.iati.queries.looking import problem_of
from rohnamo.iati.queries.profiles import profile, profiles
from rohnamo.iati.queries.sentences import sentence
from rohnamo.iati.tests.factories import KULOB, NOW, make_mission, make_project
from rohnamo.projects.models import MissionProfile, Partner

MOST_QUERIES = 18
pytestmark = pytest.mark.django_db


def file_in(name: str = "") -> Any:
    content = b"".join(exported(profile(name), now=NOW))
    return etree.parse(io.BytesIO(content)).getroot()


def actuals(root: Any) -> list[tuple[str, str, dict[str, str], str]]:
    return [
        (
            one.getparent().find("period-end").get("iso-date"),
            one.get("value"),
            {each.get("name"): each.get("value") for each in one.findall("dimension")},
            one.find("location").get("ref") if one.find("location") is not None else "",
        )
        for one in root.iter("actual")
    ]


def test_given_a_published_project_when_it_is_exported_then_total_and_shown_cells_stand_and_hidden_ones_do_not() -> (
    None
):
    make_mission()
    make_project()

    assert actuals(file_in()) == [
        ("2024-12-31", "97", {}, ""),
        ("2024-12-31", "60", {"sex": "f"}, ""),
        ("2024-12-31", "50", {"district": KULOB}, KULOB),
        ("2024-12-31", "20", {"sex": "f", "age": "18-24"}, ""),
        ("2026-12-31", "30", {}, ""),
    ]


def test_given_a_donor_that_reads_no_dimensions_when_it_is_exported_then_each_category_is_an_indicator() -> (
    None
):
    make_mission()
    make_project()

    root = file_in("one-indicator-per-category")

    assert list(root.iter("dimension")) == []
    assert [one.find("title/narrative").text for one in root.iter("indicator")] == [
        "Were asked about symptoms",
        "Were asked about symptoms (female)",
        "Were asked about symptoms (Kulob)",
    ]
    assert [value for _end, value, _dimensions, _place in actuals(root)] == ["97", "30", "60", "50"]


def test_given_a_donor_when_its_profile_is_exported_then_only_its_projects_stand_there_in_its_way() -> None:
    make_mission()
    make_project("EX.90", donor="donor-a")
    make_project("EX.91", donor="donor-b")
    DonorWay.objects.create(partner=Partner.objects.get(code="donor-b"), way=Way.TOTALS)

    root = file_in("donor-b")

    assert [one.text for one in root.iter("iati-identifier")] == ["XM-EXAMPLE-EX.91"]
    assert [value for _end, value, _dimensions, _place in actuals(root)] == ["97", "30"]
    assert [one.name for one in profiles()][-2:] == ["donor-a", "donor-b"]


def test_given_an_example_mission_when_it_is_exported_then_it_reports_as_nobody_real_and_as_a_draft() -> None:
    make_mission()
    make_project()

    root = file_in()
    reporting = root.find("iati-activity/reporting-org")

    assert (reporting.get("ref"), reporting.get("secondary-reporter")) == ("XE-EXAMPLE-NAMUNA", "1")
    assert root.find("iati-activity/other-identifier[@type='B1']").get("ref") == "XM-EXAMPLE"
    assert "Example installation" in str(root.getprevious())


def test_given_a_publisher_of_record_when_it_is_exported_then_its_own_identifier_stands_alone() -> None:
    make_mission(iati_prefix="XM-DAC-47066", is_example=False, publishing="publisher")
    make_project()

    activity = file_in().find("iati-activity")

    assert dict(activity.find("reporting-org").attrib) == {"ref": "XM-DAC-47066", "type": "40"}
    assert activity.find("other-identifier") is None


def test_given_money_when_it_is_exported_then_every_cent_and_day_is_there() -> None:
    make_mission()
    make_project()

    root = file_in()

    assert [
        (
            one.find("transaction-type").get("code"),
            Decimal(one.find("value").text),
            one.find("transaction-date").get("iso-date"),
        )
        for one in root.iter("transaction")
    ] == [("11", Decimal("800000.50"), "2024-03-01"), ("4", Decimal("172000.25"), "2024-12-31")]
    assert [
        (one.find("period-start").get("iso-date"), one.find("value").text) for one in root.iter("budget")
    ] == [("2024-03-01", "180000")]


def test_given_whole_projects_when_they_are_checked_then_nothing_is_wrong() -> None:
    make_mission()
    make_project()

    assert [(one.code, one.findings, one.silent) for one in check_ours(profile(), now=NOW)] == [
        ("EX.90", [], ())
    ]


def test_given_an_ended_period_without_a_release_when_it_is_checked_then_it_is_left_out_and_named() -> None:
    make_mission()
    make_project()
    Release.objects.filter(value=97).delete()

    checked = check_ours(profile(), now=NOW)

    assert [(one.findings, one.silent) for one in checked] == [([], ("EX.90.1.1.a",))]


def test_given_a_project_without_money_when_it_is_checked_then_what_is_missing_is_named() -> None:
    make_mission()
    project = make_project()
    project.budget_years.all().delete()
    project.partners.update(amount_usd=None)

    (checked,) = check_ours(profile(), now=NOW)

    assert [(one.rule, one.values["name"]) for one in checked.findings] == [
        ("R2", "budget"),
        ("R2", "transaction"),
    ]


def test_given_more_projects_when_they_are_exported_then_the_number_of_queries_does_not_grow() -> None:
    make_mission()
    for number in range(5):
        make_project(f"EX.9{number}")

    with CaptureQueriesContext(connection) as queries:
        list(ours.activities(profile(), now=NOW))

    assert len(queries) <= MOST_QUERIES


@needs_shared
def test_given_our_export_when_the_published_rules_are_applied_then_they_find_nothing() -> None:
    from rohnamo.engines.iati.tests.test_agreement import _other

    make_mission()
    make_project()
    other, kit = _other()

    for name in ("full", "totals", "donor-a"):
        content = b"".join(exported(profile(name), now=NOW))
        assert other.Checker(kit, NOW, strict=True, project=True).check("ours", content)["messages"] == [], (
            SHARED
        )


def test_given_no_mission_when_it_is_exported_then_it_is_refused_with_what_to_do() -> None:
    from rohnamo.core.errors import Refused

    MissionProfile.objects.all().delete()

    with pytest.raises(Refused, match="mission's profile"):
        b"".join(exported(profile()))


def test_given_a_project_without_an_organisation_when_all_are_exported_then_the_others_stand_and_it_is_named() -> (
    None
):
    make_mission()
    make_project("EX.90")
    make_project("EX.91").partners.all().delete()
    missed: list[str] = []

    content = b"".join(exported(profile(), now=NOW, missed=missed.append))

    assert (content.count(b"</iati-activity>"), missed) == (1, ["EX.91"])
    (finding,) = check_ours(profile(), now=NOW)[1].findings
    assert sentence(problem_of(finding)) == (
        "The project is not in the file, because it lacks what the standard needs: participating-org."
    )


def test_given_an_amount_of_very_many_digits_when_it_is_shown_then_no_digit_is_lost() -> None:
    with translation.override("en"):
        shown = showing.money("12345678901234567890123456789.50")

    assert shown == "12,345,678,901,234,567,890,123,456,789.50"
    assert showing.money("1E+999") == "1E+999"
