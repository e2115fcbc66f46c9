"""What is asked before acceptance: the same rows from another sender, services of another project, old previews."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.deliveries.models import Delivery
from rohnamo.intake.actions import (
    accept,
    begin_undo,
    confirm_by_hand,
    forget_what_was_said,
    look_anew,
    take_in,
    undo,
    upload,
)
from rohnamo.intake.commands import take
from rohnamo.intake.models import Entry, Import, Upload
from rohnamo.intake.queries import open_register, uploads
from rohnamo.intake.queries.survey import AGAIN, OTHER_SERVICES, survey_of
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of, send
from rohnamo.intake.tests.factories import TITLES, VISIT, csv_of, make_setting
from rohnamo.people.models import Person
from rohnamo.people.tests.factories import make_project, make_service, make_source, make_user
from rohnamo.projects.models import Project, Service, Source
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
STRANGER = (1, "Розизода Лола", "ж", "02.08.1971", "Хорог", "", "09.01.2025", "консультация", "")


def rows(count: int, *, first: int = 0, service: str = "консультация") -> list[tuple[object, ...]]:
    """Visits of different people, one a day of their own."""
    return [
        (
            n,
            f"Намунаев{'абвгдежзиклм'[n]} Далер",
            "м",
            f"{10 + n}.03.1988",
            "Куляб",
            "",
            f"{10 + n}.02.2025",
            service,
            "",
        )
        for n in range(first, first + count)
    ]


def a_list(count: int = 6, *, first: int = 0) -> bytes:
    return csv_of(TITLES, *rows(count, first=first))


def taken(content: bytes, source: Source, project: Project) -> Import:
    opened = open_register(content, "r.csv", source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register
    assert register
    return register


def asked(content: bytes, source: Source, project: Project) -> tuple[str, ...]:
    opened = open_register(content, "r.csv", source=source, project=project)
    return survey_of(opened.lines, opened.digest, source=source, project=project).to_confirm


def test_given_a_register_when_another_sender_sends_the_same_file_then_it_is_not_accepted_without_a_tick() -> (
    None
):
    source, project = make_setting()
    other = make_source("volunteers")
    taken(a_list(), source, project)
    browser = enter(make_user(project))
    address = send(browser, a_list(), other, project).url

    page = html_of(browser, address)
    browser.post(f"{address}accept/")
    before = Delivery.objects.count()
    browser.post(f"{address}accept/", {AGAIN: "yes"})

    assert "Much of this register came before from another sender" in page
    assert "The same file came before from “Source”, project EX.90." in page
    assert (before, Delivery.objects.count()) == (6, 12)


def test_given_a_register_when_its_rows_come_in_another_file_of_another_sender_then_they_are_recognised() -> (
    None
):
    source, project = make_setting()
    other = make_source("volunteers")
    taken(a_list(), source, project)
    resorted = csv_of(TITLES, *reversed(rows(8)))
    browser = enter(make_user(project))

    page = html_of(browser, send(browser, resorted, other, project).url)

    assert "6 rows of 8 came before from “Source”, project EX.90." in page
    assert asked(csv_of(TITLES, *rows(3, first=8)), other, project) == ()


def test_given_few_rows_of_another_project_when_somebody_else_sends_them_then_nothing_is_said_of_them() -> (
    None
):
    source, project = make_setting()
    other, elsewhere = make_source("volunteers"), make_project("EX.91")
    taken(a_list(6), source, project)

    few = asked(csv_of(TITLES, *rows(5)), other, elsewhere)
    taken(a_list(12), source, project)
    many = asked(csv_of(TITLES, *rows(11)), other, elsewhere)

    assert (few, many) == ((), (AGAIN,))


def test_given_a_register_that_was_taken_back_when_another_sender_sends_it_then_nothing_is_asked() -> None:
    source, project = make_setting()
    register = taken(a_list(), source, project)
    begin_undo(register, by=SYSTEM, reason="sent twice")
    undo(register, by=SYSTEM, reason="sent twice")

    assert asked(a_list(), make_source("volunteers"), project) == ()


def test_given_an_erased_person_when_entries_are_emptied_then_no_trace_of_the_row_is_left() -> None:
    source, project = make_setting()
    taken(a_list(1), source, project)
    before = bytes(Entry.objects.get().trace)

    forget_what_was_said([Person.objects.get().pk])

    assert (len(before), bytes(Entry.objects.get().trace)) == (16, b"")


def test_given_a_partners_reporter_when_they_send_what_came_before_then_nobody_is_named() -> None:
    source, project = make_setting()
    other = make_source("volunteers")
    taken(a_list(), source, project)
    browser = enter(a_partner_reporter(other, project))

    page = html_of(browser, send(browser, a_list(), other, project).url)

    assert "Rows that came from two senders would be counted twice." in page
    assert ("“Source”" in page, "6 rows of" in page) == (False, False)


def test_given_two_uploads_of_one_list_when_the_first_is_accepted_then_the_second_is_asked_about() -> None:
    source, project = make_setting()
    other, user = make_source("volunteers"), make_user(project)
    first = upload(a_list(), "a.csv", source=source, project=project, by=user)
    second = upload(a_list(), "b.csv", source=other, project=project, by=user)

    accept(first, by=user)

    with pytest.raises(Refused, match=r"^Many of these rows came before from another sender\."):
        accept(second, by=user)
    look_anew(second, by=user)
    confirm_by_hand(second, [AGAIN, "nonsense"], by=user)
    accept(second, by=user)
    assert (Upload.objects.get(pk=second.pk).ticked, Delivery.objects.count()) == ([AGAIN], 12)


def test_given_a_preview_when_another_register_comes_in_then_the_page_says_it_and_acceptance_looks_anew() -> (
    None
):
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, a_list(3), source, project).url
    fresh = html_of(browser, address)
    taken(a_list(2), source, project)

    old = html_of(browser, address)
    stopped = browser.post(f"{address}accept/", follow=True).content.decode()
    lines = Delivery.objects.count()
    browser.post(f"{address}accept/")

    assert ("Look through anew" in fresh, "Look through anew" in old) == (False, True)
    assert (
        "Registers came in or were taken back meanwhile, and verdicts are others now. Look once more."
        in stopped
    )
    assert (lines, "Accept 1 row" in stopped, Delivery.objects.count()) == (2, True, 3)


def test_given_an_old_preview_when_nothing_changed_for_it_then_it_is_accepted_at_once() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, a_list(3), source, project).url
    taken(csv_of(TITLES, STRANGER), make_source("volunteers"), project)

    browser.post(f"{address}accept/")

    assert Delivery.objects.count() == 4


def test_given_services_of_another_project_when_a_register_comes_then_that_one_is_named_and_a_tick_is_needed() -> (
    None
):
    source, project = make_setting()
    right = make_project("EX.91")
    right.services.add(Service.objects.get(code="consultation"))
    project.services.add(make_service("course"))
    user = make_user(project)
    user.memberships.create(project=right)
    browser = enter(user)
    address = send(browser, a_list(2), source, project).url

    page = html_of(browser, address)
    browser.post(f"{address}accept/")
    before = Delivery.objects.count()
    browser.post(f"{address}accept/", {OTHER_SERVICES: "yes"})

    assert "2 rows are about services that project EX.90 does not offer" in page
    assert "Project EX.91 offers them. Was the register meant for it?" in page
    assert "none of the project&#x27;s own" in page
    assert (before, Delivery.objects.count()) == (0, 2)


def test_given_another_project_the_reader_may_not_see_when_its_services_come_then_it_is_not_named() -> None:
    source, project = make_setting()
    make_project("EX.91").services.add(Service.objects.get(code="consultation"))
    project.services.add(make_service("course"))
    browser = enter(a_partner_reporter(source, project))

    page = html_of(browser, send(browser, a_list(2), source, project).url)

    assert ("does not offer" in page, "EX.91" in page) == (True, False)


def test_given_the_command_line_when_something_must_be_confirmed_then_it_warns_and_goes_on(
    tmp_path: Path,
) -> None:
    source, project = make_setting()
    project.services.add(make_service("course"))
    make_source("volunteers")
    taken(a_list(), source, project)
    file = tmp_path / "list.csv"
    file.write_bytes(a_list())

    said = CliRunner().invoke(take, [str(file), "--source", "volunteers", "--project", "EX.90"])

    assert (said.exit_code, Delivery.objects.count()) == (0, 12)
    assert "Warning: The same file came before from partner for EX.90." in said.stderr
    assert "Warning: Project EX.90 does not offer these services" in said.stderr


def test_given_one_file_when_it_is_taken_in_four_times_then_the_list_shows_it_once() -> None:
    source, project = make_setting()
    registers = [taken(a_list(), source, project) for _ in range(4)]

    shown = list(uploads.listed(Import.objects.all()))
    first = Import.objects.get(pk=registers[0].pk)
    html = html_of(enter(make_user(project)), f"/work/intake/taken/{first.pk}/")

    assert shown == [first]
    assert "The same file came again on" in html
    begin_undo(first, by=SYSTEM, reason="wrong file")
    undo(first, by=SYSTEM, reason="wrong file")
    assert len(uploads.listed(Import.objects.all())) == 4


def test_given_a_register_of_repeats_when_it_is_looked_at_then_it_can_be_closed_and_not_accepted() -> None:
    source, project = make_setting()
    taken(a_list(), source, project)
    browser = enter(make_user(project))

    html = html_of(browser, send(browser, a_list(), source, project).url)

    assert ("Accept" in html.split("<table")[0], ">Close</button>" in html) == (False, True)


def test_given_a_register_with_hours_when_it_is_looked_at_then_the_preview_says_how_it_was_read() -> None:
    source, project = make_setting()
    titles = ("Ф.И.О.", "Пол", "Вид услуги", "Часы")
    content = csv_of(
        titles, ("Намунаев Далер", "м", "консультация", 6), ("Розизода Лола", "ж", "консультация", 24)
    )
    browser = enter(make_user(project))

    address = send(browser, content, source, project, name="visits-2025.csv").url
    html = html_of(browser, address).replace("\xa0", " ")

    assert ('data-name="Hours">6<' in html, 'data-name="Hours">24<' in html) == (True, True)
    assert "consultation (2)<br>from a column" in html
    assert (
        "Rows without a day: 2, counted in 1 January 2025 – 31 December 2025, from the name of the file"
        in html
    )
    assert "Ф.И.О. → Name in one column" in html
    assert "No day is written: the row counts in the period 1 January 2025 – 31 December 2025." in html


def test_given_a_period_that_is_wrong_when_it_is_said_by_hand_then_rows_without_a_day_are_read_anew() -> None:
    source, project = make_setting()
    titles = ("Ф.И.О.", "Пол", "Вид услуги", "Дата")
    content = csv_of(
        titles,
        ("Намунаев Далер", "м", "консультация", ""),
        ("Розизода Лола", "ж", "консультация", "11.02.2025"),
    )
    browser = enter(make_user(project))
    address = send(browser, content, source, project, name="visits-2024.csv").url

    wrong = browser.post(f"{address}columns/", {"period": "sometime"}).content.decode()
    future = browser.post(f"{address}columns/", {"period": "2099"}).content.decode()
    browser.post(f"{address}columns/", {"period": "март 2025"})
    html = html_of(browser, address)
    browser.post(f"{address}accept/")

    assert ("The period cannot be read." in wrong, "The period lies in the future." in future) == (True, True)
    assert "as said by hand" in html
    assert sorted((str(one.day), one.day_precision) for one in Delivery.objects.all()) == [
        ("2025-02-11", "day"),
        ("2025-03-01", "month"),
    ]


def test_given_refused_rows_when_they_are_taken_away_then_the_file_holds_numbers_and_reasons_only() -> None:
    source, project = make_setting()
    nobody = ("", "", "м", "14.03.1988", "Куляб", "918000077", "11.02.2025", "консультация", "")
    browser = enter(make_user(project))
    address = send(browser, csv_of(TITLES, VISIT, nobody), source, project).url

    page = html_of(browser, address)
    answer = browser.get(f"{address}refused.xlsx")
    stranger = enter(make_user(make_project("EX.91"))).get(f"{address}refused.xlsx")
    accepted = browser.post(f"{address}accept/", follow=True).content.decode()

    assert ("Refused rows with reasons (XLSX)" in page, "refused.xlsx" in accepted) == (True, True)
    assert (answer.status_code, answer["Content-Type"].split(".")[-1], stranger.status_code) == (
        200,
        "sheet",
        404,
    )
    assert "Public pages follow with the next publication, every night." in accepted
    said = words_in(answer.content)
    assert "No name is written. Add the name and send the row again." in said
    assert ("918000077" in said, "1988" in said) == (False, False)


def test_given_files_that_cannot_be_read_when_they_come_to_either_door_then_both_say_the_same(
    tmp_path: Path,
) -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    bad = {
        "titles.csv": (csv_of(TITLES), "The file has titles in row 1 but no rows below."),
        "paper.pdf": (b"%PDF-1.7\n1 0 obj", "This file is not a table: it is a PDF document."),
    }
    for name, (content, words) in bad.items():
        file = tmp_path / name
        file.write_bytes(content)

        page = send(browser, content, source, project, name=name).content.decode()
        said = CliRunner().invoke(take, [str(file), "--source", source.code, "--project", project.code])

        assert (words in page, str(said.exception).startswith(words)) == (True, True)


def words_in(content: bytes) -> str:

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
