"""Frameworks edited in the workspace."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.periods import Period as Days
from rohnamo.figures.models import Measure, Release
from rohnamo.projects.models import Project, Service
from rohnamo.results.actions import (
    CountsNothing,
    add_period,
    give_back,
    preview,
    promise,
    remove_indicator,
    remove_period,
    remove_result,
    replan,
    save_indicator,
    save_result,
    set_measure,
    set_up_tallies,
)
from rohnamo.results.models import Framework, Indicator, IndicatorVersion, Period, PlanStep, Result, Tally
from rohnamo.results.queries.given import IndicatorWords, Promised, ResultWords
from rohnamo.results.queries.lines import CategoryTarget
from rohnamo.results.tests import factories as make

ADVICE = {"count": "persons", "services": ["advice"], "filter": {}, "unique_within": "indicator"}
COURSE = {**ADVICE, "services": ["course"]}
WORDS = IndicatorWords("1.a", {"tg": "Занон"}, {"en": "people"}, "up", is_cumulative=True)
WAITS = "is submitted and waits for a decision. Return it first."
H1 = Days(date(2026, 1, 1), date(2026, 6, 30))


def first_half(project: Project) -> Period:
    return make.indicator(project, measure=ADVICE).periods.get(end=date(2025, 6, 30))


def released(key: str) -> None:
    """A public figure under this key."""
    Release.objects.create(
        measure=Measure.objects.create(key=key, scope="indicator", unit="persons"),
        start=H1.start,
        end=H1.end,
        as_of=H1.end,
        released_by="test",
        value=7,
        verdict="published",
    )


def with_one_met(project: Project) -> Service:
    service = make.service()
    make.delivery(project, service, date(2026, 8, 5), person=make.person())
    return service


@pytest.mark.django_db
def test_given_an_empty_project_when_a_framework_is_written_then_it_stands_and_the_file_is_silent() -> None:
    project = make.project()
    make.service()
    officer = make.member(project, "project_officer")

    outcome = save_result(project, ResultWords("1", {"tg": "Сафари бехатар"}), by=officer)
    output = save_result(project, ResultWords("1.1", {"en": "Advice"}, outcome), by=officer)
    indicator = save_indicator(output, WORDS, by=officer)
    set_measure(indicator, ADVICE, by=officer, although_nothing=True)
    add_period([indicator], H1, by=officer)

    assert list(Result.objects.values_list("code", "kind", "parent__code")) == [
        ("1", "outcome", None),
        ("1.1", "output", "1"),
    ]
    assert Tally.objects.filter(key="EX.01.1.a").exists()
    assert Framework.objects.get().edited_by == officer


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["donor_reader", "partner_reporter", "monitoring_officer", "administrator"])
def test_given_a_role_that_does_not_edit_when_it_saves_then_it_is_refused(role: str) -> None:
    project = make.project()

    with pytest.raises(Refused, match="not yours to edit"):
        save_result(project, ResultWords("1", {"en": "?"}), by=make.member(project, role))


@pytest.mark.django_db
def test_given_an_approved_period_when_anything_above_it_is_deleted_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.approved(period)
    manager = make.member(project)

    with pytest.raises(Refused, match="This period was approved"):
        remove_period(period, by=manager)
    with pytest.raises(Refused, match="Periods of it were approved"):
        remove_indicator(period.indicator, by=manager)
    with pytest.raises(Refused, match="Periods of it were approved"):
        remove_result(period.indicator.result, by=manager)


@pytest.mark.django_db
def test_given_an_indicator_without_approvals_when_deleted_then_it_and_its_counts_are_gone() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()

    remove_indicator(period.indicator, by=make.member(project))

    assert (Indicator.objects.count(), Tally.objects.filter(key="EX.01.I1").count()) == (0, 0)


@pytest.mark.django_db
def test_given_a_period_that_overlaps_another_when_added_then_it_is_refused() -> None:
    project = make.project()
    indicator = make.indicator(project, periods=((date(2025, 1, 1), date(2025, 6, 30)),))

    with pytest.raises(Refused, match="It overlaps the period January – June"):
        add_period([indicator], Days(date(2025, 4, 1), date(2025, 9, 30)), by=make.member(project))


@pytest.mark.django_db
def test_given_a_year_around_its_halves_when_added_then_it_stands_beside_them() -> None:
    project = make.project()
    indicator = make.indicator(project)

    add_period([indicator], Days(date(2025, 1, 1), date(2025, 12, 31)), by=make.member(project))

    assert indicator.periods.filter(start=date(2025, 1, 1)).count() == 2


@pytest.mark.django_db
def test_given_a_period_inside_a_month_when_added_between_others_then_it_is_refused() -> None:
    project = make.project()
    indicator = make.indicator(
        project, periods=((date(2024, 1, 1), date(2024, 12, 31)), (date(2026, 1, 1), date(2026, 12, 31)))
    )

    with pytest.raises(Refused, match="begins on the first and ends on the last day of a month"):
        add_period([indicator], Days(date(2025, 3, 5), date(2025, 9, 30)), by=make.member(project))


@pytest.mark.django_db
def test_given_a_target_that_stood_when_it_changes_then_a_reason_is_wanted_and_both_are_kept() -> None:
    project = make.project()
    period = first_half(project)
    manager = make.member(project)
    promise(period, Promised(Decimal(0), Decimal(100)), by=manager)

    with pytest.raises(Refused, match="Write the reason"):
        promise(period, Promised(Decimal(0), Decimal(80)), by=manager)
    promise(period, Promised(Decimal(0), Decimal(80)), by=manager, reason="Agreed with the donor.")

    last = PlanStep.objects.filter(what="target").latest("pk")
    assert (last.before["target"], last.after["target"], last.reason) == (
        "100.00",
        "80.00",
        "Agreed with the donor.",
    )


@pytest.mark.django_db
def test_given_targets_of_categories_when_they_exceed_the_whole_then_it_is_refused() -> None:
    project = make.project()
    period = first_half(project)
    women, men = CategoryTarget("f", "", "", Decimal(70)), CategoryTarget("m", "", "", Decimal(40))

    with pytest.raises(Refused, match="come to more than the target of the whole"):
        promise(period, Promised(None, Decimal(100), [women, men]), by=make.member(project))


@pytest.mark.django_db
def test_given_a_submitted_period_when_its_target_changes_then_it_is_locked() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.submitted(period)

    with pytest.raises(Refused, match="This period is locked"):
        promise(period, Promised(None, Decimal(1)), by=make.member(project))


@pytest.mark.django_db
def test_given_a_submitted_period_when_another_is_promised_or_the_measure_changes_then_it_is_to_be_returned() -> (
    None
):
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.submitted(period)
    indicator, manager = period.indicator, make.member(project)
    other = indicator.periods.get(end=date(2025, 12, 31))
    since = replace(WORDS, code=indicator.code, is_cumulative=False)

    with pytest.raises(Refused, match=WAITS):
        promise(other, Promised(None, Decimal(1)), by=manager)
    with pytest.raises(Refused, match=WAITS):
        set_measure(indicator, ADVICE, by=manager, although_nothing=True)
    with pytest.raises(Refused, match=WAITS):
        replan(
            indicator, ADVICE, valid_from=date(2025, 7, 1), reason="More.", by=manager, although_nothing=True
        )
    with pytest.raises(Refused, match=WAITS):
        save_indicator(indicator.result, since, by=manager, indicator=indicator)


@pytest.mark.django_db
def test_given_a_returned_period_when_the_measure_changes_then_it_is_kept() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.submitted(period)
    manager = make.member(project)
    give_back(period, by=manager, reason="Another measure is meant.")

    set_measure(period.indicator, ADVICE, by=manager, although_nothing=True)

    assert PlanStep.objects.get().what == "version"


@pytest.mark.django_db
def test_given_a_submitted_period_when_what_is_above_it_is_deleted_then_it_is_refused() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.submitted(period)
    manager = make.member(project)

    with pytest.raises(Refused, match="Periods of it are submitted"):
        remove_indicator(period.indicator, by=manager)
    with pytest.raises(Refused, match="Periods of it are submitted"):
        remove_result(period.indicator.result, by=manager)


@pytest.mark.django_db
def test_given_a_public_figure_when_its_indicator_or_outcome_is_deleted_then_it_is_refused() -> None:
    project = make.project()
    indicator = make.indicator(project)
    released("EX.01.I1")
    outcome = Result.objects.create(project=project, code="0", kind="outcome", order=9)
    Result.objects.filter(pk=indicator.result_id).update(parent=outcome)
    manager = make.member(project)

    with pytest.raises(Refused, match="Figures of it are public"):
        remove_indicator(indicator, by=manager)
    with pytest.raises(Refused, match="Figures of it are public"):
        remove_result(outcome, by=manager)


@pytest.mark.django_db
def test_given_figures_of_an_earlier_indicator_when_another_takes_its_code_then_it_is_refused() -> None:
    project = make.project()
    released("EX.01.1.a")
    indicator, manager = make.indicator(project), make.member(project)

    with pytest.raises(Refused, match=r"public under the code 1\.a"):
        save_indicator(indicator.result, WORDS, by=manager)
    with pytest.raises(Refused, match=r"public under the code 1\.a"):
        save_indicator(indicator.result, WORDS, by=manager, indicator=indicator)


@pytest.mark.django_db
def test_given_a_measure_when_previewed_then_it_says_what_it_would_count_and_nothing_changes() -> None:
    project = make.project()
    with_one_met(project)
    indicator = make.indicator(project, measure={"way": "typed"})

    told = preview(indicator, ADVICE, by=make.member(project))

    assert (told.value, told.is_nothing) == (1, False)
    assert list(IndicatorVersion.objects.values_list("measure", flat=True)) == [{"way": "typed"}]
    assert not Tally.objects.filter(indicator=indicator).exists()


@pytest.mark.django_db
def test_given_a_measure_that_counts_nothing_when_kept_then_it_is_said_with_what_may_be_meant() -> None:
    project = make.project()
    with_one_met(project)
    make.service("course", names={"en": "Course"})
    indicator = make.indicator(project, measure=ADVICE)

    with pytest.raises(CountsNothing, match="Recorded most in this project: advice"):
        set_measure(indicator, COURSE, by=make.member(project))

    assert indicator.versions.get().measure["services"] == ["advice"]


@pytest.mark.django_db
def test_given_a_service_that_was_renamed_when_kept_then_the_new_name_is_suggested() -> None:
    project = make.project()
    make.service("advice-before-departure")
    indicator = make.indicator(project, measure=ADVICE)

    with pytest.raises(WrongData, match="It may have been renamed: advice-before-departure"):
        set_measure(indicator, {**ADVICE, "services": ["advice-departure"]}, by=make.member(project))


@pytest.mark.django_db
def test_given_a_version_that_begins_before_the_last_when_replanned_then_it_is_refused() -> None:
    project = make.project()
    with_one_met(project)
    indicator = make.indicator(project, measure=ADVICE)

    with pytest.raises(Refused, match="A new one must begin later"):
        replan(indicator, ADVICE, valid_from=date(2023, 12, 31), reason="Earlier.", by=make.member(project))


@pytest.mark.django_db
def test_given_another_unit_when_replanned_then_another_indicator_is_asked_for() -> None:
    project = make.project()
    with_one_met(project)
    indicator = make.indicator(project, measure=ADVICE)

    with pytest.raises(Refused, match="Make another indicator"):
        replan(
            indicator,
            {**ADVICE, "count": "contacts"},
            valid_from=date(2025, 1, 1),
            reason="?",
            by=make.member(project),
        )


@pytest.mark.django_db
def test_given_an_approved_period_when_its_measure_is_corrected_then_a_new_version_is_asked_for() -> None:
    project = make.project()
    make.service()
    period = first_half(project)
    set_up_tallies()
    make.approved(period)

    with pytest.raises(Refused, match="Re-plan it from a day on"):
        set_measure(period.indicator, ADVICE, by=make.member(project))


@pytest.mark.django_db
def test_given_a_replanned_measure_when_read_then_both_versions_stand_with_the_reason() -> None:
    project = make.project()
    with_one_met(project)
    make.service("course")
    indicator = make.indicator(project, measure=ADVICE)

    told = replan(
        indicator,
        {**ADVICE, "services": ["advice", "course"]},
        valid_from=date(2025, 7, 1),
        reason="Courses count, too.",
        by=make.member(project),
    )

    versions = indicator.versions.order_by("number").values_list("number", "valid_from", "reason")
    assert list(versions) == [(1, date(2024, 1, 1), ""), (2, date(2025, 7, 1), "Courses count, too.")]
    assert told.value == 1
