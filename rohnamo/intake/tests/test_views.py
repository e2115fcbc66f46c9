"""Registers through the browser: sent, looked through, answered, accepted, and what a partner sees of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from rohnamo.core.models import StoredFile
from rohnamo.deliveries.models import Delivery
from rohnamo.engines.registers import ReasonCode, RegisterError, WrongFileType
from rohnamo.intake import tasks
from rohnamo.intake.actions import upload
from rohnamo.intake.models import DoubtfulRow, Import, Upload
from rohnamo.intake.queries import uploads
from rohnamo.intake.queries.problems import KINDS, SENTENCES, problem
from rohnamo.intake.queries.sentences import SENTENCES as REASONS
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of, send
from rohnamo.intake.tests.factories import BARE, LATER, REGISTER, TITLES, VISIT, csv_of, make_setting
from rohnamo.people.actions import judge
from rohnamo.people.models import Judgement, Person, Verdict
from rohnamo.people.tests.factories import make_project, make_user
from rohnamo.results.actions import set_up_tallies
from rohnamo.staff.tests.door import enter

MOST_QUERIES = 15
pytestmark = pytest.mark.django_db


def test_given_a_register_when_it_is_sent_looked_through_and_accepted_then_its_result_is_shown() -> None:
    source, project = make_setting()
    set_up_tallies()
    browser = enter(make_user(project))

    sent = send(browser, REGISTER, source, project)
    before = Delivery.objects.count()
    preview = html_of(browser, sent.url)
    accepted = browser.post(f"{sent.url}accept/", follow=True)
    result = accepted.content.decode()

    assert before == 0
    assert ("Намунаев Далер" in preview, "not kept" in preview, "Accept 4 rows" in preview) == (
        True,
        True,
        True,
    )
    for secret in ("Мисолова", "Пинҳонов", "918000002"):
        assert secret not in preview
    assert accepted.redirect_chain[-1][0] == f"/work/intake/taken/{Import.objects.get().pk}/"
    assert "people reached without this register" in result
    assert Delivery.objects.count() == 4


def test_given_a_figure_when_a_register_adds_to_it_then_the_page_says_what_it_was_and_what_it_is() -> None:
    source, project = make_setting()
    set_up_tallies()
    browser = enter(make_user(project))
    for number in (1, 2):
        rows = [
            (
                n,
                f"Намунаев{'абв'[n]} Далер",
                "м",
                f"1{n}.03.198{n}",
                "Куляб",
                "",
                f"1{number}.02.2025",
                "консультация",
                "",
            )
            for n in range(number + 1)
        ]
        address = send(browser, csv_of(TITLES, *rows), source, project).url
        browser.post(f"{address}accept/")

    html = html_of(browser, f"/work/intake/taken/{Import.objects.latest('pk').pk}/")

    assert '<b class="number">2</b> <span>people reached without this register' in html
    assert '<b class="number">3</b> <span>people reached with it' in html


def test_given_a_doubtful_row_when_it_is_answered_at_the_preview_then_the_answer_holds_after_acceptance() -> (
    None
):
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)
    browser.post(f"{send(browser, csv_of(TITLES, BARE), source, project).url}accept/")
    address = send(browser, csv_of(TITLES, LATER), source, project).url

    open_row = html_of(browser, address)
    browser.post(f"{address}answer/", {"row": "2", "verdict": "positive"})
    answered = html_of(browser, f"{address}?verdict=doubtful&row=2")
    browser.post(f"{address}accept/")

    assert open_row.count('data-key="') == 3
    assert "Answered: Yes, one person." in answered
    assert Judgement.objects.get(superseded_at=None).verdict == Verdict.POSITIVE
    assert len(set(Person.objects.values_list("root", flat=True))) == 1


def test_given_a_doubtful_row_that_was_taken_in_when_somebody_decides_then_it_waits_no_longer() -> None:
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)
    for row in (BARE, LATER):
        browser.post(f"{send(browser, csv_of(TITLES, row), source, project).url}accept/")
    address = f"/work/intake/taken/{Import.objects.latest('pk').pk}/"
    doubtful = DoubtfulRow.objects.get()

    before = html_of(browser, address)
    judge(doubtful.person, doubtful.other, Verdict.NEGATIVE, by=user)
    after = html_of(browser, address)

    assert (f'href="/work/people/{doubtful.person_id}/">Row 2<' in before, "Doubtful rows" in after) == (
        True,
        False,
    )


def test_given_a_doubtful_row_like_a_record_of_another_project_when_it_is_looked_at_then_the_record_is_not_shown() -> (
    None
):
    source, project = make_setting()
    other = make_project("EX.91")
    owner = enter(make_user(other))
    owner.post(
        f"{send(owner, csv_of(TITLES, (1, 'Намунаев Далер Пинҳонович', 'м', '', 'Хорог', '', '11.02.2025', 'консультация', '')), source, other).url}accept/"
    )
    browser = enter(make_user(project))
    address = send(browser, csv_of(TITLES, LATER), source, project).url

    html = html_of(browser, f"{address}?verdict=doubtful")
    answer = browser.post(f"{address}answer/", {"row": "2", "verdict": "positive"})

    assert ("Пинҳонович" in html, "data-key" in html) == (False, False)
    assert answer.status_code == 404


def test_given_a_file_that_is_no_table_when_it_is_sent_then_the_form_says_so_in_one_sentence() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))

    html = send(browser, b"%PDF-1.7 nothing", source, project, "scan.pdf").content.decode()

    assert "This file is not a table: it is a PDF document." in html
    assert Upload.objects.count() == 0


def test_given_every_fault_of_a_register_when_it_is_put_in_words_then_there_are_words() -> None:
    def classes(of: type[RegisterError]) -> list[type[RegisterError]]:
        return [of, *(one for kind in of.__subclasses__() for one in classes(kind))]

    assert {one.code for one in classes(RegisterError)} <= set(SENTENCES)
    assert {problem(WrongFileType(kind=kind)).count("%") for kind in [*KINDS, "binary"]} == {0}
    assert {code.value for code in ReasonCode} <= set(REASONS)


def test_given_a_cancelled_register_when_it_is_opened_again_then_its_rows_are_gone() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, REGISTER, source, project).url

    browser.post(f"{address}discard/")

    assert StoredFile.objects.count() == 0
    assert "Its rows are deleted" in html_of(browser, address)
    assert "Намунаев" not in html_of(browser, address)


def test_given_one_register_sent_twice_when_one_is_cancelled_then_the_other_keeps_its_rows() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    first, second = (send(browser, REGISTER, source, project).url for _ in range(2))

    browser.post(f"{first}discard/")

    assert "Намунаев Далер" in html_of(browser, second)


def test_given_a_large_register_when_it_is_accepted_then_the_worker_takes_it_and_the_page_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)
    address = send(browser, REGISTER, source, project).url
    monkeypatch.setattr(uploads, "AT_ONCE_ROWS", 2)

    browser.post(f"{address}accept/")
    browser.post(f"{address}accept/")
    progress = html_of(browser, address)
    discarded = browser.post(f"{address}discard/", follow=True).content.decode()
    tasks.accept.call(Upload.objects.get().pk, user.pk)
    DBTaskResult.objects.update(status="SUCCESSFUL")

    assert DBTaskResult.objects.count() == 1
    assert "The register is being taken in and cannot be cancelled any more." in discarded
    assert ("0 of 4 rows" in progress, 'http-equiv="refresh"' in progress) == (True, True)
    assert browser.get(address).url == f"/work/intake/taken/{Import.objects.get().pk}/"


def test_given_a_partners_reporter_when_they_send_a_register_then_they_see_counts_and_rows_to_correct_only() -> (
    None
):
    source, project = make_setting()
    browser = enter(a_partner_reporter(source, project))
    wrong = (9, "Намунаев Фаррух", "м", "2062", "Куляб", "", "11.02.2025", "консультация", "")
    address = send(browser, csv_of(TITLES, VISIT, wrong), source, project).url

    html = html_of(browser, f"{address}?verdict=new")
    listed = html_of(browser, "/work/intake/")

    assert ("Accept 1 row" in html, "The year of birth lies in the future." in html) == (True, True)
    assert ("Намунаев" in html, 'id="row-2"' in html) == (False, False)
    assert "register.csv" in listed


def test_given_a_partners_reporter_when_they_open_registers_of_others_then_there_are_none() -> None:
    source, project = make_setting()
    waiting = upload(REGISTER, "secret.csv", source=source, project=project, by=make_user(project))
    browser = enter(a_partner_reporter(source, project))

    assert browser.get(f"/work/intake/{waiting.pk}/").status_code == 404
    assert "secret.csv" not in html_of(browser, "/work/intake/")


def test_given_an_officer_of_another_project_when_they_ask_for_a_register_then_it_is_not_there() -> None:
    source, project = make_setting()
    waiting = upload(REGISTER, "secret.csv", source=source, project=project, by=make_user(project))
    browser = enter(make_user(make_project("EX.91")))

    found = {
        verb: browser.post(f"/work/intake/{waiting.pk}/{verb}/").status_code
        for verb in ("accept", "discard", "answer")
    }

    assert found == {"accept": 404, "discard": 404, "answer": 404}
    assert Upload.objects.get().decided_at is None
    assert "secret.csv" not in html_of(browser, "/work/intake/")
    assert send(browser, REGISTER, source, project).status_code == 200, "the project is no choice of the form"


def test_given_many_rows_and_registers_when_pages_are_opened_then_they_are_light_and_ask_little() -> None:
    source, project = make_setting()
    user = make_user(project)
    rows = [
        (
            n,
            f"Намунаев Гуландом{n}",
            "м",
            f"{1 + n % 28}.03.19{50 + n % 50}",
            "Куляб",
            "",
            "11.02.2025",
            "консультация",
            "",
        )
        for n in range(120)
    ]
    waiting = upload(csv_of(TITLES, *rows), "long.csv", source=source, project=project, by=user)
    for number in range(60):
        Import.objects.create(
            source=source, project=project, digest=str(number), label="one.csv", started_by="1"
        )
    browser = enter(user)

    found = {}
    for address in (
        "/work/intake/",
        "/work/intake/new/",
        f"/work/intake/{waiting.pk}/",
        f"/work/intake/taken/{Import.objects.latest('pk').pk}/",
    ):
        with CaptureQueriesContext(connection) as caught:
            answer = browser.get(address)
        own = [
            one
            for one in caught.captured_queries
            if "SAVEPOINT" not in one["sql"] and "django_session" not in one["sql"]
        ]
        found[address] = (len(own) <= MOST_QUERIES, len(answer.content) < 90_000)

    assert set(found.values()) == {(True, True)}, found
