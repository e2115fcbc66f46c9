"""From sending to acceptance: killed and begun again, two at once, an agreement that ends, and large registers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry, StoredFile
from rohnamo.deliveries.models import Delivery
from rohnamo.intake import tasks
from rohnamo.intake.actions import accept, answer, begin, discard, look_through, upload
from rohnamo.intake.actions import uploads as actions
from rohnamo.intake.models import DoubtfulRow, Import, Upload
from rohnamo.intake.queries import uploads
from rohnamo.intake.queries.uploads import State, looked_at, state_of
from rohnamo.intake.tests.browsing import html_of, send
from rohnamo.intake.tests.factories import (
    BARE,
    LATER,
    NEVER_IN_CLEAR,
    REGISTER,
    TALK,
    TITLES,
    VISIT,
    csv_of,
    make_setting,
)
from rohnamo.intake.tests.traces import found_in, whole_database
from rohnamo.people.actions import judge
from rohnamo.people.models import Judgement, Person, Verdict
from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import User
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db


class Killed(Exception):
    pass


def a_doubtful_upload() -> tuple[Upload, User]:
    """A register whose second row resembles somebody whom the project knows."""
    source, project = make_setting()
    user = make_user(project)
    accept(upload(csv_of(TITLES, BARE), "before.csv", source=source, project=project, by=user), by=user)
    return upload(csv_of(TITLES, LATER), "r.csv", source=source, project=project, by=user), user


def standing() -> list[str]:
    return list(Judgement.objects.filter(superseded_at=None).values_list("verdict", flat=True))


def accept_and_die(waiting: Upload, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed when the rows are written, and before what was answered about them is."""

    def die(*_given: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(actions, "_decide_answered", die)
        accept(waiting, by=user)


def test_given_an_answered_row_when_acceptance_is_killed_and_run_again_then_the_answer_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting, user = a_doubtful_upload()
    answer(waiting, 2, Verdict.POSITIVE, by=user)

    accept_and_die(waiting, user, monkeypatch)
    after_death = (standing(), state_of(Upload.objects.get(pk=waiting.pk)))
    html = html_of(enter(user), f"/work/intake/{waiting.pk}/")
    again = accept(waiting, by=user)

    assert after_death == (["unsure"], State.FAILED)
    assert ("The work stopped half-way." in html, "data-key" in html, "/discard/" in html) == (
        True,
        False,
        False,
    )
    assert dict(again.counts) == {"repeat": 1}
    assert standing() == ["positive"]
    assert len(set(Person.objects.values_list("root", flat=True))) == 1


def test_given_an_answered_row_when_somebody_decided_otherwise_before_the_second_run_then_that_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting, user = a_doubtful_upload()
    answer(waiting, 2, Verdict.POSITIVE, by=user)
    accept_and_die(waiting, user, monkeypatch)
    row = DoubtfulRow.objects.get()

    judge(row.person, row.other, Verdict.NEGATIVE, by=user)
    accept(waiting, by=user)

    assert standing() == ["negative"]


def test_given_one_answer_given_twice_when_the_register_is_opened_then_its_rows_are_still_there() -> None:
    waiting, user = a_doubtful_upload()
    kept_until = waiting.stored.kept_until

    for verdict in (Verdict.POSITIVE, Verdict.POSITIVE, Verdict.NEGATIVE, Verdict.POSITIVE):
        answer(waiting, 2, verdict, by=user)

    assert [row.answer for row in looked_at(waiting, by=user)] == ["positive"]
    assert StoredFile.objects.get(pk=Upload.objects.get(pk=waiting.pk).stored_id).kept_until == kept_until
    accept(waiting, by=user)
    assert standing() == ["positive"]


def test_given_an_answer_when_thirty_days_pass_then_they_are_counted_from_the_upload() -> None:
    waiting, user = a_doubtful_upload()
    last_day = timezone.localdate() + timedelta(days=3)
    StoredFile.objects.filter(pk=waiting.stored_id).update(kept_until=last_day)

    answer(waiting, 2, Verdict.POSITIVE, by=user)

    assert Upload.objects.get(pk=waiting.pk).stored.kept_until == last_day


def test_given_an_upload_somebody_looks_at_when_it_is_answered_or_cancelled_meanwhile_then_no_file_is_missed() -> (
    None
):
    waiting, user = a_doubtful_upload()
    seen_before = Upload.objects.select_related("stored").get(pk=waiting.pk)

    answer(waiting, 2, Verdict.NEGATIVE, by=user)
    after_answer = [row.answer for row in looked_at(seen_before, by=user)]
    discard(waiting, by=user)

    assert after_answer == ["negative"]
    assert looked_at(seen_before, by=user) == []
    for deed in (accept, begin, discard, lambda one, by: answer(one, 2, Verdict.POSITIVE, by=by)):
        with pytest.raises(Refused, match=r"^The register was accepted or cancelled before\."):
            deed(seen_before, by=user)


def test_given_a_file_that_was_deleted_this_moment_when_anything_is_done_then_it_is_refused_in_words() -> (
    None
):
    waiting, user = a_doubtful_upload()
    for path in _files():
        path.unlink()

    assert looked_at(waiting, by=user) == []
    for deed in (accept, begin, lambda one, by: answer(one, 2, Verdict.POSITIVE, by=by)):
        with pytest.raises(Refused, match=r"^The register was accepted or cancelled before\."):
            deed(waiting, by=user)


def test_given_acceptance_that_began_when_it_is_cancelled_or_answered_then_both_are_refused_and_it_goes_on() -> (
    None
):
    waiting, user = a_doubtful_upload()
    begin(waiting, by=user)
    began = Upload.objects.get(pk=waiting.pk).taking_since

    with pytest.raises(Refused, match=r"^The register is being taken in and cannot be cancelled any more\.$"):
        discard(waiting, by=user)
    with pytest.raises(
        Refused, match=r"^The register is being taken in\. Decide about this row when it is in"
    ):
        answer(waiting, 2, Verdict.POSITIVE, by=user)
    begin(waiting, by=user)
    accept(waiting, by=user)

    done = Upload.objects.get(pk=waiting.pk)
    assert (done.taking_since, done.decided_at is not None, Delivery.objects.count()) == (began, True, 2)


def test_given_two_that_accept_at_once_when_both_are_through_then_the_first_ones_result_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting, user = a_doubtful_upload()
    decide = actions._decide_answered

    def meanwhile(register: Import, sealed: dict[str, object]) -> None:
        monkeypatch.setattr(actions, "_decide_answered", decide)
        accept(Upload.objects.get(pk=waiting.pk), by=user)
        decide(register, sealed)

    monkeypatch.setattr(actions, "_decide_answered", meanwhile)
    accept(waiting, by=user)

    repeated = Import.objects.latest("pk")
    assert (repeated.counts, Delivery.objects.count()) == ({"repeat": 1}, 2)
    assert Upload.objects.get(pk=waiting.pk).register_id == repeated.pk


def test_given_an_agreement_that_ended_since_when_the_register_is_accepted_then_it_is_refused_in_words() -> (
    None
):
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)
    address = send(browser, csv_of(TITLES, VISIT, TALK), source, project).url
    Source.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    html = browser.post(f"{address}accept/", follow=True).content.decode()
    again = send(browser, csv_of(TITLES, VISIT, TALK), source, project).url
    browser.post(f"{again}accept/")
    browser.post(f"{address}discard/")

    assert "The data agreement with this sender has ended. Send the register again" in html
    assert (Person.objects.count(), Delivery.objects.count()) == (0, 2)
    assert sorted(state_of(one).value for one in Upload.objects.all()) == ["discarded", "taken"]


