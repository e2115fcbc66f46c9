"""Pages of frameworks, approval and what is overdue."""

from datetime import date
from decimal import Decimal

import pytest

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Access
from rohnamo.projects.models import Project
from rohnamo.results.actions import READER, give_back, set_up_tallies
from rohnamo.results.models import Indicator, IndicatorVersion, Period, PeriodTarget, Result
from rohnamo.results.queries.day import day_of
from rohnamo.results.tests import factories as make
from rohnamo.results.tests.browsing import enter
from rohnamo.staff.models import User

ADVICE = {"count": "persons", "services": ["advice"]}
FRAMEWORK = "/work/projects/EX.01/framework/"
BOARD = "/work/projects/approvals/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]


def framework_of(*codes: str, number: int = 3) -> Project:
    """A project with indicators and a few women who were advised in the first half of 2025."""
    project, service = make.project(titles={"en": "Safe ways", "tg": "Роҳи бехатар"}), make.service()
    for code in codes or ("1.a",):
        make.indicator(project, code, measure=ADVICE, targets=(1, 2, 10, 20))
    for _ in range(number):
        somebody = make.person(sex="f")
        make.delivery(project, service, date(2025, 1, 5), person=somebody)
        Access.objects.create(person=somebody, project=project)
    set_up_tallies()
    return project


def half(code: str = "1.a") -> Period:
    return Period.objects.get(indicator__code=code, end=date(2025, 6, 30))


def outside(role: str) -> User:
    return User.objects.create(username=role, role=role)


def test_given_a_framework_when_opened_then_every_number_stands_and_opens_its_list() -> None:
    project = framework_of()

    page = enter(make.member(project, "project_officer")).get(f"{FRAMEWORK}?period=2025-H1").content.decode()

    assert '<a href="/work/results/EX.01.1.a/2025-H1/">3</a>' in page
    assert "7 to go in this period. Draft" in page


def test_given_an_approved_value_when_the_framework_is_opened_then_it_opens_the_frozen_list() -> None:
    project = framework_of()
    period = make.approved(half())

    page = enter(make.member(project)).get(f"{FRAMEWORK}?period=2025-H1").content.decode()

    assert f'<a href="{FRAMEWORK}periods/{period.pk}/approved/">3</a>' in page


@pytest.mark.parametrize("role", ["administrator", "partner_reporter", "donor_reader"])
def test_given_a_role_that_sees_no_counted_results_when_it_opens_the_pages_then_there_are_none(
    role: str,
) -> None:
    project = framework_of()
    browser = enter(make.member(project, role))

    answers = [browser.get(address).status_code for address in (FRAMEWORK, BOARD, "/work/projects/overdue/")]

    assert answers == [404, 404, 404]


@pytest.mark.parametrize("role", ["project_officer", "programme_manager", "field_officer"])
def test_given_somebody_outside_the_project_when_they_open_its_framework_then_there_is_none(
    role: str,
) -> None:
    framework_of()

    assert enter(outside(role)).get(FRAMEWORK).status_code == 404


@pytest.mark.parametrize("role", ["monitoring_officer", "field_officer", "communications"])
def test_given_a_reader_when_they_ask_for_an_edit_form_then_there_is_none(role: str) -> None:
    project = framework_of()
    browser = enter(make.member(project, role))

    page = browser.get(FRAMEWORK)

    assert (page.status_code, "Add an outcome" in page.content.decode()) == (200, False)
    assert browser.get(f"{FRAMEWORK}results/new/").status_code == 404


