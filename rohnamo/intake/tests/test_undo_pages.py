"""Taking a register back at the screen and from the command line: two steps, numbers first, and for few."""

import json
import re

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from rohnamo.core.errors import WrongData
from rohnamo.deliveries.queries import counting
from rohnamo.intake.actions import accept, upload
from rohnamo.intake.commands import intake
from rohnamo.intake.models import Import
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of
from rohnamo.intake.tests.factories import REGISTER, make_setting
from rohnamo.intake.views import afterwards as views
from rohnamo.people.tests.factories import make_project, make_user
from rohnamo.projects.models import Project
from rohnamo.staff.models import Role, User
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
WHY = "Sent for the wrong project."


def a_register() -> tuple[Import, Project, User]:
    source, project = make_setting()
    user = make_user(project)
    register = accept(upload(REGISTER, "r.csv", source=source, project=project, by=user), by=user).register
    assert register
    return register, project, user


def numbers_of(html: str) -> str:
    found = re.search(r'name="numbers" value="([\d-]+)"', html)
    assert found
    return found.group(1)


def test_given_the_officer_who_took_it_in_when_they_take_it_back_then_two_steps_say_what_will_happen() -> (
    None
):
    register, _project, user = a_register()
    browser = enter(user)
    address = f"/work/intake/taken/{register.pk}/undo/"

    first = html_of(browser, address)
    second = browser.post(address, {"reason": WHY}).content.decode()
    after_second = counting().count()
    last = browser.post(address, {"reason": WHY, "numbers": numbers_of(second)}, follow=True).content.decode()

    assert ("services are taken back" in first, "person is removed" in first) == (True, True)
    assert ("Yes, take it back" in first, "Yes, take it back" in second) == (False, True)
    assert (after_second, counting().count()) == (4, 0)
    assert "This register was taken back on" in last
    assert (f"Reason: {WHY}" in last, "1 person whom nobody" in last, "Take back" in last) == (
        True,
        False,
        False,
    )


def test_given_numbers_that_changed_between_the_steps_when_it_is_confirmed_then_they_are_shown_again() -> (
    None
):
    register, _project, user = a_register()
    browser = enter(user)

    html = browser.post(
        f"/work/intake/taken/{register.pk}/undo/", {"reason": WHY, "numbers": "1-2-3"}
    ).content.decode()

    assert "Something has changed meanwhile." in html
    assert counting().count() == 4


def test_given_who_may_not_when_they_ask_then_there_is_no_such_page() -> None:
    register, project, _user = a_register()
    strangers = [
        make_user(project),
        make_user(project, role=Role.FIELD_OFFICER),
        make_user(make_project("EX.91"), role=Role.PROGRAMME_MANAGER),
        a_partner_reporter(register.source, project),
    ]

    found = [enter(one).get(f"/work/intake/taken/{register.pk}/undo/").status_code for one in strangers]
    manager = enter(make_user(project, role=Role.PROGRAMME_MANAGER))

    assert found == [404, 404, 404, 404]
    assert manager.get(f"/work/intake/taken/{register.pk}/undo/").status_code == 200


def test_given_a_large_register_when_it_is_taken_back_then_the_worker_does_and_the_page_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register, _project, user = a_register()
    monkeypatch.setattr(views, "AT_ONCE_LINES", 2)
    browser = enter(user)
    address = f"/work/intake/taken/{register.pk}/undo/"
    second = browser.post(address, {"reason": WHY}).content.decode()

    html = browser.post(address, {"reason": WHY, "numbers": numbers_of(second)}, follow=True).content.decode()
    DBTaskResult.objects.all().delete()
    stopped = html_of(browser, f"/work/intake/taken/{register.pk}/")
    monkeypatch.setattr(views, "AT_ONCE_LINES", 300)
    browser.post(address)

    assert ("0 of 4 rows" in html, 'http-equiv="refresh"' in html) == (True, True)
    assert "Taking this register back stopped half-way." in stopped
    assert (counting().count(), Import.objects.get().undo_reason) == (0, WHY)


def test_given_many_rows_when_the_numbers_are_asked_for_then_it_asks_little() -> None:
    register, _project, user = a_register()
    browser = enter(user)

    with CaptureQueriesContext(connection) as caught:
        html_of(browser, f"/work/intake/taken/{register.pk}/undo/")

    assert len([one for one in caught if "SAVEPOINT" not in one["sql"]]) <= 50


def test_given_the_command_line_when_a_register_is_taken_back_then_numbers_are_said_and_it_is_listed_so() -> (
    None
):
    register, _project, _user = a_register()

    def run(*arguments: str) -> str:
        return (
            CliRunner().invoke(intake, list(arguments), catch_exceptions=False, standalone_mode=False).output
        )

    dry = json.loads(run("undo", str(register.pk), "--reason", WHY, "--dry-run", "--json"))
    before = counting().count()
    said = run("undo", str(register.pk), "--reason", WHY)
    listed = json.loads(run("list", "--json"))

    assert (dry["dry_run"], dry["lines"], dry["removed"]["person"], before) == (True, 4, 1, 4)
    assert "      4 lines of the ledger were taken back" in said
    assert [(one["number"], one["state"], one["rows"]) for one in listed] == [(register.pk, "taken back", 4)]
    assert f"{register.pk}  " in run("list", "--project", "EX.90")
    with pytest.raises(WrongData, match="No register 99"):
        run("undo", "99", "--reason", WHY)
    assert run("rhythm", "partner", "EX.90", "--every", "quarter", "--since", "2025-01-01").startswith(
        "Registers of"
    )