def test_given_a_large_register_when_it_is_sent_then_the_worker_looks_it_through_and_the_page_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE_ROWS", 3)
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)

    address = send(browser, REGISTER, source, project).url
    waits, listed = html_of(browser, address), html_of(browser, "/work/intake/")
    refused = browser.post(f"{address}accept/", follow=True).content.decode()
    tasks.look_through.call(Upload.objects.get().pk, user.pk)
    DBTaskResult.objects.update(status="SUCCESSFUL")
    looked = html_of(browser, address)

    assert DBTaskResult.objects.get().task_path == "rohnamo.intake.tasks.look_through"
    assert ("The register is being looked through." in waits, 'http-equiv="refresh"' in waits) == (True, True)
    assert "is being looked through" in listed
    assert ("Намунаев" in waits, Delivery.objects.count(), "Accept" in refused) == (False, 0, False)
    assert ("Accept 4 rows" in looked, "Намунаев Далер" in looked) == (True, True)
    assert Upload.objects.get().taking_since is None


def test_given_a_large_register_when_it_was_not_looked_through_then_it_is_not_accepted_and_can_be_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE_ROWS", 3)
    source, project = make_setting()
    user = make_user(project)
    browser = enter(user)
    address = send(browser, REGISTER, source, project).url
    waiting = Upload.objects.get()

    with pytest.raises(Refused, match=r"^The register has not been looked through yet\."):
        accept(waiting, by=user)
    DBTaskResult.objects.update(status="FAILED")
    failed = html_of(browser, address)
    browser.post(f"{address}discard/")
    look_through(waiting, by=user)

    assert ("could not be looked through" in failed, "Accept" in failed) == (True, False)
    assert (state_of(Upload.objects.get()), StoredFile.objects.count()) == (State.DISCARDED, 0)