def test_given_many_indicators_when_the_framework_is_opened_then_it_asks_as_many_questions(
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    project = framework_of(*[f"1.{number}" for number in range(40)])
    browser = enter(make.member(project, "project_officer"))

    with django_assert_max_num_queries(17):
        answer = browser.get(f"{FRAMEWORK}?period=2025-H1")

    assert answer.status_code == 200


def test_given_a_hundred_values_on_the_board_when_opened_then_it_asks_as_many_questions(
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    project = framework_of(*[f"1.{number}" for number in range(100)])
    browser = enter(make.member(project, "project_officer"))

    with django_assert_max_num_queries(15):
        answer = browser.get(f"{BOARD}?state=draft&period=2025-H1")

    assert answer.content.decode().count('name="periods"') == 100


def test_given_an_outcome_form_when_posted_then_it_stands_and_the_tree_shows_it() -> None:
    project = make.project()
    browser = enter(make.member(project, "project_officer"))

    answer = browser.post(
        f"{FRAMEWORK}results/new/", {"code": "1", "title_tg": "Сафари бехатар", "parent": ""}
    )

    assert answer.headers["Location"] == FRAMEWORK
    assert Result.objects.get().titles == {"tg": "Сафари бехатар"}


def test_given_an_indicator_form_when_posted_then_its_measure_is_asked_next() -> None:
    project = make.project()
    result = Result.objects.create(project=project, code="1", kind="outcome", order=1)
    browser = enter(make.member(project, "project_officer"))

    answer = browser.post(
        f"{FRAMEWORK}results/{result.pk}/new-indicator/",
        {"code": "1.a", "title_en": "Women advised", "direction": "up", "grows": "yes"},
    )

    made = Indicator.objects.get()
    assert answer.headers["Location"] == f"{FRAMEWORK}{made.pk}/measure/"


def test_given_a_measure_when_previewed_then_the_number_is_said_and_nothing_is_kept() -> None:
    project = framework_of()
    made = make.indicator(project, "2.a", measure={"way": "typed"})
    browser = enter(make.member(project, "project_officer"))

    page = browser.post(
        f"{FRAMEWORK}{made.pk}/measure/?way=counted",
        {"count": "persons", "services": ["advice"], "unique_within": "indicator", "preview": "1"},
    ).content.decode()

    assert "it counts 3 today" in page
    assert made.versions.get().measure == {"way": "typed"}


def test_given_a_measure_that_counts_nothing_when_saved_then_it_is_kept_when_somebody_means_it() -> None:
    project = framework_of()
    make.service("course", names={"en": "Course"})
    made = Indicator.objects.get()
    browser = enter(make.member(project, "project_officer"))
    asked = {"count": "persons", "services": ["course"], "unique_within": "indicator"}

    page = browser.post(f"{FRAMEWORK}{made.pk}/measure/", asked).content.decode()
    answer = browser.post(f"{FRAMEWORK}{made.pk}/measure/", {**asked, "although": "1"})

    assert "This measure counts nothing today. Recorded most in this project: advice." in page
    assert answer.status_code == 302
    assert IndicatorVersion.objects.get().measure["services"] == ["course"]


def test_given_targets_as_people_type_them_when_saved_then_they_are_numbers() -> None:
    project = framework_of()
    period = half()
    browser = enter(make.member(project, "project_officer"))

    answer = browser.post(
        f"{FRAMEWORK}periods/{period.pk}/promise/",
        {"baseline": "1,5", "target": "1 000", "sex_f": "600", "reason": "Agreed in May."},
    )

    period.refresh_from_db()
    assert answer.status_code == 302
    assert (period.baseline, period.target) == (Decimal("1.50"), Decimal(1000))
    assert list(PeriodTarget.objects.values_list("sex", "target")) == [("f", Decimal(600))]


def test_given_ticked_values_when_submitted_and_approved_on_the_board_then_all_stand() -> None:
    project = framework_of("1.a", "1.b")
    periods = [half("1.a").pk, half("1.b").pk]
    officer, manager = enter(make.member(project, "project_officer")), enter(make.member(project))

    officer.post(f"{BOARD}?state=draft", {"step": "submit", "periods": periods})
    page = manager.post(
        f"{BOARD}?state=submitted", {"step": "approve", "all": "1", "shown": periods}, follow=True
    ).content.decode()

    assert "2 values were approved. Later changes of records will not move them." in page
    assert list(Period.objects.filter(pk__in=periods).values_list("approved_value", flat=True)) == [3, 3]


def test_given_a_value_that_came_after_the_board_was_read_when_all_are_approved_then_it_waits() -> None:
    project = framework_of("1.a", "1.b")
    officer, manager = make.member(project, "project_officer"), enter(make.member(project))
    make.submitted(half("1.a"), by=officer)
    page = manager.get(f"{BOARD}?state=submitted").content.decode()
    make.submitted(half("1.b"), by=officer)

    manager.post(f"{BOARD}?state=submitted", {"step": "approve", "all": "1", "shown": [half("1.a").pk]})

    assert f'name="shown" value="{half("1.a").pk}"' in page
    assert (half("1.a").state, half("1.b").state) == ("approved", "submitted")


def test_given_a_service_that_is_gone_when_the_indicator_is_opened_then_the_likely_one_is_named() -> None:
    project = framework_of()
    made = Indicator.objects.get()
    made.versions.update(measure={**ADVICE, "services": ["advise"]})

    page = enter(make.member(project, "project_officer")).get(f"{FRAMEWORK}{made.pk}/").content.decode()

    assert "asks for a service that is not there any more: advise (now perhaps advice). Correct it." in page


def test_given_a_value_that_moved_when_approved_on_the_board_then_nothing_changes_and_both_numbers_are_said() -> (
    None
):
    project = framework_of()
    period = make.submitted(half())
    late = make.delivery(project, Delivery.objects.all()[0].service, date(2025, 2, 1), person=make.person())
    READER.work([("delivery.recorded", str(late.pk))])

    page = (
        enter(make.member(project))
        .post(f"{BOARD}?state=submitted", {"step": "approve", "periods": [period.pk]})
        .content.decode()
    )

    assert "EX.01.1.a</a>: 3 was submitted, and 4 is counted now." in page
    assert half().state == "submitted"


def test_given_one_that_cannot_be_approved_when_posted_then_all_stay_and_the_board_says_why() -> None:
    project = framework_of("1.a", "1.b")
    make.submitted(half("1.a"))
    manager = enter(make.member(project))

    page = manager.post(
        f"{BOARD}?state=", {"step": "approve", "periods": [half("1.a").pk, half("1.b").pk]}
    ).content.decode()

    assert "Nothing was changed, because of these:" in page
    assert "EX.01.1.b</a>: It is a draft: nobody has submitted it yet." in page
    assert half("1.a").state == "submitted"


def test_given_no_reason_when_a_value_is_reopened_then_the_page_asks_for_it() -> None:
    project = framework_of()
    period = make.approved(half())
    browser = enter(make.member(project))

    page = browser.post(
        f"{FRAMEWORK}periods/{period.pk}/step/", {"step": "reopen", "reason": ""}, follow=True
    )

    assert "Write the reason in a few words." in page.content.decode()
    assert half().state == "approved"


def test_given_a_late_row_when_the_approved_list_is_opened_then_it_is_as_long_as_the_value_and_says_why() -> (
    None
):
    project = framework_of()
    period = make.approved(half())
    late = make.delivery(project, Delivery.objects.all()[0].service, date(2025, 2, 1), person=make.person())
    READER.work([("delivery.recorded", str(late.pk))])

    page = enter(make.member(project)).get(f"{FRAMEWORK}periods/{period.pk}/approved/").content.decode()

    assert page.count(">Record ") == 3
    assert "Approved: 3. Counted now: 4." in page
    assert 'written down after the approval</th><td class="is-number">+1' in page


def test_given_somebody_without_people_when_they_open_the_approved_list_then_only_the_numbers_are_there() -> (
    None
):
    project = framework_of()
    period = make.approved(half())

    page = enter(make.member(project, "communications")).get(f"{FRAMEWORK}periods/{period.pk}/approved/")

    assert (page.status_code, "Record " in page.content.decode()) == (200, False)


def test_given_what_is_late_when_the_page_is_opened_then_it_leads_to_what_waits() -> None:
    project = framework_of()

    page = enter(make.member(project)).get("/work/projects/overdue/").content.decode()

    assert "1 indicator without an approved value for January – June" in page
    assert f"{BOARD}?state=draft&amp;project=EX.01&amp;period=2025-H1" in page


def test_given_a_returned_value_when_its_officer_begins_the_day_then_it_waits_for_them_and_for_nobody_else() -> (
    None
):
    project = framework_of()
    make.submitted(half())
    give_back(half(), by=make.member(project), reason="Kulob is missing.")

    page = enter(make.member(project, "project_officer")).get("/work/").content.decode()

    assert "Mend 1 returned value" in page
    assert day_of(make.member(project, "field_officer"), date(2026, 1, 1)) == {}