def test_given_a_large_register_when_it_is_looked_through_twice_then_answers_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting, user = a_doubtful_upload()
    answer(waiting, 2, Verdict.NEGATIVE, by=user)

    look_through(waiting, by=user)

    assert [(row.verdict.value, row.answer) for row in looked_at(waiting, by=user)] == [
        ("doubtful", "negative")
    ]


def test_given_a_worker_that_was_killed_when_half_an_hour_has_passed_then_its_register_can_be_accepted_again() -> (
    None
):
    waiting, user = a_doubtful_upload()
    begin(waiting, by=user)
    tasks.accept.enqueue(waiting.pk, user.pk)
    waiting.refresh_from_db()
    found = []
    for minutes in (29, 31):
        begun = timezone.now() - timedelta(minutes=minutes)
        DBTaskResult.objects.update(status="RUNNING", started_at=begun)
        found.append(state_of(waiting))

    assert found == [State.RUNNING, State.FAILED]


def test_given_registers_sent_answered_and_accepted_when_the_database_is_searched_then_nobody_stands_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    _taken_in(browser, csv_of(TITLES, BARE), source, project)
    address = send(browser, csv_of(TITLES, LATER), source, project, "Намунаев Далер.csv").url
    html_of(browser, address)
    browser.post(f"{address}answer/", {"row": "2", "verdict": "positive"})
    browser.post(f"{address}accept/")
    monkeypatch.setattr(uploads, "AT_ONCE_ROWS", 3)
    _taken_in(browser, REGISTER, source, project)

    whole = whole_database()

    assert Person.objects.count() == 3
    assert AuditEntry.objects.filter(verb="intake.answer").count() == 1
    assert DBTaskResult.objects.count() == 2
    assert found_in(whole, NEVER_IN_CLEAR) == []


def _taken_in(browser: object, content: bytes, source: Source, project: Project) -> None:
    address = send(browser, content, source, project).url
    for work in DBTaskResult.objects.filter(task_path__endswith="look_through"):
        tasks.look_through.call(*work.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=work.pk).update(status="SUCCESSFUL")
    browser.post(f"{address}accept/")
    for work in DBTaskResult.objects.filter(task_path__endswith="accept"):
        tasks.accept.call(*work.args_kwargs["args"])


def _files() -> list[object]:
    from rohnamo.core.home import folder

    return [path for path in folder("files").iterdir() if path.is_file()]
